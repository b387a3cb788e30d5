// One clock of one matter, held against its rule on one day.

import Almanac
import Records

/// What a rule demands of a matter, and how near that is.
struct DeadlineClock {
    /// Where the clock starts.
    enum Start {
        case on(CivilDate)
        /// What has to be done first has not been done.
        case awaiting
        case unknown(Gap)
    }

    let rule: DeadlineRule
    let item: DeadlineCase
    let start: Start
    let events: [DeadlineEvent]
    let asOf: CivilDate
    let parameters: Deadline.Parameters

    func assess(period: Period) -> Assessment {
        let reckoning = reckoning
        let stage = stage(reckoning)
        var gaps = item.gaps
        if case .unknown(let gap) = start, !gaps.contains(gap) { gaps.append(gap) }
        if stage == .unstated { gaps.append(Gap(Gap.Reason(item.stated), "due", at: item.row)) }
        return Assessment(
            subject: item.subject,
            name: item.name,
            period: period,
            indicator: "deadline",
            state: stage.state,
            facts: facts(stage, reckoning),
            gaps: gaps,
            source: [item.row] + events.filter { $0.date <= asOf }.map(\.row) + [rule.row]
        )
    }

    private var reckoning: DeadlineReckoning? {
        guard case .on(let start) = start else { return nil }
        return DeadlineReckoning(
            rule,
            from: start,
            stated: item.stated.date,
            events: events,
            asOf: asOf,
            calendar: parameters.calendar
        )
    }

    /// The day on which it was settled, unless the clock has started anew since.
    private func done(_ reckoning: DeadlineReckoning?) -> CivilDate? {
        guard let done = item.done.date, done <= asOf else { return nil }
        if let reckoning, rule.sense != .before, done < reckoning.start { return nil }
        return done
    }

    private func stage(_ reckoning: DeadlineReckoning?) -> DeadlineStage {
        if !item.gaps.isEmpty { return .unclear }
        switch start {
        case .awaiting: return .waiting
        case .unknown: return .unclear
        case .on: break
        }
        guard let reckoning else { return hours == nil ? .unstated : .hours }
        let done = done(reckoning)
        if let hours { return stage(hours: hours, reckoning, done: done) }
        if rule.sense == .atLeast {
            if let done { return done < reckoning.due ? .tooShort : .done }
            return asOf < reckoning.due ? .open : .free
        }
        if let done { return done > reckoning.due ? .doneLate : .done }
        if reckoning.pausedSince != nil { return .paused }
        let watched = parameters.remindsByRawDay ? min(reckoning.rawDue, reckoning.due) : reckoning.due
        switch parameters.leads.nearness(of: watched, asOf: asOf, calendar: parameters.calendar) {
        case .far: return .running
        case .upcoming: return .upcoming
        case .due: return .due
        case .last: return .lastDay
        case .past: return asOf > reckoning.due ? .overdue : .lastDay
        }
    }

    /// How many hours the rule gives, unless the paper itself sets the day.
    private var hours: Int? {
        guard case .hours(let hours)? = rule.length, item.stated.date == nil else { return nil }
        return hours
    }

    /// Looked at once a day, hours can only be audited: what is certain by the days alone is said, and nothing else.
    private func stage(hours: Int, _ reckoning: DeadlineReckoning, done: CivilDate?) -> DeadlineStage {
        guard let done else { return asOf > reckoning.due ? .overdue : .hours }
        if done > reckoning.due { return .doneLate }
        return (reckoning.start.days(to: done) + 1) * 24 <= hours ? .done : .hours
    }

    private func facts(_ stage: DeadlineStage, _ reckoning: DeadlineReckoning?) -> Facts {
        let done = done(reckoning)
        let due = reckoning?.due
        let isOpen = done == nil
        var facts = Facts([
            "rule": .text(rule.name), "titleZh": .text(rule.titleZh), "titleEn": .text(rule.titleEn),
            "party": item.party.map(Facts.Value.text), "stage": .text(stage.rawValue),
            "isTooShort": stage == .tooShort ? .flag(true) : nil,
            "sense": .text(rule.sense.rawValue), "term": term.map(Facts.Value.text),
            "startsFrom": rule.startsFrom.map(Facts.Value.text), "start": reckoning.map { .date($0.start) },
            "rawDue": reckoning.map { .date($0.rawDue) }, "due": due.map(Facts.Value.date),
            "provisional": reckoning.map { .flag($0.isProvisional) },
            "remaining": isOpen ? due.map { .integer(remaining(until: $0)) } : nil,
            "remainingUnit": isOpen && due != nil ? .text(unit.rawValue) : nil,
            "daysOver": due.map { .integer(max(0, $0.days(to: done ?? asOf))) },
            "done": done.map(Facts.Value.date),
        ])
        if let reckoning { facts = facts.merging(changes(reckoning)) }
        return facts.merging(
            Facts([
                "basis": .text(rule.basis), "law": .text(rule.source), "article": .text(rule.article),
                "jurisdiction": rule.jurisdiction.map(Facts.Value.text),
            ])
        )
    }

    /// What moved the last day, beside the day that it was.
    private func changes(_ reckoning: DeadlineReckoning) -> Facts {
        Facts([
            "holiday": reckoning.holiday.flatMap { $0.isEmpty ? nil : .text($0) },
            "isRolled": reckoning.rawDue != reckoning.due ? .flag(true) : nil,
            "originalDue": reckoning.originalDue != reckoning.due ? .date(reckoning.originalDue) : nil,
            "extendedOn": reckoning.granted.map { .date($0.date) },
            "extendedBy": (reckoning.granted?.approvedBy).map(Facts.Value.text),
            "extensionTold": (reckoning.granted?.told).map(Facts.Value.date),
            "extensionCondition": reckoning.granted == nil ? nil : rule.extensionCondition.map(Facts.Value.text),
            "isExtensionCut": reckoning.isCut ? .flag(true) : nil,
            "lateExtension": reckoning.late.map { .date($0.date) },
            "paused": reckoning.paused > 0 ? .integer(reckoning.paused) : nil,
            "pausedSince": reckoning.pausedSince.map(Facts.Value.date),
        ])
    }

    /// Time left is counted in what the rule counts: working days, else days.
    private var unit: Term.Unit {
        if case .term(let term)? = rule.length, term.unit == .workingDays { return .workingDays }
        return .days
    }

    private func remaining(until due: CivilDate) -> Int {
        unit == .workingDays
            ? parameters.calendar.workingDays(after: asOf, through: due).value : asOf.days(to: due)
    }

    private var term: String? {
        switch rule.length {
        case .term(let term): term.description
        case .hours(let hours): "\(hours) hour\(hours == 1 ? "" : "s")"
        case .stated, nil: nil
        }
    }
}
