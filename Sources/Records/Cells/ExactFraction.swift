// Quotients of whole numbers, for means of means: nothing is rounded before the end.

/// An exact rational number in lowest terms.
///
/// Every operation is exact, or `nil` when its result has more digits than 128 bits hold.
package struct ExactFraction: Sendable, Hashable {
    private let numerator: Int128
    /// Positive.
    private let denominator: Int128

    /// `numerator` ÷ `denominator` × 10^−`scale`, of a positive denominator and a scale of 0 to 18.
    init?(numerator: Int128, denominator: Int128, scale: Int = 0) {
        let (whole, overflow) = denominator.multipliedReportingOverflow(by: powerOfTen(scale))
        guard !overflow, whole > 0 else { return nil }
        let divisor = Int128(greatestCommonDivisor(numerator.magnitude, whole.magnitude))
        self.numerator = numerator / divisor
        self.denominator = whole / divisor
    }

    package init?(_ number: ExactDecimal) {
        self.init(numerator: Int128(number.coefficient), denominator: 1, scale: Int(number.scale))
    }

    package func adding(_ other: ExactFraction) -> ExactFraction? {
        let common = Int128(greatestCommonDivisor(denominator.magnitude, other.denominator.magnitude))
        let (left, leftOverflow) = numerator.multipliedReportingOverflow(by: other.denominator / common)
        let (right, rightOverflow) = other.numerator.multipliedReportingOverflow(by: denominator / common)
        let (sum, sumOverflow) = left.addingReportingOverflow(right)
        let (product, overflow) = denominator.multipliedReportingOverflow(by: other.denominator / common)
        guard !leftOverflow, !rightOverflow, !sumOverflow, !overflow else { return nil }
        return ExactFraction(numerator: sum, denominator: product)
    }

    package func subtracting(_ other: ExactFraction) -> ExactFraction? {
        let (negative, overflow) = Int128(0).subtractingReportingOverflow(other.numerator)
        return overflow
            ? nil : ExactFraction(numerator: negative, denominator: other.denominator).flatMap { adding($0) }
    }

    package func multiplied(by factor: Int) -> ExactFraction? {
        let (product, overflow) = numerator.multipliedReportingOverflow(by: Int128(factor))
        return overflow ? nil : ExactFraction(numerator: product, denominator: denominator)
    }

    /// The quotient by a positive number.
    package func divided(by divisor: Int) -> ExactFraction? {
        let (product, overflow) = denominator.multipliedReportingOverflow(by: Int128(divisor))
        return overflow ? nil : ExactFraction(numerator: numerator, denominator: product)
    }

    /// The mean of numbers that count alike; `nil` without any.
    package static func mean(of numbers: [ExactFraction]) -> ExactFraction? {
        guard var sum = numbers.first else { return nil }
        for number in numbers.dropFirst() {
            guard let more = sum.adding(number) else { return nil }
            sum = more
        }
        return sum.divided(by: numbers.count)
    }

    /// −1, 0 or 1, as the number is below, equal to or above the other one.
    package func compared(with other: ExactFraction) -> Int? {
        subtracting(other).map { Int($0.numerator.signum()) }
    }

    /// Whether it is more than nothing.
    package var isPositive: Bool { numerator > 0 }

    /// The number with that many decimals (0–18), rounded once, half to even; `nil` when it does not fit.
    ///
    /// With `keepingOneDigit`, one that would be rounded to 0 and is not 0 keeps its first significant digit.
    package func rounded(decimals: Int, keepingOneDigit: Bool = false) -> ExactDecimal? {
        let fraction = Fraction(numerator: numerator, denominator: denominator, exponent: 0)
        return keepingOneDigit
            ? fraction.roundedKeepingOneDigit(decimals: decimals) : fraction.rounded(decimals: decimals)
    }
}

private func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
    var (left, right) = (first, second)
    while right != 0 { (left, right) = (right, left % right) }
    return left
}
