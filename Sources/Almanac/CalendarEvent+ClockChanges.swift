// Elapses where clocks are set forward or back and a schedule does not want what systemd does.

/// What becomes of times that the clocks of a zone skip or show twice.
package struct ClockChanges: Sendable, Hashable {
    /// A time that is skipped.
    package enum Gap: String, Sendable, CaseIterable {
        /// It is no match, as with systemd.
        case skip
        /// It matches at the first instant after the jump.
        case after
    }

    /// A time that is shown twice.
    package enum Overlap: String, Sendable, CaseIterable {
        /// It matches the first time only, as with systemd.
        case first
        /// It matches both times.
        case both
    }

    /// What systemd does.
    package static let systemd = ClockChanges(gap: .skip, overlap: .first)

    package let gap: Gap
    package let overlap: Overlap

    package init(gap: Gap, overlap: Overlap) {
        self.gap = gap
        self.overlap = overlap
    }
}

extension CalendarEvent {
    /// The first elapse strictly after that instant by those rules; `nil` when there is none before 2200.
    package func next(after instant: Instant, in zone: Zone, clockChanges: ClockChanges) -> Instant? {
        guard clockChanges != .systemd else { return next(after: instant, in: zone) }
        guard instant < Self.end else { return nil }
        var place = max(instant, Self.beginning)
        var reading = Self.following(zone.civil(at: place))
        while let match = firstMatch(from: reading) {
            guard let change = zone.nextChange(after: place) else {
                return match.instant(utcOffset: zone.utcOffset(at: place))
            }
            let elapse = match.instant(utcOffset: zone.utcOffset(at: place))
            if elapse < change { return elapse }
            let readingAfter = zone.civil(at: change)
            if clockChanges.gap == .after, match < readingAfter { return change }
            let highest = change.civil(utcOffset: zone.utcOffset(at: place))
            reading = clockChanges.overlap == .both ? readingAfter : max(reading, highest, readingAfter)
            place = change
        }
        return nil
    }

    private static func following(_ civil: CivilDateTime) -> CivilDateTime {
        CivilDateTime(date: civil.date, microsecondOfDay: civil.microsecondOfDay + 1)
    }
}
