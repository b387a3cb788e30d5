// What is said of one requirement: n of N, and what is left.

import Almanac
import Records

/// What the records say of one requirement.
struct CoverageTally: Sendable {
    /// What each unit has, each thing once.
    private(set) var had: [String: Set<String>] = [:]
    private(set) var latest: CivilDate?
    private(set) var gaps: [Gap] = []
    private(set) var rows: [RowReference] = []

    mutating func take(
        _ row: borrowing Row,
        _ columns: ColumnMap,
        unit: String,
        _ requirement: CoverageRequirement,
        until asOf: CivilDate
    ) {
        guard !row.isRejected, row.contradicted == nil else {
            return gaps.append(Gap(row.isRejected ? .unreadable : .conflicting, "row", at: row.reference))
        }
        let cell = columns.cell("date", of: row)
        guard let date = cell.date else {
            // What has no day is not there yet; what cannot be read may be.
            if cell.isRejected { gaps.append(Gap(.unreadable, "date", at: row.reference)) }
            return
        }
        guard date <= asOf else { return }
        if let limit = requirement.atMost {
            guard let value = columns.cell("value", of: row).decimal else {
                return gaps.append(Gap(Gap.Reason(columns.cell("value", of: row)), "value", at: row.reference))
            }
            // A later measurement of the same thing takes the place of an earlier one only by being handed in again.
            guard value <= limit else { return }
        }
        had[unit, default: []].insert(columns.text("item", of: row) ?? "")
        latest = max(latest ?? date, date)
        if rows.count < 20 { rows.append(row.reference) }
    }
}

/// One requirement on one day.
struct CoverageVerdict {
    private static let listed = 20

    let requirement: CoverageRequirement
    let units: [CoverageUnit]
    let tally: CoverageTally
    let asOf: CivilDate
    let parameters: Coverage.Parameters
    let isAwaiting: Bool

    /// How far a requirement is from covering everybody.
    private enum Stage: String {
        case complete
        case underWay = "under-way"
        case upcoming, due
        case lastDay = "last-day"
        case overdue
        /// The list of units is empty, so nobody can say how many there are.
        case noUnits = "no-units"
        case awaitingFirstFile = "awaiting-first-file"
        /// Something is left, and some record cannot be read.
        case unclear

        var state: Assessment.State {
            switch self {
            case .complete, .underWay: .ok
            case .upcoming, .due, .lastDay: .warning
            case .overdue: .critical
            case .noUnits, .awaitingFirstFile, .unclear: .unknown
            }
        }
    }

    private var left: [CoverageUnit] {
        units.filter { (tally.had[$0.code]?.count ?? 0) < requirement.count }
    }

    private var stage: Stage {
        if units.isEmpty { return .noUnits }
        if left.isEmpty { return .complete }
        if isAwaiting { return .awaitingFirstFile }
        guard let due = requirement.due else { return tally.gaps.isEmpty ? .underWay : .unclear }
        switch parameters.leads.nearness(of: due, asOf: asOf, calendar: parameters.calendar) {
        case .far: return tally.gaps.isEmpty ? .underWay : .unclear
        case .upcoming: return .upcoming
        case .due: return .due
        case .last: return .lastDay
        case .past: return .overdue
        }
    }

    func assess(period: Period) -> Assessment {
        let stage = stage
        let left = left
        var gaps = tally.gaps
        if stage == .awaitingFirstFile { gaps.append(Gap(.awaitingFirstFile, "coverage records")) }
        if stage == .noUnits { gaps.append(Gap(.noRow, "units", at: requirement.row)) }
        return Assessment(
            subject: requirement.code,
            name: requirement.name,
            period: period,
            indicator: "coverage",
            state: stage.state,
            facts: Facts([
                "stage": .text(stage.rawValue), "done": .integer(units.count - left.count),
                "expected": .integer(units.count), "count": requirement.count > 1 ? .integer(requirement.count) : nil,
                "atMost": requirement.atMost.map(Facts.Value.decimal),
                "unit": requirement.unit.map(Facts.Value.text), "due": requirement.due.map(Facts.Value.date),
                "left": left.isEmpty
                    ? nil
                    : .list(
                        left.prefix(Self.listed).map { unit in
                            Facts([
                                "unit": .text(unit.name), "code": .text(unit.code),
                                "owner": (unit.owner ?? requirement.owner).map(Facts.Value.text),
                                "has": requirement.count > 1
                                    ? .integer(tally.had[unit.code]?.count ?? 0) : nil,
                            ])
                        }
                    ),
                "moreLeft": left.count > Self.listed ? .integer(left.count - Self.listed) : nil,
                "latest": tally.latest.map(Facts.Value.date), "owner": requirement.owner.map(Facts.Value.text),
                "commitment": requirement.commitment.map(Facts.Value.text),
                "basis": requirement.basis.map(Facts.Value.text),
            ]),
            gaps: gaps,
            source: tally.rows + [requirement.row]
        )
    }
}

extension Coverage {
    static let factNames = [
        "coverage": FactNames(
            [
                "stage", "done", "expected", "count", "atMost", "unit", "due", "moreLeft", "latest", "owner",
                "commitment", "basis",
            ],
            lists: ["left": ["unit", "code", "owner", "has"]]
        )
    ]
}
