// Catching all up, pauses, splay, edits, and clocks that were wrong.

import Almanac
import Scheduling
import Testing

@Suite struct SchedulerPolicyTests {
    private static func scheduler(_ schedule: Schedule, last: String) throws -> KeptScheduler {
        let scheduler = KeptScheduler()
        let stamp = Stamp(job: "job", fingerprint: schedule.fingerprint, last: try at(last))
        #expect(scheduler.add(schedule: schedule, stamp: stamp, now: try at(last)) == [])
        return scheduler
    }

    @Test func allMissedSlotsWithinTheWindowRunOneAfterTheOther() throws {
        let schedule = try Schedule("*-*-01 09:00", catchUp: .all(within: try TimeSpan("100 days")))
        let scheduler = try Self.scheduler(schedule, last: "2024-01-01T09:00:00Z")
        let now = "2024-06-10T00:00:00Z"
        var decisions: [String] = []
        var instants: [Instant?] = []
        for _ in 0..<10 {
            let actions = try scheduler.wake(now)
            decisions += actions.compactMap(\.decision)
            instants += actions.map(\.slot?.instant)
            scheduler.finish()
        }
        let late = Array(repeating: "skipped: outside-window", count: 2)
        #expect(decisions == late + ["catch-up", "catch-up", "catch-up"])
        #expect(try instants == (2...6).map { try at("2024-0\($0)-01T09:00:00Z") })
    }

    @Test func aSlotThatComesWhileOthersAreCaughtUpWaitsForThem() throws {
        let schedule = try Schedule("*-*-* *:00", catchUp: .all(within: try TimeSpan("3 hours")))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-05T08:00:00Z")
        #expect(try scheduler.wake("2024-03-05T10:30:00Z").map(\.decision) == ["catch-up"])
        #expect(try scheduler.wake("2024-03-05T11:00:00Z") == [])
        scheduler.finish()
        #expect(try scheduler.wake("2024-03-05T11:00:01Z").map(\.slot?.instant) == [try at("2024-03-05T10:00:00Z")])
        scheduler.finish()
        #expect(try scheduler.wake("2024-03-05T11:00:02Z").map(\.slot?.instant) == [try at("2024-03-05T11:00:00Z")])
    }

