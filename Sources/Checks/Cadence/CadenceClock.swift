// The clocks of recurring duties: rolling from the last one done, counted within slots, before an event, once.

import Almanac
import Records

/// One rule held against one unit on one day.
struct CadenceClock {
    let rule: CadenceRule
    let unit: DrillUnit
    let asOf: CivilDate
    let parameters: Cadence.Parameters
    let exempt: ExemptDays
    let evidence: CadenceEvidence

    /// Holds a rule against a unit; reminders begin by the rule's own lead where it has one.
    init(
        rule: CadenceRule,
        unit: DrillUnit,
        asOf: CivilDate,
        parameters: Cadence.Parameters,
        exemptions: [CadenceExemption]
    ) {
        self.rule = rule
        self.unit = unit
        self.asOf = asOf
        self.parameters = parameters
        exempt = ExemptDays(exemptions.filter { $0.concerns(unit, rule) }, months: rule.exemptMonths)
        evidence = CadenceEvidence(rule, unit.done)
    }

    private var last: CivilDate? { evidence.counted.last?.date }

    func standing() -> CadenceStanding {
        var standing = nearness()
        if standing.stage == .overdue, let due = standing.due?.adding(days: rule.demand.lateGrace) {
            standing.stage = parameters.stage(overdueSince: due, asOf: asOf)
        }
        return standing
    }

    private func nearness() -> CadenceStanding {
        guard let every = rule.every ?? (rule.clock == .window ? CalendarDuration() : nil) else {
            return bare(.unnumbered)
        }
        switch rule.clock {
        case .rolling: return rolling(every)
        case .once: return once(every)
        case .event: return event(every)
        case .bucket, .anchored, .window:
            guard let slots = rule.slots(of: unit) else { return bare(.neverRecorded) }
            return slotted(slots)
        }
    }

    private func bare(_ stage: CadenceStage) -> CadenceStanding {
        CadenceStanding(stage: stage, slot: "", done: 0, owed: rule.count, due: nil)
    }

    private func rolling(_ every: CalendarDuration) -> CadenceStanding {
        guard let start = last ?? unit.since else { return bare(.neverRecorded) }
        let due = paused(start.adding(every), since: start)
        let end = due.adding(days: rule.demand.lateGrace)
        let isExempt = exempt.contains(asOf) && due >= asOf
        let stage: CadenceStage = end < asOf ? .overdue : isExempt ? .exempt : approaching(due)
        let hasGrace = rule.demand.earlyGrace != nil || rule.demand.lateGrace > 0
        return CadenceStanding(
            stage: stage,
            slot: "\(start)",
            // What was done before the clock ran out does not count for the next turn.
            done: last == nil || due < asOf ? 0 : 1,
            owed: 1,
            due: due,
            window: hasGrace ? due.adding(days: -(rule.demand.earlyGrace ?? 0))...end : nil
        )
    }

    /// The due day of a clock that stands still on exempt days.
    private func paused(_ due: CivilDate, since start: CivilDate) -> CivilDate {
        guard !exempt.isEmpty else { return due }
        var left = start.days(to: due)
        var day = start
        // Exemptions that never end must not keep the clock from coming round.
        for _ in 0..<20_000 where left > 0 {
            day = day.adding(days: 1)
            if !exempt.contains(day) { left -= 1 }
        }
        return left == 0 ? day : due
    }

    private func once(_ every: CalendarDuration) -> CadenceStanding {
        guard let since = unit.since else { return bare(last == nil ? .neverRecorded : .done) }
        let due = since.adding(every)
        let isDone = evidence.counted.contains { $0.date >= since }
        let stage: CadenceStage = isDone ? .done : due < asOf ? .overdue : approaching(due)
        return CadenceStanding(stage: stage, slot: "\(since)", done: isDone ? 1 : 0, owed: 1, due: due)
    }

    /// A unit without an event owes nothing.
    private func event(_ before: CalendarDuration) -> CadenceStanding {
        guard let event = unit.event else { return bare(.exempt) }
        let due = event.adding(before, times: -1)
        let from = unit.since ?? event.adding(months: -12)
        let isDone = evidence.counted.contains { $0.date >= from && $0.date <= due }
        let stage: CadenceStage = isDone ? .done : due < asOf ? .overdue : approaching(due)
        return CadenceStanding(stage: stage, slot: "\(event)", done: isDone ? 1 : 0, owed: 1, due: due)
    }

