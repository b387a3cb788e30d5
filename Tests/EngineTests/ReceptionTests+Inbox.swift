// Nothing that happens in the inbox is silent: files in the way, files taken away, rows that are replaced.

import Alerts
import Almanac
import Checks
import Diagnostics
import Engine
import JSON
import Jobs
import Linux
import Records
import Scheduling
import TestKit
import Testing

extension ReceptionTests {
    /// The same district with other settings.
    func with(settle: String? = nil, keep: String? = nil, water: String = "", onData: Bool = true) throws -> Self {
        var district = district
        var text = try #require(district.files.settings["dutyd.yaml"])
        if let settle { text += "\nsettle: \(settle)\n" }
        if let keep { text += "\nkeep-received: \(keep)\n" }
        district.files.settings["dutyd.yaml"] = text
        district.files.settings["feeds/water.yaml", default: ""] += "\n" + water
        if !onData { district.files.jobs["river.yaml"]?.replace("  on-data: true\n", with: "") }
        try #require(try district.files.read().problems == [])
        return Self(district: district)
    }

    static let newest = "key: [river, section, month]\nconflicts: newest\n"

    private func refuse(_ reason: Reject.Reason, as file: String, hoursAgo: Int64 = 1) {
        district.evidence.handIn(
            refused: Reject(reason, Diagnostic("no table", at: Position(file: file))),
            as: file,
            to: "water",
            changed: WallClock().now().adding(seconds: -3_600 * hoursAgo)
        )
    }

    /// The JSON slips, in order.
    private func documents() throws -> [JSONValue] {
        try district.spool.delivered.compactMap { notice in
            guard case .slip = notice.matter else { return nil }
            let document = try #require(notice.documents.first { $0.fileName.hasSuffix(".json") })
            return try JSONValue(parsing: document.bytes, maximumDepth: 16)
        }
    }

    // MARK: In the way

    @Test func filesThatCannotBeUsedAreInTheWayUntilTheyGo() async throws {
        let tests = try with(settle: "0 s")
        tests.handIn("", as: "empty.csv")
        tests.handIn(District.good)
        tests.refuse(.spreadsheet, as: "older.xlsx", hoursAgo: 2)
        tests.refuse(.spreadsheet, as: "newer.xlsx", hoursAgo: 0)
        tests.refuse(.notAFile, as: "folder")
        let engine = try await tests.district.engine()
        for _ in 1...5 { _ = try await tests.nextReception() }
        _ = try await tests.district.nextRun()
        // A workbook that a table was handed in after, and a folder, keep nothing from being judged.
        #expect(await engine.filesInTheWay.map(\.name) == ["empty.csv", "newer.xlsx"])
        #expect(await engine.filesInTheWay.allSatisfy { $0.summary.hasPrefix("not used") })
        let judged = try await engine.runRiver(isDryRun: true)
        _ = try await tests.district.nextRun()
        #expect(judged.findings.unread.sorted() == ["empty.csv", "newer.xlsx"])
        #expect(judged.findings.assessments.map(\.state) == [.unknown])

        for name in ["empty.csv", "newer.xlsx"] { tests.district.evidence.remove(name, from: "water") }
        await engine.hintInbox()
        #expect(try await tests.district.nextRun().cause == .data)
        #expect(await engine.filesInTheWay == [])
        #expect(try await engine.runRiver(isDryRun: true).findings.assessments.map(\.state) == [.ok])
        await engine.stop()
    }

    // MARK: Taken away

    @Test func filesTakenAwayAreToldInOneSlipAndJudgedAnew() async throws {
        let tests = try with(settle: "0 s")
        tests.handIn(District.bad, as: "a.csv")
        tests.handIn("", as: "b.csv")
        let engine = try await tests.district.engine()
        _ = try await tests.district.nextRun()
        #expect(await engine.openAlerts.count == 1)
        for name in ["a.csv", "b.csv"] { tests.district.evidence.remove(name, from: "water") }
        await engine.hintInbox()
        let order = try await tests.district.nextRun()
        #expect(order.cause == .data)
        await engine.stop()
        let slip = try #require(try tests.documents().last)
        #expect(try tests.documents().count == 3)
        let withdrawn = try #require(slip["withdrawn"]?.elements)
        #expect(withdrawn.map { $0["file"]?.text } == ["a.csv", "b.csv"])
        #expect(withdrawn.map { $0["rows"] } == [.integer(1), .null])
        #expect(slip["words"]?["en"]?["summary"]?.text == "withdrawn")
        let departed = tests.district.events.all.compactMap { event -> [String]? in
            if case .departed(let names, "water", "water") = event { names } else { nil }
        }
        #expect(departed == [["a.csv", "b.csv"]])
    }

    @Test func whatWasTakenAwayBeforeACrashIsJudgedAfterIt() async throws {
        let tests = try with(settle: "0 s")
        tests.handIn(District.bad)
        let engine = try await tests.district.engine()
        _ = try await tests.district.nextRun()
        await engine.stop()
        tests.district.evidence.remove("water.csv", from: "water")
        #expect(try await tests.receptionist().receptionist.sweep().departed.count == 1)
        let reborn = try await tests.district.engine()
        #expect(try await tests.district.nextRun().cause == .data)
        await reborn.stop()
        #expect(tests.district.ledger.entries.map(\.cause) == [.data, .data])
    }

