// Coverage: whether every unit of the authoritative list has what it has to have, what is left, and whose task that is.

import Almanac
import Diagnostics
package import Records

/// Judges each requirement over all units that it covers.
package struct Coverage: Check {
    /// What a job sets.
    package typealias Parameters = LeadTimes.Counted

    static let roles = [
        TableRole(
            name: "requirements",
            needs: [
                .init("requirement", .text), .init("requirement_name", .text), .init("applies_to", .text),
                .init("due", .date), .init("count", .integer, essential: false),
                .init("at_most", .decimal, essential: false), .init("unit_of_measure", .text, essential: false),
                .init("owner", .text, essential: false), .init("commitment", .text, essential: false),
                .init("basis", .text, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "units",
            needs: [
                .init("unit", .text), .init("unit_name", .text), .init("tags", .text),
                .init("owner", .text, essential: false), .init("since", .date, essential: false),
                .init("until", .date, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "records",
            needs: [
                .init("unit", .text), .init("requirement", .text), .init("date", .date),
                .init("value", .decimal, essential: false), .init("item", .text, essential: false),
            ],
            datedBy: "date"
        ),
    ]

    private let parameters: Parameters
    private let requirementColumns: ColumnMap
    private let unitColumns: ColumnMap
    private let recordColumns: ColumnMap
    private let period: Period
    private let asOf: CivilDate
    private var requirements: [CoverageRequirement] = []
    private var units: [CoverageUnit] = []
    private var tallies: [String: CoverageTally] = [:]
    private var isAwaitingRecords = false
    private var reviewed = ReviewMemory()
    package private(set) var complaints = RowComplaints()

    /// - Parameter maps: Where the roles' columns stand, in the order of the roles.
    init(_ parameters: Parameters, maps: [ColumnMap], period: Period, asOf: CivilDate) {
        self.parameters = parameters
        requirementColumns = maps[0]
        unitColumns = maps[1]
        recordColumns = maps[2]
        self.period = period
        self.asOf = min(asOf, period.last)
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        switch role {
        case 0:
            do throws(Diagnostic) {
                let requirement = try CoverageRequirement(row, requirementColumns)
                guard !requirements.contains(where: { $0.code == requirement.code }) else {
                    return complaints.twice("requirement", requirement.code, at: row.reference)
                }
                requirements.append(requirement)
            } catch {
                complaints.add(requirementColumns.located(error, of: row))
            }
        case 1:
            guard let unit = CoverageUnit(row, unitColumns) else {
                return complaints.nameless("unit", key: "unit", at: row.reference)
            }
            guard !units.contains(where: { $0.code == unit.code }) else {
                return complaints.twice("unit", unit.code, at: row.reference)
            }
            units.append(unit)
        default: take(record: row)
        }
    }

    private mutating func take(record row: borrowing Row) {
        let code = recordColumns.text("requirement", of: row) ?? ""
        guard let requirement = requirements.first(where: { $0.code == code }) else {
            guard !row.isRejected else { return }
            return complaints.unknown("requirement", code, at: row.reference, known: requirements.map(\.code))
        }
        let unit = recordColumns.text("unit", of: row) ?? ""
        guard units.contains(where: { $0.code == unit }) else {
            guard !row.isRejected else { return }
            return complaints.unknown("unit", unit, at: row.reference, known: units.map(\.code))
        }
        tallies[code, default: CoverageTally()].take(row, recordColumns, unit: unit, requirement, until: asOf)
    }

    package mutating func awaitFirstTable(role: Int) {
        if role == 2 { isAwaitingRecords = true }
    }

    package mutating func finish() -> [Assessment] {
        requirements.map { requirement in
            let covered = units.filter { unit in
                unit.counts(on: asOf)
                    && (requirement.appliesTo.isEmpty || !requirement.appliesTo.isDisjoint(with: unit.tags))
            }
            return CoverageVerdict(
                requirement: requirement,
                units: covered,
                tally: tallies[requirement.code] ?? CoverageTally(),
                asOf: asOf,
                parameters: parameters,
                isAwaiting: isAwaitingRecords
            ).assess(period: period)
        }
    }

    package mutating func review(_ row: borrowing Row, role: Int, _ tell: (Reject) -> Void) -> Int? {
        guard role == 2 else { return nil }
        guard !row.isRejected, row.contradicted == nil else { return 0 }
        guard !units.isEmpty, !requirements.isEmpty else {
            if reviewed.isNews("units") { tell(recordColumns.nothingRegistered("unit", of: row)) }
            return row.fileRows
        }
        for (name, known) in [("requirement", requirements.map(\.code)), ("unit", units.map(\.code))] {
            let code = recordColumns.text(name, of: row) ?? ""
            guard !known.contains(code) else { continue }
            let near = reviewed.nearest(to: code, among: known)
            tell(recordColumns.stranger(name, name, of: row, found: code, nearest: near))
            return row.fileRows
        }
        return 0
    }
}
