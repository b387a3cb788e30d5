// A surface-water standard as data: items, class limits, official decimals. The numbers live in configuration.

package import Almanac
package import Records

/// What kind of water a section lies in; some limits are stricter in still water.
package enum WaterBody: String, Sendable, CaseIterable {
    case river
    /// A lake or a reservoir.
    case lake

    /// Reads it as people write it; `nil` for anything else.
    package init?(written text: String) {
        switch text.lowercased() {
        case "river", "河", "河流", "河道": self = .river
        case "lake", "湖", "湖泊", "水库", "湖库", "reservoir": self = .lake
        default: return nil
        }
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
        /// The limit for each class, best first; for `range` the upper end; empty where the standard has none.
        package let limits: [ExactDecimal]
        /// The limits in lakes and reservoirs, where they are others.
        package let lakeLimits: [ExactDecimal]
        /// The lower end for `range`.
        package let lower: ExactDecimal?
        /// Decimals of an assessed mean; nil keeps the value as it is.
        package let decimals: Int?
        /// Whether the item decides the class of a river section.
        package let decides: Bool
        /// Whether it is named before others among the main pollution indicators, as cyanide and heavy metals are.
        package let leads: Bool
        /// The limit for sources of drinking water, of an item that has no classes (table 2).
        package let drinkingWaterLimit: ExactDecimal?

        package init(
            symbol: String,
            unit: String,
            direction: Direction,
            limits: [ExactDecimal],
            lakeLimits: [ExactDecimal] = [],
            lower: ExactDecimal? = nil,
            decimals: Int?,
            decides: Bool,
            leads: Bool = false,
            drinkingWaterLimit: ExactDecimal? = nil
        ) {
            self.symbol = symbol
            self.unit = unit
            self.direction = direction
            self.limits = limits
            self.lakeLimits = lakeLimits
            self.lower = lower
            self.decimals = decimals
            self.decides = decides
            self.leads = leads
            self.drinkingWaterLimit = drinkingWaterLimit
        }

        /// The limits that hold in a kind of water.
        package func limits(in body: WaterBody) -> [ExactDecimal] {
            body == .lake && !lakeLimits.isEmpty ? lakeLimits : limits
        }

        /// The best class whose limit the value meets (GB 3838-2002, clause 5.1: single-factor assessment).
        package func waterClass(of value: ExactDecimal, in body: WaterBody = .river) -> WaterClass {
            for (limit, waterClass) in zip(limits(in: body), WaterClass.allCases) where meets(value, limit) {
                return waterClass
            }
            return .worseThanV
        }

        /// The limit of a class; for worse than V that of V.
        package func limit(of waterClass: WaterClass, in body: WaterBody = .river) -> ExactDecimal? {
            let limits = limits(in: body)
            return limits.isEmpty ? nil : limits[min(waterClass.rank, limits.count - 1)]
        }

        /// By how many times the limit the value exceeds it, or `nil` when it does not or the item has no multiple.
        ///
        /// Value ÷ limit − 1, to three decimals; dissolved oxygen and pH have none (环办〔2011〕22号).
        package func multiple(_ value: ExactDecimal, over limit: ExactDecimal?) -> ExactDecimal? {
            guard direction == .max, let limit, value > limit else { return nil }
            return value.subtracting(limit)?.divided(by: limit, decimals: 3)
        }

        /// Whether a value meets a limit; equal to it does.
        package func meets(_ value: ExactDecimal, _ limit: ExactDecimal) -> Bool {
            switch direction {
            case .max: value <= limit
            case .min: value >= limit
            case .range: value <= limit && (lower.map { value >= $0 } ?? true)
            }
        }
    }

    /// No standard has more items that tables measure.
    package static let mostItems = 64

    /// The standard's name, such as `GB3838-2002`.
    package let name: String
    /// In the standard's own order.
    package let items: [Item]
    /// The first day on which it is in force; `nil` when it always was.
    package let validFrom: CivilDate?
    /// The last one; `nil` when no end is known.
    package let validUntil: CivilDate?
    /// How states are told by it.
    package let method: AssessmentMethod
    /// What is odd about the values of its items.
    package let plausibility: PlausibilityLimits

    package init(
        name: String,
        items: [Item],
        validFrom: CivilDate? = nil,
        validUntil: CivilDate? = nil,
        method: AssessmentMethod,
        plausibility: PlausibilityLimits
    ) {
        self.name = name
        self.items = items
        self.method = method
        self.plausibility = plausibility
        self.validFrom = validFrom
        self.validUntil = validUntil
    }

    /// The items that decide a river section's class.
    package var deciding: [Item] { items.filter(\.decides) }

    /// Whether it is in force on a day.
    package func isInForce(on day: CivilDate) -> Bool {
        DaysInForce(from: validFrom, until: validUntil).contains(day)
    }
}
