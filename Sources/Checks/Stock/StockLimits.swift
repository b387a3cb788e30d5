// What a site has to hold: its own numbers, months of supply, rules on reserves, and what a service level asks for.

import Almanac
import Records

/// The limits of one item at one site, in base units.
struct StockLimits: Sendable {
    /// One demand on the least that has to be there.
    struct Requirement: Sendable {
        /// How the quantity comes about.
        enum Basis: Sendable {
            case quantity(ExactDecimal)
            case days(ExactDecimal)
            case months(ExactDecimal)
            case daysByRule(StockRule)
            case monthsByRule(StockRule)
            case population(ExactDecimal, StockRule)
        }

        let quantity: Ratio
        let basis: Basis

        /// The edition of the rule that sets it; `nil` for what the register itself states.
        var rule: StockRule? {
            switch basis {
            case .quantity, .days, .months: nil
            case .daysByRule(let rule), .monthsByRule(let rule), .population(_, let rule): rule
            }
        }

        /// How it comes about, with the numbers.
        var arithmetic: String {
            let product =
                switch basis {
                case .quantity(let minimum): "\(minimum)"
                case .days(let days): "minimumDays \(days) × daily"
                case .months(let months): "minMonths \(months) × amc"
                case .daysByRule(let rule): "\(rule.name) \(rule.value) d × daily"
                case .monthsByRule(let rule): "\(rule.name) \(rule.value) mo × amc"
                case .population(let people, let rule):
                    "\(rule.name) \(rule.value) % × \(rule.perPerson ?? ExactDecimal(1)) × population \(people)"
                }
            if case .quantity = basis { return "min = \(product)" }
            return "min = \(product) = \(shown(quantity))"
        }
    }

    /// How one of the other limits comes about.
    enum Step: Sendable {
        case level(String, months: ExactDecimal, Ratio)
        case reorder(days: ExactDecimal, Ratio)
        case quantile(percent: ExactDecimal, days: Int, ExactDecimal)
        case safety(factor: ExactDecimal, days: ExactDecimal, deviation: Double, leadDeviation: Double, Ratio)
        case reorderWithSafety(days: ExactDecimal, Ratio)

        /// The line of arithmetic.
        var text: String {
            switch self {
            case .level(let name, let months, let quantity): "\(name) = \(months) × amc = \(shown(quantity))"
            case .reorder(let days, let need): "reorderPoint = daily × \(days) d = \(shown(need))"
            case .quantile(let percent, let days, let sum):
                "reorderPoint = quantile \(percent) % of \(days)-day sums = \(sum)"
            case .safety(let factor, let days, let deviation, let leadDeviation, let stock):
                "safetyStock = \(factor) × √(\(days) × \(ExactDecimal(nearest: deviation)?.trimmed.description ?? "?")² "
                    + "+ daily² × \(leadDeviation)²) = \(shown(stock))"
            case .reorderWithSafety(let days, let point):
                "reorderPoint = daily × \(days) d + safetyStock = \(shown(point))"
            }
        }
    }

    private(set) var requirements: [Requirement] = []
    private(set) var maximum: Ratio?
    /// Below which an order cannot wait for the next review.
    private(set) var emergencyPoint: Ratio?
    private(set) var reorderPoint: Ratio?
    private(set) var safetyStock: Ratio?
    /// How the other limits come about.
    private(set) var steps: [Step] = []
    /// Rules that the policy names and that set nothing: no edition is in force, or a number that it needs is unknown.
    private(set) var gaps: [(reason: Gap.Reason, what: String)] = []

