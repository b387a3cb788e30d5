// How a file of standards/ states the document by which states are told, and what the district finds odd.

import Almanac
import Checks
import Diagnostics
import Records

extension AssessmentMethod {
    /// Reads `method`.
    init?(_ section: Section) {
        let document = section.text("document")
        // Where in the document each number stands, is for whoever checks the file.
        _ = section.text("clauses")
        let validFrom = section.parsed("valid-from", WaterQualityStandard.day)
        let months = section.parsed("least-months-of-year") { text throws(Diagnostic) in try Self.count(text, 1...12) }
        let sections = section.parsed("shares-from-sections") { text throws(Diagnostic) in
            try Self.count(text, 1...1000)
        }
        let good = Self.shares("good-shares", section)
        let worst = Self.shares("worst-shares", section)
        let pollutants = section.parsed("main-pollutants") { text throws(Diagnostic) in try Self.count(text, 1...10) }
        section.close()
        guard let document, let validFrom, let months, let sections, let good, let worst, let pollutants else {
            return nil
        }
        self.init(
            document: document,
            validFrom: validFrom,
            leastMonthsOfYear: months,
            leastSections: sections,
            excellentFrom: good.high,
            goodFrom: good.low,
            moderateFrom: worst.low,
            heavyFrom: worst.high,
            mostPollutants: pollutants
        )
    }

    /// Two shares, the lower one first: `[75%, 90%]`.
    private static func shares(_ key: String, _ section: Section) -> (low: Int, high: Int)? {
        let written = section.neededTexts(key)
        let shares = written.compactMap { text, _ in text.hasSuffix("%") ? Int(text.dropLast()) : nil }
        if shares.count == 2, written.count == 2, shares[0] < shares[1], (0...100).contains(shares[0]),
            shares[1] <= 100
        {
            return (shares[0], shares[1])
        }
        guard !written.isEmpty else { return nil }
        section.complain(
            Diagnostic(
                "these are no limits of shares",
                found: written.map(\.text).joined(separator: ", "),
                expected: "two shares, the lower one first, such as [75%, 90%]"
            ),
            key: key
        )
        return nil
    }

    fileprivate static func count(_ text: String, _ allowed: ClosedRange<Int>) throws(Diagnostic) -> Int {
        guard let count = Int(text), allowed.contains(count) else {
            throw Diagnostic(
                "this is no such number",
                found: text,
                expected: "\(allowed.lowerBound) to \(allowed.upperBound)"
            )
        }
        return count
    }
}

extension PlausibilityLimits {
    /// Reads `plausibility`.
    init?(_ section: Section) {
        _ = section.text("source")
        let times = section.parsed("times-class-v", Self.factor)
        let periods = section.parsed("frozen-periods") { text throws(Diagnostic) in
            try AssessmentMethod.count(text, 2...12)
        }
        let digits = section.parsed("frozen-digits") { text throws(Diagnostic) in
            try AssessmentMethod.count(text, 1...10)
        }
        let saturation = section.parsed("oxygen-saturation", Self.factor)
        let index = section.parsed("codmn-of-cod", Self.factor)
        section.close()
        guard let times, let periods, let digits, let saturation, let index else { return nil }
        self.init(
            timesClassV: times,
            frozenPeriods: periods,
            frozenDigits: digits,
            mostSaturation: saturation,
            mostIndexOfDemand: index
        )
    }

    private static func factor(_ text: String) throws(Diagnostic) -> ExactDecimal {
        guard let factor = ExactDecimal(text), factor >= ExactDecimal(1), factor <= ExactDecimal(100_000) else {
            throw Diagnostic("this is no factor", found: text, expected: "a number from 1 on, such as 1.5")
        }
        return factor
    }
}
