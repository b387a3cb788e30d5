// A surface-water standard as data: items, class limits, official decimals. The numbers live in configuration.

package import Records

/// A water-quality class of GB 3838, best first; the raw value is how scripts read it.
package enum WaterClass: String, Sendable, Comparable, CaseIterable {
    case i = "I", ii = "II", iii = "III", iv = "IV", v = "V"
    /// 劣Ⅴ, worse than every class of the standard.
    case worseThanV = "V+"

    /// 0 for class I to 5 for worse than class V.
    package var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }

    package static func < (left: WaterClass, right: WaterClass) -> Bool { left.rank < right.rank }

    /// Reads a target class as people write it: `Ⅲ`, `III`, `Ⅲ类`, `3`, `三类`; `nil` for anything else.
    package init?(written text: String) {
        var name = String(text.unicodeScalars.map { Character(Self.halfWidth($0)) }).filter { !$0.isWhitespace }
        if name.hasSuffix("类") || name.hasSuffix("類") { name.removeLast() }
        switch name.uppercased() {
        case "I", "Ⅰ", "1", "一": self = .i
        case "II", "Ⅱ", "2", "二": self = .ii
        case "III", "Ⅲ", "3", "三": self = .iii
        case "IV", "Ⅳ", "4", "四": self = .iv
        case "V", "Ⅴ", "5", "五": self = .v
        case "V+", ">V", ">Ⅴ", "劣V", "劣Ⅴ", "劣五": self = .worseThanV
        default: return nil
        }
    }

    /// Reads a class that a section can have to reach; nothing is worse than the last one.
    package init?(target text: String) {
        self.init(written: text)
        guard self != .worseThanV else { return nil }
    }

    private static func halfWidth(_ scalar: UnicodeScalar) -> UnicodeScalar {
        (0xFF01...0xFF5E).contains(scalar.value) ? UnicodeScalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }
}

/// A standard's table of limits.
package struct WaterQualityStandard: Sendable, Hashable {
    /// Which side of its limits an item has to stay on; a value equal to the limit meets it.
    package enum Direction: String, Sendable, CaseIterable {
        case max, min, range
    }

    /// One measured item with a limit for each class.
    package struct Item: Sendable, Hashable {
        /// The symbol that tables and verdicts use, such as `NH3-N`.
        package let symbol: String
        package let unit: String
        package let direction: Direction
        /// The limit for each class, best first; for `range` the upper end.
        package let limits: [ExactDecimal]
        /// The lower end for `range`.
        package let lower: ExactDecimal?
        /// Decimals of an assessed mean; nil keeps the value as it is.
        package let decimals: Int?
        /// Whether the item decides the class of a river section.
        package let decides: Bool

        package init(
            symbol: String,
            unit: String,
            direction: Direction,
            limits: [ExactDecimal],
            lower: ExactDecimal? = nil,
            decimals: Int?,
            decides: Bool
        ) {
            self.symbol = symbol
            self.unit = unit
            self.direction = direction
            self.limits = limits
            self.lower = lower
            self.decimals = decimals
            self.decides = decides
        }

        /// The best class whose limit the value meets (GB 3838-2002, clause 5.1: single-factor assessment).
        package func waterClass(of value: ExactDecimal) -> WaterClass {
            for (limit, waterClass) in zip(limits, WaterClass.allCases) where meets(value, limit) { return waterClass }
            return .worseThanV
        }

        /// The limit of a class; for worse than V that of V.
        package func limit(of waterClass: WaterClass) -> ExactDecimal? {
            limits.isEmpty ? nil : limits[min(waterClass.rank, limits.count - 1)]
        }

        /// By how many times the limit the value exceeds it, or `nil` when it does not or the item has no multiple.
        ///
        /// Value ÷ limit − 1, to three decimals; dissolved oxygen and pH have none (环办〔2011〕22号).
        package func multiple(_ value: ExactDecimal, over limit: ExactDecimal?) -> ExactDecimal? {
            guard direction == .max, let limit, value > limit else { return nil }
            return value.subtracting(limit)?.divided(by: limit, decimals: 3)
        }

        private func meets(_ value: ExactDecimal, _ limit: ExactDecimal) -> Bool {
            switch direction {
            case .max: value <= limit
            case .min: value >= limit
            case .range: value <= limit && (lower.map { value >= $0 } ?? true)
            }
        }
    }

    /// The standard's name, such as `GB3838-2002`.
    package let name: String
    /// In the standard's own order.
    package let items: [Item]

    package init(name: String, items: [Item]) {
        self.name = name
        self.items = items
    }

    /// The items that decide a river section's class.
    package var deciding: [Item] { items.filter(\.decides) }
}
