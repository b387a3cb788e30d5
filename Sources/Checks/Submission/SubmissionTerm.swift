// By when a table is owed: the due day, the grace, and the day from which it is late.

package import Almanac

/// How often a feed's table is owed, for which period, and with how much grace.
package struct SubmissionTerm: Sendable, Hashable {
    /// The due days; only whole days count.
    package let days: CalendarEvent
    /// What is owed on such a day.
    package let period: PeriodRule
    /// Working days after the due day during which nobody is pressed.
    package let grace: Int
    package let calendar: WorkingDayCalendar

    package init(days: CalendarEvent, period: PeriodRule, grace: Int, calendar: WorkingDayCalendar) {
        self.days = days
        self.period = period
        self.grace = grace
        self.calendar = calendar
    }

    /// The days that count for one period's table.
    struct Deadline: Sendable {
        let period: Period
        /// The due day; one in a holiday has moved to the next working day.
        let due: AdjustedDay
        /// The last day of grace; the due day itself when there is none.
        let graceUntil: CivilDate
        /// The first working day after the grace.
        let lateFrom: CivilDate
        /// Whether the days lie beyond the notices about working days.
        let isProvisional: Bool
    }

    /// The period whose table became late last, seen from a day; `nil` when there is none since 1970.
    package func period(lateOn date: CivilDate) -> Period? {
        var planned = Self.midnight(date.adding(days: 1))
        while let earlier = days.previous(before: planned, in: .utc) {
            let deadline = deadline(plannedFor: earlier)
            if deadline.lateFrom <= date { return deadline.period }
            planned = earlier
        }
        return nil
    }

    /// The day from which a period's table is late; `nil` when none is owed for it.
    package func lateFrom(_ period: Period) -> CivilDate? { deadline(of: period)?.lateFrom }

    /// The days of a period's table, by its first due day; `nil` when none is owed for it.
    func deadline(of period: Period) -> Deadline? {
        var last = Instant(microseconds: Self.midnight(period.first).microseconds - 1)
        while let planned = days.next(after: last, in: .utc) {
            let deadline = deadline(plannedFor: planned)
            if deadline.period == period { return deadline }
            if deadline.period.first > period.first { return nil }
            last = planned
        }
        return nil
    }

    private func deadline(plannedFor instant: Instant) -> Deadline {
        let planned = Zone.utc.civil(at: instant).date
        let end = calendar.shifted(planned, .next, by: grace)
        let late = calendar.shifted(planned, .next, by: grace + 1)
        return Deadline(
            period: period.period(asOf: planned),
            due: end.adjusted,
            graceUntil: end.to,
            lateFrom: late.to,
            isProvisional: late.isProvisional
        )
    }

    /// Days are reckoned as those of UTC, which has no jumps; no clock comes into it.
    private static func midnight(_ date: CivilDate) -> Instant {
        Instant(seconds: Int64(date.daysSinceEpoch) * 86_400)
    }
}
