// Slots on rest days: left out, moved, met by others, and told apart from what nobody knows yet.

import Almanac
import Diagnostics
import Scheduling
import TestKit
import Testing

@Suite struct WorkingDayRuleTests {
    private let china: WorkingDayCalendar
    private let shanghai: Zone

    init() throws {
        china = try .shipped()
        shanghai = try SettingsFiles.zone(named: "Asia/Shanghai")
    }

    private func schedule(
        _ kind: WorkingDayRule.Kind,
        offset: Int = 0,
        _ events: String...,
        zone: Zone? = nil
    ) throws -> Schedule {
        let occurrences = try events.map { text in
            Schedule.Occurrence(event: try CalendarEvent(text) { _ in false }, zone: zone ?? shanghai)
        }
        return Schedule(
            occurrences: occurrences,
            catchUp: try .within("30 days"),
            workingDays: WorkingDayRule(kind, china, offset: offset)
        )
    }

    private func row(_ schedule: Schedule, from start: String, to end: String) throws -> [String] {
        try schedule.row(from: start, to: end, in: shanghai)
    }

    @Test(
        "a slot in the holidays goes where its rule says, at the same time of day",
        arguments: [
            (.next, "2026-10-08 09:00 moved from Mon 2026-10-05 to Thu 2026-10-08: 国庆节"),
            (.previous, "2026-09-30 09:00 moved from Mon 2026-10-05 to Wed 2026-09-30: 国庆节"),
            (.nearest, "2026-10-08 09:00 moved from Mon 2026-10-05 to Thu 2026-10-08: 国庆节"),
            (.only, "2026-10-05 09:00 not run: rest-day"),
        ] as [(WorkingDayRule.Kind, String)]
    )
    func monthlySlotInTheHolidays(kind: WorkingDayRule.Kind, line: String) throws {
        let schedule = try schedule(kind, "*-*-05 09:00")
        let row = try row(schedule, from: "2026-09-08T00:00:00+08:00", to: "2026-11-06T00:00:00+08:00")
        #expect(row == [line, "2026-11-05 09:00 run"])
    }

    @Test(
        "an offset counts working days from the day that was planned, or that it moved to",
        arguments: [
            (.next, 2, "2026-10-10 09:00 moved from Mon 2026-10-05 to Sat 2026-10-10: 国庆节, then 2 working days later"),
            (
                .previous, 2,
                "2026-10-09 09:00 moved from Mon 2026-10-05 to Fri 2026-10-09: 国庆节, then 2 working days later"
            ),
            (
                .next, -1,
                "2026-09-30 09:00 moved from Mon 2026-10-05 to Wed 2026-09-30: 国庆节, then 1 working day earlier"
            ),
            (.only, 2, "2026-10-05 09:00 not run: rest-day"),
        ] as [(WorkingDayRule.Kind, Int, String)]
    )
    func offsets(kind: WorkingDayRule.Kind, offset: Int, line: String) throws {
        let schedule = try schedule(kind, offset: offset, "*-10-05 09:00")
        #expect(try row(schedule, from: "2026-09-08T00:00:00+08:00", to: "2026-11-06T00:00:00+08:00") == [line])
    }

