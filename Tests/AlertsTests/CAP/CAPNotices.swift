// Alerts and what becomes of them, told with the words and settings that are shipped.

import Alerts
import Almanac
import Checks
import Foundation
import JSON
import Jobs
import Records
import TestKit
import Testing

/// The shipped configuration, and one alert of it.
struct CAPNotices {
    let configuration: Configuration
    /// 2024-04-05 09:00:00 in Shanghai.
    static let now = Instant(seconds: 1_712_278_800)

    init() throws { configuration = try Configuration.shipped() }

    func circumstances(
        kind: String = "section-compliance",
        isExercise: Bool = false,
        sent: Instant = now,
        cap: CAPProfile? = nil
    ) -> NoticeWriter.Circumstances {
        NoticeWriter.Circumstances(
            job: "river-sections",
            kind: kind,
            run: 42,
            sent: sent,
            asOf: sent,
            zone: configuration.settings.zone,
            generator: "dutyd 1.0",
            departmentNames: [:],
            cap: cap ?? configuration.cap,
            isExercise: isExercise
        )
    }

    /// How a telling of that age reads, in seconds before now.
    func telling(_ revision: Int, _ kind: Change.Kind, before seconds: Int64) -> Telling {
        let at = Self.now.adding(seconds: -seconds)
        let text = configuration.settings.zone.rfc3339(at)
        return Telling(revision: revision, kind: kind, state: .warning, sentText: text, at: at)
    }

    /// A change of an alert that was told before.
    func change(
        _ kind: Change.Kind,
        after tellings: [Telling] = [],
        assessment: Assessment = .verdict(.critical, facts: facts),
        acknowledgement: Acknowledgement? = nil,
        reason: String? = nil
    ) -> Change {
        let revision = (tellings.last?.revision ?? 0) + 1
        let key = AlertKey(job: "river-sections", subject: assessment.subject, indicator: assessment.indicator)
        let alert = Alert(
            key: key,
            serial: "CN-RIV-2024-000003",
            revision: revision,
            name: assessment.name,
            period: assessment.period.label,
            state: assessment.state,
            latest: assessment,
            raisedAt: tellings.first?.at ?? Self.now,
            changedAt: Self.now,
            recipients: Recipients(to: ["ecology-environment"]),
            tellings: tellings + [telling(revision, kind, before: 0)],
            acknowledgement: acknowledgement
        )
        let previous = tellings.last?.state
        return Change(kind: kind, alert: alert, previous: previous, assessment: assessment, reason: reason)
    }

    func message(_ change: Change, _ circumstances: NoticeWriter.Circumstances? = nil) throws -> CAPMessage {
        let profile = try #require(configuration.cap)
        return NoticeWriter(words: configuration.words)
            .message(of: change, by: profile, circumstances ?? self.circumstances())
    }

    /// What the shipped sentences about sections ask for.
    static let facts = Facts([
        "river": .text("彭越浦"), "section": .text("汶水路桥"), "class": .text("V+"), "target": .text("V"),
        "compliant": .flag(false), "evaluated": .integer(9), "expected": .integer(9), "mode": .text("assessment"),
        "standard": .text("GB3838-2002"), "targetSource": .text("river-sections.csv:2"),
    ])
}

/// What others find in our messages.
struct CAPReading {
    let isValid: Bool
    let elements: [(path: String, text: String)]

    /// Has the standard's schema and Python's parser read the messages.
    static func read(_ messages: [String]) throws -> [CAPReading] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let python = root.appending(path: ".build/oracles/cap/bin/python").path
        try #require(
            FileManager.default.isExecutableFile(atPath: python),
            "run Tests/AlertsTests/CAP/Oracles/prepare first"
        )
        let questions = messages.map { Data($0.utf8).base64EncodedString() }
        return try Oracle(program: "messages.py", python: python).answers(to: questions).map { answer in
            let value = try JSONValue(parsing: Array(answer.utf8))
            guard case .array(let elements)? = value["elements"] else { throw Oracle.Failure(description: answer) }
            return CAPReading(
                isValid: value["schema"] == true,
                elements: elements.map { element in
                    guard case .array(let pair) = element else { return ("", "") }
                    return (pair.first?.text ?? "", pair.last?.text ?? "")
                }
            )
        }
    }

    func texts(_ path: String) -> [String] { elements.filter { $0.path == path }.map(\.text) }
}
