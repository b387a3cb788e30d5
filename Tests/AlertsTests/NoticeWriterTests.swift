// Notices as departments find them: names, text for people, the same for machines.

import Alerts
import Almanac
import Checks
import Diagnostics
import Foundation
import Records
import Testing

@Suite struct NoticeWriterTests {
    private static let addressee = NoticeWriter.Addressee(department: "water", formats: NoticeFormat.allCases)

    private static func words(_ language: String, layout: String, situation: String) throws -> Words {
        Words(
            language: language,
            layout: try Template(layout),
            tables: ["states": ["warning": "预警"]],
            sentences: [
                "section-compliance": [
                    "class": [
                        .situation: ["any": try Template(situation), "cleared": try Template("done: {name}")],
                        .slip: ["warning": try Template("{state@states}")],
                    ]
                ]
            ]
        )
    }

    private static func writer() throws -> NoticeWriter {
        NoticeWriter(
            words: [
                try words(
                    "zh-CN",
                    layout: "编号：{serial}\n主送：{to}\n情况：{situation}\n{?gaps}缺：{#gaps|；}{what}{/gaps}\n{/gaps}",
                    situation: "{section} {value} 第{sequence}号"
                ),
                try words("en", layout: "Serial: {serial}\nTo: {to}\nSituation: {situation}\n", situation: "{value}"),
            ]
        )
    }

    private static func change(
        _ kind: Change.Kind = .raised,
        facts: Facts = Facts(["section": .text("汶水路桥"), "value": ExactDecimal("1.20").map(Facts.Value.decimal)]),
        gaps: [Gap] = []
    ) -> Change {
        let assessment = Assessment.verdict(kind == .cleared ? .ok : .warning, facts: facts, gaps: gaps)
        let alert = Alert(
            key: AlertKey(job: "river-sections", subject: "A", indicator: "class"),
            serial: "CN-RIV-2024-000003",
            revision: kind == .raised ? 1 : 2,
            name: "A",
            period: "2024-02",
            state: assessment.state,
            latest: assessment,
            raisedAt: Instant(seconds: 1_709_600_400),
            changedAt: Instant(seconds: 1_709_600_400),
            recipients: Recipients(to: ["water"], cc: ["office"])
        )
        return Change(kind: kind, alert: alert, previous: kind == .raised ? nil : .warning, assessment: assessment)
    }

    private static func notice(_ change: Change = change(), sequence: Int64 = 7) throws -> Notice {
        let circumstances = NoticeWriter.Circumstances(
            job: "river-sections",
            kind: "section-compliance",
            run: 12,
            // 2024-03-05 01:00:00 UTC
            sent: Instant(seconds: 1_709_600_400),
            asOf: Instant(seconds: 1_709_600_400),
            zone: .utc,
            generator: "dutyd 1.0",
            departmentNames: ["zh-CN": ["water": "区水务局"], "en": ["water": "Water Affairs"]]
        )
        return try writer().notice(of: change, to: addressee, sequence: sequence, circumstances)
    }

    private static func document(_ notice: Notice, _ ending: String) throws -> String {
        let document = try #require(notice.documents.first { $0.fileName.hasSuffix(ending) })
        return try #require(String(validating: document.bytes, as: UTF8.self))
    }

