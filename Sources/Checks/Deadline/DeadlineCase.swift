// The matters that are watched, as the departments' list has them.

import Almanac
import Records

/// One clock of one matter: a proposal that a lead has to answer, and each co-handler's opinion on it.
struct DeadlineCase: Sendable {
    let code: String
    let name: String
    let rule: String
    /// Who has to act, where the matter has several who do.
    let party: String?
    let start: Cell
    /// The day that the paper itself sets, which goes before the rule's term.
    let stated: Cell
    let done: Cell
    /// What was promised in the answer, a deadline of its own.
    let promised: Cell
    let kept: Cell
    let row: RowReference
    /// Why nothing that the row says may be believed.
    let doubt: Gap?

    init(_ row: borrowing Row, _ columns: ColumnMap) {
        code = columns.text("case", of: row) ?? ""
        name = columns.text("case_name", of: row) ?? code
        rule = columns.text("rule", of: row) ?? ""
        party = columns.text("party", of: row)
        start = columns.cell("start", of: row)
        stated = columns.cell("due", of: row)
        done = columns.cell("done", of: row)
        promised = columns.cell("promised", of: row)
        kept = columns.cell("kept", of: row)
        self.row = row.reference
        doubt =
            row.contradicted != nil
            ? Gap(.conflicting, "row", at: row.reference)
            : row.isRejected ? Gap(.unreadable, "row", at: row.reference) : nil
    }

    /// The same for every row about the same clock; never contains time.
    var subject: String { [code, rule, party].compactMap(\.self).joined(separator: "/") }

    /// The cells that say something which cannot be read: a date that may be there is not a date that is not.
    var gaps: [Gap] {
        let cells = [("start", start), ("due", stated), ("done", done), ("promised", promised), ("kept", kept)]
        return [doubt].compactMap(\.self)
            + cells.filter { $0.1.isRejected }.map { Gap(.unreadable, $0.0, at: row) }
    }
}
