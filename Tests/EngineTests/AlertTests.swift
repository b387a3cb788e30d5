// What the engine does with alerts beside runs: people's wishes, the passing of time, jobs that go.

import Alerts
import Almanac
import Checks
import Engine
import Jobs
import Linux
import TestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct AlertTests {
    private static let serial = "CN-RIV-2024-000001"

    private static func told(_ district: District) -> [Change.Kind] {
        // Each change goes to both departments.
        district.spool.delivered.filter { $0.department == "water" }.compactMap(\.change)
    }

    @Test func anAlertCanBeAcknowledgedAndExplained() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver()
        let given = try await engine.acknowledge(Self.serial, for: "water", author: "Wang", note: "pump ordered")
        // Tuesday 5 March and five working days.
        #expect(Zone.utc.rfc3339(given.until).hasPrefix("2024-03-12T12:00:"))
        // The next life of the daemon knows it, and who got what.
        let explanation = try await district.engine().alert(Self.serial)
        #expect(explanation.alert.acknowledgement == given)
        #expect(explanation.acknowledgements == [given])
        #expect(explanation.entries.map(\.kind) == [.raised])
        #expect(explanation.alert.standings["water"]?.acknowledged == given.at)
        #expect(explanation.alert.standings["water"]?.delivered != nil)
        #expect(explanation.alert.standings["office"]?.delivered != nil)
        #expect(explanation.alert.latest.facts["class"] == .text("IV"))
        #expect(explanation.due.map(\.kind) == [.acknowledgementEnds])
        #expect(explanation.due.map(\.at) == [given.until])
        let logged = await district.events.next { event -> String? in
            if case .acknowledged(let acknowledgement, let serial) = event {
                acknowledgement.author + serial
            } else {
                nil
            }
        }
        #expect(logged == "Wang" + Self.serial)
    }

    @Test func whatIsNotThereIsRefused() async throws {
        let engine = try await District(water: District.bad).engine()
        await #expect(throws: DutyEngine.Refusal.unfit(.unknownAlert("X"))) { _ = try await engine.alert("X") }
        await #expect(throws: DutyEngine.Refusal.unfit(.unknownAlert("X"))) {
            try await engine.withdraw("X", author: "Li", reason: "error")
        }
        await #expect(throws: DutyEngine.Refusal.unfit(.unknownSilence(3))) {
            try await engine.unsilence(3, author: "Li")
        }
    }

    @Test func aWithdrawnAlertIsTakenBackFromThoseWhoGotIt() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver()
        try await engine.withdraw(Self.serial, author: "Li", reason: "wrong unit")
        #expect(Self.told(district) == [.raised, .withdrawn])
        #expect(district.spool.delivered.last?.documents.first?.fileName.contains("-r002-cancel.") == true)
        #expect(await engine.openAlerts == [])
        let explanation = try await engine.alert(Self.serial)
        #expect(explanation.ended != nil)
        #expect(explanation.entries.last?.reason == "wrong unit")
        // What is still bad is a new alert.
        #expect(try await engine.runRiver().changes.map(\.alert.serial) == ["CN-RIV-2024-000002"])
    }

    @Test func whatASilenceKeptBackIsToldWhenItEnds() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        let silence = try await engine.silence(
            AlertMatcher(job: Glob("riv*")),
            author: "Zhao",
            reason: "dredging",
            until: district.clock.now().adding(seconds: 3_600)
        )
        #expect(await engine.silences == [silence])
        try await engine.runRiver()
        #expect(Self.told(district) == [])
        #expect(await engine.mutes == [Self.serial: .silence(id: 1, until: silence.until)])
        #expect(try await engine.alert(Self.serial).entries.map(\.occasion) == [.silenced])
        try await engine.unsilence(1, author: "Zhao")
        #expect(Self.told(district) == [.raised])
        #expect(await engine.silences == [])
    }

    @Test func theEndOfASilenceComesByItself() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        let end = district.clock.now().adding(seconds: 2)
        try await engine.silence(AlertMatcher(), author: "Zhao", reason: "dredging", until: end)
        try await engine.runRiver()
        let kind = await district.events.next { event -> Change.Kind? in
            if case .delivered(let notice, _) = event, case .alert(_, _, _, let kind) = notice.matter {
                kind
            } else {
                nil
            }
        }
        #expect(kind == .raised)
        #expect(await engine.silences == [])
    }

    @Test func whatEndedWhileTheDaemonWasOffIsSettledAtItsStart() async throws {
        var district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver()
        let end = district.clock.now().adding(seconds: 3_600)
        try await engine.silence(AlertMatcher(), author: "Zhao", reason: "dredging", until: end)
        district.measure(District.good)
        try await engine.runRiver()
        #expect(Self.told(district) == [.raised])
        await engine.stop()
        district.clock = try WallClock.starting(at: Instant(rfc3339: "2024-03-05T20:00:00Z"))
        let reborn = try await district.engine()
        #expect(Self.told(district) == [.raised, .cleared])
        #expect(await reborn.openAlerts == [])
    }

    @Test func aJobThatGoesTakesItsAlertsWithIt() async throws {
        var district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver()
        let job = district.files.jobs.removeValue(forKey: "river.yaml")
        try await engine.reload(try district.files.read())
        let change = await district.events.next { event -> Change? in
            if case .changed(let change, nil) = event { change } else { nil }
        }
        #expect(change?.kind == .withdrawn)
        #expect(change?.occasion == .watchEnded)
        // A job whose file is only broken is still watched.
        district.files.jobs["river.yaml"] = job
        let again = try await district.engine()
        try await again.runRiver()
        district.files.jobs["river.yaml"] = "job: [river\n"
        #expect(try await district.engine().openAlerts.count == 1)
    }

    @Test func aJobWithAnotherNameCarriesItsAlertsOn() async throws {
        var district = try District(water: District.bad)
        try await district.engine().runRiver()
        let job = try #require(district.files.jobs["river.yaml"])
        district.files.jobs = ["rivers.yaml": job.replacing("job: river\n", with: "job: rivers\nformerly: river\n")]
        let engine = try await district.engine()
        #expect(await engine.alerts(matching: AlertMatcher(job: Glob("rivers"))).map(\.serial) == [Self.serial])
        district.measure(District.good)
        let report = try await engine.run(job: "rivers", asOf: nil, isDryRun: false)
        #expect(report.changes.map(\.kind) == [.cleared])
        #expect(report.changes.map(\.alert.serial) == [Self.serial])
    }

    @Test func aLedgerThatRefusesLeavesTheBookAsItWas() async throws {
        let district = try District(water: District.bad)
        let engine = try await district.engine()
        try await engine.runRiver()
        district.ledger.isBroken = true
        await #expect(throws: DutyEngine.Refusal.self) {
            try await engine.acknowledge(Self.serial, author: "Wang", note: "x")
        }
        await #expect(throws: DutyEngine.Refusal.self) {
            try await engine.withdraw(Self.serial, author: "Wang", reason: "x")
        }
        let alert = try #require(await engine.openAlerts.first)
        #expect(alert.acknowledgement == nil && alert.state.isBad)
        #expect(Self.told(district) == [.raised])
    }
}
