// What happens to a clock while it runs: extensions, pauses, and starting anew.

import Almanac
import Diagnostics
import Records

/// One event in the life of a clock; the original day stays beside whatever it changes.
struct DeadlineEvent: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        /// More time was granted by whoever may.
        case extended = "extension"
        /// Days that the term does not count: consulting third parties, hearings, expert reviews.
        case pause
        /// The term begins anew, as with a corrected application.
        case restart
    }

    let kind: Kind
    /// Whose clock it is: of all clocks of the matter when nothing is said.
    let rule: String?
    let party: String?
    /// When it was granted, began, or began anew.
    let date: CivilDate
    /// The last day of an extended term, or of a pause; `nil` while a pause goes on.
    let until: CivilDate?
    let approvedBy: String?
    /// When the other side was told.
    let told: CivilDate?
    let row: RowReference

    /// Reads one row of the events; throws what keeps it from having an effect.
    init(_ row: borrowing Row, _ columns: ColumnMap) throws(Diagnostic) {
        let word = columns.text("event", of: row) ?? ""
        guard let kind = Kind(rawValue: word) else {
            throw Diagnostic(
                "unknown event, the row is not used",
                key: "event",
                found: word,
                expected: Kind.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        guard let date = columns.cell("date", of: row).date else {
            throw Diagnostic("the event has no day, the row is not used", key: "date", expected: "a date")
        }
        let until = columns.cell("until", of: row)
        let approvedBy = columns.text("approved_by", of: row)
        if until.isRejected {
            throw Diagnostic("nobody knows until when, the row is not used", key: "until", expected: "a date")
        }
        if kind == .extended, until.date == nil {
            throw Diagnostic(
                "an extension says until when, the row is not used",
                key: "until",
                expected: "the last day of the extended term"
            )
        }
        if kind == .extended, approvedBy == nil {
            throw Diagnostic(
                "an extension that nobody approved is none, the row is not used",
                key: "approved_by",
                expected: "who approved it"
            )
        }
        if let end = until.date, end < date {
            throw Diagnostic("it ends before it begins, the row is not used", key: "until", found: "\(end)")
        }
        self.kind = kind
        self.date = date
        self.until = until.date
        self.approvedBy = approvedBy
        rule = columns.text("rule", of: row)
        party = columns.text("party", of: row)
        told = columns.cell("told", of: row).date
        self.row = row.reference
    }

    /// Whether it is about that clock.
    func concerns(_ clock: DeadlineCase) -> Bool {
        (rule == nil || rule == clock.rule) && (party == nil || party == clock.party)
    }
}