    @Test func aSlipOfAWithdrawalThatTheLedgerDoesNotTakeIsTriedAgain() async throws {
        let tests = try with(settle: "0 s")
        tests.handIn(District.good)
        let (receptionist, _) = try tests.receptionist()
        _ = await receptionist.sweep()
        tests.district.evidence.remove("water.csv", from: "water")
        tests.district.ledger.isBroken = true
        #expect(await receptionist.sweep().departed == [])
        tests.district.ledger.isBroken = false
        #expect(await receptionist.sweep().departed.count == 1)
        #expect(await receptionist.sweep().departed == [])
        #expect(tests.district.spool.delivered.map(\.sequence) == [1, 2])
    }

    // MARK: Replaced

    @Test("a file whose rows others state differently says so", arguments: ["newest", "refuse"])
    func rivals(conflicts: String) async throws {
        let tests = try with(water: Self.newest.replacing("newest", with: conflicts))
        let (receptionist, _) = try tests.receptionist()
        tests.handIn(District.good + "蒲汇塘,中山西路桥,2024-02,9.0,0.3\n", as: "a.csv")
        _ = await receptionist.sweep()
        tests.handIn(District.bad + "彭越浦,汶水路桥,2024-02,9.0,0.3\n", as: "b.csv")
        _ = await receptionist.sweep()
        // The same again is no change, and neither is another version of the same file.
        for name in ["c.csv", "b.csv"] {
            tests.handIn(District.bad, as: name)
            _ = await receptionist.sweep()
        }
        let (told, other) = conflicts == "newest" ? ("supersedes", "contradicts") : ("contradicts", "supersedes")
        let slips = try tests.documents()
        #expect(slips.map { $0[told]?.elements?.count } == [0, 1, 0, 0])
        #expect(slips.allSatisfy { $0[other]?.elements == [] })
        let rival = try #require(slips[1][told]?.elements?.first)
        #expect(rival["file"]?.text == "a.csv")
        #expect(rival["rows"] == .integer(1))
        #expect(rival["samples"]?.elements?.compactMap(\.text) == ["新泾港 天山路桥 2024-02"])
    }

    @Test func filesOfOneSweepAreComparedWithOneAnother() async throws {
        let tests = try with(water: Self.newest)
        let (receptionist, _) = try tests.receptionist()
        for (name, table) in [("a.csv", District.good), ("b.csv", District.bad), ("c.csv", District.worse)] {
            tests.handIn(table, as: name)
        }
        _ = await receptionist.sweep()
        let rivals = try tests.documents().map { $0["supersedes"]?.elements?.compactMap { $0["file"]?.text } }
        #expect(rivals == [[], ["a.csv"], ["b.csv"]])
        // Each file is read once for its slip; the others and the register once for all that arrive together.
        let reads = tests.district.evidence.reads
        tests.handIn(District.good, as: "d.csv")
        tests.handIn(District.good, as: "e.csv")
        _ = await receptionist.sweep()
        #expect(tests.district.evidence.reads == reads + 3 + 1 + 2)
    }

    @Test func theNewestIsWhatWasReceivedLastWhateverTheClockDid() async throws {
        var tests = try with(water: Self.newest)
        tests.handIn(District.good, as: "a.csv")
        _ = try await tests.receptionist().receptionist.sweep()
        var earlier = tests.district
        earlier.clock = .starting(at: tests.district.clock.now().adding(seconds: -86_400))
        tests = Self(district: earlier)
        tests.handIn(District.bad, as: "b.csv")
        _ = try await tests.receptionist().receptionist.sweep()
        let receptions = tests.district.ledger.receptions
        #expect(receptions.map(\.order) == [1, 2])
        #expect(receptions[1].firstSeen < receptions[0].firstSeen)
        let engine = try await tests.district.engine()
        let judged = try await engine.runRiver(isDryRun: true)
        await engine.stop()
        #expect(judged.findings.assessments.map(\.state) == [.warning])
        #expect(judged.findings.readings.map(\.table.name) == ["sections.csv", "b.csv", "a.csv"])
    }

    // MARK: Kept copies

    @Test func copiesWhoseTimeIsOverAreRemovedAndMissedWithAReason() async throws {
        let tests = try with(keep: "30 days")
        let (receptionist, _) = try tests.receptionist()
        tests.handIn(District.bad)
        let first = try #require(await receptionist.sweep().received.first)
        tests.handIn(District.good)
        let second = try #require(await receptionist.sweep().received.first)
        func kept(_ reception: Reception) -> Bool {
            let fingerprint = reception.fingerprint ?? ""
            return tests.district.evidence.kept(feed: "water", name: "water.csv", fingerprint: fingerprint) != nil
        }
        func later(days: Int64) throws -> Self {
            var district = tests.district
            district.clock = .starting(at: second.firstSeen.adding(seconds: days * 86_400))
            return Self(district: district)
        }
        _ = try await later(days: 29).receptionist().receptionist.sweep()
        #expect(kept(first) && kept(second))
        _ = try await later(days: 31).receptionist().receptionist.sweep()
        #expect(!kept(first) && kept(second))
        // The copy of what is present stays for however long.
        _ = try await later(days: 4_000).receptionist().receptionist.sweep()
        #expect(kept(second))

        #expect(tests.district.ledger.receptions.map { $0.copyRemoved != nil } == [true, false])
        let engine = try await tests.district.engine()
        let then = try await engine.run(job: "river", asOf: nil, isDryRun: true, knownAt: first.firstSeen)
        await engine.stop()
        #expect(then.findings.unread == ["water.csv"])
        #expect(then.findings.rejects.contains { $0.found?.contains("keep-received was over") == true })
    }
}

extension JSONValue {
    fileprivate var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
}
