// The value of one item over months, from what was measured in each of them.

import Records
import RealModule

/// One item over the months of a period: its exact mean, and what it rests on.
struct ItemMean: Sendable {
    /// Which measurements count alike.
    enum Weighting: Sendable {
        /// Every sample does, as within a month or a quarter.
        case samples
        /// Every month does, as in a year and in its months so far.
        case months
    }

    let samples: Int
    /// In how many months it was measured.
    let months: Int
    let notDetected: Int
    let detectionLimit: (value: ExactDecimal, at: RowPlace)?
    /// The mean before it is rounded; `nil` for pH, and when it has too many digits.
    let exact: ExactFraction?
    /// The mean concentration of hydrogen ions in mol/L, for pH.
    let hydrogenIons: Double?
    /// The only sample, with the digits that were written.
    let single: ExactDecimal?

    /// - Parameter parts: What was measured in each month, months without a value left out; not empty.
    init(_ parts: [ItemSamples], isPH: Bool, weighting: Weighting) {
        samples = parts.reduce(0) { $0 + $1.count }
        months = parts.count
        notDetected = parts.reduce(0) { $0 + $1.notDetected }
        detectionLimit = parts.compactMap(\.detectionLimit).max { $0.value < $1.value }
        single = parts.count == 1 ? parts.first?.mean.single : nil
        if isPH {
            exact = nil
            let weights = parts.map { weighting == .months ? 1 : Double($0.count) }
            let sum = zip(parts, weights).reduce(0) { $0 + $1.0.meanHydrogenIons * $1.1 }
            hydrogenIons = sum / weights.reduce(0, +)
        } else {
            hydrogenIons = nil
            exact = Self.exact(parts.map(\.mean), weighting)
        }
    }

    private static func exact(_ means: [ExactMean], _ weighting: Weighting) -> ExactFraction? {
        if means.count == 1 { return means.first?.fraction }
        let fractions = means.compactMap(\.fraction)
        guard fractions.count == means.count else { return nil }
        switch weighting {
        case .months: return ExactFraction.mean(of: fractions)
        case .samples:
            var pooled = ExactMean()
            for mean in means { pooled.add(mean) }
            return pooled.fraction
        }
    }

    /// The assessed value: the exact mean, rounded once, half to even, to the official decimals.
    ///
    /// The decimals are those of 环办监测函〔2020〕82号; a value that would round to zero keeps one digit.
    func rounded(decimals: Int) -> ExactDecimal? {
        if let single { return single.roundedKeepingOneDigit(decimals: decimals) }
        // Only here floating point is used: the mean of several pH values goes through 10^-pH.
        if let hydrogenIons { return Self.pH(hydrogenIons).rounded(decimals: decimals) }
        return exact?.rounded(decimals: decimals, keepingOneDigit: true)
    }

    /// The pH of a concentration, to six decimals.
    static func pH(_ hydrogenIons: Double) -> ExactDecimal {
        ExactDecimal(coefficient: Int64((-Double.log10(hydrogenIons) * 1_000_000).rounded()), scale: 6)
    }
}
