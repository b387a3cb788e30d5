// A point on the time line of civil time (UTC without leap seconds, as the system's real-time clock counts it).

/// A point in time, in microseconds since 1970-01-01 00:00:00 UTC.
package struct Instant: Sendable, Hashable, Comparable {
    package let microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }
    package init(seconds: Int64) { self.init(microseconds: seconds * 1_000_000) }

    /// Whole seconds since the epoch, rounded towards the past.
    package var seconds: Int64 {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    package static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

    /// The instant that many seconds later (earlier when negative).
    package func adding(seconds: Int64) -> Instant { Instant(microseconds: microseconds + seconds * 1_000_000) }

    /// What a clock that is ahead of UTC by `offset` seconds shows at this instant.
    package func civil(utcOffset offset: Int) -> CivilDateTime {
        let local = microseconds + Int64(offset) * 1_000_000
        var (days, rest) = local.quotientAndRemainder(dividingBy: 86_400_000_000)
        if rest < 0 {
            days -= 1
            rest += 86_400_000_000
        }
        return CivilDateTime(date: CivilDate(daysSinceEpoch: Int(days)), microsecondOfDay: rest)
    }
}
