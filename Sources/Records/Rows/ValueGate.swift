// Tells of rows that say of whom they speak, and nothing of them.

import Diagnostics

/// A sink in front of another one: every row passes, and one without any value is told of.
package struct ValueGate<Next: RowSink>: RowSink {
    package var next: Next

    private let columns: [Int]
    private let file: String
    private var budget: RejectBudget

    /// Makes a gate for one table.
    /// - Parameter columns: The places of the columns with values; with none of them nothing is told.
    package init(_ columns: [Int], file: String, limit: Int = 1000, next: consuming Next) {
        self.columns = columns
        self.file = file
        budget = RejectBudget(limit: limit)
        self.next = next
    }

    package mutating func accept(_ row: borrowing Row) {
        if isWithoutValue(row) { complain(row) }
        next.accept(row)
    }

    package mutating func supersede(_ row: borrowing Row) { next.supersede(row) }

    package mutating func reject(_ reject: Reject) { next.reject(reject) }

    /// Ends the table: says what was counted only.
    package mutating func finish() { budget.finish(file: file, into: &next) }

    /// Whether nothing is written in any of the columns; a reason why there is no value is something.
    @inline(__always)
    private func isWithoutValue(_ row: borrowing Row) -> Bool {
        guard !columns.isEmpty, !row.isRejected, row.contradicted == nil else { return false }
        for index in columns {
            switch row[index] {
            case .absent, .blank: continue
            default: return false
            }
        }
        return true
    }

    @inline(never)
    private mutating func complain(_ row: borrowing Row) {
        let place = row.reference
        budget.reject(.warning, into: &next) {
            Reject(
                .rowWithoutValue,
                Diagnostic(
                    "the row holds no value",
                    severity: .warning,
                    at: Position(file: place.file, line: place.line, column: place.column),
                    remedy: "fill it in, write why there is none, such as 未测, 停测 or 断流, or remove it"
                )
            )
        }
    }
}
