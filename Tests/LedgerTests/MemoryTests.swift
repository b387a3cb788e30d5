// What a daemon still knows after a restart.

import Alerts
import Almanac
import Checks
import Engine
import Ledger
import Scheduling
import TestKit
import Testing

@Suite struct MemoryTests {
    private var story: Story

    init() throws { story = try Story() }

    @Test func aNewLedgerKnowsNothing() throws {
        let memory = try story.ledger.restore()
        #expect(memory.book == AlertBook())
        #expect(memory.stamps.isEmpty && memory.lastAsOf.isEmpty && memory.pending.isEmpty)
        #expect(memory.lastRun == 0)
    }

    @Test mutating func everythingThatARunDecidedIsThereAfterARestart() throws {
        let stamp = Stamp(job: "river-sections", fingerprint: "*-*-05 09:00", last: Instant(microseconds: 7))
        try story.ledger.stamp([stamp])
        let entry = story.entry([("JA-01", .critical), ("JA-02", .warning), ("JA-03", .ok)], asOf: 2_000)
        try story.ledger.commit(entry)

        let memory = try story.reopened().restore()
        #expect(memory.book == story.book)
        #expect(memory.book.open.count == 2)
        #expect(memory.stamps == ["river-sections": stamp])
        #expect(memory.lastAsOf == ["river-sections": Instant(seconds: 2_000)])
        #expect(memory.lastRun == 1)
        #expect(memory.lastRuns["river-sections"]?.summary == entry.summary)
        #expect(memory.lastRuns["river-sections"]?.cause == entry.cause)
        #expect(try story.ledger.notices(memory.pending.map(\.sequence)) == entry.step.notices)
        #expect(memory.pending.count == 4)
    }

    @Test mutating func whatTheLastRunOfAJobSaidIsKnown() throws {
        #expect(try story.ledger.lastVerdicts(of: "river-sections") == nil)
        try story.ledger.commit(story.entry([("JA-01", .critical)]))
        try story.ledger.commit(story.entry([("JA-02", .ok), ("JA-01", .unknown)], asOf: 2_000))
        try story.ledger.commit(story.entry(job: "stock", asOf: 2_500))
        let verdicts = try #require(try story.reopened().lastVerdicts(of: "river-sections"))
        #expect(verdicts.map(\.subject) == ["JA-02", "JA-01"])
        #expect(verdicts.map(\.state) == [.ok, .unknown])
        #expect(verdicts.map(\.asOf) == [Instant(seconds: 2_000), Instant(seconds: 2_000)])
    }

    @Test mutating func whatTheLastRunOfAJobFoundStillBeingHandedInIsKnownUntilTheNextOne() throws {
        let files: Set = [InboxFile(feed: "water", name: "二月.csv"), InboxFile(feed: "water", name: "a \"b\".csv")]
        try story.ledger.commit(story.entry([("JA-01", .unknown)], asOf: 1_000, awaited: files))
        try story.ledger.commit(story.entry(job: "stock", asOf: 1_500))
        let memory = try story.reopened().restore()
        #expect(memory.awaited == ["river-sections": AwaitedFiles(files, since: Instant(seconds: 1_704_068_205))])
        try story.ledger.commit(story.entry(asOf: 2_000))
        #expect(try story.reopened().restore().awaited.isEmpty)
    }

    @Test mutating func aClearedAlertIsClosedAndItsNumberIsNeverGivenAgain() throws {
        try story.ledger.commit(story.entry([("JA-01", .critical)]))
        try story.ledger.commit(story.entry([("JA-01", .ok)], asOf: 2_000))
        let memory = try story.reopened().restore()
        #expect(memory.book.open.isEmpty)
        #expect(memory.book.serials == ["CN-RIV-2024": 1])
        #expect(memory.book == story.book)

        story.book = memory.book
        let again = story.entry([("JA-01", .warning)], asOf: 3_000)
        #expect(again.step.changes.map(\.alert.serial) == ["CN-RIV-2024-000002"])
        try story.ledger.commit(again)
        #expect(try story.ledger.restore().book == story.book)
    }

    @Test mutating func numbersAreCountedForEachPrefixAndBeyondSixDigits() throws {
        story.book = AlertBook(serials: ["CN-RIV-2024": 999_999, "CN-MED-2024": 4])
        try story.ledger.commit(story.entry([("JA-01", .critical), ("JA-02", .critical)]))
        try story.ledger.commit(story.entry([("X", .critical)], job: "medicines", prefix: "CN-MED"))
        try story.ledger.commit(story.entry([("Y", .critical)], job: "medicines", prefix: "CN-MED", year: 2025))
        let serials = try story.reopened().restore().book.serials
        #expect(serials == ["CN-RIV-2024": 1_000_001, "CN-MED-2024": 5, "CN-MED-2025": 1])
    }

    @Test mutating func anAlertThatGoesOnUnchangedShowsTheLatestPeriod() throws {
        try story.ledger.commit(story.entry([("JA-01", .critical)]))
        let before = story.book
        var march = Story.assessment("JA-01", .critical)
        march.period = .month(CivilMonth(year: 2024, month: 3))
        let instant = Instant(seconds: 9)
        #expect(story.book.apply([march], from: Story.origin(run: 2), rules: Story.rules, at: instant).isEmpty)
        let entry = RunEntry(
            run: 2,
            job: "river-sections",
            cause: .manual,
            asOf: Instant(seconds: 9),
            started: Instant(seconds: 9),
            finished: Instant(seconds: 9),
            outcome: .completed,
            summary: "",
            slot: nil,
            step: BookStep(at: instant, difference: story.book.difference(from: before, through: []))
        )
        try story.ledger.commit(entry)
        #expect(try story.reopened().restore().book.open.values.map(\.period) == ["2024-03"])
    }

    @Test mutating func aFailedRunHasJudgedNothing() throws {
        try story.ledger.commit(story.entry(asOf: 2_000))
        try story.ledger.commit(story.entry(asOf: 3_000, outcome: .failed))
        try story.ledger.commit(story.entry(asOf: 1_000))
        let memory = try story.reopened().restore()
        #expect(memory.lastAsOf == ["river-sections": Instant(seconds: 2_000)])
        #expect(memory.lastRun == 3)
    }

    @Test mutating func deliveredNoticesAreNoLongerPendingAndTheRestKeepTheirOrder() throws {
        let entry = story.entry((1...9).map { ("JA-\($0)", .critical) })
        try story.ledger.commit(entry)
        try story.ledger.markDelivered([1, 2, 3, 17], at: Instant(seconds: 1))
        // A second mark, as after a crash between delivery and mark, changes nothing.
        try story.ledger.markDelivered([2, 3], at: Instant(seconds: 2))
        let memory = try story.reopened().restore()
        #expect(memory.pending.map(\.sequence) == (1...18).filter { ![1, 2, 3, 17].contains($0) })
        #expect(memory.book.sequence == 18)
    }
}