    private func slotted(_ slots: CadenceSlots) -> CadenceStanding {
        let current = slots.slot(at: asOf)
        let tally = tally(in: current)
        let due = exempt.lastDay(of: current)
        func standing(_ stage: CadenceStage, due: CivilDate?) -> CadenceStanding {
            CadenceStanding(
                stage: stage,
                slot: current.label,
                done: tally.done,
                owed: tally.owed,
                due: due,
                lacking: stage == .done ? [] : tally.lacking
            )
        }
        if tally.isKept { return standing(.done, due: current.last) }
        let approaching: CadenceStage = exempt.cover(current) ? .exempt : approaching(due)
        let previous = lastOwed(before: current, slots)
        // What was missed in a closed slot stays overdue until the unit drills again, vacation or not.
        if tally.done == 0, last.map({ $0 <= previous.last }) ?? true {
            let missed = self.tally(in: previous)
            let isOver = asOf > previous.last.adding(days: rule.demand.lateGrace)
            if !missed.isKept, owedSince.map({ owes(previous, since: $0) }) == true, isOver {
                return CadenceStanding(
                    stage: .overdue,
                    slot: previous.label,
                    done: missed.done,
                    owed: missed.owed,
                    due: exempt.lastDay(of: previous),
                    lacking: missed.lacking
                )
            }
            if !missed.isKept, owedSince == nil, approaching == .notDue {
                return standing(.neverRecorded, due: current.last)
            }
        }
        // Who begins in the middle of a slot owes the first whole one.
        if let since = unit.since, !owes(current, since: since), approaching != .exempt {
            let next = slots.next(current)
            return CadenceStanding(stage: .notDue, slot: next.label, done: 0, owed: tally.owed, due: next.last)
        }
        if approaching == .notDue, let since = gapSince {
            var gap = standing(.gap, due: due)
            gap.gapSince = since
            return gap
        }
        return standing(approaching, due: approaching == .exempt ? nil : due)
    }

    private func tally(in slot: CadenceSlot) -> CadenceTally {
        CadenceTally(evidence.records(in: slot, of: rule), rule, plans: unit.plans)
    }

    /// The last closed slot in which the duty was owed.
    private func lastOwed(before slot: CadenceSlot, _ slots: CadenceSlots) -> CadenceSlot {
        var previous = slots.previous(slot)
        // A rule that exempts everything is never owed; so many steps come round to where they began.
        for _ in 0..<12 where exempt.cover(previous) { previous = slots.previous(previous) }
        return previous
    }

    /// The day from which the unit is known to owe the duty: its registered start, or its first recorded drill.
    private var owedSince: CivilDate? { unit.since ?? evidence.counted.first?.date }

    private func owes(_ slot: CadenceSlot, since: CivilDate) -> Bool {
        rule.demand.countsPartialSlot ? since <= slot.last : since <= slot.first
    }

    /// The day on which the time since the last drill became too long, exempt days not counted.
    private var gapSince: CivilDate? {
        guard let last, let gap = rule.longestGap else { return nil }
        let limit = last.adding(gap)
        let until = limit.adding(days: exempt.count(from: last.adding(days: 1), to: asOf))
        return until < asOf ? until : nil
    }

    private func approaching(_ due: CivilDate) -> CadenceStage {
        let lead = rule.leadDays.map { Term($0, .days) }
        return switch parameters.leads.nearness(of: due, asOf: asOf, calendar: parameters.calendar, lead: lead) {
        case .far: .notDue
        case .upcoming: .upcoming
        case .due: .due
        case .last, .past: .lastDay
        }
    }

    /// How many closed slots of the year before the day of judgement were owed, and how many were kept.
    var record: (kept: Int, owed: Int)? {
        guard let slots = rule.slots(of: unit), rule.every != nil || rule.clock == .window, let since = owedSince else {
            return nil
        }
        var (kept, owed) = (0, 0)
        var slot = slots.previous(slots.slot(at: asOf))
        let from = asOf.adding(months: -12)
        while slot.last >= from, owes(slot, since: since) {
            if !exempt.cover(slot) {
                owed += 1
                if tally(in: slot).isKept { kept += 1 }
            }
            slot = slots.previous(slot)
        }
        return (kept, owed)
    }
}
