// The verdicts on one item at one site: whether there is enough, and what is lost.

import Almanac
import Records

/// One item at one site on one day, with everything that is known of it.
struct StockPosition: Sendable {
    /// Whether there is enough; of what applies the first counts.
    enum Availability: String, Sendable {
        case invalidData = "invalid-data"
        case noReport = "no-report"
        case stale
        case stockOut = "stock-out"
        case belowEmergencyPoint = "below-eop"
        case belowMinimum = "below-min"
        /// Less than the minimum while the reserve is being rotated.
        case rotating
        case unused
        case overMaximum = "over-max"
        case normal

        var state: Assessment.State {
            switch self {
            case .invalidData, .noReport, .stale: .unknown
            case .stockOut, .belowEmergencyPoint: .critical
            case .belowMinimum: .warning
            case .rotating, .unused, .overMaximum, .normal: .ok
            }
        }
    }

    /// What is lost, or will be; of what applies the first counts.
    enum Loss: String, Sendable {
        case expired
        case willWaste = "will-waste"
        case nearExpiry = "near-expiry"
        case none
    }

    /// Of how many sites a sum over all of them knows the stock.
    struct Coverage: Sendable {
        let reported: Int
        let expected: Int
        let missing: [String]
    }

    /// Goods that came in, in units of the position.
    struct Receipts: Sendable {
        /// After the day of the latest count, which does not list them yet; the day is that of the last receipt.
        let uncounted: (quantity: ExactDecimal, day: CivilDate)?
        /// Whether some came in since the count before the latest one, so that the stock has not merely been counted anew.
        let sinceEarlierCount: Bool

        var haveArrived: Bool { uncounted != nil || sinceEarlierCount }
    }

    let policy: StockPolicy
    let shelf: ShelfTally
    let demand: Demand
    let limits: StockLimits
    /// `nil` where nobody knows how much is used, and for a sum over sites, each of which uses its own lots.
    let forecast: ExpiryForecast?
    /// What expires unused; of a sum over sites what does so at each of them.
    let willExpire: Ratio?
    let reported: CivilDate?
    let undated: [RowPlace]
    /// What else is missing: sites that did not report, a unit that changed.
    let otherGaps: [Gap]
    let coverage: Coverage?
    /// The counts before the latest one, newest first, as they stood then.
    let earlier: [ShelfTally]
    let asOf: CivilDate
    let parameters: Stock.Parameters
    let hasRows: Bool
    /// Whether what it loses is its own to tell: what a sum over sites loses its sites tell, and what an item loses its
    /// group, where that is judged as well.
    let losesAlone: Bool
    /// What the books say was received since.
    let receipts: Receipts
    /// The codes of the site and the item.
    let codes: (site: String, item: String)
    let places: RowPlaces

    /// How things stand if everything that was read is believed.
    var level: Availability { level(of: stock) }

    /// What can be used: what was counted, and what was received after that.
    private var stock: ExactDecimal {
        receipts.uncounted.flatMap { shelf.usable.adding($0.quantity)?.trimmed } ?? shelf.usable
    }

    private func level(of quantity: ExactDecimal) -> Availability {
        let stock = Ratio(quantity)
        let minimum = limits.decisive?.quantity
        let isBelow = minimum.map { stock < $0 } ?? false
        let isUsed = demand.isSeen && demand.daily?.isZero == false
        if quantity.isZero, isBelow || isUsed || demand.isStated && demand.daily?.isZero == false {
            return .stockOut
        }
        if (isBelow || isShort(of: limits.emergencyPoint, stock)) && policy.isRotating(on: asOf) { return .rotating }
        if isShort(of: limits.emergencyPoint, stock) { return .belowEmergencyPoint }
        if isBelow || isShort(of: limits.reorderPoint, stock) { return .belowMinimum }
        if demand.daily?.isZero == true, !demand.isStated, !stock.isZero { return .unused }
        if let maximum = limits.maximum, maximum < stock { return .overMaximum }
        return .normal
    }

    private func isShort(of limit: Ratio?, _ stock: Ratio) -> Bool { limit.map { stock < $0 } ?? false }

    /// What of the evidence is missing.
    private var gaps: [Gap] {
        var gaps = shelf.gaps.map { Gap($0.reason, $0.what, at: places[$0.source]) }
        gaps += undated.map { Gap(.unreadable, "date", at: places[$0]) } + otherGaps
        if !hasRows { gaps.append(Gap(.noRow, reported?.description ?? "\(asOf)")) }
        if isStale, let reported { gaps.append(Gap(.stale, "\(reported)")) }
        return gaps
    }

    private var isStale: Bool { reported.map { $0.days(to: asOf) > parameters.staleAfterDays } ?? false }

    /// Whether the latest report can be relied on, so that others may count on what it says.
    var isKnown: Bool { hasRows && !isStale && shelf.gaps.isEmpty && undated.isEmpty && otherGaps.isEmpty }

    func assess(period: Period, given: [Facts], taken: [Facts]) -> [Assessment] {
        [availability(period, offers: taken)] + (losesAlone ? [expiry(period, transfers: given)] : [])
    }

