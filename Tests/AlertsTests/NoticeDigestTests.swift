// Many changes of one run: one text for the department that reads, one document an alert for its machines.

import Alerts
import Almanac
import Checks
import Records
import TestKit
import Testing

@Suite struct NoticeDigestTests {
    private static let formats: [String: [NoticeFormat]] = ["water": [.text, .json], "office": [.text]]

    /// The notices of a step; twelve alerts unless told otherwise.
    private static func notices(
        count: Int = 12,
        above limit: Int = 10,
        verdicts: [Assessment] = []
    ) throws -> [Notice] {
        var sequence: Int64 = 100
        let facts = try Notices.facts(ofKind: "section-compliance", "class")
        let changes = try (1...count).map { number in
            try Notices.Story(
                kind: number == 1 ? .cleared : number == 2 ? .worsened : .raised,
                state: number == 5 ? .critical : .warning,
                subject: "S\(number)",
                number: number,
                facts: facts
            ).change()
        }
        let circumstances = try Notices.circumstances()
        return NoticeWriter(words: try Words.shipped()).notices(
            of: changes,
            verdicts: { _ in verdicts },
            digestAbove: { _ in limit },
            to: { NoticeWriter.Addressee(department: $0, formats: formats[$0] ?? []) },
            { _ in circumstances },
            number: {
                sequence += 1
                return sequence
            }
        )
    }

    private static func files(_ notices: [Notice], _ department: String) -> [String] {
        notices.filter { $0.department == department }.flatMap(\.documents).map {
            String($0.fileName.split(separator: "-").last ?? "")
        }
    }

    @Test func `as many as the limit are told one by one`() throws {
        let notices = try Self.notices(count: 10)
        #expect(Self.files(notices, "office").count == 10)
        #expect(Self.files(notices, "water").count == 20)
        #expect(!notices.contains { if case .digest = $0.matter { true } else { false } })
    }

    @Test func `more than the limit are one text, and machines still get a document an alert`() throws {
        let notices = try Self.notices()
        #expect(Self.files(notices, "office") == ["digest.txt"])
        let water = Self.files(notices, "water")
        #expect(water.last == "digest.txt" && water.count == 13)
        #expect(water.dropLast().allSatisfy { $0.hasSuffix(".json") })
        // Nobody is told of an alert that no notice accounts for.
        for department in ["water", "office"] {
            let digest = try #require(notices.last { $0.department == department })
            #expect(Set(digest.matter.told.map(\.serial)).count == 12)
        }
        #expect(notices.map(\.sequence) == Array(101...Int64(100 + notices.count)))
    }

    @Test func `the digest counts, and lists the worst first and what has ended last`() throws {
        let digest = try #require(try Self.notices().last)
        let text = try Notices.text(digest)
        #expect(text.hasPrefix("【汇总】断面核查：共 12 件"))
        #expect(text.contains("主送：区政府办公室\n"))
        #expect(text.contains("计数：红色（严重） 1 件，黄色（警告） 10 件，绿色（正常） 1 件。其中新发 10 件，加重 1 件，解除 1 件。"))
        let lines = text.split(separator: "\n").filter { $0.contains(" | CN-RIV-") }
        #expect(lines.count == 24)
        #expect(lines.first == "1. 红色（严重） | 新发 | CN-RIV-2024-000005（第1次） | 预警函")
        #expect(lines[11] == "12. 绿色（正常） | 解除 | CN-RIV-2024-000001（第3次） | 办结通知")
        #expect(text.contains("Counts: red (critical) 1, yellow (warning) 10, green (normal) 1."))
        #expect(text.unfilledHoles == [])
    }

    @Test func `what could not be judged is counted and named, with its reason`() throws {
        let verdicts = [
            Assessment.verdict(.ok, of: "G"), .verdict(.warning, of: "S3"),
            .verdict(.unknown, of: "U", gaps: [Gap(.blank, "TP")]),
        ]
        let text = try Notices.text(try #require(try Self.notices(verdicts: verdicts).last))
        #expect(text.contains("核查：共 3 项，正常 1 项，无法判断 1 项。"))
        #expect(text.contains("\n  name of U：总磷（未填）\n"))
        #expect(text.contains("  U (name of U): total phosphorus (left blank)\n"))
    }

    @Test func `the table of all sections stands below what they are together`() throws {
        func section(_ number: Int, _ verdict: String) -> Facts {
            Facts([
                "code": .text("S\(number)"), "river": .text("新泾港"), "section": .text("天山路桥"), "target": .text("III"),
                "class": .text("IV"), "verdict": .text(verdict),
            ])
        }
        let district = Assessment(
            subject: "district",
            name: "district",
            period: .month(CivilMonth(year: 2024, month: 2)),
            indicator: "district",
            state: .unknown,
            facts: Facts([
                "sections": .integer(2), "met": .integer(1), "missed": .integer(1),
                "metShare": .decimal(ExactDecimal(coefficient: 500, scale: 1)), "grade": .text("light-pollution"),
                "mainPollutants": .list([
                    Facts([
                        "item": .text("NH3-N"), "sections": .integer(1),
                        "share": .decimal(ExactDecimal(coefficient: 500, scale: 1)),
                    ])
                ]),
                "table": .list([section(1, "met"), section(2, "missed")]),
            ]),
            gaps: [Gap(.noRow, "S2")]
        )
        let text = try Notices.text(try #require(try Self.notices(verdicts: [district]).last))
        #expect(
            text.contains(
                """
                全区水质：2 个断面，达标 1 个，不达标 1 个，达标率 50.0%；水质状况：轻度污染；主要污染指标（断面超标率）：氨氮 50.0%。
                断面情况：
                  S1 新泾港 天山路桥：目标Ⅲ类，本期Ⅳ类，达标
                  S2 新泾港 天山路桥：目标Ⅲ类，本期Ⅳ类，不达标

                """
            )
        )
        // All of them together have a name in each language.
        #expect(text.contains("\n  全区断面："))
        #expect(text.contains("All sections: 2, of which 1 meet their targets and 1 miss them; 50.0 % met;"))
        #expect(text.unfilledHoles == [])
    }

    @Test func `without words for digests the matters are named all the same`() throws {
        let changes = try (1...3).map { try Notices.Story(subject: "S\($0)", number: $0).change() }
        let circumstances = try Notices.circumstances()
        let notices = NoticeWriter(words: []).notices(
            of: changes,
            digestAbove: { _ in 2 },
            to: { NoticeWriter.Addressee(department: $0, formats: [.text]) },
            { _ in circumstances },
            number: { 1 }
        )
        let text = try Notices.text(try #require(notices.first))
        #expect(text.hasPrefix("CN-RIV-2024-000001 (raised, warning): name of S1\n"))
    }
}
