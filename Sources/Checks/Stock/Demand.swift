// How much is used: what registers state, or what ledgers and period reports show, corrected for days without stock.

import Almanac
import Records

/// One line of a ledger, or of a report about several days.
struct StockMovement: Sendable {
    /// What became of the goods; how offices write it, the feed says.
    enum Kind: String, Sendable, CaseIterable {
        /// Given out to users.
        case issue
        /// Passed on to another site, or received from a supplier.
        case transfer, receipt
        /// A correction after a count, or what was thrown away.
        case adjustment, loss
    }

    let item: String
    let from: CivilDate
    let until: CivilDate
    /// In base units.
    var quantity: ExactDecimal
    /// `nil` where the books do not say; then it is taken for given out, unless it is far out of line.
    let kind: Kind?
    /// Days of a reported period without stock, where the report tells them.
    let daysOut: Int?
    let source: RowReference

    /// Whether it is a report about several days, and no line of a ledger.
    var isPeriod: Bool { from < until }
    var days: Int { from.days(to: until) + 1 }
}

/// How fast an item is used, and how that was found out.
struct Demand: Sendable {
    /// Base units a day; `nil` when nobody knows.
    var daily: Ratio?
    /// The same before a surge raised it.
    var usualDaily: Ratio?
    /// Whether it is what the register states.
    var isStated = false
    /// Whether too few days with stock were seen to rely on it.
    var isWeak = false
    /// What it was found out from.
    var facts = Facts()
    /// The quantity of each day of the window with stock, for what varies from day to day.
    var perDay: [ExactDecimal] = []
    /// How many units a month takes; days a month has on average.
    let daysPerMonth: ExactDecimal

    init(daysPerMonth: ExactDecimal) { self.daysPerMonth = daysPerMonth }

    /// The average monthly consumption.
    var monthly: Ratio? { daily.flatMap { $0.times(daysPerMonth) } }

    /// The average monthly consumption before a surge raised it.
    var usualMonthly: Ratio? { (usualDaily ?? daily).flatMap { $0.times(daysPerMonth) } }

    /// What several sites use together; `nil` where nobody knows of any of them.
    static func sum(_ demands: [Demand], daysPerMonth: ExactDecimal) -> Demand? {
        let rates = demands.compactMap { $0.daily?.rounded(6) }
        guard !rates.isEmpty, let total = rates.total else { return nil }
        var demand = Demand(daysPerMonth: daysPerMonth)
        demand.daily = Ratio(total.trimmed)
        demand.isStated = demands.allSatisfy { $0.isStated || $0.daily == nil }
        demand.facts = Facts(["amcSource": .text("sites"), "amcSites": .integer(rates.count)])
        return demand
    }

    /// What the register states for a month.
    static func stated(_ monthly: ExactDecimal?, daysPerMonth: ExactDecimal) -> Demand {
        var demand = Demand(daysPerMonth: daysPerMonth)
        guard let monthly else { return demand }
        demand.daily = Ratio(monthly, by: daysPerMonth)
        demand.isStated = true
        demand.facts = Facts(["amcSource": .text("stated")])
        return demand
    }

    /// The same with a factor on it, for a surge that the books do not show yet.
    func raised(by factor: ExactDecimal, because series: String, on day: CivilDate) -> Demand {
        var copy = self
        copy.usualDaily = daily
        copy.daily = daily.flatMap { $0.times(factor) }
        copy.facts["surgeFactor"] = .decimal(factor)
        copy.facts["surgeSeries"] = .text(series)
        copy.facts["surgeSince"] = .date(day)
        return copy
    }
}

/// Estimates the consumption of one item from its movements.
struct DemandEstimator: Sendable {
    let movements: [StockMovement]
    /// The first and the last day of which the site's books speak, whatever the item.
    let booked: ClosedRange<CivilDate>
    /// The count from which the ledger is rolled back to the days without stock.
    let counted: (day: CivilDate, quantity: ExactDecimal)?
    /// Whether what is passed on counts as consumption, as in a store that supplies others.
    let countsTransfers: Bool
    let windowDays: Int
    let daysPerMonth: ExactDecimal

