// Numbers that cannot be meant: beyond the bounds of their column, in whatever form they are written.

import Diagnostics
import Records
import TestKit
import Testing

@Suite struct PlausibleNumberTests {
    private static let zero = ExactDecimal(0)

    @Test(
        arguments: [
            ("0", "0"), ("14", "14"), ("14.000", "14.000"), ("7.5", "7.5"), ("７．５", "7.5"), ("0.00001", "0.00001"),
            ("1.4E1", "14"), ("14.01", nil), ("14.00001", nil), ("75", nil), ("-0.1", nil), ("-0.00001", nil),
            ("1.5E1", nil), ("７５", nil), ("9223372036854775807", nil), ("-9223372036854775808", nil),
        ] as [(String, String?)]
    )
    func `bounds are numbers that can be meant, and nothing beyond them is`(written: String, number: String?) throws {
        let read = try OneCell(written, .measurement, atLeast: Self.zero, atMost: ExactDecimal(14))
        #expect(read.text == number)
        #expect(read.reason == (number == nil ? .implausible : nil))
        #expect((read.cell == .implausible) == (number == nil))
    }

    @Test func `the complaint says what stood there, what can be meant, and where to look`() throws {
        let complaint = try #require(
            try OneCell("75", .measurement, atLeast: Self.zero, atMost: ExactDecimal(14)).reject
        )
        #expect(complaint.diagnostic.found == "75")
        #expect(complaint.diagnostic.expected == "a number from 0 to 14")
        #expect(complaint.diagnostic.remedy == "check the decimal point and the unit")
        #expect(complaint.diagnostic.position == Position(file: "t.csv", line: 2, column: 2))
        let least = try OneCell("-2", .decimal, atLeast: Self.zero)
        #expect(least.reject?.diagnostic.expected == "a number of at least 0")
        #expect(try OneCell("-2", .decimal, atMost: Self.zero).reject == nil)
        #expect(try OneCell("2", .decimal, atMost: Self.zero).reject?.diagnostic.expected == "a number of at most 0")
    }

    @Test(arguments: [("-1", Cell.missing(.notMeasured)), ("-1.0", .missing(.notMeasured)), ("-2", .implausible)])
    func `a code for a missing value comes first`(written: String, cell: Cell) throws {
        #expect(try OneCell(written, .measurement, missingCodes: ["-1"], atLeast: Self.zero).cell == cell)
    }

    @Test(
        arguments: [("<0.01", nil), ("15L", .implausible), ("<15", .implausible), ("ND", nil), ("停测", nil), ("", nil)]
            as [(String, Reject.Reason?)]
    )
    func `a detection limit is a number too, and what is none has no bounds`(
        written: String,
        reason: Reject.Reason?
    ) throws {
        let read = try OneCell(written, .measurement, atLeast: Self.zero, atMost: ExactDecimal(14))
        #expect(read.reason == reason)
    }

    @Test(arguments: [(ColumnType.integer, "10", "11"), (.decimal, "1.0", "1.2万"), (.decimal, "10", "1,000")])
    func `quantities and counts have bounds as well`(type: ColumnType, within: String, beyond: String) throws {
        #expect(try OneCell(within, type, atMost: ExactDecimal(10)).reason == nil)
        #expect(try OneCell(beyond, type, atMost: ExactDecimal(10)).reason == .implausible)
    }

    @Test func `however bounds and numbers are scaled, the comparison is exact`() throws {
        var random = SeededGenerator(seed: 20_240_305)
        for _ in 0..<400 {
            func number(_ most: Int64) -> ExactDecimal {
                ExactDecimal(
                    coefficient: .random(in: -most...most, using: &random),
                    scale: .random(in: 0...7, using: &random)
                )
            }
            let bounds = [number(2_000), number(2_000)].sorted()
            let written = number(5_000)
            let read = try OneCell(written.description, .measurement, atLeast: bounds[0], atMost: bounds[1])
            let isWithin = bounds[0] <= written && written <= bounds[1]
            #expect((read.reason == nil) == isWithin, "\(written) between \(bounds)")
        }
        let large = try decimals("9223372036854775806", "9223372036854775807")
        #expect(try OneCell("9223372036854775807", .decimal, atMost: large[0]).reason == .implausible)
        #expect(try OneCell("9223372036854775807", .decimal, atLeast: large[0], atMost: large[1]).reason == nil)
    }

    private func decimals(_ texts: String...) throws -> [ExactDecimal] {
        try texts.map { try #require(ExactDecimal($0)) }
    }
}