    private func availability(_ period: Period, offers: [Facts]) -> Assessment {
        let gaps = gaps
        let level = level
        var status = level
        // A lot that could not be read can only add: what is enough without it stays enough. But a row without a date
        // may be the newest count, and a negative or contradicted count casts doubt on all of them.
        let source = places[policy.source]
        let policyGaps = policy.gaps(at: source) + limits.gaps.map { Gap($0.reason, $0.what, at: source) }
        let mayBeLess = shelf.hasDoubtfulCount || hasDoubtfulUnit || !undated.isEmpty || !policyGaps.isEmpty
        if level.state.isBad ? !gaps.isEmpty : mayBeLess { status = .invalidData }
        if coverage != nil, !otherGaps.isEmpty, level.state.isBad, shelf.gaps.isEmpty { status = .noReport }
        if isStale { status = .stale }
        if !hasRows { status = .noReport }
        var state = status.state
        var sustained: Assessment.State?
        var facts = head
        if let waiting = waiting(for: status) {
            facts["reportsBelow"] = .integer(waiting)
            facts["raiseAfter"] = .integer(parameters.raiseAfter)
            state = .ok
            sustained = .warning
        }
        facts["status"] = .text(status.rawValue)
        if status == .stockOut { facts["stockOutReason"] = .text(shelf.emptiness) }
        // A state that nobody can confirm goes on as it was last seen.
        if status == .stale { facts["lastStatus"] = .text(level.rawValue) }
        facts["loss"] = .text(loss.rawValue)
        facts = facts.merging(supply)
        if parameters.clearPercent > 100 { facts["clearAt"] = .integer(parameters.clearPercent) }
        // What a receipt has ended need not be a tenth above the limit.
        if state == .ok, sustained == nil, status == .normal || status == .overMaximum, parameters.clearPercent > 100,
            !receipts.haveArrived, isShort(of: parameters.clearPercent, &facts)
        {
            sustained = .warning
        }
        if !offers.isEmpty { facts["offers"] = .list(offers) }
        return assessment("availability", period, state, sustained: sustained, facts, gaps + policyGaps)
    }

    private var hasDoubtfulUnit: Bool { otherGaps.contains { $0.reason == .conflicting } }

    /// How many reports in a row are below, where that is not often enough yet to raise an alert.
    private func waiting(for status: Availability) -> Int? {
        guard status == .belowMinimum || status == .belowEmergencyPoint, parameters.raiseAfter > 1 else { return nil }
        let below = 1 + earlier.prefix { level(of: $0.usable).state.isBad }.count
        return below < parameters.raiseAfter ? below : nil
    }

    private func expiry(_ period: Period, transfers: [Facts]) -> Assessment {
        let gaps = gaps
        let loss = loss
        var state: Assessment.State = loss == .none ? .ok : .warning
        if state == .ok, !gaps.isEmpty { state = .unknown }
        if !hasRows || isStale { state = .unknown }
        var facts = head
        facts["loss"] = .text(loss.rawValue)
        facts["status"] = .text(level.rawValue)
        facts["horizonDays"] = .integer(parameters.expiryHorizonDays)
        if !shelf.expiredLots.isEmpty { facts["expiredLots"] = .list(shelf.expiredLots.map { describe($0) }) }
        let expiring = expiring
        if !expiring.isEmpty { facts["expiringLots"] = .list(expiring.map { describe($0) }) }
        if let forecast {
            facts["willExpire"] = willExpire?.shown?.fact
            facts["daily"] = forecast.daily.rounded(4)?.trimmed.fact
            if !forecast.wastes.isEmpty { facts["wastingLots"] = .list(forecast.wastes.map(describe)) }
            facts["effectiveDays"] = forecast.usedInTime?.divided(by: forecast.daily)?.rounded(1)?.fact
            facts["effectiveMonths"] = demand.monthly.flatMap { forecast.usedInTime?.divided(by: $0)?.rounded(1)?.fact }
        }
        if !transfers.isEmpty { facts["transfers"] = .list(transfers) }
        return assessment("expiry", period, state, facts, gaps)
    }

    private var expiring: [ShelfTally.CountedLot] {
        shelf.usableLots.filter { lot in
            lot.expiry.map { asOf.days(to: $0) <= parameters.expiryHorizonDays } ?? false
        }
    }

    private var loss: Loss {
        if !shelf.expiredLots.isEmpty { return .expired }
        if let willExpire, !willExpire.isZero { return .willWaste }
        return expiring.isEmpty ? .none : .nearExpiry
    }

    private var head: Facts {
        Facts([
            "site": .text(policy.siteName), "item": .text(policy.itemName),
            "category": policy.category.map(Facts.Value.text), "unit": policy.unit.map(Facts.Value.text),
            "reported": reported.map(Facts.Value.date),
        ])
        .merging(hasRows ? shelf.facts : Facts())
        .merging(
            Facts([
                "sitesReported": coverage.map { .integer($0.reported) },
                "sitesExpected": coverage.map { .integer($0.expected) },
                "missingSites": coverage.flatMap { $0.missing.isEmpty ? nil : .texts($0.missing) },
            ])
        )
    }

