// Means of means: exact until they are rounded once.

import Records
import Testing

@Suite struct ExactFractionTests {
    private static func mean(_ numbers: [String]) throws -> ExactFraction {
        var mean = ExactMean()
        for text in numbers { mean.add(try #require(ExactDecimal(text))) }
        return try #require(mean.fraction)
    }

    @Test(arguments: [
        // 0.4 and 1.8, not 3.0 ÷ 4.
        ([["0.2", "0.4", "0.6"], ["1.8"]], 2, "1.10"),
        // Thirds of which three make a whole: (1/3 + 2/3) ÷ 2 is 0.5 and no 0.4999….
        ([["0", "0", "1"], ["1", "1", "0"]], 0, "0.5"), ([["0", "0", "1"], ["1", "1", "0"]], 1, "0.5"),
        // A tie goes to the even digit, on the decimal value.
        ([["1.00"], ["1.01"]], 2, "1.00"), ([["1.01"], ["1.02"]], 2, "1.02"), ([["0.0001"], ["0.0003"]], 2, "0.0002"),
    ])
    func `a mean of means is rounded once`(months: [[String]], decimals: Int, expected: String) throws {
        let mean = try #require(ExactFraction.mean(of: months.map(Self.mean)))
        #expect(mean.rounded(decimals: decimals, keepingOneDigit: true)?.description == expected)
    }

    @Test func `what a year needs of the months that are left`() throws {
        let limit = try #require(ExactDecimal("1.005").flatMap(ExactFraction.init))
        let known = try #require(try Self.mean(["1.2", "1.2", "1.2"]).multiplied(by: 3))
        let required = limit.multiplied(by: 12)?.subtracting(known)?.divided(by: 9)
        #expect(required?.rounded(decimals: 4)?.description == "0.9400")
        #expect(required.flatMap { $0.compared(with: limit) } == -1)
        #expect(required?.isPositive == true)
    }

    @Test func `what has too many digits is nothing`() throws {
        var sum = try Self.mean(["0.1"])
        for divisor in [9_973, 9_967, 9_949, 9_941, 9_931, 9_929, 9_923, 9_907, 9_901, 9_887] {
            guard let next = sum.divided(by: divisor).flatMap({ sum.adding($0) }) else { return }
            sum = next
        }
        Issue.record("ten primes of four digits fit into 128 bits")
    }
}
