// What is said about rows that stand there twice.

import Diagnostics

/// The complaints about one table's rows beside others, bounded in number.
struct DuplicateComplaints {
    /// Between two files only the first rows are named; a corrected table has as many as it has rows.
    private static let toldOfEachPair = 3

    private struct Pair: Hashable {
        let reason: Reject.Reason
        let other: String
    }

    private let file: String
    private var budget: RejectBudget
    /// How many rows of each kind beside another file were named, and how many rows of the file only counted.
    private var pairs: [Pair: (named: Int, more: Int)] = [:]

    init(file: String, limit: Int) {
        self.file = file
        budget = RejectBudget(limit: limit)
    }

    mutating func repeats(
        _ row: borrowing Row,
        of earlier: RowReference,
        _ rule: DuplicateRule,
        into sink: inout some RowSink
    ) {
        guard isNamed(.repeatedRow, row, beside: earlier.file) else { return }
        complain(
            .repeatedRow,
            "the row says again what \(earlier) says, it counts once",
            row,
            earlier,
            rule,
            into: &sink
        )
    }

    mutating func superseded(
        _ row: borrowing Row,
        by winner: RowReference,
        _ rule: DuplicateRule,
        into sink: inout some RowSink
    ) {
        guard isNamed(.supersededRow, row, beside: winner.file) else { return }
        let problem = "the newer \(winner) says otherwise, so the row is not used"
        complain(.supersededRow, problem, row, winner, rule, into: &sink)
    }

    /// Names both rows, the earlier one once.
    mutating func contradicts(
        _ row: borrowing Row,
        _ earlier: RowReference,
        isFirst: Bool,
        _ rule: DuplicateRule,
        into sink: inout some RowSink
    ) {
        guard budget.isOpen else { return budget.withhold() }
        let key = rule.keyText(of: row).excerpt
        func tell(_ told: RowReference, _ other: RowReference) {
            let complaint = Diagnostic(
                "the row contradicts \(other), so neither is believed",
                at: told.position,
                found: key,
                remedy: "keep the right one, and hand the table in again"
            )
            budget.reject(into: &sink) { Reject(.contradictsRow, complaint, detail: .row(other)) }
        }
        if isFirst { tell(earlier, row.reference) }
        tell(row.reference, earlier)
    }

    /// Says that no more rows can be remembered.
    mutating func full(at row: borrowing Row, into sink: inout some RowSink) {
        let position = row.reference.position
        budget.reject(.warning, into: &sink) {
            Reject(
                .tableTooLarge,
                Diagnostic(
                    "there are too many rows to remember, so repeated ones are no longer found from here on",
                    severity: .warning,
                    at: position,
                    remedy: "hand in smaller tables, or take old ones away"
                )
            )
        }
    }

    /// Says how many rows beside other files were not named.
    mutating func finish(into sink: inout some RowSink) {
        let unnamed = pairs.filter { $0.value.more > 0 }
        for (pair, (_, more)) in unnamed.sorted(by: { ($0.key.other, $0.value.more) < ($1.key.other, $1.value.more) }) {
            let problem =
                pair.reason == .repeatedRow
                ? "\(more) more rows say again what \(pair.other) says, they count once"
                : "the newer \(pair.other) says otherwise of \(more) more rows, so they are not used"
            let complaint = Diagnostic(problem, severity: .warning, at: Position(file: file), found: "\(more)")
            budget.reject(.warning, into: &sink) {
                Reject(pair.reason, complaint, detail: .rows(file: pair.other, count: more))
            }
        }
        budget.finish(file: file, into: &sink)
    }

    /// Whether a row is named, or only counted with the others beside that file.
    private mutating func isNamed(_ reason: Reject.Reason, _ row: borrowing Row, beside other: String) -> Bool {
        guard other != file else { return true }
        let pair = Pair(reason: reason, other: other)
        guard pairs[pair, default: (0, 0)].named < Self.toldOfEachPair else {
            pairs[pair, default: (0, 0)].more += row.fileRows
            return false
        }
        pairs[pair, default: (0, 0)].named += 1
        return true
    }

    private mutating func complain(
        _ reason: Reject.Reason,
        _ problem: @autoclosure () -> String,
        _ row: borrowing Row,
        _ other: RowReference,
        _ rule: DuplicateRule,
        into sink: inout some RowSink
    ) {
        guard budget.isOpen else { return budget.withhold(.warning) }
        let complaint = Diagnostic(
            problem(),
            severity: .warning,
            at: row.reference.position,
            found: rule.keyText(of: row).excerpt
        )
        budget.reject(.warning, into: &sink) { Reject(reason, complaint, detail: .row(other)) }
    }
}
