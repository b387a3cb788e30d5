// The samples of one item at one section within a month, and their mean.

import Diagnostics
import Records
import RealModule

/// What was measured of one item, in a hundred bytes or so however many samples there were.
struct ItemSamples: Sendable {
    private(set) var mean = ExactMean()
    /// Sum of the hydrogen-ion concentrations, because a mean pH is the mean of what the logarithm hides.
    private var hydrogenIons = 0.0
    private(set) var missing: (reason: Gap.Reason, at: RowPlace)?
    /// How many samples were below their detection limit.
    private(set) var notDetected = 0
    /// The largest of those limits.
    private(set) var detectionLimit: (value: ExactDecimal, at: RowPlace)?
    /// Whether a number stood there that cannot have been measured.
    private(set) var isImplausible = false
    /// Whether a sample was nothing at all, which no method can find.
    private(set) var hasZero = false

    var count: Int { mean.count }

    /// The mean concentration of hydrogen ions, in mol/L.
    var meanHydrogenIons: Double { hydrogenIons / Double(count) }

    /// Takes one cell; gives what is wrong with a number that cannot have been measured, which then counts as unreadable.
    ///
    /// A feed should state bounds, and then its reader has told of such a number. But a mean must not break for want of
    /// them: a pH of −400 has no logarithm to come back from.
    mutating func add(_ cell: Cell, isPH: Bool, at place: RowPlace) -> Diagnostic? {
        switch cell {
        case .decimal(let value): return add(value, isPH: isPH, at: place)
        case .integer(let value): return add(ExactDecimal(coefficient: value, scale: 0), isPH: isPH, at: place)
        case .notDetected(let limit?): return addHalf(of: limit, isPH: isPH, at: place)
        case .blank, .absent, .missing: missing = missing ?? (Gap.Reason(cell), place)
        default:
            if cell == .implausible { isImplausible = true }
            missing = (Gap.Reason(cell), place)
        }
        return nil
    }

    /// What is wrong with a number that would not count.
    static func slip(in cell: Cell, isPH: Bool) -> Diagnostic? {
        var none = ItemSamples()
        return none.add(cell, isPH: isPH, at: RowPlace.nowhere)
    }

    /// Takes a sample that was below its detection limit: half of the limit enters the mean (环办监测函〔2020〕82号, item 7).
    private mutating func addHalf(of limit: ExactDecimal, isPH: Bool, at place: RowPlace) -> Diagnostic? {
        guard !isPH, let half = limit.multiplied(by: ExactDecimal(coefficient: 5, scale: 1)) else {
            missing = (.unreadable, place)
            return Diagnostic("this cannot be a detection limit, the value is not used", found: "<\(limit)")
        }
        if let slip = add(half, isPH: false, at: place) { return slip }
        notDetected += 1
        if limit > detectionLimit?.value ?? ExactDecimal(0) { detectionLimit = (limit, place) }
        return nil
    }

    private mutating func add(_ value: ExactDecimal, isPH: Bool, at place: RowPlace) -> Diagnostic? {
        let largest = isPH ? Self.endOfScale : Self.tooMuch
        guard !value.isNegative, value.isAtMost(largest) else {
            missing = (.unreadable, place)
            isImplausible = true
            return Diagnostic(
                "this cannot have been measured, the value is not used",
                found: value.description,
                expected: "a number from 0 to \(largest)",
                remedy: "look for a lost decimal point or another unit"
            )
        }
        mean.add(value)
        if value.isZero { hasZero = true }
        if isPH { hydrogenIons += Double.exp10(-value.doubleValue) }
        return nil
    }

    /// Beyond it the logarithm would make a slip vanish from the mean.
    private static let endOfScale: Int64 = 14
    /// No concentration has ten digits.
    private static let tooMuch: Int64 = 999_999_999
}
