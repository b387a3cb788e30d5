// What of a unit's records counts for a rule, and why the rest does not.

import Almanac
import Records

/// One thing that was done.
struct DrillRecord: Sendable {
    let date: CivilDate
    let kind: String
    /// The plan, topic or scenario.
    let topic: String?
    /// What it was besides: by night, unannounced.
    let tags: Set<String>
    let minutes: ExactDecimal?
    let kilometres: ExactDecimal?
    /// When each follow-up was done, as far as it was.
    let followed: [CadenceDemand.FollowUp.Step: Cell]
    let row: RowReference

    init(_ row: borrowing Row, _ columns: ColumnMap, date: CivilDate, kind: String) {
        self.date = date
        self.kind = kind
        topic = columns.text("scenario", of: row)
        tags = CadenceRule.list(columns.text("tags", of: row))
        minutes = columns.cell("minutes", of: row).decimal
        kilometres = columns.cell("km", of: row).decimal
        followed = [
            .report: columns.cell("reported", of: row), .evaluation: columns.cell("evaluated", of: row),
            .improvement: columns.cell("improved", of: row),
        ]
        self.row = row.reference
    }
}

/// The records of one unit that count for one rule, earliest first.
struct CadenceEvidence: Sendable {
    private(set) var counted: [DrillRecord] = []
    /// Records of an accepted kind that do not count: too short, too near to the one before, too early, a second stand-in.
    private(set) var uncounted = 0

    init(_ rule: CadenceRule, _ records: [DrillRecord]) {
        let demand = rule.demand
        let fitting = records.filter { rule.kinds.contains($0.kind) || demand.substitutes.contains($0.kind) }
        for record in fitting.sorted(by: { ($0.date, $0.row.line) < ($1.date, $1.row.line) }) {
            if isEnough(record, demand), isApart(record, demand.spacing), isTimely(record, rule) {
                counted.append(record)
            } else {
                uncounted += 1
            }
        }
    }

    private func isEnough(_ record: DrillRecord, _ demand: CadenceDemand) -> Bool {
        func reaches(_ value: ExactDecimal?, _ least: ExactDecimal?) -> Bool {
            guard let least else { return true }
            return value.map { $0 >= least } ?? false
        }
        return reaches(record.minutes, demand.leastMinutes) && reaches(record.kilometres, demand.leastKilometres)
    }

    private func isApart(_ record: DrillRecord, _ spacing: CalendarDuration?) -> Bool {
        guard let spacing, let last = counted.last else { return true }
        return record.date >= last.date.adding(spacing)
    }

    /// A rolling clock with an early grace takes nothing before it: the drill would pull the next one forward for ever.
    private func isTimely(_ record: DrillRecord, _ rule: CadenceRule) -> Bool {
        guard rule.clock == .rolling, let early = rule.demand.earlyGrace, let every = rule.every,
            let last = counted.last
        else { return true }
        return record.date >= last.date.adding(every).adding(days: -early)
    }

    /// What counts within a slot: one stand-in at most.
    func records(in slot: CadenceSlot, of rule: CadenceRule) -> [DrillRecord] {
        var hasSubstitute = false
        return counted.filter { record in
            guard slot.contains(record.date) else { return false }
            guard !rule.kinds.contains(record.kind) else { return true }
            defer { hasSubstitute = true }
            return !hasSubstitute
        }
    }
}

/// How much of a duty was done in one slot.
struct CadenceTally: Sendable {
    let done: Int
    let owed: Int
    /// What is missing although the number may be there: `night 1/2`.
    let lacking: [String]

    init(_ records: [DrillRecord], _ rule: CadenceRule, plans: Int?) {
        let demand = rule.demand
        let topics = Set(records.map { $0.topic ?? "" })
        switch demand.counting {
        case .unit:
            done = records.count
            owed = rule.count
        case .plan:
            done = topics.count
            owed = rule.count * (plans ?? 1)
        case .topic:
            done = topics.intersection(demand.topics).count
            owed = demand.topics.count
        }
        var lacking: [String] = []
        for quota in demand.quotas {
            let count = records.count { $0.tags.contains(quota.tag) || $0.kind == quota.tag }
            if count < quota.count { lacking.append("\(quota.tag) \(count)/\(quota.count)") }
        }
        if demand.distinct > 1, topics.count < demand.distinct {
            lacking.append("scenarios \(topics.count)/\(demand.distinct)")
        }
        if demand.counting == .topic { lacking += demand.topics.filter { !topics.contains($0) } }
        self.lacking = lacking
    }

    var isKept: Bool { done >= owed && lacking.isEmpty }
}
