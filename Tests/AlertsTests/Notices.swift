// What tests of notices have in common: an alert with a past, what stands behind it, and how its documents are read.

import Alerts
import Almanac
import Checks
import Diagnostics
import JSON
import Records
import TestKit
import Testing

enum Notices {
    /// A change of an alert about the subject `A`.
    struct Story {
        var kind: Change.Kind = .raised
        var state: Assessment.State = .warning
        var indicator = "class"
        var subject = "A"
        var number = 3
        var facts = Facts(["class": .text("V+")])
        var gaps: [Gap] = []
        var source = [RowReference(file: "water-2024-03.csv", line: 2)]
        var occasion: Change.Occasion?
        var reason: String?
        var acknowledgement: Acknowledgement?
        var standings: [String: Standing] = [:]
        var due: Instant?

        func change() throws -> Change {
            let before: [Change.Kind] = kind == .raised ? [] : [.raised, .worsened]
            let days = ["2024-04-05T09:00:00+08:00", "2024-04-12T09:00:00+08:00"]
            let tellings = try zip(before, days).enumerated().map { index, telling in
                Telling(
                    revision: index + 1,
                    kind: telling.0,
                    state: .warning,
                    sentText: telling.1,
                    at: try Instant(rfc3339: telling.1)
                )
            }
            var assessment = Assessment.verdict(
                kind == .cleared ? .ok : state,
                of: subject,
                indicator: indicator,
                month: 3,
                facts: facts,
                gaps: gaps
            )
            assessment.source = source
            let raised = try Instant(rfc3339: days[0])
            let digits = String(number)
            let alert = Alert(
                key: AlertKey(job: "job", subject: subject, indicator: indicator),
                serial: "CN-RIV-2024-" + String(repeating: "0", count: 6 - digits.count) + digits,
                revision: before.count + 1,
                name: assessment.name,
                period: assessment.period.label,
                state: kind.isEnd ? .ok : state,
                latest: assessment,
                raisedAt: raised,
                changedAt: raised,
                recipients: Recipients(to: ["water"], cc: ["office"]),
                tellings: tellings,
                standings: standings,
                acknowledgement: acknowledgement
            )
            return Change(
                kind: kind,
                alert: alert,
                previous: before.isEmpty ? nil : .warning,
                assessment: assessment,
                occasion: occasion,
                reason: reason,
                due: due
            )
        }
    }

    /// What stands behind a change that is told on a day at nine.
    static func circumstances(
        kind: String = "section-compliance",
        on day: String = "2024-04-26",
        policy: AlertPolicy = AlertPolicy()
    ) throws -> NoticeWriter.Circumstances {
        let sent = try Instant(rfc3339: "\(day)T09:00:00+08:00")
        return NoticeWriter.Circumstances(
            job: "job",
            kind: kind,
            run: 42,
            sent: sent,
            asOf: sent,
            zone: try SettingsFiles.zone(named: "Asia/Shanghai"),
            generator: "dutyd 1.0",
            departmentNames: [
                "zh-CN": ["water": "区水务局", "office": "区政府办公室"], "en": ["water": "Water", "office": "Office"],
            ],
            titles: ["zh-CN": "断面核查", "en": "Check of sections"],
            calendar: try WorkingDayCalendar.shipped(),
            policy: policy,
            rules: "1a2b3c4d"
        )
    }

    static func notice(
        of story: Story,
        _ circumstances: NoticeWriter.Circumstances? = nil,
        words: [Words]? = nil
    ) throws -> Notice {
        NoticeWriter(words: try words ?? Words.shipped()).notice(
            of: try story.change(),
            to: NoticeWriter.Addressee(department: "water", formats: [.text, .json]),
            sequence: 17,
            try circumstances ?? Self.circumstances()
        )
    }

    /// The text as an editor shows it.
    static func text(_ notice: Notice) throws -> String {
        let document = try #require(notice.documents.first { $0.fileName.hasSuffix(".txt") })
        let text = try #require(String(validating: document.bytes.dropFirst(3), as: UTF8.self))
        return text.replacing("\r\n", with: "\n")
    }

    static func json(_ notice: Notice) throws -> JSONValue {
        let document = try #require(notice.documents.first { $0.fileName.hasSuffix(".json") })
        return try JSONValue(parsing: document.bytes, maximumDepth: 16)
    }

    /// Facts of every name that the check has, whatever they say.
    static func facts(ofKind kind: String, _ indicator: String) throws -> Facts {
        let names = try #require(CheckDefinition.factNames(ofKind: kind)?[indicator])
        var facts = Facts()
        for (name, entries) in names.entries.sorted(by: { $0.key < $1.key }) {
            facts[name] =
                if entries == FactNames.texts {
                    .texts(["first", "second"])
                } else if !entries.isEmpty {
                    .list([entries.sorted().reduce(into: Facts()) { $0[$1] = .text("x") }])
                } else if name == "due" {
                    .date(try #require(CivilDate(iso8601: "2024-05-10")))
                } else {
                    .text("x")
                }
        }
        return facts
    }

    /// Every kind of check with each of its indicators.
    static let indicators = CheckDefinition.allKinds.flatMap { kind in
        (CheckDefinition.factNames(ofKind: kind) ?? [:]).keys.sorted().map { (kind: kind, indicator: $0) }
    }
}
