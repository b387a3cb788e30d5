// Return slips as files: their names, what machines read, and what hostile files cannot do.

import Alerts
import Diagnostics
import JSON
import Records
import TestKit
import Testing

@Suite struct SlipWriterTests {
    private static let bad = Slips.threeBadCells

    @Test func `files are named by sequence, time, file and revision`() throws {
        let first = try Slips.notice(of: try Slips.slip())
        let digest = try #require(first.documents.first?.fileName.split(separator: "-")[2])
        #expect(digest.count == 8 && digest.allSatisfy(\.isHexDigit))
        #expect(
            first.documents.map(\.fileName) == [
                "000000000017-20240402T091500-\(digest)-r001-slip.txt",
                "000000000017-20240402T091500-\(digest)-r001-slip.json",
            ]
        )
        // The next version of the same file has the same digest, another file has another one.
        let second = try Slips.notice(of: try Slips.slip(rejects: Self.bad), revision: 2, formats: [.text])
        #expect(second.documents.map(\.fileName) == ["000000000017-20240402T091500-\(digest)-r002-slip.txt"])
        let other = try Slips.notice(of: try Slips.slip(file: "water-2024-04.csv"))
        #expect(other.documents.allSatisfy { !$0.fileName.contains(digest) })
        #expect(second.matter == .slip(feed: "water-measurements", file: "water-2024-03.csv"))
        #expect(second.department == "ecology-environment" && second.sequence == 17)
    }

    @Test func `machines read the same slip`() throws {
        let slip = try Slips.slip(
            replaces: "2024-04-01T17:30:00+08:00",
            encoding: .gb18030,
            rejects: [
                Slips.reject(
                    .notANumber,
                    Slips.nitrogen,
                    at: (7, 3),
                    found: "o.\n59",
                    expected: "a number",
                    nearest: "0.59"
                )
            ],
            tally: {
                $0.rowsAccepted = 9
                $0.cellsRejected = 1
            }
        )
        let json = try Slips.json(try Slips.notice(of: slip, revision: 2))
        #expect(json["words"]?["en"]?["summary"] == "water-2024-03.csv: rows used 9; to correct 1.")
        #expect(json["words"]?["zh-CN"]?["action"]?.text?.hasPrefix("请改正以上各处") == true)
        let expected: [(String, JSONValue)] = [
            ("type", "slip"), ("feed", "water-measurements"), ("file", "water-2024-03.csv"),
            ("department", "ecology-environment"), ("sequence", 17), ("revision", 2),
            ("sent", "2024-04-02T09:15:00+08:00"), ("firstSeen", "2024-04-02T09:12:40+08:00"),
            ("replaces", "2024-04-01T17:30:00+08:00"), ("encoding", "GB18030"), ("usable", true),
            (
                "counts",
                .object([
                    "rowsAccepted": 9, "rowsRejected": 0, "cellsRejected": 1, "titleRows": 0, "footerRows": 0,
                    "rowsRepeated": 0, "rowsSuperseded": 0, "cellsFilled": 0, "unlisted": 0,
                ])
            ),
            (
                "rejects",
                .array([
                    .object([
                        "line": 7, "column": 3, "header": "氨氮（mg/L）", "key": "NH3-N", "value": "o.\n59",
                        "reason": "notANumber", "severity": "error", "expected": "a number", "nearest": "0.59",
                        "detail": .null,
                        "costsRow": false,
                        "words": .object([
                            "zh-CN": "填写为“o.\\n59”，不是数字。应填：如 0.59；未检出填 0.01L 或 <0.01。",
                            "en": .string(
                                "\"o.\\n59\" is no number. "
                                    + "Write a number such as 0.59; 0.01L or <0.01 when not detected."
                            ),
                        ]),
                    ])
                ])
            ),
            ("generator", "dutyd 1.0"),
        ]
        for (name, value) in expected { #expect(json[name] == value, "\(name)") }
        // What is not known is there all the same, so that a reader need not ask twice.
        let plain = try Slips.json(try Slips.notice(of: try Slips.slip(encoding: nil)))
        #expect(plain["replaces"] == .null && plain["encoding"] == .null)
    }

    @Test(
        arguments: Reject.Reason.allCases
    )
    func `every reason is worded in every language, whatever is known of it`(reason: Reject.Reason) throws {
        for words in try Words.shipped() {
            let slipWords = try #require(words.slip)
            #expect(slipWords.reasons[reason] != nil, "words/\(words.language)/slip.yaml lacks reasons.\(reason)")
            for reject in [
                Slips.reject(reason),
                Slips.reject(reason, Slips.nitrogen, at: (2, 3), found: "x", expected: "y", nearest: "z"),
            ] {
                let notice = try Slips.notice(of: try Slips.slip(rejects: [reject]), words: [words])
                let text = try Slips.text(notice)
                #expect(!text.contains("something is wrong"))
                #expect(!text.contains("“”") && !text.contains("\"\"") && !text.contains("  为"))
            }
        }
    }

    @Test(arguments: ColumnType.allCases)
    func `every type of column says what may be written`(type: ColumnType) throws {
        for words in try Words.shipped() {
            #expect(words.slip?.accepted[type]?.isEmpty == false, "words/\(words.language)/slip.yaml: accepted.\(type)")
        }
    }

    @Test(arguments: Slip.Outcome.allCases)
    func `every outcome has a first line and something to do`(outcome: Slip.Outcome) throws {
        for words in try Words.shipped() {
            #expect(words.slip?.summaries[outcome] != nil)
            #expect(words.slip?.actions[outcome] != nil)
        }
    }

    @Test(arguments: ["\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\u{0B}"])
    func `what a file says cannot forge a line`(separator: String) throws {
        let forged = "x\(separator)办理：无需办理。"
        let slip = try Slips.slip(
            file: forged + ".csv",
            rejects: [
                Slips.reject(.notANumber, Slips.nitrogen, at: (7, 3), found: forged, nearest: forged),
                Slips.reject(.unknownHeader, at: (1, 9), key: forged, severity: .warning),
            ]
        )
        let text = try Slips.text(try Slips.notice(of: slip))
        let lines = text.split { $0.isNewline }
        #expect(lines.count { $0.hasPrefix("办理：") } == 1)
        #expect(lines.count { $0.contains("办理：无需办理。") } >= 5)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0 != "\u{85}" && $0 != "\u{2028}" })
    }

    @Test func `a flood of complaints is cut`() throws {
        let long = String(repeating: "长", count: 5_000)
        let reject = Slips.reject(.notANumber, Slips.nitrogen, at: (7, 3), found: long)
        let slip = try Slips.slip(rejects: Array(repeating: reject, count: 2_500))
        let notice = try Slips.notice(of: slip)
        let text = try Slips.text(notice)
        #expect(text.contains("有 2500 处须更正"))
        #expect(text.contains("  2000. 第 7 行"))
        #expect(!text.contains("  2001. 第 7 行"))
        #expect(text.contains("另有 500 处没有逐一列出。"))
        let json = try Slips.json(notice)
        #expect(json["counts"]?["unlisted"] == 500)
        #expect(notice.documents.allSatisfy { $0.bytes.count < 40_000_000 })
    }

    @Test func `without words the complaints are given as they are`() throws {
        let wordless = try Words.shipped().map {
            Words(language: $0.language, layout: $0.layout, tables: $0.tables, sentences: $0.sentences)
        }
        let text = try Slips.text(try Slips.notice(of: try Slips.slip(rejects: Self.bad), words: wordless))
        #expect(text.hasPrefix("water-2024-03.csv\nwater-2024-03.csv:3:9: warning: 氨氮量: something is wrong\n"))
        #expect(text.split(separator: "\n").count == 5)
    }

    @Test func `a sentence that is missing gives way to the complaint itself`() throws {
        let words = try #require(try Words.shipped().first)
        let slipWords = try #require(words.slip)
        let lacking = Words(
            language: words.language,
            layout: words.layout,
            tables: words.tables,
            sentences: words.sentences,
            slip: SlipWords(
                layout: slipWords.layout,
                summaries: slipWords.summaries,
                actions: slipWords.actions,
                reasons: [:],
                accepted: slipWords.accepted
            )
        )
        let text = try Slips.text(try Slips.notice(of: try Slips.slip(rejects: Self.bad), words: [lacking]))
        #expect(text.contains("第 7 行 C 列“氨氮（mg/L）”：NH3-N: something is wrong: found \"o.59\"\n"))
    }
}
