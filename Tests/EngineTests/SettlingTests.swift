// Runs read what has settled, and tell what is new.

import Alerts
import Almanac
import Checks
import Diagnostics
import Engine
import Jobs
import Linux
import Records
import Scheduling
import TestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct SettlingTests {
    /// A district whose measurements are still being handed in.
    private static func district(_ table: String, settle: String, onData: Bool = false) throws -> District {
        var tests = try ReceptionTests().with(settle: settle, onData: onData).district
        tests.clock = try District(water: "").clock
        tests.evidence.handIn(table, as: "water.csv", to: "water", changed: WallClock().now())
        return tests
    }

    /// What came of the slot of March, which the engine finds missed when it starts.
    private static func caughtUp(_ district: District) async throws -> RunReport {
        try district.remember(last: "2024-02-05T09:00:00Z")
        let engine = try await district.engine()
        let report = try await nextReport(district)
        await engine.stop()
        return report
    }

    private static func nextReport(_ district: District) async throws -> RunReport {
        let report = await district.events.next { if case .ran(let report) = $0 { report } else { nil } }
        return try #require(report)
    }

    @Test func whoeverAsksForARunMeansAlsoWhatWasHandedInAMomentAgo() async throws {
        let district = try Self.district(District.bad, settle: "2 minutes")
        let engine = try await district.engine()
        let report = try await engine.runRiver()
        await engine.stop()
        #expect(report.findings.assessments.map(\.state) == [.warning])
    }

    @Test(arguments: [District.good, District.bad])
    func aFileThatIsStillHandedInLeavesEveryVerdictOpen(table: String) async throws {
        let report = try await Self.caughtUp(try Self.district(table, settle: "2 minutes"))
        #expect(report.findings.assessments.map(\.state) == [.unknown])
        #expect(report.findings.assessments.first?.gaps.contains(Gap(.arriving, "water.csv")) == true)
        #expect(report.findings.tables == ["sections.csv"])
        #expect(report.changes.isEmpty)
        #expect(report.findings.rejects.map(\.problem) == ["the file is still being handed in, so it is not read yet"])
    }

    @Test func whenItHasSettledTheJobRunsAgainAlsoWithoutOnData() async throws {
        let district = try Self.district(District.good, settle: "1 hour")
        try district.remember(last: "2024-02-05T09:00:00Z")
        let engine = try await district.engine()
        let first = try await district.nextRun()
        // What has settled in the end is another content than what was there first.
        let old = WallClock().now().adding(seconds: -3_600)
        district.evidence.handIn(District.bad, as: "water.csv", to: "water", changed: old)
        await engine.hintInbox()
        let second = try await district.nextRun()
        await engine.stop()
        #expect([first, second].map(\.cause) == [.catchUp, .data])
        #expect(await engine.openAlerts.count == 1)
        #expect(district.ledger.entries.map(\.cause) == [.catchUp, .data])
    }

    @Test("what was left open is judged in the daemon's next life", arguments: [true, false])
    func restart(settlesInBetween: Bool) async throws {
        let district = try Self.district(District.good, settle: "1 hour")
        try district.remember(last: "2024-02-05T09:00:00Z")
        let first = try await district.engine()
        let caughtUp = try await district.nextRun()
        await first.stop()
        func settle() {
            let old = WallClock().now().adding(seconds: -3_600)
            district.evidence.handIn(District.bad, as: "water.csv", to: "water", changed: old)
        }
        if settlesInBetween { settle() }
        let second = try await district.engine()
        if !settlesInBetween {
            #expect(district.ledger.entries.count == 1)
            settle()
            await second.hintInbox()
        }
        let again = try await district.nextRun()
        await second.stop()
        #expect([caughtUp, again].map(\.cause) == [.catchUp, .data])
        #expect(await second.openAlerts.count == 1)
        // Then nothing is open any more: a life after that receives and judges nothing.
        let third = try await district.engine()
        let old = WallClock().now().adding(seconds: -7_200)
        district.evidence.handIn(District.worse, as: "more.csv", to: "water", changed: old)
        await third.hintInbox()
        let received = await district.events.next { event in
            if case .received(let reception, _, _) = event, reception.name == "more.csv" { true } else { nil }
        }
        #expect(received == true)
        await third.stop()
        #expect(district.ledger.entries.map(\.cause) == [.catchUp, .data])
    }

    @Test func aFileThatIsReadAsItWasReceivedNeedsNotSettleAgain() async throws {
        let tests = try ReceptionTests()
        tests.district.evidence.handIn(District.bad, as: "water.csv", to: "water", changed: WallClock().now())
        let settled = try tests.with(settle: "0 s")
        _ = try await settled.receptionist().receptionist.sweep()
        // The same file for a daemon that lets files settle longer.
        let report = try await Self.caughtUp(tests.district)
        #expect(report.findings.assessments.map(\.state) == [.warning])
    }

    @Test func aReloadedSettlingTimeHoldsForRunsToo() async throws {
        var district = try Self.district(District.bad, settle: "2 minutes")
        try district.remember(last: "2024-02-05T09:00:00Z")
        // The job comes with the reload, and is caught up by what that says.
        let job = try #require(district.files.jobs["river.yaml"])
        district.files.jobs["river.yaml"] = nil
        let engine = try await district.engine()
        let settings = try #require(district.files.settings["dutyd.yaml"])
        district.files.settings["dutyd.yaml"] = settings.replacing("settle: 2 minutes", with: "settle: 0 s")
        district.files.jobs["river.yaml"] = job
        try await engine.reload(try district.files.read())
        let report = try await Self.nextReport(district)
        await engine.stop()
        #expect(report.findings.assessments.map(\.state) == [.warning])
    }

    @Test("a file that is written without end keeps only good verdicts open in the end", arguments: [true, false])
    func endless(isPatient: Bool) throws {
        let tests = try ReceptionTests()
        tests.handIn(District.bad, as: "a.csv")
        tests.handIn(District.good, as: "b.csv")
        let configuration = try tests.district.files.read()
        let job = try #require(configuration.job(named: "river"))
        let asOf = try #require(CivilDate(year: 2024, month: 3, day: 5))
        let source = ArrivingEvidence(base: tests.district.evidence, arriving: "b.csv")
        let findings = Evaluation(job: job, feeds: configuration.feeds, evidence: source, isPatient: isPatient)
            .findings(period: job.period.period(asOf: asOf), asOf: asOf)
        #expect(findings.assessments.map(\.state) == [isPatient ? .unknown : .warning])
        #expect(findings.arriving == [InboxFile(feed: "water", name: "b.csv")])
        #expect(findings.unread == ["b.csv"])
    }

    @Test func whatChangesWhileItIsReadIsReadAgain() async throws {
        let tests = try ReceptionTests()
        tests.handIn(District.good + "新泾港,北翟路桥,2024-02,9.0,1.9\n")
        let job = try #require(try tests.district.files.read().job(named: "river"))
        let feeds = try tests.district.files.read().feeds
        let asOf = try #require(CivilDate(year: 2024, month: 3, day: 5))
        let evaluation = Evaluation(job: job, feeds: feeds, evidence: tests.district.evidence)
        func judge() -> Findings { evaluation.findings(period: job.period.period(asOf: asOf), asOf: asOf) }
        tests.district.evidence.changingReads = 1
        let second = judge()
        #expect(second.failure == nil && second.changed == [])
        #expect(second.assessments.map(\.state) == [.ok])
        tests.district.evidence.isChanging = true
        let never = judge()
        #expect(never.failure?.problem == "tables changed while they were read, so nothing was judged")
        #expect(never.assessments == [])
    }

    @Test func aRunThatCameToNothingBecauseOfThatIsTriedAgain() async throws {
        let tests = try ReceptionTests().with(onData: false)
        tests.handIn(District.bad)
        try tests.district.remember(last: "2024-02-05T09:00:00Z")
        tests.district.evidence.isChanging = true
        let engine = try await tests.district.engine()
        let failed = await tests.district.events.next { event -> RunOrder? in
            if case .failed(let order, _) = event { order } else { nil }
        }
        #expect(failed?.slot != nil)
        tests.district.evidence.isChanging = false
        // Any run that ends well wakes what waits.
        _ = try await engine.run(job: "river", asOf: nil, isDryRun: false)
        let orders = try await [tests.district.nextRun(), tests.district.nextRun()]
        await engine.stop()
        #expect(orders.contains { $0.slot != nil })
        #expect(tests.district.ledger.entries.contains { $0.slot?.reason == .late })
    }

    @Test func theLastOfSeveralFilesIsWaitedFor() async throws {
        let tests = try ReceptionTests().with(settle: "1 s")
        tests.handIn(District.good, as: "a.csv")
        tests.district.evidence.handIn(District.bad, as: "b.csv", to: "water", changed: WallClock().now())
        let engine = try await tests.district.engine()
        #expect(try await tests.district.nextRun().cause == .data)
        #expect(tests.received.map(\.name) == ["a.csv", "b.csv"])
        await engine.stop()
        #expect(tests.district.ledger.entries.map(\.cause) == [.data])
    }

    @Test func whatWasComplainedOfIsNotCountedAgain() async throws {
        let tests = try ReceptionTests().with(onData: false)
        tests.handIn(District.good + "新泾港,无名桥,2024-02,9.0,1.9\n")
        let engine = try await tests.district.engine()
        _ = try await tests.nextReception()
        func complaints() -> Int { tests.district.events.all.count { if case .rejected = $0 { true } else { false } } }
        let first = try await engine.runRiver()
        #expect(first.findings.summary.contains("1 complaint about the input"))
        #expect(complaints() == 1)
        let second = try await engine.runRiver()
        #expect(!second.findings.summary.contains("complaint"))
        // Whoever asks for them still gets them all.
        #expect(second.findings.rejects.count == 1)
        #expect(complaints() == 1)
        // Another one is new, and so is an old one that had gone.
        tests.handIn(District.good)
        await engine.hintInbox()
        _ = try await tests.nextReception()
        try await engine.runRiver()
        tests.handIn(District.good + "新泾港,无名桥,2024-02,9.0,1.9\n")
        await engine.hintInbox()
        _ = try await tests.nextReception()
        try await engine.runRiver()
        await engine.stop()
        #expect(complaints() == 2)
    }
}

/// Evidence of which one table is still being written.
private struct ArrivingEvidence: EvidenceSource {
    let base: TableEvidence
    let arriving: String

    func tables(of feed: Feed) -> EvidenceListing {
        var listing = base.tables(of: feed)
        listing.arriving = listing.tables.filter { $0.name == arriving }
        listing.tables.removeAll { $0.name == arriving }
        return listing
    }

    func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        try base.read(table, chunk: chunk)
    }
}
