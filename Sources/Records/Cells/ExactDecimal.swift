// Decimal numbers as tables write them: exact, without the ties that binary fractions move.

/// An exact decimal number: `coefficient` × 10^−`scale`.
///
/// Equality and order go by value (1.0 == 1.00); the description keeps the scale as written.
package struct ExactDecimal: Sendable {
    /// The largest scale: more digits after the point do not fit beside one before it.
    package static let maximumScale: UInt8 = 18

    package let coefficient: Int64
    /// Digits after the point, 0–18.
    package let scale: UInt8

    /// Makes the number `coefficient` × 10^−`scale`; the scale must be at most 18.
    package init(coefficient: Int64, scale: UInt8) {
        precondition(scale <= Self.maximumScale, "a scale above 18 does not exist")
        self.coefficient = coefficient
        self.scale = scale
    }

    /// Makes a whole number.
    package init(_ integer: Int) {
        self.init(coefficient: Int64(integer), scale: 0)
    }

    /// Reads a plain number: a sign or none, digits, and a point with digits or none; `.03` is one, `5.` is not.
    ///
    /// `nil` for anything else (exponents, separators, blanks) and for more digits than fit.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        self.init(bytes: bytes.span)
    }

    /// Reads a plain number from its bytes.
    init?(bytes: Span<UInt8>) {
        var index = 0
        var isNegative = false
        if index < bytes.count, bytes[index] == .minus || bytes[index] == .plus {
            isNegative = bytes[index] == .minus
            index = 1
        }
        var magnitude: UInt64 = 0
        let first = index
        guard Self.readDigits(of: bytes, from: &index, into: &magnitude), bytes.count > first else { return nil }
        var decimals = 0
        if index < bytes.count {
            guard bytes[index] == .point else { return nil }
            index += 1
            decimals = bytes.count - index
            guard (1...18).contains(decimals), Self.readDigits(of: bytes, from: &index, into: &magnitude),
                index == bytes.count
            else { return nil }
        }
        if magnitude <= UInt64(Int64.max) {
            coefficient = isNegative ? 0 - Int64(magnitude) : Int64(magnitude)
        } else {
            guard isNegative, magnitude == Int64.min.magnitude else { return nil }
            coefficient = Int64.min
        }
        scale = UInt8(decimals)
    }

    /// Passes over digits and appends them to a number; `false` when they do not fit.
    @inline(__always)
    private static func readDigits(of bytes: Span<UInt8>, from index: inout Int, into magnitude: inout UInt64) -> Bool {
        while index < bytes.count {
            let digit = bytes[index] &- .zero
            guard digit < 10 else { return true }
            // With one more digit than this, the sum could wrap.
            guard magnitude <= 922_337_203_685_477_580 else { return false }
            magnitude = magnitude &* 10 &+ UInt64(digit)
            index += 1
        }
        return true
    }

    package var isZero: Bool { coefficient == 0 }
    package var isNegative: Bool { coefficient < 0 }

    /// The same number without zeros at the end of its fraction.
    package var trimmed: ExactDecimal {
        var coefficient = coefficient
        var scale = scale
        while scale > 0, coefficient % 10 == 0 {
            coefficient /= 10
            scale -= 1
        }
        return ExactDecimal(coefficient: coefficient, scale: scale)
    }

    /// Whether it is no larger than a whole number.
    @inline(__always)
    package func isAtMost(_ whole: Int64) -> Bool {
        // The digits alone being no more than the limit, so is the number.
        whole >= 0 && coefficient <= whole || Int128(coefficient) <= Int128(whole) * powerOfTen(Int(scale))
    }

    /// The nearest binary fraction for up to 15 digits; beyond, right to one unit in the last place.
    package var doubleValue: Double { Double(coefficient) / Double(Int64(powerOfTen(Int(scale)))) }
}

extension ExactDecimal: Hashable {
    package static func == (left: ExactDecimal, right: ExactDecimal) -> Bool {
        left.scale == right.scale ? left.coefficient == right.coefficient : left.aligned(with: right) == 0
    }

    package func hash(into hasher: inout Hasher) {
        let canonical = trimmed
        hasher.combine(canonical.coefficient)
        hasher.combine(canonical.scale)
    }
}

extension ExactDecimal: Comparable {
    package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        left.scale == right.scale ? left.coefficient < right.coefficient : left.aligned(with: right) < 0
    }

    /// The difference's sign at a common scale; 64 bits times 10^18 always fit into 128.
    private func aligned(with other: ExactDecimal) -> Int128 {
        let common = Int(max(scale, other.scale))
        let left = Int128(coefficient) * powerOfTen(common - Int(scale))
        let right = Int128(other.coefficient) * powerOfTen(common - Int(other.scale))
        return (left - right).signum()
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// The number in plain digits with its scale kept: `0.590` stays `0.590`.
    package var description: String {
        // A sign, a point and up to 19 digits, before which there is a zero when all of them follow the point.
        unsafe String(unsafeUninitializedCapacity: 22) { bytes in
            var start = 22
            var digits = coefficient.magnitude
            var written = 0
            repeat {
                start -= 1
                unsafe bytes[start] = .zero + UInt8(digits % 10)
                digits /= 10
                written += 1
                if written == scale, scale > 0 {
                    start -= 1
                    unsafe bytes[start] = .point
                }
            } while digits > 0 || written <= scale
            if isNegative {
                start -= 1
                unsafe bytes[start] = .minus
            }
            for index in start..<22 { unsafe bytes[index - start] = bytes[index] }
            return 22 - start
        }
    }
}
