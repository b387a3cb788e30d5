// Slots that come, and slots that were missed, through the engine's own timer and start.

import Alerts
import Almanac
import Diagnostics
import Engine
import Jobs
import Linux
import Scheduling
import TestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct SlotTests {
    @Test func aMissedSlotIsCaughtUpAtStart() async throws {
        let district = try District(now: "2024-03-06T12:00:00Z", water: District.bad)
        try district.remember(last: "2024-02-05T09:00:00Z")
        let engine = try district.unstarted()
        try await engine.start()
        let order = try await district.nextRun()
        let slot = Slot(job: "river", instant: try Instant(rfc3339: "2024-03-05T09:00:00Z"))
        #expect(order.cause == .catchUp)
        #expect(order.slot == slot)
        // It is judged as of the day it was due.
        #expect(order.asOf == slot.instant)
        #expect(district.ledger.entries.map(\.slot?.reason) == [.late])
        #expect(district.ledger.stamp(of: "river")?.last == slot.instant)
        #expect(try await engine.slots(job: "river", count: 10).map(\.slot) == [slot])
        await engine.stop()
        // The next start finds nothing to catch up.
        let reborn = try district.unstarted()
        try await reborn.start()
        await reborn.stop()
        #expect(district.ledger.entries.count == 1)
    }

    @Test func tenDaysOffAreListedSlotBySlotAndToldOnce() async throws {
        var district = try District(now: "2024-03-05T08:00:00Z", water: District.bad)
        let text = try #require(district.files.jobs["river.yaml"])
        district.files.jobs["river.yaml"] = text.replacing("*-*-05 09:00", with: "*-*-* 09:00")
            .replacing("cc: [office]}", with: "cc: [office], remind-every: 2 working days}")
        try district.remember(last: "2024-03-04T09:00:00Z")
        var engine = try await district.engine()
        try await engine.runRiver()
        await engine.stop()
        district.clock = try WallClock.starting(at: Instant(rfc3339: "2024-03-15T12:00:00Z"))
        engine = try await district.engine()
        #expect(try await district.nextRun().cause == .manual)
        #expect(try await district.nextRun().cause == .catchUp)
        let slots = try await engine.slots(job: "river", count: 20)
        #expect(slots.count == 11)
        #expect(slots.count { $0.reason == .late } == 1)
        #expect(slots.count { $0.reason == .skipped(.superseded) } == 10)
        await engine.stop()
        // Five reminders were missed: they come as one, and what was known is not told anew.
        let told = district.spool.delivered.filter { $0.department == "water" }.map(\.change)
        #expect(told == [.raised, .reminder])
        #expect(district.spool.delivered.filter { $0.department == "office" }.map(\.change) == [.raised])
    }

    @Test func aSlotThatComesIsRunByItsTimer() async throws {
        // A tenth of a second before the slot.
        let district = try District(now: "2024-03-05T08:59:59.900Z", water: District.bad)
        try district.remember(last: "2024-02-05T09:00:00Z")
        let engine = try district.unstarted()
        try await engine.start()
        let order = try await district.nextRun()
        #expect(order.cause == .timer)
        #expect(order.slot?.instant == (try Instant(rfc3339: "2024-03-05T09:00:00Z")))
        #expect(district.ledger.entries.map(\.slot?.reason) == [.ran])
        await engine.stop()
    }

    @Test func aFirstStartRunsNothingAndRemembersFromWhere() async throws {
        let district = try District(now: "2024-03-05T09:00:30Z", water: District.bad)
        let engine = try district.unstarted()
        try await engine.start()
        await engine.stop()
        #expect(district.ledger.entries.isEmpty)
        let stamp = try #require(district.ledger.stamp(of: "river"))
        #expect(stamp.last >= (try Instant(rfc3339: "2024-03-05T09:00:30Z")))
        #expect(
            await engine.upcoming(job: nil, count: 1).map(\.instant) == [try Instant(rfc3339: "2024-04-05T09:00:00Z")]
        )
    }

    @Test func slotsThatAreNotRunAreRecordedWithTheirReason() async throws {
        var district = try District(now: "2024-03-06T12:00:00Z", water: District.bad)
        let text = try #require(district.files.jobs["river.yaml"])
        district.files.jobs["river.yaml"] = text.replacing("  catch-up: {latest: 30 days}\n", with: "")
        try district.remember(last: "2024-01-05T09:00:00Z")
        let engine = try district.unstarted()
        try await engine.start()
        await engine.stop()
        #expect(district.ledger.entries.isEmpty)
        let slots = try await engine.slots(job: "river", count: 10)
        #expect(slots.map(\.reason) == [.skipped(.catchUpOff), .skipped(.catchUpOff)])
        let said = district.events.all.compactMap { if case .skipped(let record) = $0 { record } else { nil } }
        #expect(Set(said) == Set(slots))
    }

    @Test func aSlotWhoseRunCouldNotBeEnteredIsNotAccountedFor() async throws {
        let district = try District(now: "2024-03-06T12:00:00Z", water: District.bad)
        try district.remember(last: "2024-02-05T09:00:00Z")
        let engine = try district.unstarted()
        district.ledger.isBroken = true
        try await engine.start()
        _ = try await district.nextRun()
        await engine.stop()
        #expect(district.ledger.stamp(of: "river")?.last == (try Instant(rfc3339: "2024-02-05T09:00:00Z")))
        // The next start catches it up, and tells what was not told.
        district.ledger.isBroken = false
        let reborn = try district.unstarted()
        try await reborn.start()
        let order = try await district.nextRun()
        #expect(order.cause == .catchUp)
        await reborn.stop()
        #expect(district.ledger.entries.map(\.slot?.reason) == [.late])
        #expect(district.spool.delivered.map(\.serial) == ["CN-RIV-2024-000001", "CN-RIV-2024-000001"])
    }

    @Test func whatTheLedgerDidNotTakeIsTriedAgainWithoutARestart() async throws {
        var district = try District(now: "2024-03-06T12:00:00Z", water: District.bad)
        let text = try #require(district.files.jobs["river.yaml"])
        district.files.jobs["river.yaml"] = text.replacing("*-*-05 09:00", with: "*-*-* *:*:*")
        // Known from an earlier life, so that the ledger may be broken from the first slot on.
        try district.remember(last: "2024-03-06T12:00:00Z")
        let engine = try district.unstarted()
        district.ledger.isBroken = true
        try await engine.start()
        let failed = try await district.nextRun()
        district.ledger.isBroken = false
        // The next slot comes within a second, and brings it along.
        let settled = await district.events.next { event -> RunReport? in
            if case .ran(let report) = event, report.order.slot == failed.slot { report } else { nil }
        }
        await engine.stop()
        #expect(settled?.isCommitted == true)
        #expect(district.ledger.entries.contains { $0.slot?.slot == failed.slot })
        #expect(district.spool.delivered.count == 2)
    }

    @Test func aSlotOlderThanWhatWasJudgedChangesNoAlert() async throws {
        var district = try District(now: "2024-03-05T08:00:00Z", water: District.bad)
        // Somebody let the day after the slot be judged before the slot came.
        let first = try await district.engine()
        try await first.runRiver(asOf: "2024-03-06T10:00:00Z")
        await first.stop()
        district.clock = .starting(at: try Instant(rfc3339: "2024-03-06T12:00:00Z"))
        district.measure(District.good)
        let reborn = try district.unstarted()
        try await reborn.start()
        let order = try await district.nextRun()
        #expect(order.cause == .manual)
        let late = try await district.nextRun()
        #expect(late.cause == .catchUp)
        await reborn.stop()
        #expect(district.ledger.entries.map { $0.step.changes.map(\.kind) } == [[.raised], []])
        #expect(await reborn.openAlerts.count == 1)
    }

    @Test func whatIsWrongWithTheSettingsIsSaidAtStart() async throws {
        var district = try District(water: District.good)
        district.files.jobs["other.yaml"] = "job: other\nnonsense: 1\n"
        let engine = try district.unstarted()
        try await engine.start()
        #expect(await engine.statusLine.contains("1 job, 1 broken"))
        await engine.stop()
        let said = district.events.all.compactMap { if case .misconfigured(let problem) = $0 { problem } else { nil } }
        #expect(said == (try district.files.read().problems))
        #expect(said.contains { $0.found == "nonsense" && $0.position?.line == 2 })
    }
}
