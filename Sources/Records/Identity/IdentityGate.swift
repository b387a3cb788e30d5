// Lets rows pass whose subject is known for certain, and quarantines the others with a word on why.

import Diagnostics

/// A sink in front of another one: rows pass with their subjects' codes, or do not pass.
package struct IdentityGate<Next: RowSink>: RowSink {
    package var next: Next
    /// Rows of the file that did not pass, but for those that the reader has counted as rejected.
    package private(set) var rowsRejected = 0
    /// Their cells that were counted as ones that could not be read.
    package private(set) var cellsRejected = 0

    private var readers: [SubjectReader]
    /// The row that lacked a code, with it.
    private var filled: Row
    private var complaints: SubjectComplaints

    /// Makes a gate for one table; a rule whose register is empty is no rule.
    package init(_ rules: [IdentityRule], file: String, columns: Int, limit: Int = 1000, next: consuming Next) {
        readers = rules.filter { !$0.register.isEmpty }.map(SubjectReader.init)
        filled = Row(file: file, line: 0, width: readers.isEmpty ? 0 : columns)
        complaints = SubjectComplaints(file: file, limit: limit)
        self.next = next
    }

    package mutating func accept(_ row: borrowing Row) {
        var isFilled = false
        var isRefused = false
        for index in readers.indices {
            switch readers[index].answer(row) {
            case .plain: break
            case .code(let subject):
                if !isFilled { filled.become(row) }
                isFilled = true
                filled.setText(readers[index].code(of: subject).span, at: readers[index].rule.code)
            case .refused(let finding):
                isRefused = true
                // Of a code that cannot be read the reader has told.
                if row.isRejected, case .nameless = finding { continue }
                complaints.complain(finding, about: row, readers[index].rule, into: &next)
            }
        }
        if isRefused {
            guard !row.isRejected else { return }
            rowsRejected += row.fileRows
            cellsRejected += row.cellsRejected
        } else if isFilled {
            next.accept(filled)
        } else {
            next.accept(row)
        }
    }

    package mutating func reject(_ reject: Reject) { next.reject(reject) }

    /// Ends the table: says how many complaints were counted only.
    package mutating func finish() { complaints.finish(into: &next) }
}
