// What a site has to hold: its own numbers, months of supply, rules on reserves, and what a service level asks for.

import Almanac
import Records

/// The limits of one item at one site, in base units.
struct StockLimits: Sendable {
    /// One demand on the least that has to be there.
    struct Requirement: Sendable {
        let quantity: Ratio
        /// How it comes about, with the numbers.
        let arithmetic: String
        /// The edition of the rule that sets it; `nil` for what the register itself states.
        let rule: StockRule?
    }

    private(set) var requirements: [Requirement] = []
    private(set) var maximum: Ratio?
    /// Below which an order cannot wait for the next review.
    private(set) var emergencyPoint: Ratio?
    private(set) var reorderPoint: Ratio?
    private(set) var safetyStock: Ratio?
    /// How the other limits come about.
    private(set) var arithmetic: [String] = []
    /// Rules that the policy names and that set nothing: no edition is in force, or a number that it needs is unknown.
    private(set) var gaps: [Gap] = []

    init(_ policy: StockPolicy, _ demand: Demand, rules: [StockRule], on day: CivilDate) {
        if let minimum = policy.minimum.decimal {
            requirements.append(Requirement(quantity: Ratio(minimum), arithmetic: "min = \(minimum)", rule: nil))
        }
        if let days = policy.minimumDays.decimal, let quantity = demand.daily.flatMap({ $0.times(days) }) {
            add("minimumDays \(days)", "daily", quantity, nil)
        }
        if let months = policy.number("min_months") {
            if let quantity = demand.monthly.flatMap({ $0.times(months) }) {
                add("minMonths \(months)", "amc", quantity, nil)
            } else {
                gaps.append(Gap(.noRow, "consumption", at: policy.source))
            }
        }
        for name in policy.rules { apply(name, policy, demand, rules, day) }
        maximum =
            policy.number("maximum").map { Ratio($0) } ?? level("max", policy.number("max_months"), demand)
        emergencyPoint =
            policy.number("emergency_point").map { Ratio($0) } ?? level("eop", policy.number("eop_months"), demand)
        if let daily = demand.daily, let lead = policy.number("lead_days") { reorder(policy, demand, daily, lead) }
    }

    /// The largest of the demands on the least that has to be there.
    var decisive: Requirement? {
        requirements.reduce(nil) { largest, next in
            largest.map { $0.quantity < next.quantity ? next : $0 } ?? next
        }
    }

    private mutating func add(_ what: String, _ rate: String, _ quantity: Ratio, _ rule: StockRule?) {
        let shown = quantity.shown?.description ?? "?"
        requirements.append(
            Requirement(quantity: quantity, arithmetic: "min = \(what) × \(rate) = \(shown)", rule: rule)
        )
    }

    private mutating func level(_ name: String, _ months: ExactDecimal?, _ demand: Demand) -> Ratio? {
        guard let months, let quantity = demand.monthly.flatMap({ $0.times(months) }) else { return nil }
        arithmetic.append("\(name) = \(months) × amc = \(quantity.shown?.description ?? "?")")
        return quantity
    }

    private mutating func apply(
        _ name: String,
        _ policy: StockPolicy,
        _ demand: Demand,
        _ rules: [StockRule],
        _ day: CivilDate
    ) {
        guard let rule = rules.last(where: { $0.name == name && $0.isInForce(on: day) }) else {
            return gaps.append(Gap(.noRow, "rule \(name)", at: policy.source))
        }
        let quantity: Ratio?
        switch rule.kind {
        case .daysOfSupply: quantity = demand.daily.flatMap { $0.times(rule.value) }
        case .monthsOfSupply: quantity = demand.monthly.flatMap { $0.times(rule.value) }
        case .populationShare:
            quantity = policy.number("population")?.multiplied(by: rule.value)?
                .multiplied(by: rule.perPerson ?? ExactDecimal(1)).flatMap { Ratio($0, by: ExactDecimal(100)) }
        }
        guard let quantity else { return gaps.append(Gap(.blank, "base of rule \(name)", at: policy.source)) }
        switch rule.kind {
        case .daysOfSupply: add("\(name) \(rule.value) d", "daily", quantity, rule)
        case .monthsOfSupply: add("\(name) \(rule.value) mo", "amc", quantity, rule)
        case .populationShare:
            add(
                "\(name) \(rule.value) % × \(rule.perPerson ?? ExactDecimal(1))",
                "population \(policy.number("population") ?? ExactDecimal(0))",
                quantity,
                rule
            )
        }
    }

