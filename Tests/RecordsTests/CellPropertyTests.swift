// Properties of cell reading: the patient readers agree with the plain ones, and no junk brings them down.

import Almanac
import Diagnostics
import Records
import TestKit
import Testing

@Suite struct CellPropertyTests {
    /// The same text in full-width characters, which only the patient readers know.
    private func widened(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    (0x21...0x7E).contains(scalar.value) ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar
                }
            )
        )
    }

    private func number(_ random: inout SeededGenerator) -> String {
        let digits = { (count: Int, random: inout SeededGenerator) in
            (0..<count).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
        }
        let whole = digits(Int.random(in: 1...9, using: &random), &random)
        let fraction = Bool.random(using: &random) ? "." + digits(Int.random(in: 1...9, using: &random), &random) : ""
        return (["", "-", "+"].randomElement(using: &random) ?? "") + whole + fraction
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `a plain number reads the same through the patient reader`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<250 {
            let written = number(&random)
            for type in [ColumnType.decimal, .measurement] {
                let plain = try OneCell(written, type)
                let patient = try OneCell(widened(written), type)
                try #require(try plain.cell == exact(written), "\(written)")
                try #require(patient.cell == plain.cell && patient.text == plain.text, "\(written)")
            }
            try #require(try OneCell(widened(written), .integer).cell != .unreadable || written.contains("."))
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `an ISO date reads the same through the patient reader`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<250 {
            let day = CivilDate(daysSinceEpoch: Int.random(in: -20_000...40_000, using: &random))
            for type in [ColumnType.date, .expiry] {
                let plain = try OneCell("\(day)", type)
                try #require(plain.cell == .date(day))
                try #require(try OneCell(widened("\(day)"), type).cell == plain.cell)
                try #require(try OneCell("\(day) 08:00", type).cell == plain.cell)
            }
            let month = CivilMonth(containing: day)
            try #require(try OneCell("\(month)", .month).cell == .month(month))
            try #require(try OneCell(widened("\(month)"), .month).cell == .month(month))
            try #require(try OneCell("\(day)", .month).cell == .month(month))
            let serial = Int(day.daysSinceEpoch) + 25_569
            if (30_000...60_000).contains(serial) { try #require(try OneCell("\(serial)", .date).cell == .date(day)) }
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `junk is read or complained about`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "0", "1", "9", "12", "2024", "45473", "999999999999999999", ".", ",", "，", "-", "—", "/", "*", "+", "E",
            "e", "×", "10",
            "^", "³", "⁻", "<", "＞", "≤", "L", "ｌ", "mg/L", "(", "）", "复测", "ND", "未检出", "万", "千", "年", "月", "日", "份",
            " ",
            "\u{3000}", "T", ":", "00", "Jun", "%", "无", "停测", "\u{200B}", "\u{FFFD}", "\u{0}", "x", "号", "时", "√", "𝟙",
            "é",
        ]
        for _ in 0..<400 {
            let written = (0..<Int.random(in: 1...7, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            .joined()
            for type in ColumnType.allCases {
                let unit = [nil, "mg/L", "L", "千克", "万"].randomElement(using: &random) ?? nil
                let codes = [[], ["-1"], ["无", "45473"]].randomElement(using: &random) ?? []
                // The reading itself expects exactly one complaint for an unreadable cell and none for any other.
                let read = try OneCell(
                    written,
                    type,
                    unit: unit,
                    missingCodes: codes,
                    isFirstBadDay: Bool.random(using: &random)
                )
                if let reject = read.reject {
                    try #require(reject.diagnostic.expected?.isEmpty == false && !reject.diagnostic.problem.isEmpty)
                }
                try #require(read.cell != .absent)
            }
        }
    }
}
