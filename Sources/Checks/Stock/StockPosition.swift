// The arithmetic of one item at one site: usable, expired and held stock, days of supply, what expires soon.

import Almanac
import Records

/// One item at one site on one day.
struct StockPosition: Sendable {
    /// Mean length of a month in days, by which a monthly consumption becomes a daily one.
    private static let daysPerMonth = ExactDecimal(coefficient: 304_375, scale: 4)

    private let policy: StockPolicy
    private let lots: [StockLot]
    private let reported: CivilDate?
    private let asOf: CivilDate
    private var usable = ExactDecimal(0)
    private var expired = ExactDecimal(0)
    private var held = ExactDecimal(0)
    private var gaps: [Gap] = []
    /// Usable lots with their last good day, earliest first.
    private var usableLots: [(lot: StockLot, quantity: ExactDecimal, expiry: CivilDate)] = []
    private var expiredLots: [(lot: StockLot, quantity: ExactDecimal, expiry: CivilDate)] = []

    init(policy: StockPolicy, lots: [StockLot], reported: CivilDate?, asOf: CivilDate) {
        self.policy = policy
        self.lots = lots
        self.reported = reported
        self.asOf = asOf
        for lot in lots { count(lot) }
        usableLots.sort { ($0.expiry, $0.lot.source.line) < ($1.expiry, $1.lot.source.line) }
    }

    private mutating func count(_ lot: StockLot) {
        guard let quantity = lot.quantity.decimal else {
            gaps.append(Gap(lot.quantity == .blank ? .blank : .unreadable, "quantity", at: lot.source))
            return
        }
        // A negative balance is a bookkeeping error; it must not cancel stock that is really there.
        guard !quantity.isNegative else {
            gaps.append(Gap(.unreadable, "negative quantity", at: lot.source))
            return
        }
        guard case .date(let expiry) = lot.expiry else {
            gaps.append(Gap(lot.expiry == .blank ? .blank : .unreadable, "expiry", at: lot.source))
            return
        }
        if lot.isHeld {
            held = held.adding(quantity) ?? held
        } else if expiry < asOf {
            // A lot is usable on its last good day and expired the day after.
            expired = expired.adding(quantity) ?? expired
            if !quantity.isZero { expiredLots.append((lot, quantity, expiry)) }
        } else if !quantity.isZero {
            usable = usable.adding(quantity) ?? usable
            usableLots.append((lot, quantity, expiry))
        }
    }

    func assess(_ parameters: Stock.Parameters, period: Period, undated: [RowReference]) -> [Assessment] {
        var gaps = gaps + undated.map { Gap(.unreadable, "date", at: $0) }
        if lots.isEmpty { gaps.append(Gap(.noRow, reported?.description ?? period.label)) }
        if let reported, reported.days(to: asOf) > parameters.staleAfterDays {
            gaps.append(Gap(.stale, "\(reported)"))
        }
        return [
            assessment("availability", period, gaps) { availability(&$0, &$1) },
            assessment("expiry", period, gaps) { facts, _ in expiry(&facts, horizon: parameters.expiryHorizonDays) },
        ]
    }

    private func assessment(
        _ indicator: String,
        _ period: Period,
        _ gaps: [Gap],
        judge: (inout Facts, inout [Gap]) -> Assessment.State
    ) -> Assessment {
        var gaps = gaps
        var facts = Facts([
            "site": .text(policy.siteName), "item": .text(policy.itemName), "unit": policy.unit.map(Facts.Value.text),
            "reported": reported.map(Facts.Value.date), "usable": .decimal(usable), "expired": .decimal(expired),
            "held": .decimal(held),
        ])
        let judged = judge(&facts, &gaps)
        // Without a fresh report nothing is known; with unreadable lots only a bad verdict stands.
        let isBlind = gaps.contains { $0.reason == .noRow || $0.reason == .stale }
        let state: Assessment.State = isBlind || (!gaps.isEmpty && judged == .ok) ? .unknown : judged
        return Assessment(
            subject: "\(policy.site)/\(policy.item)",
            name: "\(policy.siteName) \(policy.itemName)",
            period: period,
            indicator: indicator,
            state: state,
            facts: facts,
            gaps: gaps,
            source: lots.map(\.source) + [policy.source]
        )
    }

    private func availability(_ facts: inout Facts, _ gaps: inout [Gap]) -> Assessment.State {
        facts["basis"] = policy.basis.map(Facts.Value.text)
        guard let minimum = policy.minimum.decimal else {
            gaps.append(Gap(policy.minimum == .unreadable ? .unreadable : .blank, "minimum", at: policy.source))
            return .unknown
        }
        facts["minimum"] = .decimal(minimum)
        var state: Assessment.State = usable < minimum ? .warning : .ok
        if let consumption = policy.monthlyConsumption.decimal, !consumption.isZero {
            facts["monthlyConsumption"] = .decimal(consumption)
            // Compared unrounded: usable × days per month against the minimum days × monthly consumption.
            let supply = usable.multiplied(by: Self.daysPerMonth)
            facts["daysOfSupply"] = supply?.divided(by: consumption, decimals: 1).map(Facts.Value.decimal)
            if let days = policy.minimumDays.decimal {
                facts["minimumDays"] = .decimal(days)
                if let supply, let wanted = days.multiplied(by: consumption), supply < wanted { state = .warning }
            }
        } else if policy.monthlyConsumption == .unreadable {
            gaps.append(Gap(.unreadable, "monthly_consumption", at: policy.source))
        }
        if policy.minimumDays == .unreadable { gaps.append(Gap(.unreadable, "minimum_days", at: policy.source)) }
        if usable < minimum { facts["shortfall"] = minimum.subtracting(usable).map(Facts.Value.decimal) }
        // Nothing left where something is demanded, be it a quantity or days of supply.
        return usable.isZero && state == .warning ? .critical : state
    }

    private func expiry(_ facts: inout Facts, horizon: Int) -> Assessment.State {
        facts["horizonDays"] = .integer(horizon)
        let soon = usableLots.filter { asOf.days(to: $0.expiry) <= horizon }
        let entries = (expiredLots + soon).map { entry in
            Facts([
                "lot": .text(entry.lot.lot.isEmpty ? "—" : entry.lot.lot), "quantity": .decimal(entry.quantity),
                "expiry": .date(entry.expiry), "daysLeft": .integer(asOf.days(to: entry.expiry)),
                "unit": policy.unit.map(Facts.Value.text), "row": .text(entry.lot.source.description),
            ])
        }
        facts["lots"] = .list(entries)
        return entries.isEmpty ? .ok : .warning
    }
}

extension Cell {
    /// The number in the cell, whole or not.
    var decimal: ExactDecimal? {
        switch self {
        case .decimal(let value): value
        case .integer(let value): ExactDecimal(coefficient: value, scale: 0)
        default: nil
        }
    }
}
