// Files that a department hands in: received once each, told of once, judged when they can be used.

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

@Suite(.timeLimit(.minutes(1))) struct ReceptionTests {
    let district: District

    init() throws {
        var district = try District(water: District.good)
        district.evidence.remove("water.csv", from: "water")
        let text = try #require(district.files.jobs["river.yaml"])
        district.files.jobs["river.yaml"] = text.replacing("  on: ", with: "  on-data: true\n  on: ")
        self.district = district
    }

    /// Hands a file in that nobody touched for an hour, so that it has settled.
    func handIn(_ text: String, as file: String = "water.csv") {
        district.evidence.handIn(text, as: file, to: "water", changed: WallClock().now().adding(seconds: -3_600))
    }

    func nextReception() async throws -> Reception {
        let reception = await district.events.next { event -> Reception? in
            if case .received(let reception, _, _) = event { reception } else { nil }
        }
        return try #require(reception)
    }

    var received: [Reception] {
        district.events.all.compactMap { if case .received(let reception, _, _) = $0 { reception } else { nil } }
    }

    var slips: [String] {
        district.spool.delivered.compactMap { notice in
            if case .slip(let feed, let file) = notice.matter { "\(notice.department) \(feed)/\(file)" } else { nil }
        }
    }

    /// One sweep of a receptionist of its own.
    func receptionist() throws -> (receptionist: Receptionist, courier: Courier) {
        let memory = try district.ledger.restore()
        let desk = DutyDesk(ledger: district.ledger, memory: memory, generator: "dutyd test")
        let courier = Courier(
            spool: district.spool,
            ledger: district.ledger,
            desk: desk,
            log: district.events,
            clock: district.clock,
            limits: UntakenLimits(files: 1_000, bytes: 1 << 30)
        )
        let receptionist = Receptionist(
            configuration: try district.files.read(),
            known: memory.receptions,
            evidence: district.evidence,
            archive: district.evidence,
            desk: desk,
            courier: courier,
            log: district.events,
            clock: district.clock
        )
        return (receptionist, courier)
    }

    @Test func aNewFileGetsASlipAnEntryAndARun() async throws {
        handIn(District.bad)
        let engine = try await district.engine()
        let reception = try await nextReception()
        #expect(reception.file == InboxFile(feed: "water", name: "water.csv"))
        #expect(reception.revision == 1 && reception.replaces == nil && reception.isUsable)
        #expect(reception.tally.rowsAccepted == 1)
        let order = try await district.nextRun()
        await engine.stop()
        #expect(order.cause == .data)
        #expect(order.slot == nil)
        #expect(order.asOf >= reception.firstSeen)
        #expect(slips == ["water water/water.csv"])
        #expect(district.ledger.receptions == [reception])
        #expect(district.ledger.entries.map(\.step.changes.count) == [1])
        // The slip and the notices of the run share one row of numbers.
        #expect(district.spool.delivered.map(\.sequence).sorted() == [1, 2, 3])
        #expect(try district.ledger.restore().pending == [])
    }

    @Test func whatCannotBeUsedStartsNoRun() async throws {
        handIn("")
        let engine = try await district.engine()
        let reception = try await nextReception()
        await engine.stop()
        #expect(!reception.isUsable)
        #expect(slips == ["water water/water.csv"])
        #expect(district.ledger.entries.isEmpty)
    }

    @Test func aFreshFileIsReceivedWhenItHasSettled() async throws {
        var district = district
        let text = try #require(district.files.settings["dutyd.yaml"])
        district.files.settings["dutyd.yaml"] = text + "\nsettle: 1 s\n"
        district.evidence.handIn(District.good, as: "water.csv", to: "water", changed: WallClock().now())
        let before = district.clock.now()
        let engine = try await district.engine()
        _ = try await nextReception()
        #expect(district.clock.now() >= before.adding(seconds: 1))
        await engine.stop()
    }

    @Test func aHintBringsALookSoon() async throws {
        let engine = try await district.engine()
        handIn(District.good)
        await engine.hintInbox()
        #expect(try await nextReception().revision == 1)
        await engine.stop()
    }

    @Test func aChangedFileIsANewVersionAndATouchedOneIsNone() async throws {
        let (receptionist, _) = try receptionist()
        handIn(District.good)
        let first = try #require(await receptionist.sweep().received.first)
        // Copied again: another stamp, the same content.
        handIn(District.good)
        let touched = await receptionist.sweep()
        #expect(touched.received == [])
        #expect(touched.touched.map(\.revision) == [1])
        #expect(touched.touched.first?.stamp != first.stamp)
        let reads = district.evidence.reads
        #expect(await receptionist.sweep().touched == [])
        #expect(district.evidence.reads == reads)

        handIn(District.bad)
        let second = try #require(await receptionist.sweep().received.first)
        #expect(second.revision == 2)
        #expect(second.replaces == first.firstSeen)
        #expect(received == [first, second])
        #expect(slips.count == 2)
    }

    @Test func aSpreadsheetIsToldOfOnce() async throws {
        district.evidence.handIn(
            refused: Reject(.spreadsheet, Diagnostic("only files ending in .csv are read", found: "water.xlsx")),
            as: "water.xlsx",
            to: "water",
            changed: Instant(seconds: 0)
        )
        let (receptionist, _) = try receptionist()
        let reception = try #require(await receptionist.sweep().received.first)
        #expect(reception.isRefused && !reception.isUsable && reception.fingerprint == nil)
        #expect(reception.summary == "not used: only files ending in .csv are read")
        #expect(slips == ["water water/water.xlsx"])
        #expect(await receptionist.sweep().received == [])
        // Nor after a restart.
        #expect(try await self.receptionist().receptionist.sweep().received == [])
        #expect(received.count == 1)
    }

    @Test func whatLiesThereAtARestartIsNotReceivedAgain() async throws {
        handIn(District.good)
        _ = try await receptionist().receptionist.sweep()
        #expect(try await receptionist().receptionist.sweep().received == [])
        #expect(slips.count == 1)
    }

    @Test func aFileThatWasTakenAwayHasGoneAndReplacesNothingWhenItReturns() async throws {
        var district = district
        let text = try #require(district.files.settings["dutyd.yaml"])
        district.files.settings["dutyd.yaml"] = text + "\nsettle: 0 s\n"
        let tests = ReceptionTests(district: district)
        let (receptionist, _) = try tests.receptionist()
        tests.handIn(District.good)
        _ = await receptionist.sweep()
        district.evidence.remove("water.csv", from: "water")
        #expect(await receptionist.sweep().departed == [InboxFile(feed: "water", name: "water.csv")])
        #expect(district.ledger.receptions.map { $0.goneAt != nil } == [true])
        tests.handIn(District.good)
        let again = try #require(await receptionist.sweep().received.first)
        #expect(again.revision == 2 && again.replaces == nil && again.goneAt == nil)
    }

    init(district: District) { self.district = district }

    @Test func aSlipThatWasCommittedIsDeliveredAtTheNextStartAndOnlyOnce() async throws {
        district.spool.broken = ["water"]
        handIn(District.good)
        let (receptionist, courier) = try receptionist()
        _ = await receptionist.sweep()
        #expect(await courier.waiting == 1)
        #expect(slips == [])
        district.spool.broken = []
        let engine = try await district.engine()
        await engine.stop()
        #expect(slips == ["water water/water.csv"])
        #expect(received.count == 1)
    }

    @Test func aFileReceivedBeforeACrashIsJudgedAfterIt() async throws {
        let engine = try await district.engine()
        try await engine.runRiver()
        _ = try await district.nextRun()
        await engine.stop()
        // The reception is committed, and the daemon ends before the run.
        handIn(District.bad)
        _ = try await receptionist().receptionist.sweep()
        let reborn = try await district.engine()
        #expect(try await district.nextRun().cause == .data)
        await reborn.stop()
        #expect(await reborn.openAlerts.count == 1)
        #expect(district.ledger.entries.map(\.cause) == [.manual, .data])
        // Whether a run so soon after saw it is not certain: it may be judged again, and nothing new is raised.
        let third = try await district.engine()
        await third.stop()
        #expect(await third.openAlerts.count == 1)
    }

    @Test func aFullLedgerLosesNothing() async throws {
        let (receptionist, _) = try receptionist()
        handIn(District.good, as: "a.csv")
        handIn(District.good, as: "b.csv")
        district.ledger.isBroken = true
        for _ in 1...3 { #expect(await receptionist.sweep().received == []) }
        let troubles = district.events.all.count { if case .trouble = $0 { true } else { false } }
        #expect(troubles == 1)
        #expect(slips == [])
        district.ledger.isBroken = false
        #expect(await receptionist.sweep().received.map(\.name) == ["a.csv", "b.csv"])
        #expect(district.spool.delivered.map(\.sequence) == [1, 2])
    }

    @Test func aCopyThatCannotBeKeptHoldsNothingUp() async throws {
        district.evidence.isArchiveFull = true
        handIn(District.good)
        #expect(try await receptionist().receptionist.sweep().received.count == 1)
        #expect(slips.count == 1)
        #expect(district.events.all.contains { if case .trouble = $0 { true } else { false } })
    }

    @Test("a copy that was not kept is kept later", arguments: [true, false])
    func lateCopy(restarts: Bool) async throws {
        district.evidence.isArchiveFull = true
        handIn(District.good)
        var (receptionist, _) = try receptionist()
        let reception = try #require(await receptionist.sweep().received.first)
        let fingerprint = try #require(reception.fingerprint)
        district.evidence.isArchiveFull = false
        if restarts { (receptionist, _) = try self.receptionist() }
        #expect(district.evidence.kept(feed: "water", name: "water.csv", fingerprint: fingerprint) == nil)
        _ = await receptionist.sweep()
        #expect(district.evidence.kept(feed: "water", name: "water.csv", fingerprint: fingerprint) != nil)
    }

    @Test func aFileThatChangesWhileItIsReadHasNotSettled() async throws {
        handIn(District.good)
        let (receptionist, _) = try receptionist()
        district.evidence.isChanging = true
        let sweep = await receptionist.sweep()
        #expect(sweep.received == [] && sweep.lookAgain != nil)
        #expect(slips == [])
        district.evidence.isChanging = false
        #expect(await receptionist.sweep().received.map(\.isUsable) == [true])
    }

    @Test func aFloodComesInPortions() async throws {
        for number in 0..<250 { handIn(District.good, as: "water-\(number).csv") }
        let (receptionist, _) = try receptionist()
        var sizes: [Int] = []
        var isIncomplete = true
        while isIncomplete {
            let sweep = await receptionist.sweep()
            sizes.append(sweep.received.count)
            isIncomplete = sweep.isIncomplete
        }
        #expect(sizes == [100, 100, 50])
        #expect(Set(received.map(\.name)).count == 250)
    }

    @Test func aFloodStartsOneRunAfterItsLastPortion() async throws {
        for number in 0..<150 { handIn(District.good, as: "water-\(number).csv") }
        let engine = try await district.engine()
        #expect(try await district.nextRun().cause == .data)
        #expect(received.count == 150)
        await engine.stop()
        #expect(district.ledger.entries.map(\.cause) == [.data])
    }

    @Test func withoutAKnownSupplierThereIsAnEntryAndNoSlip() async throws {
        var district = district
        let text = try #require(district.files.settings["feeds/water.yaml"])
        district.files.settings["feeds/water.yaml"] = text.replacing("supplied-by: water", with: "supplied-by: nobody")
        let tests = ReceptionTests(district: district)
        tests.handIn(District.good)
        #expect(try await tests.receptionist().receptionist.sweep().received.count == 1)
        #expect(tests.slips == [])
        #expect(district.ledger.receptions.count == 1)
    }

    @Test func aRunDoesNotRepeatWhatTheSlipSaid() async throws {
        handIn("river,section,month,DO,NH3-N\n新泾港,天山路桥,2024-02,9.0,o.4\n")
        let engine = try await district.engine()
        _ = try await nextReception()
        let order = try await district.nextRun()
        #expect(order.cause == .data)
        await engine.stop()
        let repeated = district.events.all.compactMap { event -> Diagnostic? in
            if case .rejected(let diagnostic, _) = event { diagnostic } else { nil }
        }
        #expect(repeated == [])
        // Nor does its summary count what the slip has told.
        #expect(district.ledger.entries.first?.summary.contains("complaint") == false)
    }

    @Test func theCheckOfAnEarlierDayReadsWhatWasKnownThen() async throws {
        let (receptionist, _) = try receptionist()
        let before = district.clock.now()
        handIn(District.bad)
        let first = try #require(await receptionist.sweep().received.first)
        handIn(District.good)
        let second = try #require(await receptionist.sweep().received.first)
        let engine = try await district.engine()
        func judged(at instant: Instant) async throws -> RunReport {
            try await engine.run(job: "river", asOf: nil, isDryRun: true, knownAt: instant)
        }
        let then = try await judged(at: first.firstSeen)
        #expect(then.findings.assessments.map(\.state) == [.warning])
        #expect(!then.isCommitted)
        #expect(try await judged(at: second.firstSeen).findings.assessments.map(\.state) == [.ok])
        // Before anything was handed in there was nothing to read, and nothing that could not be read.
        let nothing = try await judged(at: before.adding(seconds: -1))
        #expect(nothing.findings.tables == ["sections.csv"] && nothing.findings.unread == [])
        // A version that is not kept any more is a gap, never somebody else's number.
        district.evidence.forgetCopies()
        let lost = try await judged(at: first.firstSeen)
        #expect(lost.findings.unread == ["water.csv"])
        #expect(lost.findings.assessments.map(\.state) == [.unknown])
        // The present content needs no copy.
        #expect(try await judged(at: second.firstSeen).findings.assessments.map(\.state) == [.ok])
        await engine.stop()
    }

    @Test(arguments: [(Reject.Reason.spreadsheet, ["water.xlsx"]), (.mayNotBeRead, ["water.xlsx"]), (.notAFile, [])])
    func aFileThatWasNoTableIsNoneInALaterLookBack(reason: Reject.Reason, unread: [String]) async throws {
        let (receptionist, _) = try receptionist()
        let refusal = Reject(reason, Diagnostic("no table", at: Position(file: "water.xlsx")))
        district.evidence.handIn(refused: refusal, as: "water.xlsx", to: "water", changed: Instant(seconds: 0))
        let refused = try #require(await receptionist.sweep().received.first)
        district.evidence.remove("water.xlsx", from: "water")
        let engine = try await district.engine()
        let report = try await engine.run(job: "river", asOf: nil, isDryRun: true, knownAt: refused.firstSeen)
        // What would be a gap now was one then.
        #expect(report.findings.unread == unread)
        #expect(report.findings.rejects.contains { $0.position?.file == "water.xlsx" })
        await engine.stop()
    }
}
