// Drills and other duties that come round: who owes what by which rule, what was done, what is due.

package import Almanac
import Diagnostics
package import Records

/// Judges each unit by each rule that applies to it.
package struct Cadence: Check {
    /// What a job sets.
    package struct Parameters: Sendable, Hashable {
        /// When reminders go out, unless a rule has its own lead.
        package let leads: LeadTimes
        /// By which leads and follow-ups of working days are counted.
        package let calendar: WorkingDayCalendar
        /// Whether how many units kept each rule is told besides.
        package let tellsCompliance: Bool
        /// How long after its last day a duty is escalated, and how long after it the red slip is due; `nil` for never.
        package let escalatedAfter: Term?
        package let redSlipAfter: Term?

        package init(
            leads: LeadTimes,
            calendar: WorkingDayCalendar,
            tellsCompliance: Bool = false,
            escalatedAfter: Term? = nil,
            redSlipAfter: Term? = nil
        ) {
            self.leads = leads
            self.calendar = calendar
            self.tellsCompliance = tellsCompliance
            self.escalatedAfter = escalatedAfter
            self.redSlipAfter = redSlipAfter
        }

        /// How far a duty has come that was due on a day in the past.
        func stage(overdueSince due: CivilDate, asOf: CivilDate) -> CadenceStage {
            func isOver(_ term: Term?) -> Bool { term.map { asOf >= calendar.dayAfter(due, by: $0) } ?? false }
            return isOver(redSlipAfter) ? .redSlip : isOver(escalatedAfter) ? .escalated : .overdue
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
                .init("default_period", .text, essential: false), .init("per", .text, essential: false),
                .init("topics", .text, essential: false), .init("sub_quota", .text, essential: false),
                .init("distinct", .integer, essential: false), .init("min_spacing", .text, essential: false),
                .init("early_grace", .integer, essential: false), .init("late_grace", .integer, essential: false),
                .init("max_gap", .text, essential: false), .init("substitutes", .text, essential: false),
                .init("windows", .text, essential: false), .init("min_minutes", .decimal, essential: false),
                .init("min_km", .decimal, essential: false), .init("follow_up", .text, essential: false),
                .init("partial_slot", .flag, essential: false), .init("activity", .text, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "units",
            needs: [
                .init("unit", .text), .init("unit_name", .text), .init("tags", .text),
                .init("since", .date, essential: false), .init("plans", .integer, essential: false),
                .init("event_date", .date, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "records",
            needs: [
                .init("unit", .text), .init("kind", .text), .init("date", .date),
                .init("scenario", .text, essential: false), .init("tags", .text, essential: false),
                .init("minutes", .decimal, essential: false), .init("km", .decimal, essential: false),
                .init("reported", .date, essential: false), .init("evaluated", .date, essential: false),
                .init("improved", .date, essential: false),
            ],
            datedBy: "date"
        ),
        TableRole(
            name: "exemptions",
            needs: [
                .init("unit", .text), .init("from", .date), .init("to", .date), .init("approved_by", .text),
                .init("tag", .text, essential: false), .init("rule", .text, essential: false),
            ],
            datedBy: nil,
            isOptional: true
        ),
    ]

    private let parameters: Parameters
    private let rulesColumns: ColumnMap
    private let unitColumns: ColumnMap
    let recordColumns: ColumnMap
    private let exemptionColumns: ColumnMap
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
    private var exemptions: [CadenceExemption] = []
    var reviewed = ReviewMemory()
    package private(set) var complaints = RowComplaints()

    /// - Parameter maps: Where the roles' columns stand, in the order of the roles.
    init(_ parameters: Parameters, maps: [ColumnMap], period: Period, asOf: CivilDate) {
        self.parameters = parameters
        rulesColumns = maps[0]
        unitColumns = maps[1]
        recordColumns = maps[2]
        exemptionColumns = maps[3]
        self.period = period
        self.asOf = min(asOf, period.last)
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        switch role {
        case 0: take(rule: row)
        case 1: take(unit: row)
        case Self.records: take(record: row)
        default:
            do throws(Diagnostic) {
                exemptions.append(try CadenceExemption(row, exemptionColumns))
            } catch {
                complaints.add(exemptionColumns.located(error, of: row))
            }
        }
    }

    private mutating func take(rule row: borrowing Row) {
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
            knownKinds.formUnion(rule.demand.substitutes)
        } catch {
            complaints.add(rulesColumns.located(error, of: row))
        }
    }

    private mutating func take(unit row: borrowing Row) {
        guard let unit = DrillUnit(row, unitColumns) else {
            return complaints.nameless("unit", key: "unit", at: row.reference)
        }
        guard indices[unit.code] == nil else { return complaints.twice("unit", unit.code, at: row.reference) }
        unit.complain(row, unitColumns, tags: knownTags, to: &complaints)
        indices[unit.code] = units.count
        units.append(unit)
    }

    private mutating func take(record row: borrowing Row) {
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

    private static let records = 2

    package mutating func awaitFirstTable(role: Int) {
        if role == Self.records { isAwaitingRecords = true }
    }

    package mutating func finish() -> [Assessment] {
        var tallies: [String: CadenceCompliance] = [:]
        let verdicts = units.flatMap { unit -> [Assessment] in
            let clocks = rules.filter { !$0.appliesTo.isDisjoint(with: unit.tags) }.map { rule in
                CadenceClock(rule: rule, unit: unit, asOf: asOf, parameters: parameters, exemptions: exemptions)
            }
            return clocks.flatMap { clock -> [Assessment] in
                tallies[clock.rule.name, default: CadenceCompliance()].take(clock)
                let last = clock.evidence.counted.last?.row
                let others = clocks.filter { other in
                    other.rule.name != clock.rule.name && last != nil
                        && other.evidence.counted.contains { $0.row == last }
                }
                return CadenceVerdict(
                    clock: clock,
                    otherRules: others.map(\.rule.name),
                    isAwaitingRecords: isAwaitingRecords
                ).assess(period: period)
            }
        }
        guard parameters.tellsCompliance else { return verdicts }
        return verdicts + rules.compactMap { tallies[$0.name]?.assess($0, period: period) }
    }
}