    /// Reorder point and safety stock at a service level, with deliveries that take longer or shorter.
    ///
    /// The stock has to last for the lead time, and under periodic review until the delivery after the next review
    /// (Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains, 4th ed., chapter 6).
    private mutating func reorder(_ policy: StockPolicy, _ demand: Demand, _ daily: Ratio, _ lead: ExactDecimal) {
        let review = policy.number("review_days") ?? ExactDecimal(0)
        guard let protected = lead.adding(review), let need = daily.times(protected) else { return }
        guard let level = policy.number("service_level").flatMap(ServiceLevel.init) else {
            reorderPoint = need
            arithmetic.append("reorderPoint = daily × \(protected) d = \(need.shown?.description ?? "?")")
            return
        }
        let days = Int(protected.doubleValue.rounded(.up))
        let spread = policy.number("demand_sd")?.doubleValue ?? Spread(demand.perDay)?.standardDeviation
        if let empirical = Spread(demand.perDay)?.quantile(level.percent, ofSumsOver: days) {
            guard let safety = Ratio(empirical).minus(need) else { return }
            reorderPoint = Ratio(empirical)
            safetyStock = safety < Ratio(ExactDecimal(0)) ? Ratio(ExactDecimal(0)) : safety
            arithmetic.append("reorderPoint = quantile \(level.percent) % of \(days)-day sums = \(empirical)")
            return
        }
        guard let spread else { return }
        let leadSpread = (policy.number("lead_sd_days") ?? ExactDecimal(0)).doubleValue
        let variance =
            protected.doubleValue * spread * spread + daily.approximate * daily.approximate * leadSpread * leadSpread
        guard let deviation = ExactDecimal(nearest: variance.squareRoot()),
            let safety = level.factor.multiplied(by: deviation), let point = need.plus(Ratio(safety))
        else { return }
        safetyStock = Ratio(safety)
        reorderPoint = point
        let sd = ExactDecimal(nearest: spread)?.trimmed.description ?? "?"
        arithmetic.append(
            "safetyStock = \(level.factor) × √(\(protected) × \(sd)² + daily² × \(leadSpread)²) = "
                + "\(Ratio(safety).shown?.description ?? "?")"
        )
        arithmetic.append(
            "reorderPoint = daily × \(protected) d + safetyStock = \(point.shown?.description ?? "?")"
        )
    }
}

/// How consumption varies from day to day.
private struct Spread {
    private let daily: [ExactDecimal]
    private let values: [Double]

    /// Fewer days than these tell nothing of what varies.
    private static let fewestDays = 14

    init?(_ daily: [ExactDecimal]) {
        guard daily.count >= Self.fewestDays else { return nil }
        self.daily = daily
        values = daily.map(\.doubleValue)
    }

    private var mean: Double { values.reduce(0, +) / Double(values.count) }

    /// The sample standard deviation (n − 1).
    var standardDeviation: Double {
        let mean = mean
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count - 1)).squareRoot()
    }

    /// Of sums over that many days in a row, the smallest that so many percent do not exceed.
    ///
    /// `nil` where days are alike enough for the normal distribution: less varied than their mean, and few without any use.
    func quantile(_ percent: ExactDecimal, ofSumsOver days: Int) -> ExactDecimal? {
        let idle = values.count { $0 == 0 }
        guard standardDeviation > mean || idle * 10 > values.count * 3, days > 0, values.count >= 2 * days else {
            return nil
        }
        let sums = (0...(daily.count - days)).compactMap { daily[$0..<($0 + days)].map(\.self).total }.sorted()
        guard !sums.isEmpty else { return nil }
        let rank = Int((percent.doubleValue / 100 * Double(sums.count)).rounded(.up))
        return sums[max(0, min(rank, sums.count) - 1)]
    }
}

extension ExactDecimal {
    /// The number to four decimals that is nearest to a binary fraction; `nil` for what is too large or no number.
    init?(nearest value: Double) {
        let scaled = (value * 10_000).rounded(.toNearestOrEven)
        guard scaled.isFinite, scaled.magnitude < 9e17 else { return nil }
        self.init(coefficient: Int64(scaled), scale: 4)
    }
}
