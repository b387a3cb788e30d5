// Which slots run, which are skipped, and why.

import Almanac
import Scheduling
import Testing

@Suite struct SchedulerTests {
    /// A scheduler with one job whose slots are accounted for up to `last`.
    private static func scheduler(_ schedule: Schedule, last: String, now: String) throws -> KeptScheduler {
        let scheduler = KeptScheduler()
        let stamp = Stamp(job: "job", fingerprint: schedule.fingerprint, last: try at(last))
        #expect(scheduler.add(schedule: schedule, stamp: stamp, now: try at(now)) == [])
        return scheduler
    }

    @Test func aSlotThatComesIsRunByItsTimer() throws {
        let schedule = try Schedule("*-*-* 09:00")
        let scheduler = try Self.scheduler(schedule, last: "2024-03-04T09:00:00Z", now: "2024-03-05T08:00:00Z")
        let slot = Slot(job: "job", instant: try at("2024-03-05T09:00:00Z"))
        #expect(scheduler.earliest == slot)
        #expect(try scheduler.wake("2024-03-05T08:59:59Z") == [])
        #expect(try scheduler.wake("2024-03-05T09:00:00Z") == [.start(slot, .timer)])
        #expect(scheduler.next == (try at("2024-03-06T09:00:00Z")))
        #expect(try scheduler.wake("2024-03-05T09:00:01Z") == [])
    }

    @Test(
        "a minute late is still the timer; later is late",
        arguments: [
            ("2024-03-05T09:01:00Z", "timer"), ("2024-03-05T09:01:01Z", "catch-up"),
            ("2024-03-06T08:59:59Z", "catch-up"),
        ]
    )
    func timerOrCatchUp(now: String, decision: String) throws {
        let schedule = try Schedule("*-*-* 09:00", catchUp: .within("2 days"))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-04T09:00:00Z", now: now)
        #expect(try scheduler.wake(now).map(\.decision) == [decision])
    }

    @Test(
        "the window of catch-up is inclusive",
        arguments: [
            ("2024-03-07T09:00:00Z", "catch-up"), ("2024-03-07T09:00:01Z", "skipped: outside-window"),
        ]
    )
    func catchUpWindow(now: String, decision: String) throws {
        let schedule = try Schedule("*-*-05 09:00", catchUp: .within("2 days"))
        let scheduler = try Self.scheduler(schedule, last: "2024-02-05T09:00:00Z", now: now)
        #expect(try scheduler.wake(now).map(\.decision) == [decision])
    }

    @Test func aWindowLongerThanTimeItselfCatchesUp() throws {
        let schedule = try Schedule("*-*-05 09:00", catchUp: .within("999999999 weeks"))
        let scheduler = try Self.scheduler(schedule, last: "2020-01-05T09:00:00Z", now: "2024-03-07T09:00:00Z")
        #expect(try scheduler.wake("2024-03-07T09:00:00Z").last?.decision == "catch-up")
    }

