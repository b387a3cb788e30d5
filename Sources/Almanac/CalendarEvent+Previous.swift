// Looking back: the last elapse before an instant, and why an event may have no elapse at all.

extension CalendarEvent {
    /// The last elapse strictly before that instant, by the clocks of that zone; `nil` when there is none since 1970.
    ///
    /// Of a time that the clocks show twice only the first pass is an elapse, and a time that they skip is none: these
    /// are the instants that asking for the next elapse again and again walks through.
    package func previous(before instant: Instant, in zone: Zone) -> Instant? {
        guard instant > Self.beginning else { return nil }
        var start = Instant(microseconds: min(instant, Self.end).microseconds - 1)
        // In a second pass the clocks have shown more than they do now: the highest reading ended the first pass.
        while case .overlap(_, start) = zone.mapping(of: zone.civil(at: start)),
            let change = zone.beginningOfStretch(at: start)
        {
            start = Instant(microseconds: change.microseconds - 1)
        }
        var candidate = zone.civil(at: start)
        while let match = lastMatch(through: candidate) {
            switch zone.mapping(of: match) {
            case .one(let found) where found < instant: return found
            case .overlap(let first, _) where first < instant: return first
            case .gap(let end): candidate = zone.civil(at: Instant(microseconds: end.microseconds - 1))
            case .one, .overlap:
                candidate = CivilDateTime(date: match.date, microsecondOfDay: match.microsecondOfDay - 1)
            }
        }
        return nil
    }

    /// The last match at or before that reading of the clocks; its time of day may be one before the day's first.
    private func lastMatch(through start: CivilDateTime) -> CivilDateTime? {
        guard var date = days.last(through: start.date) else { return nil }
        if date == start.date {
            if let time = times.last(through: start.microsecondOfDay) {
                return CivilDateTime(date: date, microsecondOfDay: time)
            }
            guard let earlier = days.last(through: date.adding(days: -1)) else { return nil }
            date = earlier
        }
        return times.last(through: 86_399_999_999).map { CivilDateTime(date: date, microsecondOfDay: $0) }
    }

    /// Why no zone's clocks ever reach the event.
    package enum Impossibility: Sendable {
        /// None of its months ever has one of its days: `*-02-30`.
        case noSuchDay
        /// Its days exist, but none from 1970 to 2199 has the year and the weekday as well: `2023-02-29`.
        case noSuchDate
    }

    /// Why there is no date that fits; `nil` when there is one.
    package var impossibility: Impossibility? {
        if !days.haveDayInSomeMonth { return .noSuchDay }
        return days.first(from: CivilDate(daysSinceEpoch: 0)) == nil ? .noSuchDate : nil
    }
}
