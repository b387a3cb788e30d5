// The third working day of each month, or its last: what no calendar event can say.

package import Almanac

/// One working day of each month, by its number.
package struct MonthlyWorkingDay: Sendable, Hashable {
    /// From 1, or from −1 for the last; every month has so many.
    package let number: Int
    package let calendar: WorkingDayCalendar

    /// Working days that a month surely has: a February with the Spring Festival in it has as few as 16.
    package static let most = 15

    package init(_ number: Int, _ calendar: WorkingDayCalendar) {
        precondition((1...Self.most).contains(abs(number)), "a month may have no such working day")
        self.number = number
        self.calendar = calendar
    }
}

extension MonthlyWorkingDay: CustomStringConvertible {
    /// `working day 3 of the month of CN`, `last working day of the month of CN`.
    package var description: String {
        let day =
            switch number {
            case -1: "last working day"
            case ..<0: "working day \(-number) from the end"
            default: "working day \(number)"
            }
        return "\(day) of the month of \(calendar.name)"
    }
}

extension Schedule {
    /// The first slot strictly after an instant, of those that fall on that day of their month and were not yet served.
    func next(after instant: Instant, on monthDay: MonthlyWorkingDay, except served: Set<Instant>) -> DueSlot? {
        occurrences.compactMap { $0.next(after: instant, on: monthDay, except: served) }
            .min { $0.instant < $1.instant }
    }
}

extension Schedule.Occurrence {
    fileprivate func next(
        after instant: Instant,
        on monthDay: MonthlyWorkingDay,
        except served: Set<Instant>
    ) -> DueSlot? {
        var last = instant
        // Each turn ends later, in the month of an elapse or the next one, and events end with the year 2199.
        while let elapse = next(after: last) {
            let date = zone.civil(at: elapse).date
            let month = CivilMonth(containing: date)
            guard let day = monthDay.calendar.workingDay(monthDay.number, of: month), date <= day.value else {
                last = justBefore(month.adding(months: 1).firstDay)
                continue
            }
            guard date == day.value else {
                last = justBefore(day.value)
                continue
            }
            let plan = sameTime(as: elapse, on: month.firstDay)
            if !served.contains(plan) {
                return DueSlot(instant: elapse, plan: plan, isProvisional: day.isProvisional)
            }
            last = elapse
        }
        return nil
    }

    private func justBefore(_ date: CivilDate) -> Instant {
        Instant(microseconds: zone.startOfDay(date).microseconds - 1)
    }
}
