// The rule at the end of a time zone file, which says what the clocks do after the last listed change.

import Diagnostics

/// What the clocks of a zone show for a while.
struct LocalTimeType: Sendable, Hashable {
    /// Seconds ahead of UTC.
    let utcOffset: Int
    let abbreviation: String

    /// RFC 9636 bounds offsets to a little more than a day, which keeps all later arithmetic small.
    static let allowedOffsets = -93_599...93_599
}

/// A zone rule in the notation of POSIX's `TZ` variable: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct TimeZoneRule: Sendable, Hashable {
    /// Summer time and when it begins and ends each year.
    struct Summer: Sendable, Hashable {
        let type: LocalTimeType
        let start: YearlyChange
        let end: YearlyChange
    }

    let standard: LocalTimeType
    let summer: Summer?

    init(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) {
        var scanner = ByteScanner(Array(bytes))
        guard let standard = scanner.localTimeType(default: nil) else { throw Self.refusal(bytes) }
        self.standard = standard
        if scanner.isAtEnd {
            self.summer = nil
            return
        }
        guard let type = scanner.localTimeType(default: standard.utcOffset + 3600),
            scanner.skip(","), let start = scanner.yearlyChange(),
            scanner.skip(","), let end = scanner.yearlyChange(), scanner.isAtEnd
        else { throw Self.refusal(bytes) }
        self.summer = Summer(type: type, start: start, end: end)
    }

    private static func refusal(_ bytes: ArraySlice<UInt8>) -> Diagnostic {
        Diagnostic(
            "the rule at the end of the time zone file cannot be read",
            found: String(decoding: bytes, as: UTF8.self),
            expected: "a rule such as CET-1CEST,M3.5.0,M10.5.0/3"
        )
    }

    /// The changes of those years in order, in seconds since 1970 UTC, with what the clocks show from then on.
    func changes(years: ClosedRange<Int>) -> [(seconds: Int64, type: LocalTimeType)] {
        guard let summer else { return [] }
        var changes: [(seconds: Int64, type: LocalTimeType)] = []
        for year in years {
            changes.append((summer.start.localSeconds(year: year) - Int64(standard.utcOffset), summer.type))
            changes.append((summer.end.localSeconds(year: year) - Int64(summer.type.utcOffset), standard))
        }
        // Where one year's summer time ends as the next year's begins, it never ends: the beginning counts.
        return changes.sorted { left, right in
            left.seconds == right.seconds
                ? left.type == standard && right.type != standard : left.seconds < right.seconds
        }
    }
}

/// A day of the year and a time of that day, by the clock in force before the change.
struct YearlyChange: Sendable, Hashable {
    enum Day: Sendable, Hashable {
        /// The day 1–365, never counting 29 February.
        case withoutLeapDay(Int)
        /// The day 0–365, counting 29 February.
        case withLeapDay(Int)
        /// The nth weekday (0 = Sunday) of a month; the fifth means the last.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    let day: Day
    /// Seconds after that day's midnight; may lie outside of the day.
    let time: Int

    /// The change's place in that year, in seconds of local time since 1970.
    func localSeconds(year: Int) -> Int64 {
        Int64(daysSinceEpoch(year: year)) * 86_400 + Int64(time)
    }

    private func daysSinceEpoch(year: Int) -> Int {
        let newYear = CivilDate.days(year: year, month: 1, day: 1)
        switch day {
        case .withoutLeapDay(let number):
            return newYear + number - 1 + (number >= 60 && CivilMonth.length(year: year, month: 2) == 29 ? 1 : 0)
        case .withLeapDay(let number):
            return newYear + number
        case .weekday(let month, let week, let weekday):
            let month = CivilMonth(year: year, month: month)
            let firstWeekday = month.firstDay.weekday.rawValue % 7
            let offset = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            return Int(month.firstDay.daysSinceEpoch) + (offset < month.length ? offset : offset - 7)
        }
    }
}

extension ByteScanner {
    /// Reads `CET-1` or `<+0330>-3:30`; the offset may be left out where there is a default.
    fileprivate mutating func localTimeType(default defaultOffset: Int?) -> LocalTimeType? {
        let name: ArraySlice<UInt8>
        if skip("<") {
            name = take { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
            guard skip(">") else { return nil }
        } else {
            name = take(while: isLetter)
        }
        guard (3...16).contains(name.count) else { return nil }
        var offset = defaultOffset
        if next != UInt8(ascii: ","), !isAtEnd {
            // POSIX counts what must be added to local time to reach UTC.
            guard let behind = signedTime(maximumHours: 24) else { return nil }
            offset = -behind
        }
        guard let offset, LocalTimeType.allowedOffsets.contains(offset) else { return nil }
        return LocalTimeType(utcOffset: offset, abbreviation: String(decoding: name, as: UTF8.self))
    }

    /// Reads `M3.5.0`, `J60` or `59`, each with `/time` where the change is not at 02:00.
    fileprivate mutating func yearlyChange() -> YearlyChange? {
        let day: YearlyChange.Day
        if skip("M") {
            guard let month = number(digits: 1...2), (1...12).contains(month), skip("."),
                let week = number(digits: 1...1), (1...5).contains(week), skip("."),
                let weekday = number(digits: 1...1), weekday <= 6
            else { return nil }
            day = .weekday(month: month, week: week, weekday: weekday)
        } else if skip("J") {
            guard let number = number(digits: 1...3), (1...365).contains(number) else { return nil }
            day = .withoutLeapDay(number)
        } else {
            guard let number = number(digits: 1...3), number <= 365 else { return nil }
            day = .withLeapDay(number)
        }
        guard skip("/") else { return YearlyChange(day: day, time: 7200) }
        guard let time = signedTime(maximumHours: 167) else { return nil }
        return YearlyChange(day: day, time: time)
    }

    /// Reads `[+-]h[:mm[:ss]]` in seconds.
    private mutating func signedTime(maximumHours: Int) -> Int? {
        let sign = skip("-") ? -1 : 1
        if sign > 0 { _ = skip("+") }
        guard let hours = number(digits: 1...3), hours <= maximumHours else { return nil }
        var seconds = hours * 3600
        if skip(":") {
            guard let minutes = number(digits: 2...2), minutes < 60 else { return nil }
            seconds += minutes * 60
            if skip(":") {
                guard let rest = number(digits: 2...2), rest < 60 else { return nil }
                seconds += rest
            }
        }
        return sign * seconds
    }
}
