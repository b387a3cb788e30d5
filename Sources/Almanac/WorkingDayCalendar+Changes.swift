// What a new notice changes: the days that are now otherwise than a calendar said or left open before.

/// A day of which two calendars say different things.
package struct ChangedDay: Sendable, Hashable {
    package let date: CivilDate
    /// What the earlier calendar says; beyond its notices what was supposed: weekdays are worked.
    package let before: WorkingDayCalendar.Day
    package let after: WorkingDayCalendar.Day
    /// Whether the earlier calendar only supposed it.
    package let wasProvisional: Bool
}

extension WorkingDayCalendar {
    /// The days that are worked and were not, or the other way round, since an earlier calendar; earliest first.
    ///
    /// A holiday's other name is no change, and neither is a notice that confirms what was supposed.
    package func changedDays(since earlier: WorkingDayCalendar) -> [ChangedDay] {
        let listed = Set(listedDates).union(earlier.listedDates).sorted()
        return listed.compactMap { date in
            let before = earlier.supposed(date)
            let after = supposed(date)
            guard before.isWorked != after.isWorked else { return nil }
            return ChangedDay(date: date, before: before, after: after, wasProvisional: !earlier.covers(date))
        }
    }

    private func supposed(_ date: CivilDate) -> Day {
        day(date) ?? (date.weekday.isWeekend ? .restDay(nil) : .workday)
    }
}

extension WorkingDayCalendar.Day {
    /// Whether people work on it.
    package var isWorked: Bool { if case .restDay = self { false } else { true } }
}

extension ChangedDay: CustomStringConvertible {
    /// `Sun 2027-02-07: worked now (春节), was a rest day`.
    package var description: String {
        let name: String? =
            switch after.isWorked ? after : before {
            case .makeUpWorkday(let name): name
            default: if case .restDay(let name) = after { name } else { nil }
            }
        let now = after.isWorked ? "worked now" : "a rest day now"
        let was = before.isWorked ? "was worked" : "was a rest day"
        return "\(date.weekday.abbreviation) \(date): \(now)\(name.map { " (\($0))" } ?? ""), \(was)"
            + (wasProvisional ? " as far as was known" : "")
    }
}
