// Numbers as people write them: what they mean, and which of them mean nothing certain.

import Diagnostics
import Records
import Testing

@Suite struct WrittenNumberTests {
    @Test(arguments: [
        ("０.５９", "0.59"), ("７．２", "7.2"), (".03", "0.03"), ("7.2 ", "7.2"), ("\u{3000}7.2\u{A0}", "7.2"),
        ("+7.2", "7.2"),
        ("－5", "-5"), ("−5", "-5"), ("–5", "-5"), ("-0.5", "-0.5"), ("7.2\u{200B}", "7.2"), ("0", "0"),
        ("0.590", "0.590"),
        ("1,234", "1234"), ("1，234", "1234"), ("1 234", "1234"), ("1\u{202F}234", "1234"), ("１，２３４，５６７.５", "1234567.5"),
        ("-1,234.50", "-1234.50"), ("12 345", "12345"),
        ("1.2E-3", "0.0012"), ("1.20e-3", "0.00120"), ("4.7E3", "4700"), ("1E+05", "100000"), ("4.7×10^3", "4700"),
        ("4.7×10³", "4700"), ("4.7x10^3", "4700"), ("4.7 × 10^3", "4700"), ("4.7×10⁻³", "0.0047"),
        ("4.7*10^-3", "0.0047"),
        ("1.5E１", "15"), ("0E99", "0"),
        ("0.30(复测)", "0.30"), ("0.30（复检）", "0.30"), ("0.30 (平均)", "0.30"), ("0.30（均值）", "0.30"),
    ])
    func `a number is read in quantities and measurements`(written: String, value: String) throws {
        for type in [ColumnType.decimal, .measurement] {
            let read = try OneCell(written, type)
            #expect(try read.cell == exact(value))
            #expect(read.text == value)
        }
    }

    @Test(arguments: [
        ("0.59mg/L", "mg/L", "0.59"), ("0.59 mg/l", "mg/L", "0.59"), ("０.５９ｍｇ／Ｌ", "mg/L", "0.59"),
        ("0.59㎎/L", "mg/L", "0.59"),
        ("0.59(mg/L)", "mg/L", "0.59"), ("0.59mg/L(复测)", "mg/L", "0.59"), ("3μg/L", "µg/L", "3"),
        ("20.5°C", "℃", "20.5"),
        ("12%", "%", "12"), ("12％", "%", "12"), ("12支", "支", "12"), ("1,200 支", "支", "1200"), ("3.5千盒", "盒", "3500"),
        ("1.2万支", "支", "12000"), ("3.5千克", "千克", "3.5"), ("3.5千克", "克", "3500"), ("1.2万元", "万元", "1.2"),
        ("4.7×10³个/L", "个/L", "4700"), ("5L", "L", "5"), ("5m³", "m³", "5"), ("1.2万", "支", "12000"),
    ])
    func `the column's own unit may follow`(written: String, unit: String, value: String) throws {
        #expect(try OneCell(written, .decimal, unit: unit).cell == exact(value))
    }

    @Test(arguments: [
        ("1.2万", "12000"), ("3.5千", "3500"), ("0.5亿", "50000000"), ("１．２万", "12000"), ("1.23456万", "12345.6"),
        ("-1.2 万", "-12000"),
    ])
    func `万, 千 and 亿 multiply a quantity and nothing else`(written: String, value: String) throws {
        #expect(try OneCell(written, .decimal).cell == exact(value))
        #expect(try OneCell(written, .measurement).reason == .notANumber)
        #expect(try OneCell(written, .integer).reason == .notANumber)
    }

    @Test(arguments: [
        ("0.01L", "0.01"), ("0.01l", "0.01"), ("０.０１L", "0.01"), ("０．０１Ｌ", "0.01"), ("<0.01", "0.01"),
        ("＜0.01", "0.01"),
        ("< 0.01", "0.01"), ("<0.01L", "0.01"), ("0.01 L", "0.01"), ("0.01Lmg/L", "0.01"), ("<0.01mg/L", "0.01"),
        ("40L", "40"),
        ("ND(0.01)", "0.01"), ("未检出(0.01)", "0.01"), ("未检出（０.０１）", "0.01"), ("ND(<0.01)", "0.01"),
        ("ND(0.01L)", "0.01"),
        ("ND(0.01mg/L)", "0.01"), ("ND<0.01", "0.01"), ("未检出(检出限0.01)", "0.01"), ("0.01L(复测)", "0.01"),
        ("<1E-3", "0.001"),
    ])
    func `below the detection limit is no number, and keeps the limit`(written: String, limit: String) throws {
        let read = try OneCell(written, .measurement, unit: "mg/L")
        #expect(read.cell == .notDetected(limit: ExactDecimal(limit)))
        #expect(read.text == "<\(limit)")
        for type in [ColumnType.decimal, .integer] {
            #expect(try OneCell(written, type, unit: "mg/L").reason == .belowDetection)
        }
    }

    @Test(arguments: ["ND", "nd", "N.D.", "N.D", "ＮＤ", "未检出", " 未检出 ", "低于检出限", "小于检出限", "ND(复测)"])
    func `not detected without a limit is neither zero nor blank`(written: String) throws {
        #expect(try OneCell(written, .measurement).cell == .notDetected(limit: nil))
        #expect(try OneCell(written, .decimal).reason == .belowDetection)
    }

