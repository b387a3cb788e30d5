// The mean of a table's values, rounded once and not once per step.

/// The exact sum and the count of decimal numbers.
package struct ExactMean: Sendable {
    private var sum: Int128 = 0
    private var numbers: UInt32 = 0
    private var scale: UInt8 = 0
    private var isOverflowing = false

    package init() {}

    /// How many numbers were added.
    package var count: Int { Int(numbers) }

    /// Adds one number.
    package mutating func add(_ number: ExactDecimal) {
        numbers += 1
        var term = Int128(number.coefficient)
        if number.scale > scale {
            let (aligned, overflow) = sum.multipliedReportingOverflow(by: powerOfTen(Int(number.scale - scale)))
            sum = aligned
            scale = number.scale
            isOverflowing = isOverflowing || overflow
        } else if number.scale < scale {
            term *= powerOfTen(Int(scale - number.scale))
        }
        let (total, overflow) = sum.addingReportingOverflow(term)
        sum = total
        isOverflowing = isOverflowing || overflow
    }

    /// Adds the numbers of another sum.
    package mutating func add(_ other: ExactMean) {
        numbers += other.numbers
        let common = max(scale, other.scale)
        let (mine, overflow) = sum.multipliedReportingOverflow(by: powerOfTen(Int(common - scale)))
        let (theirs, otherOverflow) = other.sum.multipliedReportingOverflow(by: powerOfTen(Int(common - other.scale)))
        let (total, totalOverflow) = mine.addingReportingOverflow(theirs)
        sum = total
        scale = common
        isOverflowing = isOverflowing || other.isOverflowing || overflow || otherOverflow || totalOverflow
    }

    /// The only number so far, with the digits that were written.
    package var single: ExactDecimal? {
        count == 1 ? ExactDecimal(coefficient: Int64(sum), scale: scale) : nil
    }

    /// The exact mean; `nil` without numbers or when the sum has too many digits.
    package var fraction: ExactFraction? {
        guard count > 0, !isOverflowing else { return nil }
        return ExactFraction(numerator: sum, denominator: Int128(numbers), scale: Int(scale))
    }

    /// The mean to that many decimals (0–18), half to even; `nil` without numbers or when the sum has too many digits.
    ///
    /// With `keepingOneDigit`, a mean that would be rounded to 0 and is not 0 keeps its first significant digit.
    package func value(decimals: Int, keepingOneDigit: Bool = false) -> ExactDecimal? {
        guard count > 0, !isOverflowing else { return nil }
        let mean = Fraction(numerator: sum, denominator: Int128(numbers), exponent: -Int(scale))
        return keepingOneDigit ? mean.roundedKeepingOneDigit(decimals: decimals) : mean.rounded(decimals: decimals)
    }
}