    @Test func anOffsetOnOrdinaryDaysIsExplainedAndBeyondTheNoticesProvisional() throws {
        let schedule = try schedule(.next, offset: 2, "*-*-27 00:00")
        let row = try row(schedule, from: "2026-10-01T00:00:00+08:00", to: "2026-12-04T00:00:00+08:00")
        #expect(
            row == [
                "2026-10-29 00:00 moved from Tue 2026-10-27 to Thu 2026-10-29: 2 working days later",
                "2026-12-01 00:00 moved from Fri 2026-11-27 to Tue 2026-12-01: 2 working days later; "
                    + "provisional: the calendar of working days does not reach so far",
            ]
        )
    }

    @Test func aDailyJobRunsOnceOnTheDayAfterTheHolidaysAndAccountsForEachDay() throws {
        let row = try row(
            schedule(.next, "*-*-* 09:00"),
            from: "2026-05-01T00:00:00+08:00",
            to: "2026-05-07T00:00:00+08:00"
        )
        let holidays = (1...5).map { "2026-05-0\($0) 09:00 not run: coincides" }
        #expect(row == holidays + ["2026-05-06 09:00 run"])
    }

    @Test func makeUpWorkdaysAreWorked() throws {
        let schedule = try schedule(.only, "Sat *-*-* 09:00")
        let runs = try row(schedule, from: "2026-09-25T00:00:00+08:00", to: "2026-10-24T00:00:00+08:00")
            .filter { $0.hasSuffix(" run") }
        #expect(runs == ["2026-10-10 09:00 run"])
    }

    @Test func ofTwoSlotsThatMoveToOneInstantTheEarlierRuns() throws {
        let row = try row(
            schedule(.next, "Sat,Sun *-*-* 09:00"),
            from: "2024-03-08T00:00:00+08:00",
            to: "2024-03-12T00:00:00+08:00"
        )
        #expect(
            row == [
                "2024-03-10 09:00 not run: coincides",
                "2024-03-11 09:00 moved from Sat 2024-03-09 to Mon 2024-03-11: weekend",
            ]
        )
    }

    @Test func slotsMovedForwardFallInWithTheOthersOfThatDay() throws {
        let row = try row(
            schedule(.next, "Sat *-*-* 15:00", "Mon *-*-* 09,16:00"),
            from: "2024-03-08T00:00:00+08:00",
            to: "2024-03-12T00:00:00+08:00"
        )
        #expect(
            row == [
                "2024-03-11 09:00 run",
                "2024-03-11 15:00 moved from Sat 2024-03-09 to Mon 2024-03-11: weekend",
                "2024-03-11 16:00 run",
            ]
        )
    }

    @Test func beyondTheNoticesSlotsStayAndAreProvisional() throws {
        // 2026-12-05 is a Saturday; the notice of 2027 is not there.
        let provisional = "provisional: the calendar of working days does not reach so far"
        for kind in WorkingDayRule.Kind.allCases {
            let row = try row(
                schedule(kind, "*-*-05 09:00"),
                from: "2026-11-06T00:00:00+08:00",
                to: "2027-01-06T00:00:00+08:00"
            )
            #expect(row == ["2026-12-05 09:00 \(provisional)", "2027-01-05 09:00 \(provisional)"])
        }
    }

    @Test func whereTheClocksJumpOverASlotsTimeItRunsAfterTheJump() throws {
        // Saturday moves to a Sunday that is worked in this calendar, and on which the clocks jump from 02:00 to 03:00.
        let berlin = try SettingsFiles.zone(named: "Europe/Berlin")
        let calendar = try WorkingDayCalendar(
            name: "x",
            days: [
                ListedDay(
                    date: try CivilDate("2024-03-31"),
                    name: "补",
                    isOff: false,
                    noticeYear: 2024,
                    position: .init(file: "x.csv")
                )
            ]
        )
        let event = try CalendarEvent("Sat *-*-* 02:30") { _ in false }
        let schedule = Schedule(
            occurrences: [Schedule.Occurrence(event: event, zone: berlin)],
            catchUp: .none,
            workingDays: WorkingDayRule(.next, calendar)
        )
        let slot = try #require(schedule.next(after: try at("2024-03-29T00:00:00Z")))
        #expect(berlin.rfc3339(slot.instant) == "2024-03-31T03:00:00+02:00")
    }

    @Test func theRuleMakesItAnotherScheduleAndANewNoticeDoesNot() throws {
        let plain = try Schedule("*-*-05 09:00").fingerprint
        let next = try schedule(.next, "*-*-05 09:00", zone: .utc)
        #expect(next.fingerprint == plain + ", next working day of CN")
        #expect(try schedule(.only, "*-*-05 09:00", zone: .utc).fingerprint == plain + ", working days of CN only")
        #expect(
            try schedule(.next, offset: 2, "*-*-05 09:00", zone: .utc).fingerprint
                == plain + ", next working day of CN, then 2 working days later"
        )
        let renewed = WorkingDayRule(.next, try WorkingDayCalendar(name: "CN", days: []))
        #expect(
            Schedule(occurrences: next.occurrences, catchUp: .none, workingDays: renewed).fingerprint
                == next.fingerprint
        )
    }

    @Test(
        "whatever the schedule, its row is what planning every slot by itself gives",
        arguments: 1...6 as ClosedRange<UInt64>
    )
    func rowsAreThoseOfThePlan(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let zones = [shanghai, .utc, try SettingsFiles.zone(named: "America/New_York")]
        let events = [
            "*-*-* 09:00", "*-*-01,15 00:00", "Sat,Sun *-*-* 08:00", "Mon *-*-* 09,18:00", "*-*-* 00/7:30",
            "Mon,Fri..Sun *-*-* 23:59:59", "*-10-01..08 12:00", "Sun *-*-* 02:15",
        ]
        for kind in WorkingDayRule.Kind.allCases {
            for offset in [0, 0, 0, 1, 2, 5, -1, -3] {
                let chosen = [generator.pick(events), generator.pick(events)]
                let occurrences = try chosen.map {
                    Schedule.Occurrence(event: try CalendarEvent($0) { _ in false }, zone: generator.pick(zones))
                }
                let rule = WorkingDayRule(kind, china, offset: offset)
                let schedule = Schedule(occurrences: occurrences, catchUp: .none, workingDays: rule)
                let start = Instant(seconds: Int64.random(in: 1_577_000_000...1_798_000_000, using: &generator))
                let end = start.adding(seconds: 60 * 86_400)
                let expected = Self.planned(schedule, rule, from: start, to: end)
                var row: [Instant: String] = [:]
                var last = start
                while let slot = schedule.next(after: last), slot.instant <= end {
                    #expect(slot.instant > last)
                    last = slot.instant
                    // What the clocks skip is planned for no day; ClockChangeSlotTests look at that.
                    if slot.skip != .clockChange { row[last] = slot.skip?.rawValue ?? "run" }
                }
                #expect(row == expected, "\(schedule.fingerprint) after \(start.seconds)")
                // Wherever one begins to look, the next one is the same.
                for _ in 0..<20 {
                    let moment = start.adding(seconds: Int64.random(in: 0...(60 * 86_400), using: &generator))
                    let next = expected.keys.filter { $0 > moment }.min()
                    guard let next else { continue }
                    var found = schedule.next(after: moment)
                    while let slot = found, slot.skip == .clockChange { found = schedule.next(after: slot.instant) }
                    #expect(found?.instant == next)
                }
            }
        }
    }

    /// Whether a day counts; beyond the notices weekdays do.
    private static func isWorked(_ day: CivilDate, _ calendar: WorkingDayCalendar) -> Bool {
        calendar.isWorkingDay(day) ?? ![.saturday, .sunday].contains(day.weekday)
    }

    /// What becomes of every planned slot, one by one.
    private static func planned(
        _ schedule: Schedule,
        _ rule: WorkingDayRule,
        from start: Instant,
        to end: Instant
    ) -> [Instant: String] {
        let adjustment: WorkingDayAdjustment? =
            switch rule.kind {
            case .only: nil
            case .next: .next
            case .previous: .previous
            case .nearest: .nearest
            }
        var stay: Set<Instant> = []
        var moved: [(planned: Instant, landing: Instant)] = []
        var skipped: [Instant: String] = [:]
        let margin: Int64 = 40 * 86_400
        for occurrence in schedule.occurrences {
            let zone = occurrence.zone
            var last = start.adding(seconds: -margin)
            while let slot = occurrence.event.next(after: last, in: zone), slot <= end.adding(seconds: margin) {
                last = slot
                let civil = zone.civil(at: slot)
                var day = civil.date
                if rule.calendar.isWorkingDay(day) == false {
                    guard let adjustment else { skipped[slot] = "rest-day"; continue }
                    day = rule.calendar.adjusted(day, adjustment)?.to ?? day
                }
                for _ in 0..<abs(rule.offset) {
                    repeat { day = day.adding(days: rule.offset.signum()) } while !isWorked(day, rule.calendar)
                }
                guard day != civil.date else { stay.insert(slot); continue }
                let reading = CivilDateTime(date: day, microsecondOfDay: civil.microsecondOfDay)
                switch zone.mapping(of: reading) {
                case .one(let landing), .overlap(let landing, _), .gap(let landing): moved.append((slot, landing))
                }
            }
        }
        var runs = stay
        var owners: [Instant: Instant] = [:]
        for (planned, landing) in moved.sorted(by: { $0.planned < $1.planned }) {
            // Two events that plan the same slot plan one slot.
            if runs.insert(landing).inserted || owners[landing] == planned {
                owners[landing] = planned
                continue
            }
            skipped[planned] = "coincides"
        }
        var row = skipped
        for run in runs { row[run] = "run" }
        return row.filter { $0.key > start && $0.key <= end }
    }

    // MARK: In the scheduler

    private func scheduler(_ schedule: Schedule, last: String, now: String) throws -> KeptScheduler {
        let scheduler = KeptScheduler()
        let stamp = Stamp(job: "job", fingerprint: schedule.fingerprint, last: try at(last))
        #expect(scheduler.add(schedule: schedule, stamp: stamp, now: try at(now)) == [])
        return scheduler
    }

    @Test func aSlotOnARestDayIsRecordedWhenItsTimeComes() throws {
        let schedule = try schedule(.only, "*-*-* 09:00", zone: .utc)
        let scheduler = try scheduler(schedule, last: "2024-03-08T09:00:00Z", now: "2024-03-08T10:00:00Z")
        #expect(scheduler.next == (try at("2024-03-11T09:00:00Z")))
        #expect(try scheduler.wake("2024-03-09T09:00:00Z").map(\.decision) == ["skipped: rest-day"])
        #expect(try scheduler.wake("2024-03-10T09:00:00Z").map(\.decision) == ["skipped: rest-day"])
        #expect(try scheduler.wake("2024-03-11T09:00:00Z").map(\.decision) == ["timer"])
    }

    @Test func aMovedSlotRunsByItsTimerAndIsCaughtUpFromWhereItMovedTo() throws {
        let schedule = try schedule(.next, "*-*-05 09:00", zone: .utc)
        let punctual = try scheduler(schedule, last: "2026-09-07T09:00:00Z", now: "2026-10-05T09:00:00Z")
        #expect(try punctual.wake("2026-10-05T09:00:00Z") == [])
        #expect(try punctual.wake("2026-10-08T09:00:00Z").map(\.decision) == ["timer"])
        let late = try scheduler(schedule, last: "2026-09-07T09:00:00Z", now: "2026-10-20T09:00:00Z")
        let actions = try late.wake("2026-10-20T09:00:00Z")
        #expect(actions.map(\.decision) == ["catch-up"])
        #expect(actions.map(\.slot?.instant) == [try at("2026-10-08T09:00:00Z")])
    }

    @Test func aSlotWithAnOffsetIsCaughtUpFromWhereItFell() throws {
        // The 3rd is worked; the holidays of Qingming lie between it and the second working day after it.
        let schedule = try schedule(.next, offset: 2, "*-*-03 00:00", zone: .utc)
        let early = try scheduler(schedule, last: "2024-03-20T00:00:00Z", now: "2024-04-07T23:00:00Z")
        #expect(try early.wake("2024-04-07T23:00:00Z") == [])
        #expect(try early.wake("2024-04-08T00:00:00Z").map(\.decision) == ["timer"])
        let late = try scheduler(schedule, last: "2024-03-20T00:00:00Z", now: "2024-04-20T00:00:00Z")
        let actions = try late.wake("2024-04-20T00:00:00Z")
        #expect(actions.map(\.decision) == ["catch-up"])
        #expect(actions.map(\.slot?.instant) == [try at("2024-04-08T00:00:00Z")])
    }

    @Test func restDaysAfterAMissedRunAreRecordedOnlyWhenItHasEnded() throws {
        // Friday's slot is caught up on Sunday; if the daemon dies in that run, Friday still has to be caught up.
        let schedule = try schedule(.only, "*-*-* 09:00", zone: .utc)
        let scheduler = try scheduler(schedule, last: "2024-03-07T09:00:00Z", now: "2024-03-10T10:00:00Z")
        #expect(try scheduler.wake("2024-03-10T10:00:00Z").map(\.decision) == ["catch-up"])
        #expect(try scheduler.wake("2024-03-10T10:01:00Z") == [])
        scheduler.finish()
        let held = try scheduler.wake("2024-03-10T10:02:00Z")
        #expect(held.map(\.decision) == ["skipped: rest-day", "skipped: rest-day"])
        #expect(
            held.map(\.slot?.instant) == [try at("2024-03-09T09:00:00Z"), try at("2024-03-10T09:00:00Z")]
        )
        #expect(try scheduler.wake("2024-03-10T10:03:00Z") == [])
    }

    @Test func aRestDayDuringARunWaitsForItsEnd() throws {
        let schedule = try schedule(.only, "*-*-* *:00", zone: .utc)
        let scheduler = try scheduler(schedule, last: "2024-03-08T22:00:00Z", now: "2024-03-08T22:30:00Z")
        #expect(try scheduler.wake("2024-03-08T23:00:00Z").map(\.decision) == ["timer"])
        #expect(try scheduler.wake("2024-03-09T00:00:00Z") == [])
        #expect(scheduler.earliest?.instant == (try at("2024-03-09T01:00:00Z")))
        scheduler.finish()
        #expect(
            try scheduler.wake("2024-03-09T01:00:00Z").map(\.decision) == ["skipped: rest-day", "skipped: rest-day"]
        )
    }

    @Test(
        "an outage over the holidays costs little",
        arguments: ["*-*-* *:*:00", "Sat *-*-* *:*:00", "*-10-01..08 *:*:00"],
        [(.only, 0), (.next, 0), (.previous, 0), (.nearest, 0), (.next, 2), (.nearest, -2)]
            as [(WorkingDayRule.Kind, Int)]
    )
    func longOutage(event: String, rule: (WorkingDayRule.Kind, Int)) throws {
        let schedule = try schedule(rule.0, offset: rule.1, event)
        let time = "2024-10-05T12:00:00+08:00"
        let scheduler = try scheduler(schedule, last: "2023-10-05T12:00:00+08:00", now: time)
        var actions: [Scheduler.Action] = []
        let spent = try ContinuousClock().measure { actions = try scheduler.wake(time) }
        // A bound for what runs on and on; how fast it is, a slow machine must not decide.
        #expect(spent < .seconds(60))
        #expect(actions.count <= 101)
        #expect(try scheduler.wake(time) == [])
    }
}
