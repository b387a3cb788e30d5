// The numbers that a column says can be meant, asked for every number of a table.

/// Whole numbers between which every number can be meant, so that nearly none has to be compared exactly.
struct NumberBounds: Sendable {
    /// Whether not every number can be meant.
    private let isBounded: Bool
    private let low: Int64
    private let high: Int64

    /// So large that its product with the powers below never overflows.
    private static let largest = Int64.max / 10_000_000

    init(_ column: Column) {
        isBounded = column.atLeast != nil || column.atMost != nil
        // A bound with decimals is left to the exact comparison.
        low = column.atLeast.map { Self.whole($0) ?? Self.largest } ?? -Self.largest
        high = column.atMost.map { Self.whole($0) ?? -Self.largest } ?? Self.largest
    }

    private static func whole(_ bound: ExactDecimal) -> Int64? {
        let plain = bound.trimmed
        return plain.scale == 0 && (-largest...largest).contains(plain.coefficient) ? plain.coefficient : nil
    }

    /// Whether the number can certainly be meant; if not, only an exact comparison tells.
    @inline(__always)
    func certainlyAdmit(_ number: ExactDecimal) -> Bool {
        guard isBounded else { return true }
        let scale = number.scale
        guard scale < 8 else { return false }
        // Choices by the scale's bits: as scales change from cell to cell, a jump would often be guessed wrong.
        let power = (scale & 1 == 0 ? 1 : 10) &* (scale & 2 == 0 ? 1 : 100) &* (scale & 4 == 0 ? 1 : 10_000 as Int64)
        return number.coefficient >= low &* power && number.coefficient <= high &* power
    }
}

extension Column {
    /// Whether the number may be meant.
    func admits(_ number: ExactDecimal) -> Bool { number >= atLeast ?? number && number <= atMost ?? number }
}
