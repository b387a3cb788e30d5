// Which slots are accounted for, as the next start sees it.

import Almanac
import Diagnostics
import Engine
import Ledger
import Scheduling
import TestKit
import Testing

@Suite struct SlotTests {
    private var story: Story

    init() throws {
        story = try Story()
        try story.ledger.stamp([Stamp(job: "river-sections", fingerprint: "f", last: Instant(seconds: 100))])
    }

    private var last: Int64? {
        get throws { try story.reopened().restore().stamps["river-sections"]?.last.seconds }
    }

    @Test(arguments: [
        (SlotReason.skipped(.superseded), Int64(200)), (.skipped(.outsideWindow), 200), (.skipped(.catchUpOff), 200),
        // The run that is going on serves an older slot; the stamp must not pass it.
        (.skipped(.overlap), 100),
    ])
    func aSkippedSlotMovesTheStampUnlessItsJobWasRunning(reason: SlotReason, expected: Int64) throws {
        try story.ledger.record([Story.slot(200, reason)])
        #expect(try last == expected)
        #expect(try story.reopened().slots(job: nil, limit: 9) == [Story.slot(200, reason)])
    }

    @Test mutating func aRunMovesTheStampToItsSlotAndNeverBack() throws {
        try story.ledger.commit(story.entry(slot: Story.slot(300, .ran, run: 1)))
        #expect(try last == 300)
        try story.ledger.commit(story.entry(slot: Story.slot(200, .late, run: 2)))
        #expect(try last == 300)
        try story.ledger.commit(story.entry())
        #expect(try last == 300)
    }

    @Test func anEditedScheduleStartsItsStampAnew() throws {
        let stamp = Stamp(job: "river-sections", fingerprint: "g", last: Instant(seconds: 50))
        try story.ledger.stamp([stamp])
        #expect(try story.reopened().restore().stamps["river-sections"] == stamp)
    }

    @Test(arguments: [
        // After a restart within the minute it is punctual; with later slots after it, it is superseded.
        SlotReason.late, .ran, .skipped(.superseded), .skipped(.outsideWindow), .skipped(.catchUpOff),
    ])
    func aSlotSkippedForARunThatDiedIsDecidedAnewAfterTheRestart(reason: SlotReason) throws {
        try story.ledger.record([Story.slot(200, .skipped(.overlap))])
        try story.reopened().record([Story.slot(200, reason)])
        #expect(try last == 200)
        #expect(try story.ledger.slots(job: nil, limit: 9) == [Story.slot(200, reason)])
    }

    @Test mutating func theRunThatCatchesItUpReplacesIt() throws {
        try story.ledger.record([Story.slot(200, .skipped(.overlap))])
        let late = Story.slot(200, .late, run: 1)
        try story.ledger.commit(story.entry(slot: late))
        #expect(try story.ledger.slots(job: nil, limit: 9) == [late])
    }

    @Test(arguments: [
        (SlotReason.ran, SlotReason.late), (.late, .late), (.skipped(.superseded), .late), (.ran, .skipped(.overlap)),
        (.skipped(.overlap), .skipped(.overlap)),
    ])
    func noOtherSlotIsDecidedTwice(first: SlotReason, second: SlotReason) throws {
        try story.ledger.record([Story.slot(200, first)])
        let error = #expect(throws: Diagnostic.self) { try story.ledger.record([Story.slot(200, second)]) }
        #expect(error?.problem == "the ledger refused a record that contradicts another")
        #expect(try story.ledger.slots(job: nil, limit: 9) == [Story.slot(200, first)])
    }

    @Test func aRowOfSkipsIsRecordedWhollyOrNotAtAll() throws {
        try story.ledger.record([Story.slot(400, .ran)])
        #expect(throws: Diagnostic.self) {
            try story.ledger.record([Story.slot(500, .ran), Story.slot(400, .skipped(.superseded))])
        }
        #expect(try story.ledger.slots(job: nil, limit: 9).map(\.slot.instant.seconds) == [400])
        #expect(try last == 400)
    }

    @Test func theStampKnowsSinceWhenSlotsCountAndForWhenTheLatestWerePlanned() throws {
        let day: Int64 = 86_400
        try story.ledger.record([
            Story.slot(200, .ran, plan: 150), Story.slot(61 * day, .ran, plan: 60 * day),
            Story.slot(62 * day, .skipped(.restDay), plan: 62 * day), Story.slot(63 * day, .skipped(.overlap), plan: 7),
        ])
        let stamp = try #require(try story.reopened().stamps()["river-sections"])
        #expect(stamp.since == Instant(seconds: 100))
        #expect(stamp.last == Instant(seconds: 62 * day))
        // The first is too long ago to move, and the last will be decided anew.
        #expect(stamp.served == [Instant(seconds: 60 * day), Instant(seconds: 62 * day)])
        try story.ledger.stamp([Stamp(job: "river-sections", fingerprint: "g", last: Instant(seconds: 63 * day))])
        #expect(try story.ledger.stamps()["river-sections"]?.served == [])
    }

    @Test func whatAnAuditFoundIsListedSinceThenAndGivesWayToADecision() throws {
        let lost = Story.slot(300, .skipped(.unaccounted), plan: 250)
        try story.ledger.record([Story.slot(200, .ran), lost, Story.slot(400, .skipped(.unaccounted), job: "drills")])
        func found(since seconds: Int64) throws -> [SlotRecord] {
            try story.reopened().unaccountedSlots(since: Instant(seconds: seconds))
        }
        #expect(try found(since: 100).map(\.slot.job) == ["river-sections", "drills"])
        #expect(try found(since: 350).map(\.slot.job) == ["drills"])
        let range = Instant(seconds: 200)...Instant(seconds: 300)
        #expect(try story.ledger.slots(of: "river-sections", range) == [Story.slot(200, .ran), lost])
        try story.ledger.record([Story.slot(300, .late)])
        #expect(try found(since: 100).map(\.slot.job) == ["drills"])
    }

    @Test func slotsAreListedNewestFirstUpToTheLimit() throws {
        try story.ledger.record((1...5).map { Story.slot($0 * 1_000, .ran) })
        try story.ledger.record((1...5).map { Story.slot($0 * 1_000 + 500, .ran, job: "drills") })
        func listed(_ job: String?, _ limit: Int) throws -> [Int64] {
            try story.ledger.slots(job: job, limit: limit).map(\.slot.instant.seconds)
        }
        #expect(try listed(nil, 4) == [5_500, 5_000, 4_500, 4_000])
        #expect(try listed("drills", 2) == [5_500, 4_500])
        #expect(try listed("river-sections", 9) == [5_000, 4_000, 3_000, 2_000, 1_000])
        #expect(try listed("unknown", 9) == [])
    }
}
