// A day and a time of day as a wall clock shows it, before a zone gives it a place on the time line.

/// What a calendar and a clock on the wall show together.
package struct CivilDateTime: Sendable, Hashable, Comparable {
    package let date: CivilDate
    /// Microseconds since 00:00:00 of that day, 0 ..< 86,400,000,000.
    package let microsecondOfDay: Int64

    package init(date: CivilDate, microsecondOfDay: Int64) {
        self.date = date
        self.microsecondOfDay = microsecondOfDay
    }

    package init(date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0) {
        self.init(
            date: date,
            microsecondOfDay: Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(microsecond)
        )
    }

    package var hour: Int { Int(microsecondOfDay / 3_600_000_000) }
    package var minute: Int { Int(microsecondOfDay / 60_000_000 % 60) }
    package var second: Int { Int(microsecondOfDay / 1_000_000 % 60) }
    package var microsecond: Int { Int(microsecondOfDay % 1_000_000) }

    package static func < (left: CivilDateTime, right: CivilDateTime) -> Bool {
        left.date == right.date ? left.microsecondOfDay < right.microsecondOfDay : left.date < right.date
    }

    /// The instant at which a clock that is ahead of UTC by `offset` seconds shows this.
    package func instant(utcOffset offset: Int) -> Instant {
        Instant(
            microseconds: Int64(date.daysSinceEpoch) * 86_400_000_000 + microsecondOfDay - Int64(offset) * 1_000_000
        )
    }
}

extension CivilDateTime: CustomStringConvertible {
    /// `2024-03-05 09:00:00`, with six more digits when there is a fraction.
    package var description: String {
        let text = "\(date) \(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
        return microsecond == 0 ? text : "\(text).\(padded(microsecond, 6))"
    }
}
