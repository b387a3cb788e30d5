// Days of the proleptic Gregorian calendar, without a clock and without a zone.

/// One day of the civil calendar.
package struct CivilDate: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01; the whole value, so that arithmetic is one addition.
    package let daysSinceEpoch: Int32

    package init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = Int32(clamping: daysSinceEpoch)
    }

    /// The day of that year, month (1–12) and day (1–31), or `nil` when the calendar has no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= CivilMonth.length(year: year, month: month)
        else { return nil }
        self.init(daysSinceEpoch: Self.days(year: year, month: month, day: day))
    }

    /// Days since 1970-01-01 of a valid year, month and day.
    package static func days(year: Int, month: Int, day: Int) -> Int {
        // The year starts in March, so that the leap day is its last day and needs no special case.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Year, month and day of this day.
    package var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(daysSinceEpoch) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }

    package var year: Int { components.year }
    package var month: Int { components.month }
    package var day: Int { components.day }

    package var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        Weekday(offset: (Int(daysSinceEpoch) % 7 + 7 + 3) % 7)
    }

    /// The Monday of the day's week.
    package var monday: CivilDate { adding(days: 1 - weekday.rawValue) }

    /// The day's week as ISO 8601-1:2019, 3.1.1.23 numbers it: week 1 is the one with the year's first Thursday.
    package var week: (year: Int, number: Int) {
        let thursday = monday.adding(days: 3)
        let year = thursday.year
        return (year, CivilMonth(year: year, month: 1).firstDay.days(to: thursday) / 7 + 1)
    }

    package static func < (left: CivilDate, right: CivilDate) -> Bool { left.daysSinceEpoch < right.daysSinceEpoch }

    /// The day that many days later (earlier when negative).
    package func adding(days: Int) -> CivilDate { CivilDate(daysSinceEpoch: Int(daysSinceEpoch) + days) }

    /// The same day number that many months later, or the month's last day when it is shorter.
    ///
    /// This is the reckoning of the Civil Code of China, article 202.
    package func adding(months: Int) -> CivilDate {
        let (year, month, day) = components
        let target = CivilMonth(year: year, month: month).adding(months: months)
        return CivilDate(
            daysSinceEpoch: Self.days(year: target.year, month: target.month, day: min(day, target.length))
        )
    }

    /// How many days lie from this day to another; negative when the other is earlier.
    package func days(to other: CivilDate) -> Int { Int(other.daysSinceEpoch) - Int(daysSinceEpoch) }
}

extension CivilDate: CustomStringConvertible {
    /// `2024-03-05`.
    package var description: String {
        let (year, month, day) = components
        guard (0...9999).contains(year) else { return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
        // As packed numbers the digits stand in one row: 20240305.
        var digits = (year * 100 + month) * 100 + day
        return unsafe String(unsafeUninitializedCapacity: 10) { bytes in
            for place in (0..<10).reversed() where place != 4 && place != 7 {
                unsafe bytes[place] = UInt8(ascii: "0") + UInt8(digits % 10)
                digits /= 10
            }
            unsafe bytes[4] = UInt8(ascii: "-")
            unsafe bytes[7] = UInt8(ascii: "-")
            return 10
        }
    }
}

/// A day of the week; the raw value counts from Monday = 1 as ISO 8601 does.
package enum Weekday: Int, Sendable, CaseIterable {
    case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday

    /// The weekday that many days after Monday, 0–6.
    init(offset: Int) { self = Weekday.allCases[offset] }

    /// `Mon`, as calendar events write it.
    package var abbreviation: String { ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][rawValue - 1] }
}

/// The number with leading zeros to that many digits.
func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return text.count >= digits ? text : String(repeating: "0", count: digits - text.count) + text
}
