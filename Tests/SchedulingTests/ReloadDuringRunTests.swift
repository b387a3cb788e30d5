// Schedules that are edited, or taken out and brought back, while a run goes on or a slot waits.

import Almanac
import Scheduling
import Testing

@Suite struct ReloadDuringRunTests {
    private static func scheduler(_ schedule: Schedule, last: String) throws -> KeptScheduler {
        let scheduler = KeptScheduler()
        let stamp = Stamp(job: "job", fingerprint: schedule.fingerprint, last: try at(last))
        #expect(scheduler.add(schedule: schedule, stamp: stamp, now: try at(last)) == [])
        return scheduler
    }

    /// Each decision with its slot's time of day.
    private static func lines(_ actions: [Scheduler.Action]) -> [String] {
        actions.compactMap { action in
            action.slot.flatMap { slot in
                action.decision.map { "\(Zone.utc.civil(at: slot.instant).description.dropFirst(11).prefix(5)) \($0)" }
            }
        }
    }

    @Test func anUnchangedJobGoesOnAsIfNothingHadHappened() throws {
        let schedule = try Schedule("*-*-* *:00", catchUp: .all(within: try TimeSpan("3 hours")))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-05T08:00:00Z")
        #expect(Self.lines(try scheduler.wake("2024-03-05T10:30:00Z")) == ["09:00 catch-up"])
        #expect(try scheduler.update(schedule, now: "2024-03-05T10:40:00Z") == [])
        scheduler.finish()
        #expect(Self.lines(try scheduler.wake("2024-03-05T10:41:00Z")) == ["10:00 catch-up"])
    }

    @Test func whereOnlyTheCatchUpIsEditedWhatWaitsForTheRunStillRuns() throws {
        let schedule = try Schedule("*-*-* *:00", catchUp: .all(within: try TimeSpan("3 hours")))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-05T08:00:00Z")
        _ = try scheduler.wake("2024-03-05T10:30:00Z")
        #expect(try scheduler.update(try Schedule("*-*-* *:00"), now: "2024-03-05T10:40:00Z") == [])
        scheduler.finish()
        #expect(Self.lines(try scheduler.wake("2024-03-05T10:41:00Z")) == ["10:00 catch-up"])
    }

    @Test func theRunGoesOnAndSlotsOfTheEditedScheduleDoNotOverlapIt() throws {
        let scheduler = try Self.scheduler(try Schedule("*-*-* *:00"), last: "2024-03-05T08:00:00Z")
        #expect(Self.lines(try scheduler.wake("2024-03-05T09:00:00Z")) == ["09:00 timer"])
        let edited = try Schedule("*-*-* *:00/15")
        let stamp = Stamp(job: "job", fingerprint: edited.fingerprint, last: try at("2024-03-05T09:10:00Z"))
        #expect(try scheduler.update(edited, now: "2024-03-05T09:10:00Z") == [.stamp(stamp)])
        #expect(Self.lines(try scheduler.wake("2024-03-05T09:15:00Z")) == ["09:15 skipped: overlap"])
        scheduler.finish()
        #expect(Self.lines(try scheduler.wake("2024-03-05T09:30:00Z")) == ["09:30 timer"])
    }

    @Test func slotsThatWaitForTheRunAreRecordedAsEditedAndNotRun() throws {
        let schedule = try Schedule("*-*-* *:00", catchUp: .all(within: try TimeSpan("3 hours")))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-05T07:00:00Z")
        #expect(Self.lines(try scheduler.wake("2024-03-05T10:30:00Z")) == ["08:00 catch-up"])
        let edited = try Schedule("*-*-* *:15", catchUp: .all(within: try TimeSpan("3 hours")))
        #expect(
            Self.lines(try scheduler.update(edited, now: "2024-03-05T10:40:00Z")) == [
                "09:00 skipped: edited", "10:00 skipped: edited",
            ]
        )
        scheduler.finish()
        #expect(try scheduler.wake("2024-03-05T10:41:00Z") == [])
        #expect(Self.lines(try scheduler.wake("2024-03-05T11:15:00Z")) == ["11:15 timer"])
    }

    @Test func slotsThatWaitForTheirSplayAreRecordedAsEdited() throws {
        let schedule = try Schedule("*-*-* 09:00", splay: "2 hours")
        let scheduler = try Self.scheduler(schedule, last: "2024-03-04T09:00:00Z")
        #expect(scheduler.earliest.map { $0.instant > (try? at("2024-03-05T09:00:01Z")) ?? $0.instant } == true)
        let edited = try Schedule("*-*-* 10:00", splay: "2 hours")
        let actions = try scheduler.update(edited, now: "2024-03-05T09:00:01Z")
        #expect(Self.lines(actions) == ["09:00 skipped: edited"])
        #expect(scheduler.next == (try at("2024-03-05T10:00:00Z")))
    }

    @Test func ofALongRowThatWaitsForItsSplayTheOldestRecordStandsForThoseBefore() throws {
        let scheduler = try Self.scheduler(try Schedule("*-*-* *:*:*", splay: "1 day"), last: "2024-03-05T09:00:00Z")
        let actions = try scheduler.update(try Schedule("daily"), now: "2024-03-05T09:10:00Z")
        let records = actions.compactMap { if case .skip(let record) = $0 { record } else { nil } }
        #expect(records.count == 100)
        #expect(records.first?.since == (try at("2024-03-05T09:00:01Z")))
        #expect(records.last?.slot.instant == (try at("2024-03-05T09:10:00Z")))
    }

    @Test func aJobThatIsTakenOutAndBroughtBackDuringItsRunDoesNotRunTwiceAtOnce() throws {
        let schedule = try Schedule("*-*-* *:00", catchUp: .within("1 day"))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-05T08:00:00Z")
        #expect(Self.lines(try scheduler.wake("2024-03-05T09:00:00Z")) == ["09:00 timer"])
        scheduler.remove()
        #expect(!scheduler.begin(job: "job"))
        let stamp = Stamp(job: "job", fingerprint: schedule.fingerprint, last: try at("2024-03-05T09:00:00Z"))
        #expect(scheduler.add(schedule: schedule, stamp: stamp, now: try at("2024-03-05T09:30:00Z")) == [])
        #expect(!scheduler.begin(job: "job"))
        #expect(Self.lines(try scheduler.wake("2024-03-05T10:00:00Z")) == ["10:00 skipped: overlap"])
        scheduler.finish()
        #expect(scheduler.begin(job: "job"))
    }

    @Test func anEditWhileTheClockIsSetBackBringsNoInstantTwice() throws {
        let scheduler = try Self.scheduler(try Schedule("*-*-* 09:00"), last: "2024-03-04T09:00:00Z")
        #expect(Self.lines(try scheduler.wake("2024-03-05T09:00:00Z")) == ["09:00 timer"])
        scheduler.finish()
        _ = try scheduler.update(try Schedule("*-*-* 08:45,50", "*-*-* 09,10:00"), now: "2024-03-05T08:30:00Z")
        #expect(try scheduler.wake("2024-03-05T09:30:00Z") == [])
        #expect(Self.lines(try scheduler.wake("2024-03-05T10:00:00Z")) == ["10:00 timer"])
    }
}