    @Test func ofSeveralMissedSlotsTheLatestRunsAndStandsForTheOthers() throws {
        let schedule = try Schedule("*-*-* 09:00", catchUp: .within("1 day"))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-01T09:00:00Z", now: "2024-03-05T08:00:00Z")
        let actions = try scheduler.wake("2024-03-05T08:00:00Z")
        #expect(actions.map(\.decision) == ["skipped: superseded", "skipped: superseded", "catch-up"])
        #expect(
            actions.map(\.slot?.instant) == [
                try at("2024-03-02T09:00:00Z"), try at("2024-03-03T09:00:00Z"), try at("2024-03-04T09:00:00Z"),
            ]
        )
    }

    @Test(
        "where nothing runs late, nothing is called superseded",
        arguments: [
            (Schedule.CatchUp.none, "skipped: no-catch-up"),
            (.latest(within: TimeSpan(seconds: 3600)), "skipped: outside-window"),
        ]
    )
    func nothingRunsLate(catchUp: Schedule.CatchUp, decision: String) throws {
        let schedule = try Schedule("*-*-* 09:00", catchUp: catchUp)
        let scheduler = try Self.scheduler(schedule, last: "2024-03-01T09:00:00Z", now: "2024-03-04T08:00:00Z")
        #expect(try scheduler.wake("2024-03-04T08:00:00Z").map(\.decision) == [decision, decision])
    }

    @Test func aFirstStartRunsNothing() throws {
        let schedule = try Schedule("*-*-* 09:00", catchUp: .within("30 days"))
        let scheduler = KeptScheduler()
        let time = "2024-03-05T09:30:00Z"
        let now = try at(time)
        let actions = scheduler.add(schedule: schedule, stamp: nil, now: now)
        #expect(actions == [.stamp(Stamp(job: "job", fingerprint: schedule.fingerprint, last: now))])
        #expect(try scheduler.wake(time) == [])
        #expect(scheduler.next == (try at("2024-03-06T09:00:00Z")))
    }

    @Test func anEditedScheduleNeverCatchesUpFromTheOldOne() throws {
        let old = try Schedule("*-*-* 09:00", catchUp: .within("30 days"))
        let edited = try Schedule("*-*-* 08:00", catchUp: .within("30 days"))
        let time = "2024-03-05T08:30:00Z"
        let now = try at(time)
        let scheduler = KeptScheduler()
        let stamp = Stamp(job: "job", fingerprint: old.fingerprint, last: try at("2024-03-01T09:00:00Z"))
        let actions = scheduler.add(schedule: edited, stamp: stamp, now: now)
        #expect(actions == [.stamp(Stamp(job: "job", fingerprint: edited.fingerprint, last: now))])
        #expect(try scheduler.wake(time) == [])
    }

    @Test func onlyWhatADayOfTheScheduleMeansMakesItAnotherSchedule() throws {
        #expect(try Schedule("daily").fingerprint == (try Schedule("*-*-* 00:00:00")).fingerprint)
        #expect(try Schedule("daily").fingerprint != (try Schedule("*-*-* 00:00:01")).fingerprint)
        #expect(try Schedule("daily", catchUp: .within("1 day")).fingerprint == (try Schedule("daily")).fingerprint)
    }

    @Test func aSlotDuringARunIsSkippedForOverlap() throws {
        let schedule = try Schedule("*-*-* *:00", catchUp: .within("1 day"))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-05T08:00:00Z", now: "2024-03-05T08:30:00Z")
        #expect(try scheduler.wake("2024-03-05T09:00:00Z").map(\.decision) == ["timer"])
        #expect(try scheduler.wake("2024-03-05T10:00:00Z").map(\.decision) == ["skipped: overlap"])
        #expect(!scheduler.begin(job: "job"))
        scheduler.finish()
        #expect(try scheduler.wake("2024-03-05T11:00:00Z").map(\.decision) == ["timer"])
    }

    @Test func aRunThatSomebodyAskedForCountsAsGoingOn() throws {
        let schedule = try Schedule("*-*-* *:00")
        let scheduler = try Self.scheduler(schedule, last: "2024-03-05T08:00:00Z", now: "2024-03-05T08:30:00Z")
        #expect(scheduler.begin(job: "job"))
        #expect(!scheduler.begin(job: "nobody"))
        #expect(try scheduler.wake("2024-03-05T09:00:00Z").map(\.decision) == ["skipped: overlap"])
    }

    @Test func aStepBackOfTheClockRunsNothingAgain() throws {
        let schedule = try Schedule("*-*-* *:00", catchUp: .within("1 day"))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-05T08:00:00Z", now: "2024-03-05T08:30:00Z")
        #expect(try scheduler.wake("2024-03-05T09:00:00Z").map(\.decision) == ["timer"])
        scheduler.finish()
        #expect(try scheduler.wake("2024-03-05T08:10:00Z") == [])
        #expect(try scheduler.wake("2024-03-05T09:00:00Z") == [])
        #expect(
            try scheduler.wake("2024-03-05T10:00:00Z").map(\.slot?.instant) == [try at("2024-03-05T10:00:00Z")]
        )
    }

    @Test func aStampFromTheFutureRunsNothingAgain() throws {
        let schedule = try Schedule("*-*-* *:00", catchUp: .within("1 day"))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-05T12:00:00Z", now: "2024-03-05T09:30:00Z")
        #expect(try scheduler.wake("2024-03-05T12:00:00Z") == [])
        #expect(try scheduler.wake("2024-03-05T13:00:00Z").map(\.decision) == ["timer"])
    }

    @Test func aStepForwardIsACatchUp() throws {
        let schedule = try Schedule("*-*-* *:00", catchUp: .within("1 day"))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-05T08:00:00Z", now: "2024-03-05T08:30:00Z")
        let actions = try scheduler.wake("2024-03-05T11:30:00Z")
        #expect(actions.map(\.decision) == ["skipped: superseded", "skipped: superseded", "catch-up"])
        #expect(actions.last?.slot?.instant == (try at("2024-03-05T11:00:00Z")))
    }

    @Test("an outage of a year costs little and fills nothing", arguments: ["*-*-* *:*:00", "*-*-* *:*:*"])
    func yearLongOutage(event: String) throws {
        let schedule = try Schedule(event, catchUp: .within("1 hour"))
        let time = "2024-03-05T09:00:00Z"
        let now = try at(time)
        let scheduler = try Self.scheduler(schedule, last: "2023-03-05T09:00:00Z", now: time)
        var actions: [Scheduler.Action] = []
        let spent = try ContinuousClock().measure { actions = try scheduler.wake(time) }
        // Half a million slots in the minutely case, one after the other, take many times that.
        #expect(spent < .seconds(1))
        #expect(actions.count == 101)
        #expect(actions.last == .start(Slot(job: "job", instant: now), .timer))
        // The latest misses are the ones on record, each once, without a hole.
        let instants = actions.compactMap(\.slot?.instant.seconds)
        let step: Int64 = event.hasSuffix("00") ? 60 : 1
        #expect(instants == (0...100).map { now.seconds - step * (100 - $0) })
        #expect(try scheduler.wake(time) == [])
    }

    @Test func severalEventsMakeOneRowOfSlots() throws {
        let schedule = try Schedule("*-*-* 09:00", "*-*-* 15:00", "Tue *-*-* 09:00")
        let scheduler = try Self.scheduler(schedule, last: "2024-03-04T15:00:00Z", now: "2024-03-05T08:00:00Z")
        let expected = try ["2024-03-05T09:00:00Z", "2024-03-05T15:00:00Z", "2024-03-06T09:00:00Z"].map(at)
        #expect(scheduler.upcoming(3) == expected)
    }

    @Test func aScheduleThatIsOverWaitsForNothing() throws {
        let schedule = try Schedule("2024-03-05 09:00")
        let scheduler = try Self.scheduler(schedule, last: "2024-03-04T09:00:00Z", now: "2024-03-05T08:00:00Z")
        #expect(try scheduler.wake("2024-03-05T09:00:00Z").count == 1)
        #expect(scheduler.earliest == nil)
        #expect(scheduler.upcoming(5) == [])
    }

    @Test(
        "a reason reads as it was written",
        arguments: SlotReason.Skip.allCases.map { SlotReason.skipped($0) } + [.ran, .late]
    )
    func reasonsAsText(reason: SlotReason) {
        #expect(SlotReason(text: reason.text) == reason)
    }

    @Test(arguments: ["", "skipped", "skipped: ", "skipped: tired", "RAN"])
    func whatIsNoReasonIsRefused(text: String) {
        #expect(SlotReason(text: text) == nil)
    }
}
