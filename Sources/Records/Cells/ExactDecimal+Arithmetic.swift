// Arithmetic that is exact, or rounded once, half to even, on the decimal value.

extension ExactDecimal {
    /// The exact sum, or `nil` when it has more digits than fit.
    package func adding(_ other: ExactDecimal) -> ExactDecimal? {
        if scale == other.scale {
            let (sum, overflow) = coefficient.addingReportingOverflow(other.coefficient)
            if !overflow { return ExactDecimal(coefficient: sum, scale: scale) }
        }
        let common = Int(max(scale, other.scale))
        let left = Int128(coefficient) * powerOfTen(common - Int(scale))
        let right = Int128(other.coefficient) * powerOfTen(common - Int(other.scale))
        return ExactDecimal(exactly: left + right, scale: common)
    }

    /// The exact difference, or `nil` when it has more digits than fit.
    package func subtracting(_ other: ExactDecimal) -> ExactDecimal? {
        if scale == other.scale {
            let (difference, overflow) = coefficient.subtractingReportingOverflow(other.coefficient)
            if !overflow { return ExactDecimal(coefficient: difference, scale: scale) }
        }
        let common = Int(max(scale, other.scale))
        let left = Int128(coefficient) * powerOfTen(common - Int(scale))
        let right = Int128(other.coefficient) * powerOfTen(common - Int(other.scale))
        return ExactDecimal(exactly: left - right, scale: common)
    }

    /// The exact product, or `nil` when it has more digits than fit.
    package func multiplied(by other: ExactDecimal) -> ExactDecimal? {
        if scale + other.scale <= Self.maximumScale {
            let (product, overflow) = coefficient.multipliedReportingOverflow(by: other.coefficient)
            if !overflow { return ExactDecimal(coefficient: product, scale: scale + other.scale) }
        }
        return ExactDecimal(
            exactly: Int128(coefficient) * Int128(other.coefficient),
            scale: Int(scale) + Int(other.scale)
        )
    }

    /// The exact quotient, rounded once to that many decimals (0–18), half to even.
    ///
    /// `nil` for a divisor of zero and for a quotient with more digits than fit.
    package func divided(by divisor: ExactDecimal, decimals: Int) -> ExactDecimal? {
        guard !divisor.isZero else { return nil }
        let fraction = Fraction(
            numerator: Int128(coefficient),
            denominator: Int128(divisor.coefficient),
            exponent: Int(divisor.scale) - Int(scale)
        )
        return fraction.rounded(decimals: decimals)
    }

    /// The number rounded to that many decimals (0–18), half to even; digits are never added.
    package func rounded(decimals: Int) -> ExactDecimal {
        precondition((0...18).contains(decimals), "decimals are 0 to 18")
        guard decimals < Int(scale) else { return self }
        let unit = powerOfTen(Int(scale) - decimals)
        // Fewer digits than before always fit.
        let coefficient = Int64(quotientHalfToEven(Int128(coefficient), unit))
        return ExactDecimal(coefficient: coefficient, scale: UInt8(decimals))
    }

    /// The number rounded as by `rounded(decimals:)`, but never to nothing.
    ///
    /// When that would be 0 and the number is not, its first significant digit is kept, itself rounded half to even.
    package func roundedKeepingOneDigit(decimals: Int) -> ExactDecimal {
        let plain = rounded(decimals: decimals)
        guard plain.isZero, !isZero else { return plain }
        let digits = String(coefficient.magnitude).utf8.count
        return rounded(decimals: Int(scale) - digits + 1).trimmed
    }

    /// The number with that coefficient, without trailing zeros where they would not fit; `nil` when it does not fit.
    init?(exactly coefficient: Int128, scale: Int) {
        var coefficient = coefficient
        var scale = scale
        while scale > 0, scale > Int(Self.maximumScale) || Int64(exactly: coefficient) == nil, coefficient % 10 == 0 {
            coefficient /= 10
            scale -= 1
        }
        guard scale <= Int(Self.maximumScale), let small = Int64(exactly: coefficient) else { return nil }
        self.init(coefficient: small, scale: UInt8(scale))
    }
}

/// The exact value `numerator` ÷ `denominator` × 10^`exponent`, to be rounded once.
struct Fraction {
    let numerator: Int128
    /// Never zero.
    let denominator: Int128
    /// −18 to 18.
    let exponent: Int

    /// The value with that many decimals (0–18), half to even; `nil` when it does not fit.
    func rounded(decimals: Int) -> ExactDecimal? {
        precondition((0...18).contains(decimals), "decimals are 0 to 18")
        guard let (dividend, divisor) = scaled(decimals: decimals),
            let coefficient = Int64(exactly: quotientHalfToEven(dividend, divisor))
        else { return nil }
        return ExactDecimal(coefficient: coefficient, scale: UInt8(decimals))
    }

    /// The value rounded to that many decimals or, when that would be 0, to its first significant digit.
    func roundedKeepingOneDigit(decimals: Int) -> ExactDecimal? {
        guard let plain = rounded(decimals: decimals) else { return nil }
        guard plain.isZero, numerator != 0 else { return plain }
        for more in decimals..<18 {
            guard let (dividend, divisor) = scaled(decimals: more + 1) else { return nil }
            if dividend / divisor != 0 { return rounded(decimals: more + 1)?.trimmed }
        }
        return plain
    }

    /// Dividend and divisor of the coefficient at that many decimals; `nil` when the quotient could not fit.
    ///
    /// A quotient of 64 bits by a divisor of 64 has a dividend of 128, so an overflow means that the quotient is
    /// too large as well.
    private func scaled(decimals: Int) -> (Int128, Int128)? {
        let shift = exponent + decimals
        guard shift > 0 else {
            let (divisor, overflow) = denominator.multipliedReportingOverflow(by: powerOfTen(-shift))
            return overflow ? nil : (numerator, divisor)
        }
        let (dividend, overflow) = numerator.multipliedReportingOverflow(by: powerOfTen(shift))
        return overflow ? nil : (dividend, denominator)
    }
}

/// The quotient rounded to a whole number, half to even.
func quotientHalfToEven(_ dividend: Int128, _ divisor: Int128) -> Int128 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    let left = divisor.magnitude - remainder.magnitude
    let isNegative = (dividend < 0) != (divisor < 0)
    guard remainder.magnitude > left || (remainder.magnitude == left && quotient % 2 != 0) else { return quotient }
    return isNegative ? quotient - 1 : quotient + 1
}

/// 10^`exponent` for exponents of 0 to 36.
@inline(__always)
func powerOfTen(_ exponent: Int) -> Int128 {
    exponent < 19 ? Int128(powersOfTen[exponent]) : Int128(powersOfTen[18]) * Int128(powersOfTen[exponent - 18])
}

/// Those that 64 bits hold.
private let powersOfTen: InlineArray<19, Int64> = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
    100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
]
