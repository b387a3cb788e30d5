// Slots whose time the clocks skip: due all the same, and accounted for.

import Almanac
import Scheduling
import TestKit
import Testing

@Suite struct ClockChangeSlotTests {
    private static func schedule(
        _ text: String,
        zone name: String = "Europe/Berlin",
        gap: ClockChanges.Gap = .skip,
        weeks: WeekCycle? = nil,
        monthDay: MonthlyWorkingDay? = nil,
        rule: WorkingDayRule? = nil
    ) throws -> Schedule {
        let occurrence = Schedule.Occurrence(
            event: try CalendarEvent(text) { _ in false },
            zone: try SettingsFiles.zone(named: name),
            clockChanges: ClockChanges(gap: gap, overlap: .first),
            weeks: weeks
        )
        return Schedule(occurrences: [occurrence], catchUp: .none, workingDays: rule, monthDay: monthDay)
    }

    private static func row(_ schedule: Schedule, _ start: String, _ end: String) throws -> [String] {
        try schedule.row(from: start, to: end, in: schedule.occurrences[0].zone)
    }

    @Test(
        "a slot in a gap is not run and says so, unless it runs after it or the job runs then anyway",
        arguments: [
            ("02:30", ClockChanges.Gap.skip, ["2024-03-31 03:00 not run: clock-change", "2024-04-01 02:30 run"]),
            ("02:30", .after, ["2024-03-31 03:00 run", "2024-04-01 02:30 run"]),
            ("02,03:00", .skip, ["2024-03-31 03:00 run", "2024-04-01 02:00 run", "2024-04-01 03:00 run"]),
            (
                "02:00/20", .skip,
                [
                    "2024-03-31 03:00 not run: clock-change", "2024-04-01 02:00 run", "2024-04-01 02:20 run",
                    "2024-04-01 02:40 run",
                ]
            ),
            ("Mon 02:30", .skip, ["2024-04-01 02:30 run"]),
            ("04:30", .skip, ["2024-03-31 04:30 run", "2024-04-01 04:30 run"]),
        ]
    )
    func gaps(event: String, gap: ClockChanges.Gap, expected: [String]) throws {
        let schedule = try Self.schedule(event, gap: gap)
        #expect(try Self.row(schedule, "2024-03-30T22:00:00Z", "2024-04-01T12:00:00Z") == expected)
    }

    @Test func everyJumpOfTheClocksIsMetOnce() throws {
        let schedule = try Self.schedule("02:30")
        let rows = try Self.row(schedule, "2024-01-01T00:00:00Z", "2029-01-01T00:00:00Z")
        #expect(
            rows.filter { $0.hasSuffix("clock-change") }.map { String($0.prefix(10)) } == [
                "2024-03-31", "2025-03-30", "2026-03-29", "2027-03-28", "2028-03-26",
            ]
        )
        #expect(rows.count == 1827)
    }

    @Test func aTimeThatNeverWasEndsTheSchedule() throws {
        let schedule = try Self.schedule("2025-03-30 02:30")
        #expect(
            try Self.row(schedule, "2024-01-01T00:00:00Z", "2199-01-01T00:00:00Z")
                == ["2025-03-30 03:00 not run: clock-change"]
        )
    }

    @Test func onDaysThatDoNotCountNothingIsSkipped() throws {
        // The cycle's weeks are those beside the week of 31 March 2024.
        let weeks = WeekCycle(interval: 2, anchor: try CivilDate("2024-03-18"))
        let rows = try Self.row(
            try Self.schedule("02:30", weeks: weeks),
            "2024-03-25T00:00:00Z",
            "2024-04-06T00:00:00Z"
        )
        #expect(!rows.isEmpty && rows.allSatisfy { $0.hasSuffix("run") })
        let calendar = try WorkingDayCalendar.shipped()
        let last = try Self.schedule("02:30", monthDay: MonthlyWorkingDay(-1, calendar))
        #expect(
            try Self.row(last, "2024-03-01T00:00:00Z", "2024-05-01T00:00:00Z")
                == ["2024-03-29 02:30 run", "2024-04-30 02:30 run"]
        )
    }

    @Test func onARestDayItIsAccountedForToo() throws {
        let rule = WorkingDayRule(.next, try WorkingDayCalendar.shipped())
        let rows = try Self.row(
            try Self.schedule("Sun 02:30", rule: rule),
            "2024-03-29T00:00:00Z",
            "2024-04-09T00:00:00Z"
        )
        // 7 April 2024 is a make-up workday.
        #expect(rows == ["2024-03-31 03:00 not run: clock-change", "2024-04-07 02:30 run"])
    }

    @Test func itIsRecordedWhenItsTimeHasCome() throws {
        let schedule = try Self.schedule("02:30")
        let scheduler = KeptScheduler()
        let stamp = Stamp(job: "job", fingerprint: schedule.fingerprint, last: try at("2024-03-30T12:00:00Z"))
        #expect(scheduler.add(schedule: schedule, stamp: stamp, now: try at("2024-03-30T12:00:00Z")) == [])
        #expect(try scheduler.wake("2024-03-31T00:59:59Z") == [])
        #expect(try scheduler.wake("2024-03-31T01:00:00Z").map(\.decision) == ["skipped: clock-change"])
        #expect(scheduler.next == (try at("2024-04-01T00:30:00Z")))
    }
}
