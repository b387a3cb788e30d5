// The samples of one item at one section within a period, and their mean.

import Records
import RealModule

/// What was measured of one item.
struct ItemSamples: Sendable {
    private var mean = ExactMean()
    /// Sum of the hydrogen-ion concentrations, because a mean pH is the mean of what the logarithm hides.
    private var hydrogenIons = 0.0
    private(set) var missing: (reason: Gap.Reason, at: RowReference)?

    var count: Int { mean.count }

    mutating func add(_ cell: Cell, isPH: Bool, at reference: RowReference) {
        switch cell {
        case .decimal(let value):
            mean.add(value)
            if isPH { hydrogenIons += Double.exp10(-value.doubleValue) }
        case .integer(let value):
            mean.add(ExactDecimal(coefficient: value, scale: 0))
        case .blank: missing = missing ?? (.blank, reference)
        case .absent: missing = missing ?? (.noColumn, reference)
        default: missing = (.unreadable, reference)
        }
    }

    /// The assessed value: the exact mean, rounded once, half to even, to the official decimals.
    ///
    /// The decimals are those of 环办监测函〔2020〕82号; a value that would round to zero keeps one digit.
    func value(of item: WaterQualityStandard.Item) -> ExactDecimal? {
        let decimals = item.decimals ?? 6
        guard item.symbol == "pH", mean.count > 1 else { return mean.value(decimals: decimals, keepingOneDigit: true) }
        // Only here floating point is used: the mean of several pH values goes through 10^-pH.
        let value = -Double.log10(hydrogenIons / Double(mean.count))
        return ExactDecimal(coefficient: Int64((value * 1_000_000).rounded()), scale: 6).rounded(decimals: decimals)
    }
}
