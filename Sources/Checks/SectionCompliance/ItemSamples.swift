// The samples of one item at one section within a period, and their mean.

import Records
import RealModule

/// What was measured of one item.
struct ItemSamples: Sendable {
    private var mean = ExactMean()
    /// The only sample so far; it keeps the digits that were written.
    private var single: ExactDecimal?
    /// Sum of the hydrogen-ion concentrations, because a mean pH is the mean of what the logarithm hides.
    private var hydrogenIons = 0.0
    /// Whether a value lies beyond the pH scale: a slip, which the logarithm would make vanish from the mean.
    private var isBeyondScale = false
    private(set) var missing: (reason: Gap.Reason, at: RowReference)?

    var count: Int { mean.count }

    mutating func add(_ cell: Cell, isPH: Bool, at reference: RowReference) {
        switch cell {
        case .decimal(let value): add(value, isPH: isPH, at: reference)
        case .integer(let value): add(ExactDecimal(coefficient: value, scale: 0), isPH: isPH, at: reference)
        case .blank: missing = missing ?? (.blank, reference)
        case .absent: missing = missing ?? (.noColumn, reference)
        default: missing = (.unreadable, reference)
        }
    }

    private mutating func add(_ value: ExactDecimal, isPH: Bool, at reference: RowReference) {
        // No concentration is negative, and none has ten digits: such a number is a slip, not a measurement.
        guard !value.isNegative, value < Self.tooMuch else {
            missing = (.unreadable, reference)
            return
        }
        mean.add(value)
        single = mean.count == 1 ? value : nil
        guard isPH else { return }
        hydrogenIons += Double.exp10(-value.doubleValue)
        isBeyondScale = isBeyondScale || value.doubleValue > 14
    }

    private static let tooMuch = ExactDecimal(1_000_000_000)

    /// The assessed value: the exact mean, rounded once, half to even, to the official decimals.
    ///
    /// The decimals are those of 环办监测函〔2020〕82号; a value that would round to zero keeps one digit.
    func value(of item: WaterQualityStandard.Item) -> ExactDecimal? {
        let decimals = item.decimals ?? 6
        if let single { return single.roundedKeepingOneDigit(decimals: decimals) }
        guard item.symbol == "pH", mean.count > 0, !isBeyondScale else {
            return mean.value(decimals: decimals, keepingOneDigit: true)
        }
        // Only here floating point is used: the mean of several pH values goes through 10^-pH.
        let value = -Double.log10(hydrogenIons / Double(mean.count))
        return ExactDecimal(coefficient: Int64((value * 1_000_000).rounded()), scale: 6).rounded(decimals: decimals)
    }
}
