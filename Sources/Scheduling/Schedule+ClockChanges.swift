// Times that a zone's clocks skip: the slots that would have come then are due, and have to be accounted for.

import Almanac

extension Schedule {
    /// The first slot between two instants that does not come because the clocks are set forward over its time.
    func firstSkippedByClocks(after instant: Instant, before end: Instant?) -> DueSlot? {
        let jumps = occurrences.compactMap { occurrence in
            occurrence.firstJump(after: instant, before: end) { monthDay?.falls(on: $0) ?? true }
        }
        return jumps.min().map { DueSlot(instant: $0, skip: .clockChange) }
    }
}

extension Schedule.Occurrence {
    /// When the clocks are first set forward over a time of the event, between two instants and on a day that counts.
    fileprivate func firstJump(
        after instant: Instant,
        before end: Instant?,
        counts: (CivilDate) -> Bool
    ) -> Instant? {
        guard clockChanges.gap == .skip else { return nil }
        let lenient = ClockChanges(gap: .after, overlap: clockChanges.overlap)
        var last = instant
        while let elapse = event.next(after: last, in: zone, clockChanges: lenient), end.map({ elapse < $0 }) ?? true {
            let justBefore = Instant(microseconds: elapse.microseconds - 1)
            guard let change = zone.nextChange(after: justBefore) else { return nil }
            if change == elapse, event.next(after: justBefore, in: zone, clockChanges: clockChanges) != elapse {
                let date = zone.civil(at: elapse).date
                if weeks?.contains(date) ?? true, counts(date) { return elapse }
            }
            // Only where the clocks are set can there be another one.
            last = change > elapse ? Instant(microseconds: change.microseconds - 1) : elapse
        }
        return nil
    }
}

extension MonthlyWorkingDay {
    fileprivate func falls(on date: CivilDate) -> Bool {
        calendar.workingDay(number, of: CivilMonth(containing: date))?.value == date
    }
}