    @Test(arguments: [
        ("1,23", Reject.Reason.wrongGrouping), ("1,2345", .wrongGrouping), ("1234,567", .wrongGrouping),
        ("0,123", .wrongGrouping),
        ("1,234,56", .wrongGrouping), ("1,234 567", .wrongGrouping), ("1 2", .wrongGrouping),
        ("1.234,5", .wrongGrouping),
        ("0.1 0.2", .wrongGrouping), ("1，23", .wrongGrouping),
        ("12345678901234567890", .tooManyDigits), ("0.1234567890123456789", .tooManyDigits), ("1E400", .tooManyDigits),
        ("1E19", .tooManyDigits), ("1E-19", .tooManyDigits), ("1E99999999999999999999", .tooManyDigits),
        ("0.59μg/L", .otherUnitInCell), ("0.59 ug/L", .otherUnitInCell), ("12%", .otherUnitInCell),
        ("12支", .otherUnitInCell),
        ("0.59毫克", .otherUnitInCell), ("0.59mg/LL", .otherUnitInCell),
        (">40000", .onlyALimit), ("＞40000", .onlyALimit), ("≥5", .onlyALimit), ("≤0.01", .onlyALimit),
        ("<=0.01", .onlyALimit),
        ("0L", .notMeasurable), ("<0", .notMeasurable), ("-1L", .notMeasurable), ("ND(0)", .notMeasurable),
        ("0.30(估)", .notANumber), ("0.30(复测)(平均)x", .notANumber), ("4.7×103", .notANumber), ("0.1-0.3", .notANumber),
        ("0.1～0.3", .notANumber), ("ND?", .notANumber), ("ND 0.01", .notANumber), ("未检出(0.0.1)", .notANumber),
        ("o.59", .notANumber), ("4o", .notANumber), ("4O", .notANumber), ("1o5", .notANumber), ("0.l5", .notANumber),
        ("2I", .notANumber), ("3oz", .otherUnitInCell), ("5.", .notANumber), ("1.2.3", .notANumber),
        ("0.59?", .notANumber),
        ("(5)", .notANumber),
        ("<", .notANumber), (">", .notANumber), ("+", .notANumber), ("--5", .notANumber), ("abc", .notANumber),
        ("#N/A", .notANumber),
        ("5*", .notANumber), ("×10^3", .notANumber), ("一", .notANumber), ("7。2", .notANumber), ("1e", .otherUnitInCell),
    ])
    func `what is not certainly one number is rejected with its reason`(written: String, reason: Reject.Reason) throws {
        let read = try OneCell(written, .measurement, unit: "mg/L")
        #expect(read.cell == .unreadable)
        #expect(read.reason == reason)
    }

    @Test(arguments: [
        ("1.2万", ColumnType.decimal, "万元"), ("1.2千", .decimal, "千克"), ("5L", .measurement, "L"),
        ("1.2万", .measurement, "个/L"),
    ])
    func `a unit that makes a number uncertain rejects it`(written: String, type: ColumnType, unit: String) throws {
        #expect(try OneCell(written, type, unit: unit).reason == .notANumber)
    }

    @Test func `below five litres is certain where five litres or a limit is not`() throws {
        #expect(try OneCell("<5L", .measurement, unit: "L").cell == .notDetected(limit: ExactDecimal(5)))
    }

    @Test(arguments: [
        ("12.0", 12), ("１２", 12), ("1,234", 1234), ("1.2E3", 1200), ("-3.00", -3), ("12 ", 12), ("+5", 5), ("12人", 12),
    ])
    func `a whole number may be written as a fraction`(written: String, value: Int64) throws {
        #expect(try OneCell(written, .integer, unit: "人").cell == .integer(value))
    }

    @Test(arguments: [
        ("12.5", Reject.Reason.notAWholeNumber), ("1,23", .wrongGrouping), ("twelve", .notAWholeNumber),
        ("99999999999999999999", .tooManyDigits), ("<5", .belowDetection), (">5", .onlyALimit),
    ])
    func `what is no whole number is rejected`(written: String, reason: Reject.Reason) throws {
        #expect(try OneCell(written, .integer).reason == reason)
    }

    @Test(arguments: ["-1", "-1.0", "－１", "-1.00", "-9999", "缺", "-9,999"])
    func `a column's codes for a missing value are compared as numbers`(written: String) throws {
        for type in [ColumnType.decimal, .measurement, .integer] {
            #expect(
                try OneCell(written, type, missingCodes: ["-1", "-9999", "缺"]).cell == .missing(.notMeasured)
            )
        }
        #expect(try OneCell("-1.5", .decimal, missingCodes: ["-1"]).cell == exact("-1.5"))
        #expect(try OneCell("1", .integer, missingCodes: ["-1"]).cell == .integer(1))
    }

    @Test func `the complaint says what is wrong and what would be right`() throws {
        let wrong = try #require(try OneCell("1,23", .decimal).reject)
        #expect(wrong.column?.name == "value")
        #expect(
            wrong.description
                == "t.csv:2:2: error: value: the digits are not in groups of three, so it is uncertain which "
                + "number is meant: found \"1,23\", expected 1234 or 1,234"
        )
        let unit = try #require(try OneCell("0.59μg/L", .measurement, unit: "mg/L").reject?.diagnostic)
        #expect(unit.expected == "the number alone, or in mg/L")
        #expect(try OneCell("0.01L", .decimal).reject?.diagnostic.problem.contains("below detection") == true)
        #expect(
            try OneCell("≤0.01", .measurement).reject?.diagnostic.expected
                == "the value, or <0.01 below the detection limit"
        )
    }
}