    /// Fewer days with stock than this, or than this share of the window, and nobody can rely on the estimate.
    private static let fewestDays = 7
    private static let smallestShare = 4

    /// What was seen in a window of days.
    private struct Sight {
        var consumed = ExactDecimal(0)
        var days = 0
        var daysOut = 0
        var perDay: [ExactDecimal] = []
        var spikes: [RowReference] = []
        /// The middle rate of the reports, where one of them is far out of line.
        var median: ExactDecimal?

        var daysIn: Int { max(0, days - daysOut) }
        var isWeak: Bool { daysIn < DemandEstimator.fewestDays || daysIn * DemandEstimator.smallestShare < days }
    }

    /// The estimate as of a day; without a day with stock there is none.
    func estimate(asOf: CivilDate) -> Demand {
        let last = min(asOf, booked.upperBound)
        var days = windowDays
        var sight = look(from: last.adding(days: 1 - days), through: last)
        let isWeak = sight.isWeak
        if isWeak {
            days *= 2
            sight = look(from: last.adding(days: 1 - days), through: last)
        }
        var demand = Demand(daysPerMonth: daysPerMonth)
        demand.isWeak = isWeak
        demand.perDay = sight.perDay
        demand.daily =
            sight.median.map { Ratio($0) } ?? Ratio(sight.consumed, by: ExactDecimal(sight.daysIn))
        demand.facts = Facts([
            "amcSource": .text(isByPeriod ? "period" : "ledger"),
            "window": .text("\(last.adding(days: 1 - days))/\(last)"), "windowDays": .integer(sight.days),
            "consumed": .decimal(sight.consumed.trimmed), "inStockDays": .integer(sight.daysIn),
            "stockOutDays": .integer(sight.daysOut), "daysPerMonth": .decimal(daysPerMonth),
            "weak": isWeak ? .flag(true) : nil,
            "spikes": sight.spikes.isEmpty ? nil : .texts(sight.spikes.map(\.description)),
        ])
        return demand
    }

    private var isByPeriod: Bool { movements.contains(where: \.isPeriod) }

    private func isConsumption(_ movement: StockMovement) -> Bool {
        switch movement.kind {
        case .issue, nil: true
        case .transfer: countsTransfers
        case .receipt, .adjustment, .loss: false
        }
    }

    private func look(from first: CivilDate, through last: CivilDate) -> Sight {
        isByPeriod ? lookAtReports(from: first, through: last) : lookAtLedger(from: first, through: last)
    }

    private func lookAtReports(from first: CivilDate, through last: CivilDate) -> Sight {
        var sight = Sight()
        let reports = movements.filter { isConsumption($0) && first <= $0.from && $0.until <= last }
        var covered: Set<Int32> = []
        var daysOut: [String: Int] = [:]
        for report in reports {
            sight.consumed = sight.consumed.adding(report.quantity) ?? sight.consumed
            covered.formUnion(report.from.daysSinceEpoch...report.until.daysSinceEpoch)
            daysOut[report.item, default: 0] += min(report.daysOut ?? 0, report.days)
        }
        sight.days = covered.count
        // Of items that stand in for each other all have to be out at once.
        sight.daysOut = min(daysOut.values.min() ?? 0, sight.days)
        let unexplained = reports.filter { $0.kind == nil }
        let rates = unexplained.compactMap { $0.quantity.divided(by: ExactDecimal($0.days), decimals: 6) }
        if let middle = Hampel(rates), rates.count == unexplained.count {
            sight.spikes = zip(unexplained, rates).filter { middle.isOutlying($0.1) }.map(\.0.source)
            if !sight.spikes.isEmpty { sight.median = middle.median }
        }
        return sight
    }

