// The mean of a table's values, rounded once and not once per step.

/// The exact sum and the count of decimal numbers.
package struct ExactMean: Sendable {
    /// How many numbers were added.
    package private(set) var count = 0
    private var sum: Int128 = 0
    private var scale = 0
    private var isOverflowing = false

    package init() {}

    /// Adds one number.
    package mutating func add(_ number: ExactDecimal) {
        count += 1
        var term = Int128(number.coefficient)
        if Int(number.scale) > scale {
            let (aligned, overflow) = sum.multipliedReportingOverflow(by: powerOfTen(Int(number.scale) - scale))
            sum = aligned
            scale = Int(number.scale)
            isOverflowing = isOverflowing || overflow
        } else if Int(number.scale) < scale {
            term *= powerOfTen(scale - Int(number.scale))
        }
        let (total, overflow) = sum.addingReportingOverflow(term)
        sum = total
        isOverflowing = isOverflowing || overflow
    }

    /// The only number so far, with the digits that were written.
    package var single: ExactDecimal? {
        count == 1 ? ExactDecimal(coefficient: Int64(sum), scale: UInt8(scale)) : nil
    }

    /// The mean to that many decimals (0–18), half to even; `nil` without numbers or when the sum has too many digits.
    ///
    /// With `keepingOneDigit`, a mean that would be rounded to 0 and is not 0 keeps its first significant digit.
    package func value(decimals: Int, keepingOneDigit: Bool = false) -> ExactDecimal? {
        guard count > 0, !isOverflowing else { return nil }
        let mean = Fraction(numerator: sum, denominator: Int128(count), exponent: -scale)
        return keepingOneDigit ? mean.roundedKeepingOneDigit(decimals: decimals) : mean.rounded(decimals: decimals)
    }
}