    @Test func filesAreNamedBySequenceTimeKeyAndRevision() throws {
        let digest = AlertKey(job: "river-sections", subject: "A", indicator: "class").digest
        #expect(
            try Self.notice().documents.map(\.fileName) == [
                "000000000007-20240305T010000-\(digest)-r001-alert.txt",
                "000000000007-20240305T010000-\(digest)-r001-alert.json",
            ]
        )
        let cleared = try Self.notice(Self.change(.cleared), sequence: 8)
        #expect(cleared.documents.first?.fileName == "000000000008-20240305T010000-\(digest)-r002-update.txt")
    }

    @Test func namesSortBySequenceAndAreSafeOnEveryShare() throws {
        let sequences: [Int64] = [1, 9, 10, 99, 1000, 123_456_789]
        let names = try sequences.map { try #require(try Self.notice(sequence: $0).documents.first).fileName }
        #expect(names.sorted() == names)
        #expect(names.allSatisfy { name in name.utf8.allSatisfy { $0 > 44 && $0 < 123 && $0 != 58 } })
    }

    @Test func theSameNoticeIsTheSameBytes() throws {
        #expect(try Self.notice() == (try Self.notice()))
    }

    @Test func onlyTheChosenFormatsAreWritten() throws {
        let writer = try Self.writer()
        let text = NoticeWriter.Addressee(department: "office", formats: [.text])
        let circumstances = NoticeWriter.Circumstances(
            job: "j",
            kind: "stock",
            run: 1,
            sent: Instant(seconds: 0),
            asOf: Instant(seconds: 0),
            zone: .utc,
            generator: "g",
            departmentNames: [:]
        )
        let notice = writer.notice(of: Self.change(), to: text, sequence: 1, circumstances)
        #expect(notice.documents.count == 1)
        #expect(notice.department == "office")
    }

    @Test func textOpensWellInOldWindowsEditors() throws {
        let text = try Self.document(try Self.notice(), ".txt")
        #expect(text.unicodeScalars.first == "\u{FEFF}")
        let bytes = Array(text.utf8)
        let feeds = bytes.indices.filter { bytes[$0] == 0x0A }
        #expect(feeds.count >= 6)
        #expect(feeds.allSatisfy { bytes[$0 - 1] == 0x0D })
        #expect(bytes.suffix(2) == [0x0D, 0x0A])
        #expect(!text.contains("\r\r"))
    }

    @Test func chineseComesFirst() throws {
        let text = try Self.document(try Self.notice(), ".txt")
        let chinese = try #require(text.range(of: "编号：CN-RIV-2024-000003"))
        let english = try #require(text.range(of: "Serial: CN-RIV-2024-000003"))
        #expect(chinese.lowerBound < english.lowerBound)
        #expect(text.contains("主送：区水务局\r\n"))
        #expect(text.contains("To: Water Affairs\r\n"))
    }

    @Test func sentencesAreFilledFromTheFacts() throws {
        let text = try Self.document(try Self.notice(), ".txt")
        #expect(text.contains("情况：汶水路桥 1.20 第7号\r\n"))
        #expect(!text.contains("缺："))
        // The most particular sentence wins: by change before by any.
        #expect(try Self.document(try Self.notice(Self.change(.cleared)), ".txt").contains("情况：done: name of A\r\n"))
    }

    @Test func gapsAreSaid() throws {
        let change = Self.change(gaps: [
            Gap(.blank, "TP", at: RowReference(file: "a.csv", line: 2)), Gap(.noColumn, "BOD5"),
        ])
        #expect(try Self.document(try Self.notice(change), ".txt").contains("缺：TP；BOD5\r\n"))
    }

    @Test("what comes from a table cannot forge a line", arguments: ["\n", "\r\n", "\r", "\u{2028}"])
    func hostileNames(separator: String) throws {
        let name = "桥\(separator)编号：CN-RIV-2024-999999"
        let text = try Self.document(try Self.notice(Self.change(facts: Facts(["section": .text(name)]))), ".txt")
        let lines = text.split { $0.isNewline }
        #expect(!lines.contains { $0.hasPrefix("编号：CN-RIV-2024-999999") })
        #expect(lines.contains { $0.hasPrefix("情况：桥") && $0.contains("999999") })
    }

    @Test func machinesReadTheSameNotice() throws {
        let text = try Self.document(
            try Self.notice(Self.change(facts: Facts(["section": .text("a \"quoted\"\n\u{1}桥"), "n": .integer(3)]))),
            ".json"
        )
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["serial"] as? String == "CN-RIV-2024-000003")
        #expect(object["sequence"] as? Int == 7)
        #expect(object["change"] as? String == "raised")
        #expect(object["department"] as? String == "water")
        #expect(object["to"] as? [String] == ["water"])
        #expect(object["cc"] as? [String] == ["office"])
        #expect(
            object["sent"] as? String == "2024-03-05T01:00:00Z"
                || object["sent"] as? String == "2024-03-05T01:00:00+00:00"
        )
        let facts = try #require(object["facts"] as? [String: Any])
        #expect(facts["section"] as? String == "a \"quoted\"\n\u{1}桥")
        let words = try #require(object["words"] as? [String: [String: String]])
        #expect(words["zh-CN"]?["slip"] == "预警")
        #expect(words["zh-CN"]?["situation"]?.hasSuffix("第7号") == true)
    }
}
