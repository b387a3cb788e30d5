// Time that passes on working days only: what somebody is given to answer.

/// Elapsed time in which a working day counts 24 hours and a rest day none.
///
/// Beyond the notices that the calendar holds, weekends stand for rest days. A day that a change of clocks makes longer
/// counts 24 hours all the same, and a shorter one jumps to them at its end, so every working day is alike.
package struct WorkingTime: Sendable {
    private static let day: Int64 = 86_400_000_000

    private let zone: Zone
    private let calendar: WorkingDayCalendar

    package init(zone: Zone, calendar: WorkingDayCalendar) {
        self.zone = zone
        self.calendar = calendar
    }

    /// Whole seconds that count between two instants; 0 when the second is not later.
    package func seconds(from start: Instant, to end: Instant) -> Int64 {
        guard start < end else { return 0 }
        let (first, last) = (zone.civil(at: start).date, zone.civil(at: end).date)
        let days = workingDays(from: first, before: last)
        return (Int64(days) * Self.day + passed(of: last, at: end) - passed(of: first, at: start)) / 1_000_000
    }

    /// The first instant at which so many seconds have passed since another.
    package func instant(seconds: Int64, after start: Instant) -> Instant {
        guard seconds > 0 else { return start }
        let date = zone.civil(at: start).date
        let wanted = passed(of: date, at: start) + seconds * 1_000_000
        guard !isWorkingDay(date) || wanted > Self.day else {
            return Instant(microseconds: min(dayStart(date) + wanted, dayStart(date.adding(days: 1))))
        }
        // A working day of which nothing is left, or a rest day, lies before the days that are counted from here.
        let ahead = isWorkingDay(date) ? wanted - Self.day : wanted
        let days = (ahead - 1) / Self.day + 1
        let end = calendar.date(workingDays: Int(days), after: date).value
        let rest = ahead - (days - 1) * Self.day
        return Instant(microseconds: min(dayStart(end) + rest, dayStart(end.adding(days: 1))))
    }

    private func passed(of date: CivilDate, at instant: Instant) -> Int64 {
        isWorkingDay(date) ? min(instant.microseconds - dayStart(date), Self.day) : 0
    }

    private func dayStart(_ date: CivilDate) -> Int64 { zone.startOfDay(date).microseconds }

    private func isWorkingDay(_ date: CivilDate) -> Bool { workingDays(from: date, before: date.adding(days: 1)) == 1 }

    private func workingDays(from first: CivilDate, before end: CivilDate) -> Int {
        calendar.workingDays(after: first.adding(days: -1), through: end.adding(days: -1)).value
    }
}