    /// Limits, consumption and how long the stock lasts, with the arithmetic.
    private var supply: Facts {
        let decisive = limits.decisive
        let stock = Ratio(self.stock)
        var facts = decisive?.rule?.facts ?? Facts(["basis": policy.basis.map(Facts.Value.text)])
        facts["minimum"] = policy.minimum.decimal?.fact
        facts["min"] = decisive?.quantity.shown?.fact
        if let received = receipts.uncounted {
            facts["received"] = received.quantity.trimmed.fact
            facts["receivedUntil"] = .date(received.day)
            facts["stock"] = self.stock.fact
        }
        if let least = decisive?.quantity, stock < least {
            facts["shortfall"] = least.minus(stock)?.shown?.fact
        }
        facts["max"] = limits.maximum?.shown?.fact
        if let maximum = limits.maximum, maximum < stock { facts["surplus"] = stock.minus(maximum)?.shown?.fact }
        facts["reorderPoint"] = limits.reorderPoint?.shown?.fact
        facts["emergencyOrderPoint"] = limits.emergencyPoint?.shown?.fact
        facts["safetyStock"] = limits.safetyStock?.shown?.fact
        if policy.isRotating(on: asOf) { facts["rotationUntil"] = policy.rotationUntil.map(Facts.Value.date) }
        if let monthly = demand.monthly, let daily = demand.daily, !daily.isZero {
            // What the register states is shown as it stands there.
            let isPlain = demand.isStated && demand.surge == nil
            let shown = (isPlain ? policy.monthlyConsumption.decimal : nil) ?? monthly.shown
            facts["amc"] = shown?.fact
            facts["monthlyConsumption"] = shown?.fact
            facts["monthsOfStock"] = stock.divided(by: monthly)?.rounded(1)?.fact
            facts["daysOfSupply"] = stock.divided(by: daily)?.rounded(1)?.fact
            facts["minimumDays"] = policy.minimumDays.decimal?.fact
        } else if demand.daily?.isZero == true, !demand.isStated {
            facts["amc"] = .decimal(ExactDecimal(0))
        }
        facts = facts.merging(demand.facts(places))
        facts["willExpire"] = willExpire?.shown?.fact
        facts["arithmetic"] = .texts(arithmetic)
        return facts
    }

    /// Every step of the arithmetic, to be done again by hand.
    private var arithmetic: [String] {
        let received = receipts.uncounted.map { "stock = \(shelf.usable) + received \($0.quantity.trimmed) = \(stock)" }
        var lines = [shelf.sum, received].compactMap(\.self) + demand.arithmetic
        if let daily = demand.daily, !daily.isZero, let days = Ratio(stock).divided(by: daily)?.rounded(1) {
            lines.append(
                "daysOfSupply = \(stock) × \(daily.divisor) ÷ \(daily.numerator) = \(days)"
            )
        }
        return lines + limits.requirements.map(\.arithmetic) + limits.steps.map(\.text)
    }

    /// Whether the stock, enough to raise no alert, is not enough to end one.
    private func isShort(of percent: Int, _ facts: inout Facts) -> Bool {
        let share = ExactDecimal(coefficient: Int64(percent), scale: 2)
        if policy.minimum.decimal?.isZero == false {
            facts["clearMinimum"] = policy.minimum.decimal?.multiplied(by: share)?.trimmed.fact
        }
        if demand.daily?.isZero == false {
            facts["clearDays"] = policy.minimumDays.decimal?.multiplied(by: share)?.trimmed.fact
        }
        let floors = limits.requirements.map(\.quantity) + [limits.reorderPoint].compactMap(\.self)
        return floors.contains { floor in
            floor.times(share).map { Ratio(stock) < $0 } ?? false
        }
    }

    private func describe(_ entry: ShelfTally.CountedLot) -> Facts {
        Facts([
            "lot": .text(entry.lot.lot.isEmpty ? "—" : entry.lot.lot), "quantity": .decimal(entry.quantity),
            "expiry": entry.expiry.map(Facts.Value.date),
            "daysLeft": entry.expiry.map { .integer(asOf.days(to: $0)) },
            "unit": policy.unit.map(Facts.Value.text), "row": .text(places[entry.lot.source].description),
        ])
    }

    private func describe(_ waste: ExpiryForecast.Waste) -> Facts {
        describe(waste.lot).merging(
            Facts([
                "wasted": waste.quantity.shown?.fact, "used": waste.used.shown?.fact,
                "window": .integer(waste.window), "daysLost": waste.days.rounded(1)?.fact,
            ])
        )
    }

    private func assessment(
        _ indicator: String,
        _ period: Period,
        _ state: Assessment.State,
        sustained: Assessment.State? = nil,
        _ facts: Facts,
        _ gaps: [Gap]
    ) -> Assessment {
        Assessment(
            subject: "\(codes.site)/\(codes.item)",
            name: "\(policy.siteName) \(policy.itemName)",
            period: period,
            indicator: indicator,
            state: state,
            sustained: sustained,
            facts: facts,
            gaps: gaps,
            source: shelf.sources.map { places[$0] } + [places[policy.source]]
        )
    }
}
