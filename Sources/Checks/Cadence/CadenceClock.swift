// The two clocks of recurring duties: rolling from the last one done, and counted within calendar buckets.

import Almanac
import Records

/// One rule held against one unit on one day.
struct CadenceClock {
    /// How near the duty is.
    enum Stage: String {
        case exempt, done
        case notDue = "not-due"
        case upcoming, due, overdue
        case neverRecorded = "never-recorded"
        case unnumbered
        /// Something would be owed by now, and no table was ever handed in that could show it.
        case awaitingFirstFile = "awaiting-first-file"

        var state: Assessment.State {
            switch self {
            case .exempt, .done, .notDue: .ok
            case .upcoming, .due: .warning
            case .overdue: .critical
            case .neverRecorded, .unnumbered, .awaitingFirstFile: .unknown
            }
        }
    }

    private struct Standing {
        var stage: Stage
        /// The bucket, or the day the rolling clock started.
        var slot: String
        var done: Int
        var due: CivilDate?
    }

    private let rule: CadenceRule
    private let unit: DrillUnit
    private let asOf: CivilDate
    private let leadDays: Int
    private let dueDays: Int
    private let isAwaitingRecords: Bool
    /// What was done of the kinds that the rule accepts, earliest first.
    private let evidence: [(date: CivilDate, kind: String, row: RowReference)]

    /// Holds a rule against a unit.
    ///
    /// Reminders begin `leadDays` before the due day unless the rule has its own lead, and from `dueDays` before it the
    /// stage is "due". As long as records are awaited nothing is called due or overdue.
    init(
        rule: CadenceRule,
        unit: DrillUnit,
        asOf: CivilDate,
        leadDays: Int,
        dueDays: Int,
        isAwaitingRecords: Bool
    ) {
        self.rule = rule
        self.unit = unit
        self.asOf = asOf
        self.leadDays = rule.leadDays ?? leadDays
        self.dueDays = dueDays
        self.isAwaitingRecords = isAwaitingRecords
        evidence = unit.done.filter { rule.kinds.contains($0.kind) }.sorted { $0.date < $1.date }
    }

    func assess(period: Period) -> Assessment {
        var standing = standing()
        // A feed that has not begun says nothing of any unit.
        if isAwaitingRecords, standing.stage.state.isBad { standing.stage = .awaitingFirstFile }
        var gaps = unit.unreadable
        if standing.stage == .awaitingFirstFile { gaps.append(Gap(.awaitingFirstFile, "records")) }
        if standing.stage == .neverRecorded { gaps.append(Gap(.neverRecorded, rule.name, at: unit.row)) }
        let facts = Facts([
            "rule": .text(rule.name), "titleZh": .text(rule.titleZh), "titleEn": .text(rule.titleEn),
            "clock": .text(rule.clock.rawValue), "slot": .text(standing.slot), "done": .integer(standing.done),
            "owed": .integer(rule.count), "due": standing.due.map(Facts.Value.date),
            "daysLeft": standing.due.map { .integer(asOf.days(to: $0)) },
            "daysOver": standing.due.map { .integer(max(0, $0.days(to: asOf))) },
            "stage": .text(standing.stage.rawValue), "every": rule.every.map { .text($0.description) },
            "last": evidence.last.map { .date($0.date) }, "lastRow": evidence.last.map { .text($0.row.description) },
            "since": evidence.isEmpty ? unit.since.map(Facts.Value.date) : nil,
            "basis": .text(rule.basis), "law": .text(rule.source), "article": .text(rule.article),
        ])
        return Assessment(
            subject: "\(unit.code)/\(rule.name)",
            name: unit.name,
            period: period,
            indicator: "cadence",
            state: standing.stage.state,
            facts: facts,
            gaps: gaps,
            source: evidence.suffix(max(0, rule.count)).map(\.row) + [unit.row, rule.row]
        )
    }

    private func standing() -> Standing {
        guard let every = rule.every else {
            return Standing(stage: .unnumbered, slot: "", done: 0, due: nil)
        }
        switch rule.clock {
        case .rolling: return rolling(every)
        case .bucket: return bucket(every)
        }
    }

    private func rolling(_ every: CalendarDuration) -> Standing {
        guard let start = evidence.last?.date ?? unit.since else {
            return Standing(stage: .neverRecorded, slot: "", done: 0, due: nil)
        }
        let due = start.adding(every)
        return Standing(
            stage: due < asOf ? .overdue : approaching(due),
            slot: "\(start)",
            // What was done before the clock ran out does not count for the next turn.
            done: evidence.isEmpty || due < asOf ? 0 : 1,
            due: due
        )
    }

    private func bucket(_ every: CalendarDuration) -> Standing {
        guard let current = every.bucket(containing: asOf) else {
            return Standing(stage: .unnumbered, slot: "", done: 0, due: nil)
        }
        let done = count(in: current)
        if done >= rule.count { return Standing(stage: .done, slot: current.label, done: done, due: current.last) }
        let approaching = isExempt(current) ? .exempt : approaching(current.last)
        let previous = lastOwed(before: current)
        // What was missed in a closed bucket stays overdue until the unit drills again, vacation or not.
        if done == 0, evidence.last.map({ $0.date <= previous.last }) ?? true, count(in: previous) < rule.count {
            if owedSince.map({ $0 <= previous.first }) == true {
                return Standing(
                    stage: .overdue,
                    slot: previous.label,
                    done: count(in: previous),
                    due: previous.last
                )
            }
            if owedSince == nil, approaching == .notDue {
                return Standing(stage: .neverRecorded, slot: current.label, done: 0, due: current.last)
            }
        }
        return Standing(
            stage: approaching,
            slot: current.label,
            done: done,
            due: approaching == .exempt ? nil : current.last
        )
    }

    /// The last closed bucket in which the duty was owed.
    private func lastOwed(before bucket: Period) -> Period {
        var previous = bucket.previous
        // A rule that exempts all months is never owed; the twelfth step comes round to where it began.
        for _ in 0..<12 where isExempt(previous) { previous = previous.previous }
        return previous
    }

    /// The day from which the unit is known to owe the duty: its registered start, or its first recorded drill.
    private var owedSince: CivilDate? { unit.since ?? evidence.first?.date }

    private func approaching(_ due: CivilDate) -> Stage {
        let left = asOf.days(to: due)
        if left <= dueDays { return .due }
        return left <= leadDays ? .upcoming : .notDue
    }

    private func count(in bucket: Period) -> Int { evidence.count { bucket.contains($0.date) } }

    /// School vacations: a month-long bucket is exempt by name, a longer one is not.
    private func isExempt(_ bucket: Period) -> Bool {
        CivilMonth(containing: bucket.first) == CivilMonth(containing: bucket.last)
            && rule.exemptMonths.contains(bucket.first.month)
    }
}
