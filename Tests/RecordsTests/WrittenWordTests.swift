// What is written instead of a value, and flags, codes and texts.

import Records
import Testing

@Suite struct WrittenWordTests {
    private static let typed: [ColumnType] = [.decimal, .measurement, .integer, .date, .expiry, .month]

    @Test(arguments: ["--", "—", "-", "/", "*", "——", "－", "／", "＊", "−", "***", "----"])
    func `a mark alone means that there is no value, in every type`(mark: String) throws {
        for type in ColumnType.allCases {
            let read = try OneCell(mark, type)
            #expect(read.cell == .missing(.notMeasured), "\(type)")
            #expect(read.text == nil)
        }
    }

    @Test(arguments: [
        ("未测", Absence.notMeasured), ("未监测", .notMeasured), ("未检测", .notMeasured), ("缺测", .notMeasured),
        ("NA", .notMeasured),
        ("N/A", .notMeasured), ("n/a", .notMeasured), ("NaN", .notMeasured), ("无", .notMeasured), ("ＮＡ", .notMeasured),
        ("停测", .suspended), ("停测（清淤施工）", .suspended), ("断流", .dry), ("干涸", .dry), ("断流(2月)", .dry),
    ])
    func `a word for no value says why`(word: String, absence: Absence) throws {
        for type in Self.typed {
            #expect(try OneCell(word, type).cell == .missing(absence), "\(type)")
        }
        // In a text the word may be what is meant.
        #expect(try OneCell(word, .text).text == word)
        #expect(try OneCell(word, .code).cell == .text)
    }

    @Test func `no value is neither blank nor not detected`() throws {
        #expect(try OneCell("", .measurement).cell == .blank)
        #expect(try OneCell("\u{200B}", .measurement).cell == .blank)
        #expect(try OneCell("未测", .measurement).cell == .missing(.notMeasured))
        #expect(try OneCell("未检出", .measurement).cell == .notDetected(limit: nil))
        #expect(try OneCell("0", .measurement).cell == exact("0"))
    }

    @Test(arguments: ["-----", "-/", "停测?", "未测x", "NA1", "无锡"])
    func `what only begins like a word for no value is none`(written: String) throws {
        for type in Self.typed { #expect(try OneCell(written, type).cell == .unreadable, "\(type)") }
    }

    @Test(arguments: [
        ("yes", true), ("Y", true), ("是", true), ("有", true), ("1", true), ("１", true), ("ＹＥＳ", true), ("√", true),
        ("✓", true),
        ("no", false), ("n", false), ("否", false), ("无", false), ("０", false), ("×", false), ("✗", false),
        (" 否 ", false),
    ])
    func `yes and no`(written: String, flag: Bool) throws {
        #expect(try OneCell(written, .flag).cell == .flag(flag))
    }

    @Test(arguments: ["x", "X", "maybe", "2", "是的", "有无", "1.0"])
    func `what may be either is no flag`(written: String) throws {
        #expect(try OneCell(written, .flag).reason == .notAFlag)
    }

    @Test(arguments: [
        ("JA-01", "JA-01"), ("ja-01", "JA-01"), ("ＪＡ－０１", "JA-01"), ("JA–01", "JA-01"), ("J A - 0 1", "JA-01"),
        ("静安 01", "静安01"),
        ("0012", "0012"), ("310106", "310106"), ("1E5", "1E5"), ("1E-05", "1E-05"), ("3E+", "3E+"), ("E+05", "E+05"),
        ("1.2", "1.2"),
        ("JA-01\u{200B}", "JA-01"), ("a/b", "A/B"), ("1E+05A", "1E+05A"), ("x²", "X²"), ("3-1", "3-1"),
        ("MAR-24", "MAR-24"), ("Mar-240", "MAR-240"), ("1-Mara", "1-MARA"),
    ])
    func `a code is kept in half-width capitals without blanks`(written: String, code: String) throws {
        let read = try OneCell(written, .code)
        #expect(read.cell == .text)
        #expect(read.text == code)
    }

    @Test(arguments: [
        "1E+05", "1e+05", "1.2E+11", "1.23457E+11", "1.00E-05", "１Ｅ＋０５", "1.00E+05", "3月1日", "12月31日", "1-Mar",
        "31-Dec", "Mar-24",
    ])
    func `a code that Excel made a number is rejected`(written: String) throws {
        let read = try OneCell(written, .code)
        #expect(read.cell == .unreadable)
        #expect(read.reason == .codeTurnedIntoNumber)
        // Other text may well be a number.
        #expect(try OneCell(written, .text).text == written)
    }

    @Test(arguments: ["万荣路\u{FFFD}桥", "\u{FFFD}", "a\u{0}b", "静安\u{0}"])
    func `a cell of which characters are lost is rejected`(written: String) throws {
        for type in ColumnType.allCases {
            let read = try OneCell(written, type)
            #expect(read.cell == .unreadable)
            #expect(read.reason == .undecodable)
        }
    }

    @Test(arguments: ["Ⅲ", "Ⅲ类", "－Ⅲ", "/a", "ａｂｃ", "—断面", "“甲”", "\u{FFFC}", "-a-", "- -"])
    func `text stays as it stands`(written: String) throws {
        #expect(try OneCell(written, .text).text == written)
    }

    @Test func `a column's code for a missing text is a text`() throws {
        #expect(try OneCell("未填", .text, missingCodes: ["未填"]).cell == .missing(.notMeasured))
        #expect(try OneCell("N9", .code, missingCodes: ["n9"]).cell == .missing(.notMeasured))
        #expect(try OneCell("未填写", .text, missingCodes: ["未填"]).text == "未填写")
        // A flag's 0 is a no as long as nobody says that it is missing.
        #expect(try OneCell("no", .flag, missingCodes: ["0"]).cell == .flag(false))
        #expect(try OneCell("0", .flag, missingCodes: ["0"]).cell == .missing(.notMeasured))
    }

    @Test func `a huge cell is rejected without being looked at closely`() throws {
        for type in Self.typed + [.flag] {
            #expect(try OneCell(String(repeating: "９", count: 100_000), type).cell == .unreadable)
            #expect(try OneCell(String(repeating: "-", count: 100_000), type).cell == .unreadable)
        }
        #expect(try OneCell(String(repeating: "长", count: 10_000), .text).text?.count == 10_000)
        #expect(try OneCell(String(repeating: "ａ", count: 10_000), .code).text?.first == "A")
    }
}
