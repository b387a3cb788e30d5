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

    let item: UInt32
    let from: CivilDate
    let until: CivilDate
    /// In base units.
    var quantity: ExactDecimal
    /// `nil` where the books do not say; then it is taken for given out, unless it is far out of line.
    let kind: Kind?
    /// Days of a reported period without stock, where the report tells them.
    let daysOut: Int32?
    let source: RowPlace

    /// Whether it is a report about several days, and no line of a ledger.
    var isPeriod: Bool { from < until }
    var days: Int { from.days(to: until) + 1 }
}

/// How fast an item is used, and how that was found out.
struct Demand: Sendable {
    /// Where the number comes from.
    enum Source: Sendable {
        /// Nobody says.
        case none
        /// What the register states.
        case stated
        /// What so many sites use together.
        case sites(Int)
        case books(BookedUse)
    }

    /// What a site's books showed.
    struct BookedUse: Sendable {
        let isByPeriod: Bool
        let window: ClosedRange<CivilDate>
        let days: Int
        let consumed: ExactDecimal
        let daysIn: Int
        let daysOut: Int
        /// Whether too few days with stock were seen to rely on it.
        let isWeak: Bool
        let spikes: [RowPlace]
    }

    /// An alarm that makes more be used than the books show yet.
    struct Surge: Sendable {
        let factor: ExactDecimal
        let series: String
        let since: CivilDate
    }

    /// Base units a day; `nil` when nobody knows.
    var daily: Ratio?
    /// The same before a surge raised it.
    var usualDaily: Ratio?
    /// Whether it is what registers state.
    var isStated = false
    var source = Source.none
    var surge: Surge?
    /// The quantity of each day of the window with stock, for what varies from day to day.
    var perDay: [ExactDecimal] = []
    /// How many units a month takes; days a month has on average.
    let daysPerMonth: ExactDecimal

    init(daysPerMonth: ExactDecimal) { self.daysPerMonth = daysPerMonth }

    /// The average monthly consumption.
    var monthly: Ratio? { daily.flatMap { $0.times(daysPerMonth) } }

    /// The average monthly consumption before a surge raised it.
    var usualMonthly: Ratio? { (usualDaily ?? daily).flatMap { $0.times(daysPerMonth) } }

    /// Whether books show how much is used, or show that nothing is.
    var isSeen: Bool { !isStated && daily != nil }

    /// What several sites use together; `nil` where nobody knows of any of them.
    static func sum(_ demands: [Demand], daysPerMonth: ExactDecimal) -> Demand? {
        let rates = demands.compactMap { $0.daily?.rounded(6) }
        guard !rates.isEmpty, let total = rates.total else { return nil }
        var demand = Demand(daysPerMonth: daysPerMonth)
        demand.daily = Ratio(total.trimmed)
        demand.isStated = demands.allSatisfy { $0.isStated || $0.daily == nil }
        demand.source = .sites(rates.count)
        return demand
    }

    /// What the register states for a month.
    static func stated(_ monthly: ExactDecimal?, daysPerMonth: ExactDecimal) -> Demand {
        var demand = Demand(daysPerMonth: daysPerMonth)
        guard let monthly else { return demand }
        demand.daily = Ratio(monthly, by: daysPerMonth)
        demand.isStated = true
        demand.source = .stated
        return demand
    }

    /// The same with a factor on it, for a surge that the books do not show yet.
    func raised(by surge: Surge) -> Demand {
        var copy = self
        copy.usualDaily = daily
        copy.daily = daily.flatMap { $0.times(surge.factor) }
        copy.surge = surge
        return copy
    }

    /// What it was found out from.
    func facts(_ places: RowPlaces) -> Facts {
        var facts: Facts
        switch source {
        case .none: facts = Facts()
        case .stated: facts = Facts(["amcSource": .text("stated")])
        case .sites(let count): facts = Facts(["amcSource": .text("sites"), "amcSites": .integer(count)])
        case .books(let use):
            facts = Facts([
                "amcSource": .text(use.isByPeriod ? "period" : "ledger"),
                "window": .text("\(use.window.lowerBound)/\(use.window.upperBound)"), "windowDays": .integer(use.days),
                "consumed": .decimal(use.consumed.trimmed), "inStockDays": .integer(use.daysIn),
                "stockOutDays": .integer(use.daysOut), "daysPerMonth": .decimal(daysPerMonth),
                "weak": use.isWeak ? .flag(true) : nil,
                "spikes": use.spikes.isEmpty ? nil : .texts(use.spikes.map { places[$0].description }),
            ])
        }
        if let surge {
            facts["surgeFactor"] = .decimal(surge.factor)
            facts["surgeSeries"] = .text(surge.series)
            facts["surgeSince"] = .date(surge.since)
        }
        return facts
    }