    private func lookAtLedger(from start: CivilDate, through last: CivilDate) -> Sight {
        let first = max(start, booked.lowerBound)
        guard first <= last else { return Sight() }
        var sight = Sight()
        sight.days = first.days(to: last) + 1
        var used: [CivilDate: ExactDecimal] = [:]
        var change: [CivilDate: ExactDecimal] = [:]
        for movement in movements {
            let day = movement.until
            change[day] = (change[day] ?? ExactDecimal(0)).adding(effect(of: movement))
            guard isConsumption(movement), first <= day, day <= last else { continue }
            used[day] = (used[day] ?? ExactDecimal(0)).adding(movement.quantity)
            sight.consumed = sight.consumed.adding(movement.quantity) ?? sight.consumed
        }
        let levels = balances(from: first, through: last, change)
        for offset in 0..<sight.days {
            let day = first.adding(days: offset)
            let issued = used[day] ?? ExactDecimal(0)
            if let level = levels?[offset], level <= ExactDecimal(0), issued.isZero {
                sight.daysOut += 1
            } else {
                sight.perDay.append(issued)
            }
        }
        return sight
    }

    /// What a movement does to the balance: all but receipts and corrections take away.
    private func effect(of movement: StockMovement) -> ExactDecimal {
        switch movement.kind {
        case .receipt, .adjustment: movement.quantity
        default: ExactDecimal(0).subtracting(movement.quantity) ?? ExactDecimal(0)
        }
    }

    /// The balance at the end of each day, rolled back from the count that is known.
    private func balances(
        from first: CivilDate,
        through last: CivilDate,
        _ change: [CivilDate: ExactDecimal]
    ) -> [ExactDecimal]? {
        guard let counted else { return nil }
        var levels = Array(repeating: counted.quantity, count: first.days(to: last) + 1)
        var level = counted.quantity
        var day = counted.day
        while day > first {
            level = level.subtracting(change[day] ?? ExactDecimal(0)) ?? level
            day = day.adding(days: -1)
            if day <= last { levels[first.days(to: day)] = level }
        }
        level = counted.quantity
        day = counted.day
        if first <= day, day <= last { levels[first.days(to: day)] = level }
        while day < last {
            day = day.adding(days: 1)
            level = level.adding(change[day] ?? ExactDecimal(0)) ?? level
            if first <= day { levels[first.days(to: day)] = level }
        }
        return levels
    }
}

/// The middle of some numbers and how far from it they usually lie (Hampel's identifier: three scaled median deviations).
private struct Hampel {
    let median: ExactDecimal
    private let reach: ExactDecimal

    /// With fewer numbers than five nobody can say what is usual.
    init?(_ numbers: [ExactDecimal]) {
        guard numbers.count >= 5, let median = Self.middle(numbers) else { return nil }
        let deviations = numbers.compactMap { Self.distance($0, median) }
        // 3 × 1.4826, the factor that makes the median deviation a standard deviation.
        let scale = ExactDecimal(coefficient: 44_478, scale: 4)
        guard let spread = Self.middle(deviations), let reach = spread.multiplied(by: scale) else { return nil }
        self.median = median
        self.reach = reach
    }

    func isOutlying(_ number: ExactDecimal) -> Bool {
        guard !reach.isZero, let distance = Self.distance(number, median) else { return false }
        return distance > reach
    }

    private static func distance(_ one: ExactDecimal, _ other: ExactDecimal) -> ExactDecimal? {
        one < other ? other.subtracting(one) : one.subtracting(other)
    }

    private static func middle(_ numbers: [ExactDecimal]) -> ExactDecimal? {
        let sorted = numbers.sorted()
        let half = sorted.count / 2
        guard sorted.count.isMultiple(of: 2) else { return sorted[half] }
        return sorted[half - 1].adding(sorted[half])?.divided(by: ExactDecimal(2), decimals: 6)
    }
}