    @Test("slots of a paused job are recorded and never caught up", arguments: ["job", nil])
    func pausing(job: String?) throws {
        let schedule = try Schedule("*-*-* *:00", catchUp: .within("1 day"))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-05T08:00:00Z")
        scheduler.pause(job)
        #expect(try scheduler.wake("2024-03-05T09:00:00Z").map(\.decision) == ["skipped: paused"])
        #expect(
            try scheduler.wake("2024-03-05T11:30:00Z").map(\.decision) == ["skipped: paused", "skipped: paused"]
        )
        scheduler.resume(job)
        #expect(try scheduler.wake("2024-03-05T11:45:00Z") == [])
        #expect(try scheduler.wake("2024-03-05T12:00:00Z").map(\.decision) == ["timer"])
    }

    @Test func aLongRowOfMissedSlotsIsAccountedForByItsOldestRecord() throws {
        let schedule = try Schedule("*-*-* *:*:00", catchUp: .within("1 hour"))
        let scheduler = try Self.scheduler(schedule, last: "2023-03-05T09:00:00Z")
        let records = try scheduler.wake("2024-03-05T09:00:00Z").compactMap { action -> SlotRecord? in
            if case .skip(let record) = action { record } else { nil }
        }
        #expect(records.first?.since == (try at("2023-03-05T09:01:00Z")))
        #expect(records.dropFirst().allSatisfy { $0.since == nil })
    }

    @Test func splaySpreadsTheSameSlotOverJobsAndStaysTheSameForEach() throws {
        let schedule = try Schedule("*-*-* 09:00", splay: "30 minutes")
        let slot = try at("2024-03-05T09:00:00Z")
        let releases = (1...1000).map { schedule.release(of: slot, job: "job-\($0)") }
        #expect(releases == (1...1000).map { schedule.release(of: slot, job: "job-\($0)") })
        #expect(releases.allSatisfy { $0 >= slot && $0 < slot.adding(seconds: 1800) })
        // Each of ten stretches of three minutes gets about a tenth of a thousand.
        let stretches = Dictionary(grouping: releases) { ($0.seconds - slot.seconds) / 180 }
        #expect(stretches.count == 10)
        #expect(stretches.values.allSatisfy { (60...140).contains($0.count) })
    }

    @Test func aSlotWithSplayStartsLaterButIsJudgedAsOfItsOwnInstant() throws {
        let schedule = try Schedule("*-*-* 09:00", splay: "30 minutes")
        let scheduler = try Self.scheduler(schedule, last: "2024-03-04T09:00:00Z")
        let slot = try at("2024-03-05T09:00:00Z")
        let release = schedule.release(of: slot, job: "job")
        #expect(release > slot)
        #expect(scheduler.earliest?.instant == release)
        #expect(try scheduler.wake("2024-03-05T09:00:00Z") == [])
        #expect(scheduler.wake(release) == [.start(Slot(job: "job", instant: slot), .timer)])
    }

    @Test func anEditOfTheCatchUpAloneKeepsWhatIsAccountedFor() throws {
        let scheduler = try Self.scheduler(try Schedule("*-*-* *:00"), last: "2024-03-05T08:00:00Z")
        let edited = try Schedule("*-*-* *:00", catchUp: .within("1 day"))
        #expect(try scheduler.update(edited, now: "2024-03-05T10:30:00Z") == [])
        #expect(try scheduler.wake("2024-03-05T10:30:00Z").map(\.decision) == ["skipped: superseded", "catch-up"])
    }

    @Test func anEditOfTheEventsWhileRunningCountsFromNow() throws {
        let scheduler = try Self.scheduler(try Schedule("*-*-* *:00"), last: "2024-03-05T08:00:00Z")
        _ = try scheduler.wake("2024-03-05T10:30:00Z")
        let edited = try Schedule("*-*-* *:15", catchUp: .within("1 day"))
        let stamp = Stamp(job: "job", fingerprint: edited.fingerprint, last: try at("2024-03-05T10:30:00Z"))
        #expect(try scheduler.update(edited, now: "2024-03-05T10:30:00Z") == [.stamp(stamp)])
        #expect(try scheduler.wake("2024-03-05T10:30:00Z") == [])
        #expect(scheduler.next == (try at("2024-03-05T11:15:00Z")))
    }

    @Test func aClockThatWasYearsAheadDoesNotSilenceAJob() throws {
        let schedule = try Schedule("*-*-* 09:00", catchUp: .within("1 day"))
        let scheduler = try Self.scheduler(schedule, last: "2024-03-04T09:00:00Z")
        _ = try scheduler.wake("2031-01-01T10:00:00Z")
        scheduler.finish()
        let now = "2024-03-05T08:00:00Z"
        let stamp = Stamp(job: "job", fingerprint: schedule.fingerprint, last: try at(now))
        #expect(try scheduler.wake(now) == [.stamp(stamp)])
        #expect(try scheduler.wake("2024-03-05T09:00:00Z").map(\.decision) == ["timer"])
    }

    @Test func aStampYearsAheadCountsFromNow() throws {
        let schedule = try Schedule("*-*-* 09:00")
        let scheduler = KeptScheduler()
        let ahead = Stamp(job: "job", fingerprint: schedule.fingerprint, last: try at("2031-01-01T09:00:00Z"))
        let now = try at("2024-03-05T08:00:00Z")
        let stamp = Stamp(job: "job", fingerprint: schedule.fingerprint, last: now)
        #expect(scheduler.add(schedule: schedule, stamp: ahead, now: now) == [.stamp(stamp)])
    }
}
