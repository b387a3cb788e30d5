// The samples of one item at one section within a period, and their mean.

import Diagnostics
import Records
import RealModule

/// What was measured of one item.
struct ItemSamples: Sendable {
    private var mean = ExactMean()
    /// The only sample so far; it keeps the digits that were written.
    private var single: ExactDecimal?
    /// Sum of the hydrogen-ion concentrations, because a mean pH is the mean of what the logarithm hides.
    private var hydrogenIons = 0.0
    private(set) var missing: (reason: Gap.Reason, at: RowReference)?
    /// How many samples were below their detection limit.
    private(set) var notDetected = 0
    /// The largest of those limits.
    private(set) var detectionLimit: (value: ExactDecimal, at: RowReference)?

    var count: Int { mean.count }

    /// Takes one cell; gives what is wrong with a number that cannot have been measured, which then counts as unreadable.
    ///
    /// A feed should state bounds, and then its reader has told of such a number. But a mean must not break for want of
    /// them: a pH of −400 has no logarithm to come back from.
    mutating func add(_ cell: Cell, isPH: Bool, at reference: RowReference) -> Diagnostic? {
        switch cell {
        case .decimal(let value): return add(value, isPH: isPH, at: reference)
        case .integer(let value): return add(ExactDecimal(coefficient: value, scale: 0), isPH: isPH, at: reference)
        case .notDetected(let limit?): return addHalf(of: limit, isPH: isPH, at: reference)
        case .blank, .absent, .missing: missing = missing ?? (Gap.Reason(cell), reference)
        default: missing = (Gap.Reason(cell), reference)
        }
        return nil
    }

    /// What is wrong with a number that would not count.
    static func slip(in cell: Cell, isPH: Bool) -> Diagnostic? {
        var none = ItemSamples()
        return none.add(cell, isPH: isPH, at: RowReference(file: "", line: 0))
    }

    /// Takes a sample that was below its detection limit: half of the limit enters the mean (环办监测函〔2020〕82号, item 7).
    private mutating func addHalf(of limit: ExactDecimal, isPH: Bool, at reference: RowReference) -> Diagnostic? {
        guard !isPH, let half = limit.multiplied(by: ExactDecimal(coefficient: 5, scale: 1)) else {
            missing = (.unreadable, reference)
            return Diagnostic("this cannot be a detection limit, the value is not used", found: "<\(limit)")
        }
        if let slip = add(half, isPH: false, at: reference) { return slip }
        notDetected += 1
        if limit > detectionLimit?.value ?? ExactDecimal(0) { detectionLimit = (limit, reference) }
        return nil
    }

    private mutating func add(_ value: ExactDecimal, isPH: Bool, at reference: RowReference) -> Diagnostic? {
        let largest = isPH ? Self.endOfScale : Self.tooMuch
        guard !value.isNegative, value <= largest else {
            missing = (.unreadable, reference)
            return Diagnostic(
                "this cannot have been measured, the value is not used",
                found: value.description,
                expected: "a number from 0 to \(largest)",
                remedy: "look for a lost decimal point or another unit"
            )
        }
        mean.add(value)
        single = mean.count == 1 ? value : nil
        if isPH { hydrogenIons += Double.exp10(-value.doubleValue) }
        return nil
    }

    /// Beyond it the logarithm would make a slip vanish from the mean.
    private static let endOfScale = ExactDecimal(14)
    /// No concentration has ten digits.
    private static let tooMuch = ExactDecimal(999_999_999)

    /// The assessed value: the exact mean, rounded once, half to even, to the official decimals.
    ///
    /// The decimals are those of 环办监测函〔2020〕82号; a value that would round to zero keeps one digit.
    func value(of item: WaterQualityStandard.Item) -> ExactDecimal? {
        let decimals = item.decimals ?? 6
        if let single { return single.roundedKeepingOneDigit(decimals: decimals) }
        guard item.symbol == "pH", mean.count > 0 else {
            return mean.value(decimals: decimals, keepingOneDigit: true)
        }
        // Only here floating point is used: the mean of several pH values goes through 10^-pH.
        let value = -Double.log10(hydrogenIons / Double(mean.count))
        return ExactDecimal(coefficient: Int64((value * 1_000_000).rounded()), scale: 6).rounded(decimals: decimals)
    }
}
