// Drills and other duties that come round: who owes what by which rule, what was done, what is due.

import Almanac
import Diagnostics
package import Records

/// Judges each unit by each rule that applies to it.
package struct Cadence: Check {
    /// What a job sets.
    package struct Parameters: Sendable, Hashable {
        /// A reminder goes out that many days before the due day, unless the rule says otherwise.
        package let leadDays: Int
        /// From that many days before the due day on, the stage is "due".
        package let dueDays: Int

        package init(leadDays: Int, dueDays: Int) {
            self.leadDays = leadDays
            self.dueDays = dueDays
        }
    }

    static let roles = [
        TableRole(
            name: "rules",
            needs: [
                .init("rule", .text), .init("applies_to", .text), .init("kinds", .text), .init("period", .text),
                .init("count", .integer), .init("clock", .text), .init("basis", .text), .init("source", .text),
                .init("article", .text), .init("title_zh", .text), .init("title_en", .text),
                .init("lead_days", .integer, essential: false), .init("exempt_months", .text, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "units",
            needs: [
                .init("unit", .text), .init("unit_name", .text), .init("tags", .text),
                .init("since", .date, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "records",
            needs: [.init("unit", .text), .init("kind", .text), .init("date", .date)],
            datedBy: "date"
        ),
    ]

    private let parameters: Parameters
    private let rulesColumns: ColumnMap
    private let unitColumns: ColumnMap
    let recordColumns: ColumnMap
    private let period: Period
    private let asOf: CivilDate
    private(set) var rules: [CadenceRule] = []
    /// Every kind of drill that some rule accepts.
    private(set) var knownKinds: Set<String> = []
    /// Every tag that some rule applies to, be the rule usable or not.
    private var knownTags: Set<String> = []
    private var isAwaitingRecords = false
    private(set) var units: [DrillUnit] = []
    private(set) var indices: [String: Int] = [:]
    var reviewed = ReviewMemory()
    package private(set) var complaints = RowComplaints()

    init(
        _ parameters: Parameters,
        rules: ColumnMap,
        units: ColumnMap,
        records: ColumnMap,
        period: Period,
        asOf: CivilDate
    ) {
        self.parameters = parameters
        rulesColumns = rules
        unitColumns = units
        recordColumns = records
        self.period = period
        self.asOf = min(asOf, period.last)
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        switch role {
        case 0:
            // What a rule that cannot be used applies to is no slip of the units.
            knownTags.formUnion(CadenceRule.list(rulesColumns.text("applies_to", of: row)))
            do throws(Diagnostic) {
                let rule = try CadenceRule(row, rulesColumns)
                guard !rules.contains(where: { $0.name == rule.name }) else {
                    return complaints.twice("rule", rule.name, at: row.reference)
                }
                rule.complain(row, rulesColumns, to: &complaints)
                rules.append(rule)
                knownKinds.formUnion(rule.kinds)
            } catch {
                complaints.add(rulesColumns.located(error, of: row))
            }
        case 1:
            guard let unit = DrillUnit(row, unitColumns) else {
                return complaints.nameless("unit", key: "unit", at: row.reference)
            }
            guard indices[unit.code] == nil else { return complaints.twice("unit", unit.code, at: row.reference) }
            unit.complain(row, unitColumns, tags: knownTags, to: &complaints)
            indices[unit.code] = units.count
            units.append(unit)
        default:
            let code = recordColumns.text("unit", of: row) ?? ""
            guard let index = indices[code] else {
                // Of a code that cannot be read the reader has told.
                guard !row.isRejected else { return }
                return complaints.unknown("unit", code, at: row.reference, known: indices.keys)
            }
            if let kind = recordColumns.text("kind", of: row), !knownKinds.contains(kind) {
                return complaints.unknown("kind of drill", kind, at: row.reference, known: knownKinds)
            }
            units[index].take(row, recordColumns, until: asOf, complaints: &complaints)
        }
    }

    package mutating func awaitFirstTable(role: Int) {
        if role == Self.roles.count - 1 { isAwaitingRecords = true }
    }

    package mutating func finish() -> [Assessment] {
        units.flatMap { unit in
            rules.filter { !$0.appliesTo.isDisjoint(with: unit.tags) }.map { rule in
                CadenceClock(
                    rule: rule,
                    unit: unit,
                    asOf: asOf,
                    leadDays: parameters.leadDays,
                    dueDays: parameters.dueDays,
                    isAwaitingRecords: isAwaitingRecords
                ).assess(period: period)
            }
        }
    }
}
