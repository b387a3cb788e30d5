// Exact decimals: reading, writing, order, and rounding against Python's decimal module.

import Records
import Testing

@Suite struct ExactDecimalTests {
    @Test(arguments: [
        "0", "7", "-7", "0.590", "-0.03", "0.000", "1.50", "9223372036854775807", "-9223372036854775808",
        "0.000000000000000001", "123456.789",
    ])
    func `a number reads and prints as written`(text: String) throws {
        #expect(try #require(ExactDecimal(text)).description == text)
    }

    @Test(arguments: [
        (".03", "0.03"), ("+4.5", "4.5"), ("-.5", "-0.5"), ("007", "7"), ("-0", "0"), ("-0.00", "0.00"),
        ("00000000000000000000000012.5", "12.5"),
    ])
    func `unusual but plain numbers are read`(text: String, printed: String) throws {
        #expect(try #require(ExactDecimal(text)).description == printed)
    }

    @Test(arguments: [
        "", "-", "+", ".", "-.", "5.", "1e3", "1,234", " 1", "1 ", "1.2.3", "--1", "0x10", "NaN", "１", "0.01L", "<0.01",
        "9223372036854775808", "-9223372036854775809", "99999999999999999999", "0.0000000000000000001",
        "18446744073709551617", "1.",
    ])
    func `what is not a plain number that fits is none`(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test func `equality and hash go by value`() throws {
        let short = try #require(ExactDecimal("1.0"))
        let long = try #require(ExactDecimal("1.00"))
        #expect(short == long)
        #expect(Set([short, long, ExactDecimal(1)]).count == 1)
        #expect(ExactDecimal(coefficient: 0, scale: 18) == ExactDecimal(0))
        #expect(ExactDecimal(coefficient: 101, scale: 2) != long)
    }

    @Test(arguments: [
        ("0.9", "1"), ("-1", "0.5"), ("-2.01", "-2"), ("1.19", "1.2"), ("-9223372036854775808", "0.000000000000000001"),
        ("9.223372036854775807", "9223372036854775807"),
    ])
    func `order goes by value`(small: String, large: String) throws {
        let small = try #require(ExactDecimal(small))
        let large = try #require(ExactDecimal(large))
        #expect(small < large)
        #expect(!(large < small))
    }

    @Test(arguments: [
        ("0.00015", 4, "0.0002"), ("4.95", 1, "5.0"), ("4.85", 1, "4.8"), ("6.05", 1, "6.0"), ("6.15", 1, "6.2"),
        ("1.005", 2, "1.00"), ("-1.005", 2, "-1.00"), ("-1.015", 2, "-1.02"), ("9.5", 0, "10"), ("8.5", 0, "8"),
        ("9.4", 0, "9"), ("0.5", 0, "0"), ("1.0050000001", 2, "1.01"), ("3", 2, "3"),
        ("-9223372036854775808", 0, "-9223372036854775808"),
    ])
    func `rounding goes half to even on the decimal value`(text: String, decimals: Int, rounded: String) throws {
        #expect(try #require(ExactDecimal(text)).rounded(decimals: decimals).description == rounded)
    }

    @Test(arguments: [
        ("0.004", 2, "0.004"), ("0.0045", 2, "0.004"), ("0.0055", 2, "0.01"), ("0.0035", 2, "0.004"),
        ("0.00095", 2, "0.001"),
        ("0.00", 1, "0.0"),
        ("-0.0004", 2, "-0.0004"), ("0.005", 2, "0.005"), ("0.015", 2, "0.02"), ("0.3", 0, "0.3"), ("0.7", 0, "1"),
    ])
    func `rounding to nothing keeps one digit instead`(text: String, decimals: Int, rounded: String) throws {
        #expect(try #require(ExactDecimal(text)).roundedKeepingOneDigit(decimals: decimals).description == rounded)
    }

    @Test func `what does not fit is no result`() {
        let large = ExactDecimal(Int.max)
        #expect(large.adding(ExactDecimal(1)) == nil)
        #expect(ExactDecimal(Int.min).subtracting(ExactDecimal(1)) == nil)
        #expect(large.multiplied(by: large) == nil)
        #expect(large.divided(by: ExactDecimal(1), decimals: 1) == nil)
        #expect(large.divided(by: ExactDecimal(coefficient: 1, scale: 18), decimals: 18) == nil)
        #expect(ExactDecimal(1).divided(by: ExactDecimal(0), decimals: 2) == nil)
        #expect(large.adding(ExactDecimal(-1))?.description == "9223372036854775806")
    }

    @Test func `trimming drops the fraction's zeros alone`() {
        #expect(ExactDecimal(coefficient: 12_300, scale: 4).trimmed.description == "1.23")
        #expect(ExactDecimal(coefficient: 1000, scale: 1).trimmed.description == "100")
        #expect(ExactDecimal(coefficient: 0, scale: 3).trimmed.description == "0")
    }

    @Test func `a mean is rounded once`() throws {
        var mean = ExactMean()
        #expect(mean.value(decimals: 2) == nil)
        // Rounding the terms to two decimals first would give 1.005, and then 1.00.
        for text in ["1.0049", "1.01"] { mean.add(try #require(ExactDecimal(text))) }
        #expect(mean.value(decimals: 4)?.description == "1.0074")
        #expect(mean.value(decimals: 2)?.description == "1.01")
        #expect(mean.count == 2)
    }

    @Test func `a mean of traces keeps one digit on request`() throws {
        var mean = ExactMean()
        for text in ["0.0001", "0.0002", "0.00015"] { mean.add(try #require(ExactDecimal(text))) }
        #expect(mean.value(decimals: 3)?.description == "0.000")
        #expect(mean.value(decimals: 3, keepingOneDigit: true)?.description == "0.0002")
    }

    @Test func `a sum beyond 128 bits has no mean`() {
        var mean = ExactMean()
        for _ in 0..<40 { mean.add(ExactDecimal(Int.max)) }
        #expect(mean.value(decimals: 0)?.description == String(Int.max))
        mean.add(ExactDecimal(coefficient: 1, scale: 18))
        #expect(mean.value(decimals: 0) == nil)
    }

    @Test(.enabled(if: oracleIsExpected)) func `arithmetic agrees with Python`() throws {
        let count = 20_000
        let lines = try oracle("decimals.py", "20240205", String(count))
        #expect(lines.count == count)
        var kinds: Set<Substring> = []
        for line in lines {
            let fields = line.split(separator: "\t")
            try #require(fields.count == 5)
            let decimals = try #require(Int(fields[3]))
            let result = try Self.result(fields[0], fields[1], fields[2], decimals: decimals)
            let wanted = fields[4]
            if ["add", "subtract", "multiply"].contains(fields[0]) {
                #expect(result == (wanted == "nil" ? "nil" : try trimmed(wanted)), "\(line)")
            } else if fields[0] == "double" {
                #expect(wanted == "inexact" || Double(result) == Double(wanted), "\(line)")
            } else if ["keep", "mean"].contains(fields[0]) {
                // Keeping a digit may leave a zero after it; the value counts.
                #expect(try trimmed(result[...]) == (try trimmed(wanted)), "\(line)")
            } else {
                #expect(result == wanted, "\(line)")
            }
            kinds.insert(fields[0])
        }
        #expect(kinds.count == 9)
    }

    private func trimmed(_ text: Substring) throws -> String {
        text == "nil" ? "nil" : try #require(ExactDecimal(text)).trimmed.description
    }

    /// What this code says about one of the oracle's cases.
    private static func result(
        _ kind: Substring,
        _ first: Substring,
        _ second: Substring,
        decimals: Int
    ) throws -> String {
        let numbers = try first.split(separator: " ").map { try #require(ExactDecimal($0)) }
        let left = try #require(numbers.first)
        let right = try #require(ExactDecimal(second))
        let result: ExactDecimal?
        switch kind {
        case "add": result = left.adding(right)?.trimmed
        case "subtract": result = left.subtracting(right)?.trimmed
        case "multiply": result = left.multiplied(by: right)?.trimmed
        case "divide": result = left.divided(by: right, decimals: decimals)
        case "round": result = left.rounded(decimals: decimals)
        case "keep": result = left.roundedKeepingOneDigit(decimals: decimals)
        case "mean":
            var mean = ExactMean()
            for number in numbers { mean.add(number) }
            result = mean.value(decimals: decimals, keepingOneDigit: true)
        case "compare": return left < right ? "-1" : left == right ? "0" : "1"
        default: return String(left.doubleValue)
        }
        return result?.description ?? "nil"
    }
}
