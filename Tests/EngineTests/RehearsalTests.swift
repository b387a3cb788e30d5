// A stretch of time lived through in memory: what would have been told, and when.

import Alerts
import Almanac
import Engine
import Jobs
import TestKit
import Testing

@Suite struct RehearsalTests {
    /// What is told from a day in February to the end of June, as "time change to".
    private static func story(_ evidence: TableEvidence, notify: String = "{to: [water], cc: [office]}") async throws
        -> [String]
    {
        var files = SettingsFiles.district
        files.jobs["river.yaml"]?.replace("{to: [water], cc: [office]}", with: notify)
        let configuration = try files.read()
        #expect(configuration.problems == [])
        var rehearsal = try Rehearsal(
            configuration,
            evidence: evidence,
            ledger: MemoryLedger(),
            generator: "dutyd test"
        )
        var told: [String] = []
        try await rehearsal.run(
            after: try Instant(rfc3339: "2024-02-20T00:00:00Z"),
            to: try Instant(rfc3339: "2024-06-30T00:00:00Z")
        ) { event in
            guard case .changed(let change, let at) = event else { return }
            let day = configuration.settings.zone.civil(at: at).date
            told.append("\(day) \(change.kind.rawValue) \(change.recipients.to.joined(separator: "+"))")
        }
        return told
    }

    private static func evidence(_ rows: [(handedIn: String, row: String)]) throws -> TableEvidence {
        let evidence = TableEvidence([
            "sections": [("sections.csv", "code,river,section,target\nS1,新泾港,天山路桥,Ⅲ\n")]
        ])
        for (handedIn, row) in rows {
            evidence.handIn(
                "river,section,month,DO,NH3-N\n\(row)\n",
                as: "\(handedIn).csv",
                to: "water",
                changed: try Instant(rfc3339: "\(handedIn)T00:00:00Z")
            )
        }
        return evidence
    }

    @Test func eachSlotJudgesWhatHadBeenHandedInByThen() async throws {
        let evidence = try Self.evidence([
            ("2024-03-02", "新泾港,天山路桥,2024-02,9.0,1.2"), ("2024-04-02", "新泾港,天山路桥,2024-03,9.0,1.9"),
            // Too late for the slot of May, which knows nothing of April and so clears nothing.
            ("2024-05-20", "新泾港,天山路桥,2024-04,9.0,0.4"), ("2024-06-02", "新泾港,天山路桥,2024-05,9.0,0.4"),
        ])
        #expect(
            try await Self.story(evidence) == [
                "2024-03-05 raised water", "2024-04-05 worsened water", "2024-06-05 cleared water",
            ]
        )
    }

    @Test func timeBringsRemindersAndEscalationsAsInEarnest() async throws {
        let evidence = try Self.evidence([
            ("2024-03-02", "新泾港,天山路桥,2024-02,9.0,1.2"), ("2024-04-02", "新泾港,天山路桥,2024-03,9.0,0.4"),
        ])
        let notify = "{to: [water], remind-every: 14 days, escalate: [{unacknowledged-for: 7 days, to: [office]}]}"
        #expect(
            try await Self.story(evidence, notify: notify) == [
                "2024-03-05 raised water", "2024-03-12 escalated office", "2024-03-19 reminder water",
                "2024-04-02 reminder water", "2024-04-05 cleared water",
            ]
        )
    }
}
