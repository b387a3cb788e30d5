// Quotients that are compared exactly and rounded only where somebody reads them.

import Records

/// An exact quotient with a divisor above zero.
struct Ratio: Sendable, Hashable {
    let numerator: ExactDecimal
    let divisor: ExactDecimal

    /// `nil` for a divisor that is not above zero.
    init?(_ numerator: ExactDecimal, by divisor: ExactDecimal) {
        guard !divisor.isZero, !divisor.isNegative else { return nil }
        self.numerator = numerator
        self.divisor = divisor
    }

    /// A number as it is.
    init(_ number: ExactDecimal) {
        numerator = number
        divisor = ExactDecimal(1)
    }

    var isZero: Bool { numerator.isZero }

    /// The value rounded once, half to even; `nil` when it has more digits than fit.
    func rounded(_ decimals: Int) -> ExactDecimal? { numerator.divided(by: divisor, decimals: decimals) }

    /// The value to two decimals without zeros at the end, as quantities are shown.
    var shown: ExactDecimal? { rounded(2)?.trimmed }

    /// The smallest whole number that is not below the value.
    var roundedUp: ExactDecimal? {
        guard let near = rounded(0) else { return nil }
        return Ratio(near) < self ? near.adding(ExactDecimal(1)) : near
    }

    /// The largest whole number that is not above the value.
    var roundedDown: ExactDecimal? {
        guard let near = rounded(0) else { return nil }
        return self < Ratio(near) ? near.subtracting(ExactDecimal(1)) : near
    }

    /// `nil` when the product has more digits than fit.
    func times(_ factor: ExactDecimal) -> Ratio? {
        numerator.multiplied(by: factor).flatMap { Ratio($0, by: divisor) }
    }

    /// The quotient by another ratio; `nil` when that is not above zero, or when there are more digits than fit.
    func divided(by other: Ratio) -> Ratio? {
        guard let top = numerator.multiplied(by: other.divisor), let below = divisor.multiplied(by: other.numerator)
        else { return nil }
        return Ratio(top.trimmed, by: below.trimmed)
    }

    /// `nil` when there are more digits than fit.
    func plus(_ other: Ratio) -> Ratio? { combined(other) { $0.adding($1) } }

    /// `nil` when there are more digits than fit.
    func minus(_ other: Ratio) -> Ratio? { combined(other) { $0.subtracting($1) } }

    private func combined(
        _ other: Ratio,
        _ combine: (ExactDecimal, ExactDecimal) -> ExactDecimal?
    ) -> Ratio? {
        if divisor == other.divisor { return combine(numerator, other.numerator).flatMap { Ratio($0, by: divisor) } }
        guard let left = numerator.multiplied(by: other.divisor), let right = other.numerator.multiplied(by: divisor),
            let sum = combine(left, right), let below = divisor.multiplied(by: other.divisor)
        else { return nil }
        return Ratio(sum.trimmed, by: below.trimmed)
    }
}

extension Ratio: Comparable {
    static func == (left: Ratio, right: Ratio) -> Bool { !(left < right) && !(right < left) }

    static func < (left: Ratio, right: Ratio) -> Bool {
        if left.divisor == right.divisor { return left.numerator < right.numerator }
        guard let one = left.numerator.multiplied(by: right.divisor),
            let other = right.numerator.multiplied(by: left.divisor)
        else {
            // Beyond 18 digits the nearest binary fractions decide.
            return left.approximate < right.approximate
        }
        return one < other
    }

    /// The nearest binary fraction.
    var approximate: Double { numerator.doubleValue / divisor.doubleValue }
}

extension [ExactDecimal] {
    /// The exact sum; `nil` when it has more digits than fit.
    var total: ExactDecimal? {
        reduce(ExactDecimal(0) as ExactDecimal?) { sum, term in sum.flatMap { $0.adding(term) } }
    }
}