    init(_ policy: StockPolicy, _ demand: Demand, rules: [StockRule], on day: CivilDate) {
        if let minimum = policy.minimum.decimal { add(Ratio(minimum), .quantity(minimum)) }
        if let days = policy.minimumDays.decimal, let quantity = demand.daily?.times(days) {
            add(quantity, .days(days))
        }
        if let months = policy.number(.minMonths) {
            if let quantity = demand.monthly?.times(months) {
                add(quantity, .months(months))
            } else {
                gaps.append((.noRow, "consumption"))
            }
        }
        for name in policy.rules { apply(name, policy, demand, rules, day) }
        maximum = policy.number(.maximum).map { Ratio($0) } ?? level("max", policy.number(.maxMonths), demand)
        emergencyPoint =
            policy.number(.emergencyPoint).map { Ratio($0) } ?? level("eop", policy.number(.eopMonths), demand)
        if let daily = demand.daily, let lead = policy.number(.leadDays) { reorder(policy, demand, daily, lead) }
    }

    /// The largest of the demands on the least that has to be there.
    var decisive: Requirement? {
        requirements.reduce(nil) { largest, next in
            largest.map { $0.quantity < next.quantity ? next : $0 } ?? next
        }
    }

    private mutating func add(_ quantity: Ratio, _ basis: Requirement.Basis) {
        requirements.append(Requirement(quantity: quantity, basis: basis))
    }

    private mutating func level(_ name: String, _ months: ExactDecimal?, _ demand: Demand) -> Ratio? {
        guard let months, let quantity = demand.monthly?.times(months) else { return nil }
        steps.append(.level(name, months: months, quantity))
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
            return gaps.append((.noRow, "rule \(name)"))
        }
        switch rule.kind {
        case .daysOfSupply:
            if let quantity = demand.daily?.times(rule.value) { return add(quantity, .daysByRule(rule)) }
        case .monthsOfSupply:
            if let quantity = demand.monthly?.times(rule.value) { return add(quantity, .monthsByRule(rule)) }
        case .populationShare:
            if let people = policy.number(.population),
                let quantity = people.multiplied(by: rule.value)?.multiplied(by: rule.perPerson ?? ExactDecimal(1)),
                let share = Ratio(quantity, by: ExactDecimal(100))
            {
                return add(share, .population(people, rule))
            }
        }
        gaps.append((.blank, "base of rule \(name)"))
    }

    /// Reorder point and safety stock at a service level, with deliveries that take longer or shorter.
    ///
    /// The stock has to last for the lead time, and under periodic review until the delivery after the next review
    /// (Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains, 4th ed., chapter 6).
    private mutating func reorder(_ policy: StockPolicy, _ demand: Demand, _ daily: Ratio, _ lead: ExactDecimal) {
        let review = policy.number(.reviewDays) ?? ExactDecimal(0)
        guard let protected = lead.adding(review), let need = daily.times(protected) else { return }
        guard let level = policy.number(.serviceLevel).flatMap(ServiceLevel.init) else {
            reorderPoint = need
            steps.append(.reorder(days: protected, need))
            return
        }
        let days = Int(protected.doubleValue.rounded(.up))
        let spread = policy.number(.demandSD)?.doubleValue ?? Spread(demand.perDay)?.standardDeviation
        if let empirical = Spread(demand.perDay)?.quantile(level.percent, ofSumsOver: days) {
            guard let safety = Ratio(empirical).minus(need) else { return }
            reorderPoint = Ratio(empirical)
            safetyStock = safety < Ratio(ExactDecimal(0)) ? Ratio(ExactDecimal(0)) : safety
            steps.append(.quantile(percent: level.percent, days: days, empirical))
            return
        }
        guard let spread else { return }
        let leadSpread = (policy.number(.leadSDDays) ?? ExactDecimal(0)).doubleValue
        let variance =
            protected.doubleValue * spread * spread + daily.approximate * daily.approximate * leadSpread * leadSpread
        guard let deviation = ExactDecimal(nearest: variance.squareRoot()),
            let safety = level.factor.multiplied(by: deviation), let point = need.plus(Ratio(safety))
        else { return }
        safetyStock = Ratio(safety)
        reorderPoint = point
        steps.append(
            .safety(
                factor: level.factor,
                days: protected,
                deviation: spread,
                leadDeviation: leadSpread,
                Ratio(safety)
            )
        )
        steps.append(.reorderWithSafety(days: protected, point))
    }
}

private func shown(_ quantity: Ratio) -> String { quantity.shown?.description ?? "?" }

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
