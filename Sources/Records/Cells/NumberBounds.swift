// The numbers that a column says can be meant, asked for every number of a table.

/// A smallest and a largest number, both of which can be meant, or none.
struct NumberBounds: Sendable {
    /// Whether not every number can be meant.
    private let isBounded: Bool
    private let atLeast: ExactDecimal?
    private let atMost: ExactDecimal?
    /// Whole numbers within the bounds; between them nothing has to be asked more closely.
    private let low: Int64
    private let high: Int64

    /// So large that its product with the powers below never overflows.
    private static let largest = Int64.max / 10_000

    init(_ column: Column) {
        isBounded = column.atLeast != nil || column.atMost != nil
        atLeast = column.atLeast
        atMost = column.atMost
        // A bound with decimals is left to the exact comparison.
        low = column.atLeast.map { Self.whole($0) ?? Self.largest } ?? -Self.largest
        high = column.atMost.map { Self.whole($0) ?? -Self.largest } ?? Self.largest
    }

    private static func whole(_ bound: ExactDecimal) -> Int64? {
        let plain = bound.trimmed
        return plain.scale == 0 && (-largest...largest).contains(plain.coefficient) ? plain.coefficient : nil
    }

    /// Whether the number may be meant.
    @inline(__always)
    func admits(_ number: ExactDecimal) -> Bool { !isBounded || isBetweenWholes(number) || isWithin(number) }

    @inline(__always)
    private func isBetweenWholes(_ number: ExactDecimal) -> Bool {
        let power: Int64
        switch number.scale {
        case 0: power = 1
        case 1: power = 10
        case 2: power = 100
        case 3: power = 1_000
        case 4: power = 10_000
        default: return false
        }
        return number.coefficient >= low &* power && number.coefficient <= high &* power
    }

    @inline(never)
    private func isWithin(_ number: ExactDecimal) -> Bool {
        number >= atLeast ?? number && number <= atMost ?? number
    }
}
