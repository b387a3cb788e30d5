// On which day a term ends: the start not counted, pauses left out, rest days given way to, extensions beside it.

import Almanac

/// The days of one clock.
struct DeadlineReckoning: Sendable {
    /// The day that the term is counted from, itself not counted (Civil Code of China, article 201).
    let start: CivilDate
    /// Where the counting ends (article 202), before rest days are looked at.
    private(set) var rawDue: CivilDate
    /// The last day: on a rest day the next working day (article 203).
    private(set) var due: CivilDate
    /// The holiday or weekend that `rawDue` fell on.
    private(set) var holiday: String?
    /// The last day without any extension.
    private(set) var originalDue: CivilDate
    /// Whether a notice about working days that is yet to come may move it.
    private(set) var isProvisional = false
    /// Days that the term did not count, in the term's own unit.
    private(set) var paused = 0
    /// Since when the clock stands still.
    private(set) var pausedSince: CivilDate?
    /// The extension in effect.
    private(set) var granted: DeadlineEvent?
    /// An extension that came after the term had ended: it changes nothing.
    private(set) var late: DeadlineEvent?
    /// Whether an extension goes beyond what the rule lets anybody grant; only so much of it counts.
    private(set) var isCut = false

    /// Counts a term from a day.
    /// - Parameters:
    ///   - events: What happened to this clock until the day of judgement.
    ///   - stated: The day that the paper itself sets; it is taken as it stands.
    init?(
        _ rule: DeadlineRule,
        from start: CivilDate,
        stated: CivilDate?,
        events: [DeadlineEvent],
        asOf: CivilDate,
        calendar: WorkingDayCalendar
    ) {
        let events = events.filter { $0.date <= asOf }.sorted { $0.date < $1.date }
        let restart = events.last { $0.kind == .restart && $0.date > start }
        self.start = restart?.date ?? start
        if let stated, restart == nil {
            (rawDue, due, originalDue) = (stated, stated, stated)
            isProvisional = false
        } else {
            (rawDue, due, originalDue) = (self.start, self.start, self.start)
            switch rule.length {
            case .term(let term)?:
                count(term, rule.sense, calendar)
                if rule.sense != .before {
                    pause(events.filter { $0.kind == .pause }, term.unit, asOf: asOf, calendar)
                }
                settle(rule.sense, term.unit, calendar)
            case .hours(let hours)?:
                // Nobody says how many hours an event has taken out of them.
                guard !events.contains(where: { $0.kind != .restart }) else { return nil }
                count(hours: hours)
            case .stated?, nil: return nil
            }
            originalDue = due
        }
        extend(events.filter { $0.kind == .extended && $0.date >= self.start }, rule, calendar)
    }

    private mutating func count(_ term: Term, _ sense: DeadlineRule.Sense, _ calendar: WorkingDayCalendar) {
        let sign = sense == .before ? -1 : 1
        switch term.unit {
        case .workingDays:
            let end = calendar.date(workingDays: sign * term.count, after: start)
            rawDue = end.value
            isProvisional = end.isProvisional
        case .days: rawDue = start.adding(days: sign * term.count)
        case .months: rawDue = start.adding(months: sign * term.count)
        }
    }

    /// Counts hours, which run from the moment of the event (Civil Code of China, article 201) through rest days, too.
    ///
    /// Of the moment the list knows the day alone, so the last day is the one on which the hours are over at the latest.
    private mutating func count(hours: Int) {
        rawDue = start.adding(days: (hours + 23) / 24)
        due = rawDue
    }

    /// Moves the end by the days that are not counted: each pause from its first to its last day.
    private mutating func pause(
        _ pauses: [DeadlineEvent],
        _ unit: Term.Unit,
        asOf: CivilDate,
        _ calendar: WorkingDayCalendar
    ) {
        var counted = start
        for pause in pauses where pause.date <= rawDue {
            let first = max(pause.date, counted.adding(days: 1))
            let last = pause.until ?? asOf
            if last >= asOf { pausedSince = pausedSince ?? pause.date }
            guard first <= last else { continue }
            let length: Int
            if unit == .workingDays {
                length = calendar.workingDays(after: first.adding(days: -1), through: last).value
                let end = calendar.date(workingDays: length, after: rawDue)
                rawDue = end.value
                isProvisional = isProvisional || end.isProvisional
            } else {
                length = first.days(to: last) + 1
                rawDue = rawDue.adding(days: length)
            }
            paused += length
            counted = last
        }
    }

    /// Moves the end off a rest day, to the side on which nobody loses time that is theirs.
    private mutating func settle(
        _ sense: DeadlineRule.Sense,
        _ unit: Term.Unit,
        _ calendar: WorkingDayCalendar
    ) {
        due = rawDue
        // A least term is full when its days have passed; working days end on one anyhow.
        guard sense != .atLeast, unit != .workingDays else { return }
        guard let moved = calendar.adjusted(rawDue, sense == .before ? .previous : .next) else {
            isProvisional = true
            return
        }
        due = moved.to
        holiday = moved.isMoved ? moved.holiday ?? "" : nil
    }

    private mutating func extend(_ events: [DeadlineEvent], _ rule: DeadlineRule, _ calendar: WorkingDayCalendar) {
        for event in events {
            guard event.date <= due else {
                late = event
                continue
            }
            guard var end = event.until, end > due else { continue }
            if let longest = rule.longestExtension.flatMap({ longestEnd($0, rule, calendar) }), end > longest {
                end = longest
                isCut = true
            }
            guard end > due else { continue }
            granted = event
            rawDue = end
            due = end
            holiday = nil
            isProvisional = isProvisional || !calendar.covers(end)
        }
    }

    /// The last day of the longest extension: where both are counted in months, both together from the start.
    private func longestEnd(_ longest: Term, _ rule: DeadlineRule, _ calendar: WorkingDayCalendar) -> CivilDate? {
        if case .term(let term)? = rule.length, term.unit == .months, longest.unit == .months, paused == 0 {
            return calendar.end(of: Term(term.count + longest.count, .months), from: start).date
        }
        return calendar.end(of: longest, from: originalDue).date
    }
}
