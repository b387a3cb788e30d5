// Reckoning in working days: terms, counts, and the working days of a month.

/// An answer of a calendar of working days, and whether a later notice may change it.
package struct Reckoned<Value: Sendable & Hashable>: Sendable, Hashable {
    package let value: Value
    /// Whether days were counted of which no notice tells whether they are worked; weekdays stood for them.
    package let isProvisional: Bool

    package init(_ value: Value, isProvisional: Bool) {
        self.value = value
        self.isProvisional = isProvisional
    }
}

extension WorkingDayCalendar {
    /// The day on which a term of that many working days ends, counted from the day after its start.
    ///
    /// A negative count reckons backwards, the start again not counted; none at all gives the start itself.
    package func date(workingDays count: Int, after start: CivilDate) -> Reckoned<CivilDate> {
        guard count != 0 else { return Reckoned(start, isProvisional: !covers(start)) }
        let origin = Int(start.daysSinceEpoch)
        // More than the calendar has days: the answer is its last or first day then.
        let count = min(max(count, -Int(Int32.max)), Int(Int32.max))
        let end =
            count > 0
            ? firstDay(reaching: ordinal(origin) + count)
            : firstDay(reaching: ordinal(origin - 1) + count + 1)
        let date = CivilDate(daysSinceEpoch: end)
        return Reckoned(date, isProvisional: !isCovered(min(start, date), max(start, date)))
    }

    /// How many working days lie after one day up to and including another; negative when the other is earlier.
    package func workingDays(after start: CivilDate, through end: CivilDate) -> Reckoned<Int> {
        Reckoned(
            ordinal(Int(end.daysSinceEpoch)) - ordinal(Int(start.daysSinceEpoch)),
            isProvisional: !isCovered(min(start, end), max(start, end))
        )
    }

    /// The month's working day of that number, from 1, or from −1 for its last; `nil` when it has fewer.
    package func workingDay(_ number: Int, of month: CivilMonth) -> Reckoned<CivilDate>? {
        let before = ordinal(Int(month.firstDay.daysSinceEpoch) - 1)
        let total = ordinal(Int(month.lastDay.daysSinceEpoch)) - before
        guard (1...month.length).contains(number) || (-month.length ... -1).contains(number) else { return nil }
        let place = number > 0 ? number : total + 1 + number
        guard place >= 1, place <= total else { return nil }
        let date = CivilDate(daysSinceEpoch: firstDay(reaching: before + place))
        let isCovered = number > 0 ? isCovered(month.firstDay, date) : isCovered(date, month.lastDay)
        return Reckoned(date, isProvisional: !isCovered)
    }

    /// The month's last working day; `nil` when it has none.
    package func lastWorkingDay(of month: CivilMonth) -> Reckoned<CivilDate>? { workingDay(-1, of: month) }

    /// The first day, in days since 1970-01-01, up to which there are that many working days.
    private func firstDay(reaching wanted: Int) -> Int {
        // Were there no holidays, it would be near here: five working days a week.
        let guess = wanted / 5 * 7
        var step = 16
        while ordinal(guess - step) >= wanted || ordinal(guess + step) < wanted { step *= 2 }
        var low = guess - step
        var high = guess + step
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if ordinal(middle) >= wanted { high = middle } else { low = middle }
        }
        return high
    }

    private func isCovered(_ first: CivilDate, _ last: CivilDate) -> Bool {
        stretch(holding: first)?.contains(last) ?? false
    }
}
