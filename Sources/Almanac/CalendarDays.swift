// The days on which a calendar event elapses, as bits: finding the next one is a few ANDs and bit counts a month.

/// A set of days by year, month, day of the month and day of the week.
struct CalendarDays: Sendable {
    /// Bit 0 of the first word is 1970.
    private let years: (UInt64, UInt64, UInt64, UInt64)
    /// Bit 1 is January.
    private let months: UInt64
    /// Bit 0 is the first of the month; one mask for each length of month, because days may count from its end.
    private let daysOf28: UInt64
    private let daysOf29: UInt64
    private let daysOf30: UInt64
    private let daysOf31: UInt64
    /// Bit n is the weekday n days after Monday, repeated far enough to be shifted over any month.
    private let weekdays: UInt64

    init(_ parts: CalendarEventParts) {
        var years: [UInt64] = [0, 0, 0, 0]
        let bounds = CalendarField.year.bounds
        let items =
            parts.year.items.isEmpty
            ? [CalendarItem(first: bounds.lowerBound, last: nil, step: 1)] : parts.year.items
        for item in items {
            for year in item.values(upTo: bounds.upperBound) {
                let bit = year - bounds.lowerBound
                years[bit / 64] |= 1 << UInt64(bit % 64)
            }
        }
        self.years = (years[0], years[1], years[2], years[3])
        self.months = parts.month.mask(for: .month)
        self.daysOf28 = Self.days(parts, length: 28)
        self.daysOf29 = Self.days(parts, length: 29)
        self.daysOf30 = Self.days(parts, length: 30)
        self.daysOf31 = Self.days(parts, length: 31)
        let week = UInt64(parts.weekdays)
        self.weekdays = stride(from: 0, to: 42, by: 7).reduce(0) { $0 | week << UInt64($1) }
    }

    private static func days(_ parts: CalendarEventParts, length: Int) -> UInt64 {
        let all: UInt64 = 1 << UInt64(length) - 1
        guard parts.isFromMonthEnd else { return parts.day.mask(for: .day, origin: 1) & all }
        return parts.day.items.reduce(0) { mask, item in
            // `a/r` begins at the ath day from the end and steps on to the end; `a..b/r` begins at the bth.
            let start = length - (item.last ?? item.first) + 1
            let end = item.last == nil && item.step > 0 ? length : length - item.first + 1
            return stride(from: start, through: end, by: max(item.step, 1)).reduce(mask) { $0 | 1 << UInt64($1 - 1) }
        }
    }

    private func days(length: Int) -> UInt64 {
        switch length {
        case 28: daysOf28
        case 29: daysOf29
        case 30: daysOf30
        default: daysOf31
        }
    }

    /// The first of the days that is not before that one.
    func first(from date: CivilDate) -> CivilDate? {
        var (year, month, day) = date.components
        if year < CalendarField.year.bounds.lowerBound { (year, month, day) = (1970, 1, 1) }
        while let candidate = firstYear(from: year) {
            if candidate > year { (year, month, day) = (candidate, 1, 1) }
            var left = months.members(from: month)
            while left != 0 {
                let candidate = left.trailingZeroBitCount
                let firstOfMonth = CivilDate.days(year: year, month: candidate, day: 1)
                var matches = days(year: year, month: candidate, firstOfMonth: firstOfMonth)
                if candidate == month { matches = matches.members(from: day - 1) }
                if matches != 0 {
                    return CivilDate(daysSinceEpoch: firstOfMonth + matches.trailingZeroBitCount)
                }
                left &= left - 1
            }
            (year, month, day) = (year + 1, 1, 1)
        }
        return nil
    }

    /// The last of the days that is not after that one.
    func last(through date: CivilDate) -> CivilDate? {
        var (year, month, day) = date.components
        if year > CalendarField.year.bounds.upperBound { (year, month, day) = (2199, 12, 31) }
        while let candidate = lastYear(through: year) {
            if candidate < year { (year, month, day) = (candidate, 12, 31) }
            var left = months.members(through: month)
            while left != 0 {
                let candidate = left.highestMember
                let firstOfMonth = CivilDate.days(year: year, month: candidate, day: 1)
                var matches = days(year: year, month: candidate, firstOfMonth: firstOfMonth)
                if candidate == month { matches = matches.members(through: day - 1) }
                if matches != 0 { return CivilDate(daysSinceEpoch: firstOfMonth + matches.highestMember) }
                left = left.members(through: candidate - 1)
            }
            (year, month, day) = (year - 1, 12, 31)
        }
        return nil
    }

    /// Whether one of the months ever has one of the days, whatever the year and the weekday.
    var haveDayInSomeMonth: Bool {
        (1...12).contains { month in
            // Two years that have every length of every month.
            months.members(from: month).members(through: month) != 0
                && [2000, 2001].contains { days(length: CivilMonth.length(year: $0, month: month)) != 0 }
        }
    }

    /// The days of one month, as bits; `firstOfMonth` in days since 1970-01-01.
    private func days(year: Int, month: Int, firstOfMonth: Int) -> UInt64 {
        // 1970-01-01, day 0, was the fourth day of its week; no day here is before it.
        days(length: CivilMonth.length(year: year, month: month))
            & (weekdays &>> UInt64(truncatingIfNeeded: (firstOfMonth + 3) % 7))
    }

    private func lastYear(through year: Int) -> Int? {
        let origin = CalendarField.year.bounds.lowerBound
        let bit = year - origin
        if let found = Self.last(in: years.3, through: bit - 192) { return origin + 192 + found }
        if let found = Self.last(in: years.2, through: bit - 128) { return origin + 128 + found }
        if let found = Self.last(in: years.1, through: bit - 64) { return origin + 64 + found }
        if let found = Self.last(in: years.0, through: bit) { return origin + found }
        return nil
    }

    /// The last set bit not above that one.
    private static func last(in word: UInt64, through bit: Int) -> Int? {
        let left = word.members(through: bit)
        return left == 0 ? nil : left.highestMember
    }

    private func firstYear(from year: Int) -> Int? {
        let origin = CalendarField.year.bounds.lowerBound
        let bit = year - origin
        if let found = Self.first(in: years.0, from: bit) { return origin + found }
        if let found = Self.first(in: years.1, from: bit - 64) { return origin + 64 + found }
        if let found = Self.first(in: years.2, from: bit - 128) { return origin + 128 + found }
        if let found = Self.first(in: years.3, from: bit - 192) { return origin + 192 + found }
        return nil
    }

    /// The first set bit not below that one.
    private static func first(in word: UInt64, from bit: Int) -> Int? {
        let left = word.members(from: bit)
        return left == 0 ? nil : left.trailingZeroBitCount
    }
}
