// The key `working-day: {of-month: …}` of a schedule: one working day of each month.

import Almanac
import Diagnostics
import Scheduling

extension MonthlyWorkingDay {
    /// Reads `of-month` below `working-day`: a number, from −1 for the last, or `last`; `nil` after a complaint.
    init?(_ schedule: Section, calendars: WorkingDayRule.Calendars) {
        guard let section = schedule.section("working-day") else { return nil }
        let number = section.parsed("of-month", Self.number)
        section.close()
        let calendar = calendars.chosen(calendars.named(in: schedule), for: "working-day", in: schedule)
        if schedule.has("offset") {
            _ = schedule.optionalText("offset")
            schedule.complain(
                Diagnostic(
                    "a working day of the month takes no offset",
                    remedy: "name the day itself under of-month: 3 for the third, -2 for the last but one"
                ),
                key: "offset"
            )
            return nil
        }
        guard let number, let calendar else { return nil }
        self.init(number, calendar)
    }

    /// Complains when the calendar events or weeks choose days themselves.
    static func complainOfDays(in schedule: Section, _ occurrences: [Schedule.Occurrence]) {
        for occurrence in occurrences where !occurrence.event.namesNoDays {
            schedule.complain(
                Diagnostic(
                    "the event names days, and working-day: {of-month} names one, too",
                    found: occurrence.event.description,
                    expected: "months and a time only, such as \"*-*-* 09:00\" or \"*-03,06-* 09:00\""
                ),
                key: "on"
            )
        }
        if schedule.has("every") {
            schedule.complain(
                Diagnostic("weeks cannot choose among days of months", remedy: "leave every or of-month out"),
                key: "every"
            )
        }
    }

    private static func number(_ text: String) throws(Diagnostic) -> Int {
        if text == "last" { return -1 }
        guard let number = Int(text), (1...most).contains(number) || (-most ... -1).contains(number) else {
            throw Diagnostic(
                "this is no working day that every month has",
                found: text,
                expected: "1 to \(most), -1 to -\(most) counted from the month's end, or last"
            )
        }
        return number
    }
}
