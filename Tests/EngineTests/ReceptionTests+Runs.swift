// What is handed in starts runs: which, when, and beside which slots.

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

extension ReceptionTests {
    @Test func aRunOnDataTakesNoSlot() async throws {
        try district.remember(last: "2024-03-05T09:00:00Z")
        handIn(District.good)
        let engine = try await district.engine()
        #expect(try await district.nextRun().cause == .data)
        #expect(
            await engine.upcoming(job: nil, count: 1).map(\.instant) == [try Instant(rfc3339: "2024-04-05T09:00:00Z")]
        )
        await engine.stop()
        #expect(try district.ledger.slots(job: nil, limit: 9) == [])
        #expect(district.ledger.stamp(of: "river")?.last == (try Instant(rfc3339: "2024-03-05T09:00:00Z")))
    }

    @Test func severalFilesGiveOneRun() async throws {
        for number in 1...7 { handIn(District.good, as: "water-\(number).csv") }
        let engine = try await district.engine()
        _ = try await district.nextRun()
        await engine.stop()
        #expect(slips.count == 7)
        #expect(district.ledger.entries.map(\.cause) == [.data])
    }

    @Test func whatComesWhileTheJobRunsIsJudgedAfterwards() async throws {
        let engine = try await district.engine()
        // The run waits for its register, and whoever receives the table does not.
        district.evidence.hold("sections", readers: 0..<1)
        async let manual = engine.runRiver()
        while await engine.statusLine.contains("running") == false { await Task.yield() }
        handIn(District.bad)
        await engine.hintInbox()
        _ = try await nextReception()
        #expect(district.ledger.entries.isEmpty)
        district.evidence.release()
        _ = try await manual
        let orders = try await [district.nextRun(), district.nextRun()]
        await engine.stop()
        #expect(orders.map(\.cause) == [.manual, .data])
        #expect(district.ledger.entries.map(\.cause) == [.manual, .data])
        #expect(await engine.openAlerts.count == 1)
    }

    @Test func aSlotThatComesDuringARunOnDataIsRunBesideIt() async throws {
        var district = district
        district.clock = .starting(at: try Instant(rfc3339: "2024-03-05T08:59:58.500Z"))
        try district.remember(last: "2024-02-05T09:00:00Z")
        // When the table has been received, the run on data waits for the slot's.
        district.evidence.hold("water", readers: 1..<Int.max, until: 2)
        handIn(District.bad)
        let engine = try await district.engine()
        let orders = try await [district.nextRun(), district.nextRun()]
        await engine.stop()
        #expect(Set(orders.map(\.cause)) == [.data, .timer])
        #expect(try district.ledger.slots(job: "river", limit: 9).map(\.reason) == [.ran])
        // Whichever was entered first, the alert was raised once.
        #expect(district.ledger.entries.flatMap(\.step.changes).map(\.kind) == [.raised])
    }

    @Test func aMonthThatIsHandedInAgainUnderItsNameIsToldWithWhatItSaid() async throws {
        var district = district
        let job = try #require(district.files.jobs["river.yaml"])
        district.files.jobs["river.yaml"] = job.replacing("alerts: []", with: "alerts: [changed]")
        let feed = try #require(district.files.settings["feeds/water.yaml"])
        district.files.settings["feeds/water.yaml"] =
            feed + "\nkey: [river, section, month]\nrows-per-key: several\nconflicts: newest\n"
        func changes(_ report: RunReport) -> [Facts] {
            let verdict = report.findings.assessments.first { $0.indicator == "changed" }
            guard case .list(let changes)? = verdict?.facts["changes"] else { return [] }
            return changes
        }
        let engine = try await district.engine()
        func handIn(_ rows: String) async throws -> RunReport {
            self.handIn("river,section,month,DO,NH3-N\n" + rows)
            await engine.hintInbox()
            _ = try await nextReception()
            let report = await district.events.next { event -> RunReport? in
                if case .ran(let report) = event { report } else { nil }
            }
            return try #require(report)
        }
        #expect(changes(try await handIn("新泾港,天山路桥,2024-02,9.0,0.4\n")) == [])
        // The corrected value, and another month beside it, which was not there before.
        let corrected = "新泾港,天山路桥,2024-01,9.0,0.4\n新泾港,天山路桥,2024-02,9.0,1.2\n"
        let told = changes(try await handIn(corrected))
        #expect(told.map { $0["item"] } == [.text("NH3-N")])
        #expect(told.first?["old"] == .decimal(ExactDecimal(coefficient: 4, scale: 1)))
        #expect(told.first?["new"] == .decimal(ExactDecimal(coefficient: 12, scale: 1)))
        #expect(told.first?["oldRow"] == .text("water.csv#1:2"))
        // What comes beside it later changes nothing of that.
        let grown = corrected + "新泾港,天山路桥,2023-12,9.0,0.4\n"
        #expect(changes(try await handIn(grown)) == told)
        await engine.stop()
    }

    @Test func aRunOnDataThatCouldNotBeEnteredIsTriedAgain() async throws {
        // The table is received, and the run waits.
        district.evidence.hold("water", readers: 1..<Int.max)
        let engine = try await district.engine()
        handIn(District.bad)
        await engine.hintInbox()
        _ = try await nextReception()
        district.ledger.isBroken = true
        district.evidence.release()
        let failed = await district.events.next { event -> RunOrder? in
            if case .failed(let order, _) = event, order.cause == .data { order } else { nil }
        }
        #expect(failed?.job.name == "river")
        district.ledger.isBroken = false
        await engine.hintInbox()
        let settled = await district.events.next { event -> RunReport? in
            if case .ran(let report) = event, report.order.cause == .data { report } else { nil }
        }
        #expect(settled?.isCommitted == true)
        await engine.stop()
    }
}
