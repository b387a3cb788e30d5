// Runs that somebody asks for: judged, told once, refused where they would look back or ahead.

import Alerts
import Almanac
import Checks
import Diagnostics
import Engine
import Jobs
import Linux
import Scheduling
import TestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunTests {
    @Test func aRunJudgesRaisesAndDelivers() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        let report = try await engine.runRiver()
        #expect(report.period.label == "2024-02")
        #expect(report.findings.assessments.map(\.state) == [.warning])
        #expect(report.changes.map(\.kind) == [.raised])
        #expect(await engine.openAlerts.map(\.serial) == ["CN-RIV-2024-000001"])
        // To those who have to act and to those who are informed, each in its formats.
        let delivered = district.spool.delivered.sorted { $0.sequence < $1.sequence }
        #expect(delivered.map(\.department) == ["water", "office"])
        #expect(delivered.map(\.sequence) == [1, 2])
        #expect(delivered.map { $0.documents.count } == [2, 1])
        #expect(try district.ledger.restore().pending == [])
        let entry = try #require(district.ledger.entries.first)
        #expect(entry.cause == .manual)
        #expect(entry.slot == nil)
        #expect(entry.assessments == report.findings.assessments)
    }

    @Test func aChangeIsToldOnce() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver()
        let second = try await engine.runRiver()
        #expect(second.findings.assessments.map(\.state) == [.warning])
        #expect(second.changes == [])
        #expect(district.spool.delivered.count == 2)
        #expect(district.ledger.entries.map(\.run) == [1, 2])
    }

    @Test func itIsToldOnceAfterARestartToo() async throws {
        let district = try District(water: District.bad)
        try await district.engine().runRiver()
        let reborn = try await district.engine()
        #expect(await reborn.jobs.map { $0.last?.run } == [1])
        #expect(try await reborn.runRiver().changes == [])
        district.measure(District.worse)
        #expect(try await reborn.runRiver().changes.map(\.kind) == [.worsened])
        #expect(district.spool.delivered.map(\.sequence).sorted() == [1, 2, 3, 4])
        #expect(district.ledger.entries.map(\.run) == [1, 2, 3])
    }

    @Test func theClearGoesToThoseWhoGotTheRaise() async throws {
        var district = try District(water: District.bad)
        try await district.engine().runRiver()
        // Meanwhile the job tells others.
        let text = try #require(district.files.jobs["river.yaml"])
        district.files.jobs["river.yaml"] = text.replacing("{to: [water], cc: [office]}", with: "{to: [office]}")
        district.measure(District.good)
        let report = try await district.engine().runRiver()
        #expect(report.changes.map(\.kind) == [.cleared])
        #expect(report.notices.map(\.department) == ["water", "office"])
        #expect(Set(report.notices.map(\.serial)) == ["CN-RIV-2024-000001"])
        #expect(try await district.engine().openAlerts == [])
    }

    @Test(
        "without its register nothing is judged, and open alerts stay as they are",
        arguments: ["river,section,target\n新泾港,天山路桥,Ⅲ\n", "code,river,section,target\n\"S1,新泾港\n"]
    )
    func brokenRegister(register: String) async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver()
        district.evidence.put(register, as: "sections.csv", in: "sections")
        district.measure(District.good)
        await #expect {
            try await engine.runRiver()
        } throws: { error in
            if case DutyEngine.Refusal.failed(let problem)? = error as? DutyEngine.Refusal {
                problem.contains("the register \"sections\" cannot be read")
            } else {
                false
            }
        }
        #expect(await engine.openAlerts.map(\.serial) == ["CN-RIV-2024-000001"])
        #expect(district.ledger.entries.count == 1)
    }

    @Test func aRehearsalThatFailsIsNotTheJobsLastRun() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver()
        district.evidence.put("", as: "sections.csv", in: "sections")
        await #expect(throws: DutyEngine.Refusal.self) { try await engine.runRiver(isDryRun: true) }
        #expect(await engine.jobs.first?.last?.outcome == .completed)
        #expect(await engine.jobs.first?.last?.run == 1)
    }

    @Test func anUnreadTableNeverLetsAnythingPassAsGood() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver()
        district.evidence.put("", as: "water.csv", in: "water")
        let empty = try await engine.runRiver()
        #expect(empty.findings.unread == ["water.csv"])
        #expect(empty.findings.assessments.map(\.state) == [.unknown])
        #expect(empty.changes == [])
    }

    @Test func tablesThatContradictEachOtherAreNotAveraged() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver()
        district.evidence.add(District.good, as: "water-2.csv", in: "water")
        let report = try await engine.runRiver()
        #expect(report.findings.assessments.map(\.state) == [.unknown])
        #expect(report.findings.assessments.first?.gaps.map(\.reason) == [.conflicting])
        #expect(report.changes == [])
    }

    @Test func whatIsMissingNeitherRaisesNorClears() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver()
        district.measure("river,section,month,DO,NH3-N\n新泾港,天山路桥,2024-02,9.0,\n")
        let report = try await engine.runRiver()
        #expect(report.findings.assessments.map(\.state) == [.unknown])
        #expect(report.changes == [])
        #expect(await engine.openAlerts.count == 1)
    }

    @Test func onlyADryRunMayLookBack() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver(asOf: "2024-03-05T12:00:00Z")
        await #expect(throws: DutyEngine.Refusal.behind(last: "2024-03-05T12:00:00+00:00")) {
            try await engine.runRiver(asOf: "2024-03-05T11:59:59Z")
        }
        let report = try await engine.runRiver(asOf: "2024-02-05T09:00:00Z", isDryRun: true)
        #expect(report.period.label == "2024-01")
        #expect(!report.isCommitted)
        #expect(district.ledger.entries.count == 1)
        // The same instant again is no look back.
        try await engine.runRiver(asOf: "2024-03-05T12:00:00Z")
    }

    @Test func aDryRunChangesNothing() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        let report = try await engine.runRiver(isDryRun: true)
        // It says what would change and what would be sent.
        #expect(report.changes.map(\.kind) == [.raised])
        #expect(report.notices.count == 2)
        #expect(district.ledger.entries.isEmpty)
        #expect(district.spool.delivered == [])
        #expect(await engine.openAlerts == [])
        #expect(!district.events.all.contains { if case .changed = $0 { true } else { false } })
        // The next real run gives the same numbers.
        let real = try await engine.runRiver()
        #expect(real.order.run == 1)
        #expect(real.changes.map(\.alert.serial) == report.changes.map(\.alert.serial))
    }

    @Test func aDayThatHasNotComeIsNotJudgedOnARealClock() async throws {
        let district = try District(now: nil, water: District.good)
        let engine = try await district.engine()
        let tomorrow = WallClock().now().adding(seconds: 86_400)
        await #expect {
            _ = try await engine.run(job: "river", asOf: tomorrow, isDryRun: false)
        } throws: { error in
            if case DutyEngine.Refusal.inTheFuture = error { true } else { false }
        }
        _ = try await engine.run(job: "river", asOf: tomorrow, isDryRun: true)
        // A rehearsal on a shifted clock may look ahead, and then happens on that day.
        let rehearsal = try District(water: District.bad)
        let report = try await rehearsal.engine().runRiver(asOf: "2025-04-05T09:00:00Z")
        #expect(report.period.label == "2025-03")
    }

    @Test func aJobThatIsNotThereOrBrokenIsRefused() async throws {
        var district = try District(water: District.good)
        district.files.jobs["other.yaml"] = "job: other"
        let engine = try await district.engine()
        await #expect(throws: DutyEngine.Refusal.unknownJob) {
            _ = try await engine.run(job: "rivr", asOf: nil, isDryRun: false)
        }
        await #expect(throws: DutyEngine.Refusal.brokenJob) {
            _ = try await engine.run(job: "other", asOf: nil, isDryRun: false)
        }
    }

    @Test func aStoppedEngineStartsNothing() async throws {
        let engine = try await District(water: District.good).engine()
        await engine.stop()
        await #expect(throws: DutyEngine.Refusal.stopping) { try await engine.runRiver() }
    }

    @Test func aLedgerThatFailsLeavesEverythingAsItWas() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        district.ledger.isBroken = true
        await #expect(throws: DutyEngine.Refusal.failed("broken")) { try await engine.runRiver() }
        #expect(await engine.openAlerts == [])
        #expect(district.spool.delivered == [])
        #expect(district.events.all.contains { if case .failed = $0 { true } else { false } })
        district.ledger.isBroken = false
        // The change is still to be told, with the numbers that were not used.
        let report = try await engine.runRiver()
        #expect(report.changes.map(\.alert.serial) == ["CN-RIV-2024-000001"])
        #expect(district.spool.delivered.map(\.sequence).sorted() == [1, 2])
    }

    @Test func brokenRowsAreNamedOneByOne() async throws {
        let district = try District(
            water: """
                river,section,month,DO,NH3-N
                新泾港,天山路桥,2024-02,9.0,o.4
                新泾港,天山桥路,2024-02,9.0,0.4
                新泾港,天山路桥,Feb,9.0,0.4

                """
        )
        let report = try await district.engine().runRiver()
        #expect(report.findings.assessments.first?.state == .unknown)
        let rejected = district.events.all.compactMap { event -> Diagnostic? in
            if case .rejected(let diagnostic, _) = event { diagnostic } else { nil }
        }
        #expect(rejected == report.findings.rejects)
        #expect(Set(rejected.compactMap(\.position?.line)) == [2, 3, 4])
        #expect(rejected.contains { $0.key == "NH3-N" && $0.found == "o.4" })
        #expect(rejected.contains { $0.remedy == "did you mean \"新泾港 天山路桥\"?" })
    }

    @Test func whatATableLacksIsSaid() async throws {
        let district = try District(water: "section,month,DO\n天山路桥,2024-02,9.0\n")
        let report = try await district.engine().runRiver()
        #expect(report.findings.assessments.map(\.state) == [.unknown])
        #expect(report.findings.rejects.contains { $0.position?.file == "water.csv" })
    }

    @Test func twoRunsOfOneJobDoNotOverlap() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        let outcomes = await withTaskGroup(of: DutyEngine.Refusal?.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do throws(DutyEngine.Refusal) {
                        _ = try await engine.run(job: "river", asOf: nil, isDryRun: false)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let done = outcomes.count { $0 == nil }
        #expect(done >= 1)
        #expect(outcomes.allSatisfy { $0 == nil || $0 == .alreadyRunning || $0.isLookingBack })
        #expect(district.ledger.entries.count == done)
        #expect(district.spool.delivered.count == 2)
    }
}

extension DutyEngine.Refusal? {
    /// Of two requests in the same instant, the clock of one may have been read before the other was judged.
    fileprivate var isLookingBack: Bool { if case .behind? = self { true } else { false } }
}
