// Slots on one working day of each month.

import Almanac
import Scheduling
import TestKit
import Testing

@Suite struct MonthlyWorkingDayTests {
    private let china: WorkingDayCalendar
    private let shanghai: Zone

    init() throws {
        china = try .shipped()
        shanghai = try SettingsFiles.zone(named: "Asia/Shanghai")
    }

    private func row(_ schedule: Schedule, from start: String, to end: String) throws -> [String] {
        try schedule.row(from: start, to: end, in: shanghai)
    }

    private func monthly(_ number: Int, _ events: String..., calendar: WorkingDayCalendar? = nil) throws -> Schedule {
        let occurrences = try events.map { text in
            Schedule.Occurrence(event: try CalendarEvent(text) { _ in false }, zone: shanghai)
        }
        return Schedule(
            occurrences: occurrences,
            catchUp: .none,
            monthDay: MonthlyWorkingDay(number, calendar ?? china)
        )
    }

    @Test(
        "a working day of the month is found whatever rests",
        arguments: [
            (1, ["2026-09-01 09:00 run", "2026-10-08 09:00 run", "2026-11-02 09:00 run"]),
            (3, ["2026-09-03 09:00 run", "2026-10-10 09:00 run", "2026-11-04 09:00 run"]),
            (-1, ["2026-09-30 09:00 run", "2026-10-30 09:00 run", "2026-11-30 09:00 run"]),
            (-2, ["2026-09-29 09:00 run", "2026-10-29 09:00 run", "2026-11-27 09:00 run"]),
        ]
    )
    func workingDaysOfTheMonth(number: Int, rows: [String]) throws {
        let schedule = try monthly(number, "*-*-* 09:00")
        #expect(try row(schedule, from: "2026-09-01T00:00:00+08:00", to: "2026-11-30T23:00:00+08:00") == rows)
        // From the very instant of a slot the next one is the next month's.
        let slot = try #require(schedule.next(after: try at("2026-09-01T00:00:00+08:00")))
        #expect(schedule.next(after: Instant(microseconds: slot.instant.microseconds - 1)) == slot)
        #expect(try #require(schedule.next(after: slot.instant)).instant.seconds - slot.instant.seconds > 20 * 86_400)
    }

    @Test func itsMonthsAndTimesAreTheEvents() throws {
        let schedule = try monthly(-1, "*-03,06-* 09,17:00", "*-03-* 09:00")
        #expect(
            try row(schedule, from: "2024-01-01T00:00:00+08:00", to: "2024-12-31T00:00:00+08:00") == [
                "2024-03-29 09:00 run", "2024-03-29 17:00 run", "2024-06-28 09:00 run", "2024-06-28 17:00 run",
            ]
        )
        #expect(try monthly(2, "2023-*-* 09:00").next(after: try at("2024-01-01T00:00:00+08:00")) == nil)
    }

    @Test func beyondTheNoticesAWorkingDayOfTheMonthIsProvisional() throws {
        let row = try row(
            monthly(3, "*-*-* 09:00"),
            from: "2026-12-01T00:00:00+08:00",
            to: "2027-01-31T00:00:00+08:00"
        )
        let provisional = "provisional: the calendar of working days does not reach so far"
        #expect(row == ["2026-12-03 09:00 \(provisional)", "2027-01-05 09:00 \(provisional)"])
    }

    @Test func whichWorkingDayItIsMakesItAnotherSchedule() throws {
        let plain = try monthly(1, "*-*-* 09:00").occurrences[0].description
        #expect(try monthly(3, "*-*-* 09:00").fingerprint == plain + ", working day 3 of the month of CN")
        #expect(try monthly(-1, "*-*-* 09:00").fingerprint == plain + ", last working day of the month of CN")
        #expect(try monthly(-2, "*-*-* 09:00").fingerprint == plain + ", working day 2 from the end of the month of CN")
    }
}
