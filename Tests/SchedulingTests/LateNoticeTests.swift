// A notice about working days that comes when slots which it moves have been served: none of them comes again.

import Almanac
import Diagnostics
import Scheduling
import TestKit
import Testing

@Suite struct LateNoticeTests {
    /// China's calendar with further rest days, as a notice in the middle of the year brings them.
    private static func calendar(off: String...) throws -> WorkingDayCalendar {
        let days = try (["2024-01-01"] + off).map { text in
            ListedDay(
                date: try CivilDate(text),
                name: "台风",
                isOff: true,
                noticeYear: 2024,
                position: Position(file: "CN.csv")
            )
        }
        return try WorkingDayCalendar(name: "CN", days: days)
    }

    private static func events(_ texts: [String]) throws -> [Schedule.Occurrence] {
        try texts.map { Schedule.Occurrence(event: try CalendarEvent($0) { _ in false }, zone: .utc) }
    }

    private static func next(_ texts: String..., by calendar: WorkingDayCalendar) throws -> Schedule {
        Schedule(
            occurrences: try events(texts),
            catchUp: .all(within: TimeSpan(seconds: 30 * 86_400)),
            workingDays: WorkingDayRule(.next, calendar)
        )
    }

    /// Serves what comes until a time, and tells the slots in their order.
    private static func served(_ scheduler: inout Scheduler, until end: String) throws -> [String] {
        let end = try at(end)
        var served: [String] = []
        while let next = scheduler.earliest, next.instant <= end {
            for action in scheduler.wake(now: next.instant) {
                guard let slot = action.slot else { continue }
                served.append(String(Zone.utc.rfc3339(slot.instant).prefix(10)) + " \(action.decision ?? "")")
                if case .start = action { _ = scheduler.finish(job: slot.job) }
            }
        }
        return served
    }

    @Test("in the running daemon and after a restart", arguments: [false, true])
    func aSlotThatRanDoesNotRunAgainOnTheDayItMovesTo(restarts: Bool) throws {
        // Thu 5 Sep 2024: the slot runs. At noon the day, Friday and Monday are declared rest days.
        let before = try Self.next("*-*-05 09:00", by: Self.calendar())
        let after = try Self.next("*-*-05 09:00", by: Self.calendar(off: "2024-09-05", "2024-09-06", "2024-09-09"))
        var scheduler = Scheduler()
        _ = scheduler.add(job: "job", schedule: before, stamp: nil, now: try at("2024-08-20T00:00:00Z"))
        #expect(try Self.served(&scheduler, until: "2024-09-05T12:00:00Z") == ["2024-09-05 timer"])
        let noon = try at("2024-09-05T12:00:00Z")
        if restarts {
            let slot = try at("2024-09-05T09:00:00Z")
            scheduler = Scheduler()
            let stamp = Stamp(job: "job", fingerprint: before.fingerprint, last: slot, served: [slot])
            #expect(scheduler.add(job: "job", schedule: after, stamp: stamp, now: noon) == [])
        } else {
            #expect(scheduler.update(job: "job", schedule: after, now: noon) == [])
        }
        #expect(scheduler.upcoming(of: "job", count: 1).map(\.instant) == [try at("2024-10-07T09:00:00Z")])
        #expect(try Self.served(&scheduler, until: "2024-10-31T00:00:00Z") == ["2024-10-07 timer"])
    }

    @Test func aSlotThatMovesToTheSameDayAsOneThatRanStillRuns() throws {
        let texts = ("Thu *-*-* 09:00", "Fri *-*-* 09:00")
        let before = try Self.next(texts.0, texts.1, by: Self.calendar())
        let after = try Self.next(texts.0, texts.1, by: Self.calendar(off: "2024-09-05", "2024-09-06"))
        var scheduler = Scheduler()
        _ = scheduler.add(job: "job", schedule: before, stamp: nil, now: try at("2024-09-02T00:00:00Z"))
        #expect(try Self.served(&scheduler, until: "2024-09-05T12:00:00Z") == ["2024-09-05 timer"])
        _ = scheduler.update(job: "job", schedule: after, now: try at("2024-09-05T12:00:00Z"))
        // Friday's goes to Monday alone; it is no second slot beside Thursday's, which does not come.
        #expect(
            try Self.served(&scheduler, until: "2024-09-12T12:00:00Z") == ["2024-09-09 timer", "2024-09-12 timer"]
        )
    }

    @Test func theLastWorkingDayOfAMonthIsNotServedTwice() throws {
        func schedule(_ calendar: WorkingDayCalendar) throws -> Schedule {
            Schedule(
                occurrences: try Self.events(["*-*-* 09:00"]),
                catchUp: .none,
                monthDay: MonthlyWorkingDay(-1, calendar)
            )
        }
        // Until the notice is corrected, Mon 30 Sep 2024 is a rest day and Fri 27 Sep the last working day.
        let before = try schedule(Self.calendar(off: "2024-09-30"))
        let after = try schedule(Self.calendar())
        var scheduler = Scheduler()
        _ = scheduler.add(job: "job", schedule: before, stamp: nil, now: try at("2024-09-02T00:00:00Z"))
        #expect(try Self.served(&scheduler, until: "2024-09-28T00:00:00Z") == ["2024-09-27 timer"])
        _ = scheduler.update(job: "job", schedule: after, now: try at("2024-09-28T00:00:00Z"))
        #expect(try Self.served(&scheduler, until: "2024-10-31T12:00:00Z") == ["2024-10-31 timer"])
    }

    @Test func whatIsServedIsNotListedAsMoved() throws {
        let before = try Self.next("*-*-05 09:00", by: Self.calendar())
        let after = try Self.next("*-*-05 09:00", by: Self.calendar(off: "2024-09-05", "2024-11-05"))
        let noon = try at("2024-09-05T12:00:00Z")
        let moved = after.movedSlots(
            since: before,
            after: noon,
            through: try at("2024-11-30T00:00:00Z"),
            except: [try at("2024-09-05T09:00:00Z")]
        )
        #expect(
            moved.map { $0.description(in: .utc) } == [
                "2024-11-05T09:00:00+00:00 is now 2024-11-06T09:00:00+00:00 (moved from Tue 2024-11-05 to Wed 2024-11-06: 台风)"
            ]
        )
    }

    @Test func plansAreKeptForSomeWeeksAndNotForEver() throws {
        let daily = try Self.next("*-*-* 09:00", by: WorkingDayCalendar.shipped())
        var scheduler = Scheduler()
        _ = scheduler.add(job: "job", schedule: daily, stamp: nil, now: try at("2024-01-01T00:00:00Z"))
        _ = try Self.served(&scheduler, until: "2024-11-30T12:00:00Z")
        let kept = scheduler.served(of: "job")
        #expect(kept.count == 61)
        #expect(kept.contains(try at("2024-10-01T09:00:00Z")), "\(kept.min().map { Zone.utc.rfc3339($0) } ?? "none")")
    }
}
