// The units that owe recurring duties, and what they have done.

import Almanac
import Records

/// A unit that owes drills, with what it has done.
struct DrillUnit: Sendable {
    let code: String
    let name: String
    let tags: Set<String>
    /// First day from which duties are counted.
    let since: CivilDate?
    /// How many plans it has that owe drills of their own.
    let plans: Int?
    /// The day of the event that it prepares.
    let event: CivilDate?
    let row: RowReference
    private(set) var done: [DrillRecord] = []
    private(set) var unreadable: [Gap] = []

    init?(_ row: borrowing Row, _ columns: ColumnMap) {
        guard let code = columns.text("unit", of: row) else { return nil }
        self.code = code
        name = columns.text("unit_name", of: row) ?? code
        tags = CadenceRule.list(columns.text("tags", of: row))
        since = columns.cell("since", of: row).date
        event = columns.cell("event_date", of: row).date
        if case .integer(let plans) = columns.cell("plans", of: row) { self.plans = Int(plans) } else { plans = nil }
        self.row = row.reference
    }

    /// Complains about tags by which no rule knows the unit; `known` are those of all rules.
    func complain(
        _ row: borrowing Row,
        _ columns: ColumnMap,
        tags known: Set<String>,
        to complaints: inout RowComplaints
    ) {
        let place = columns.place("tags", of: row)
        if tags.isEmpty, columns.cell("tags", of: row) != .unreadable {
            complaints.invalid(
                "the unit has no tag, so no rule applies to it",
                at: place,
                expected: "tags with semicolons, in the words of the column applies_to of the rules"
            )
        }
        for tag in tags.subtracting(known).sorted() {
            complaints.unknownWord(
                "no rule applies to units with this tag",
                tag,
                at: place,
                known: known,
                remedy: "take it out, or enter a rule that applies to it"
            )
        }
    }

    /// Takes one record; a drill dated after the day of judgement does not count yet.
    mutating func take(
        _ row: borrowing Row,
        _ columns: ColumnMap,
        until asOf: CivilDate,
        complaints: inout RowComplaints
    ) {
        guard case .date(let date) = columns.cell("date", of: row) else {
            unreadable.append(Gap(Gap.Reason(columns.cell("date", of: row)), "date", at: row.reference))
            return
        }
        guard let kind = columns.text("kind", of: row) else {
            unreadable.append(Gap(.blank, "kind", at: row.reference))
            return
        }
        guard date <= asOf else { return }
        guard !row.isRejected else {
            unreadable.append(Gap(.unreadable, "row", at: row.reference))
            return
        }
        if let earlier = row.contradicted {
            done.removeAll { $0.row == earlier }
            // Whoever found the contradiction has told it.
            return unreadable.append(Gap(.conflicting, "kind", at: row.reference))
        }
        // One drill reported twice is one drill.
        let record = DrillRecord(row, columns, date: date, kind: kind)
        if let earlier = done.first(where: { $0.date == date && $0.kind == kind && $0.topic == record.topic }) {
            return complaints.repeated(at: row.reference, of: earlier.row)
        }
        done.append(record)
    }
}
