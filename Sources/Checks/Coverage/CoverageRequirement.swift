// What every unit of a list has to have, as the register of requirements states it.

import Almanac
import Diagnostics
import Records

/// One requirement that covers a list of units.
struct CoverageRequirement: Sendable {
    let code: String
    let name: String
    /// The tags of units that it covers; all units when there are none.
    let appliesTo: Set<String>
    /// By when every unit has to have it; `nil` when nobody has set a day.
    let due: CivilDate?
    /// How many each unit needs.
    let count: Int
    /// The largest value that counts, such as minutes on foot.
    let atMost: ExactDecimal?
    let unit: String?
    let owner: String?
    let commitment: String?
    let basis: String?
    let row: RowReference

    init(_ row: borrowing Row, _ columns: ColumnMap) throws(Diagnostic) {
        guard let code = columns.text("requirement", of: row) else {
            throw Diagnostic("the requirement has no code, the row is not used", key: "requirement")
        }
        self.code = code
        name = columns.text("requirement_name", of: row) ?? code
        appliesTo = CadenceRule.list(columns.text("applies_to", of: row))
        due = columns.cell("due", of: row).date
        switch columns.cell("count", of: row) {
        case .integer(let count) where count >= 1: self.count = Int(count)
        case .blank, .absent, .missing: count = 1
        default:
            throw Diagnostic(
                "no unit can need that many, the row is not used",
                key: "count",
                found: columns.text("count", of: row),
                expected: "a whole number from 1"
            )
        }
        let limit = columns.cell("at_most", of: row)
        guard !limit.isRejected else {
            throw Diagnostic("the limit cannot be read, the row is not used", key: "at_most", expected: "a number")
        }
        atMost = limit.decimal
        unit = columns.text("unit_of_measure", of: row)
        owner = columns.text("owner", of: row)
        commitment = columns.text("commitment", of: row)
        basis = columns.text("basis", of: row)
        self.row = row.reference
    }
}

/// A unit of the authoritative list.
struct CoverageUnit: Sendable {
    let code: String
    let name: String
    let tags: Set<String>
    /// Whose task it is there.
    let owner: String?
    /// The days on which it is on the list: a unit that was merged leaves it, one that was split off enters it.
    private let days: DaysInForce
    let row: RowReference

    init?(_ row: borrowing Row, _ columns: ColumnMap) {
        guard let code = columns.text("unit", of: row) else { return nil }
        self.code = code
        name = columns.text("unit_name", of: row) ?? code
        tags = CadenceRule.list(columns.text("tags", of: row))
        owner = columns.text("owner", of: row)
        days = DaysInForce(from: columns.cell("since", of: row).date, until: columns.cell("until", of: row).date)
        self.row = row.reference
    }

    func counts(on date: CivilDate) -> Bool { days.contains(date) }
}