    /// How it was found out, as anybody can do it again.
    var arithmetic: [String] {
        var lines: [String] = []
        if let usual = usualMonthly?.shown {
            switch source {
            case .none, .stated: break
            case .sites(let count): lines.append("amc = Σ \(count) sites = \(usual)")
            case .books(let use):
                lines.append("amc = \(use.consumed.trimmed) ÷ \(use.daysIn) d × \(daysPerMonth) = \(usual)")
            }
            if let surge, let raised = monthly?.shown {
                lines.append("amc = \(usual) × surge \(surge.factor) = \(raised)")
            }
        }
        return lines
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
        var spikes: [RowPlace] = []
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
        demand.perDay = sight.perDay
        demand.daily =
            sight.median.map { Ratio($0) } ?? Ratio(sight.consumed, by: ExactDecimal(sight.daysIn))
        demand.source = .books(
            Demand.BookedUse(
                isByPeriod: isByPeriod,
                window: last.adding(days: 1 - days)...last,
                days: sight.days,
                consumed: sight.consumed,
                daysIn: sight.daysIn,
                daysOut: sight.daysOut,
                isWeak: isWeak,
                spikes: sight.spikes
            )
        )
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
        for report in reports { sight.consumed = sight.consumed.adding(report.quantity) ?? sight.consumed }
        sight.days = Self.daysCovered(by: reports)
        sight.daysOut = min(Self.daysOut(of: reports), sight.days)
        let unexplained = reports.filter { $0.kind == nil }
        let rates = unexplained.compactMap { $0.quantity.divided(by: ExactDecimal($0.days), decimals: 6) }
        if let middle = Hampel(rates), rates.count == unexplained.count {
            sight.spikes = zip(unexplained, rates).filter { middle.isOutlying($0.1) }.map(\.0.source)
            if !sight.spikes.isEmpty { sight.median = middle.median }
        }
        return sight
    }

    /// How many days reports speak of; days of several count once.
    private static func daysCovered(by reports: [StockMovement]) -> Int {
        var days = 0
        var end: CivilDate?
        for report in reports.sorted(by: { $0.from < $1.from }) {
            let first = end.map { max($0.adding(days: 1), report.from) } ?? report.from
            guard first <= report.until else { continue }
            days += first.days(to: report.until) + 1
            end = report.until
        }
        return days
    }

    /// Days without stock, which of items that stand in for each other all have to be out of at once.
    private static func daysOut(of reports: [StockMovement]) -> Int {
        func sum(_ item: UInt32) -> Int {
            reports.reduce(0) { $1.item == item ? $0 + min(Int($1.daysOut ?? 0), $1.days) : $0 }
        }
        guard let first = reports.first else { return 0 }
        guard reports.contains(where: { $0.item != first.item }) else { return sum(first.item) }
        return Set(reports.map(\.item)).map(sum).min() ?? 0
    }

    private func lookAtLedger(from start: CivilDate, through last: CivilDate) -> Sight {
        let first = max(start, booked.lowerBound)
        guard first <= last else { return Sight() }
        var sight = Sight()
        sight.days = first.days(to: last) + 1
        var used = Array(repeating: ExactDecimal(0), count: sight.days)
        for movement in movements where isConsumption(movement) && first <= movement.until && movement.until <= last {
            let offset = first.days(to: movement.until)
            used[offset] = used[offset].adding(movement.quantity) ?? used[offset]
            sight.consumed = sight.consumed.adding(movement.quantity) ?? sight.consumed
        }
        let levels = balances(from: first, through: last)
        for offset in 0..<sight.days {
            if let level = levels?[offset], level <= ExactDecimal(0), used[offset].isZero {
                sight.daysOut += 1
            } else {
                sight.perDay.append(used[offset])
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

    /// The balance at the end of each day, rolled back and forth from the count that is known.
    private func balances(from first: CivilDate, through last: CivilDate) -> [ExactDecimal]? {
        guard let counted else { return nil }
        let start = min(first, counted.day)
        var changes = Array(repeating: ExactDecimal(0), count: start.days(to: max(last, counted.day)) + 1)
        for movement in movements {
            let offset = start.days(to: movement.until)
            guard changes.indices.contains(offset) else { continue }
            changes[offset] = changes[offset].adding(effect(of: movement)) ?? changes[offset]
        }
        let anchor = start.days(to: counted.day)
        var levels = Array(repeating: counted.quantity, count: changes.count)
        for offset in (0..<anchor).reversed() {
            levels[offset] = levels[offset + 1].subtracting(changes[offset + 1]) ?? levels[offset + 1]
        }
        for offset in (anchor + 1)..<max(levels.count, anchor + 1) {
            levels[offset] = levels[offset - 1].adding(changes[offset]) ?? levels[offset - 1]
        }
        let begin = start.days(to: first)
        return Array(levels[begin...(begin + first.days(to: last))])
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
