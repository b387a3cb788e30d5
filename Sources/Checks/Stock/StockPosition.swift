// The arithmetic of one item at one site: usable, expired and held stock, days of supply, what expires soon.

import Almanac
import Records

/// One item at one site on one day.
struct StockPosition: Sendable {
    private typealias CountedLot = (lot: StockLot, quantity: ExactDecimal, expiry: CivilDate)

    /// What two rows have to share to be perhaps one lot, when the number of one of them cannot be read.
    private struct Likeness: Hashable {
        let expiry: Cell
        let isHeld: Bool

        init(_ lot: StockLot) {
            expiry = lot.expiry
            isHeld = lot.isHeld
        }
    }

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
    /// Whether a balance is negative or two rows disagree: then any other count of the item may be wrong too.
    private var hasDoubtfulCount = false
    /// Usable lots with their last good day, earliest first.
    private var usableLots: [CountedLot] = []
    private var expiredLots: [CountedLot] = []

    init(policy: StockPolicy, lots: [StockLot], reported: CivilDate?, asOf: CivilDate) {
        self.policy = policy
        self.lots = lots
        self.reported = reported
        self.asOf = asOf
        let rowsAlike = lots.reduce(into: [Likeness: Int]()) { $0[Likeness($1), default: 0] += 1 }
        for lot in lots {
            // Beside another lot of its expiry it may be that one, so only without it what is there is certain.
            if lot.hasUnreadableLot, rowsAlike[Likeness(lot), default: 0] > 1 {
                gaps.append(Gap(.unreadable, "lot", at: lot.source))
            } else {
                count(lot)
            }
        }
        usableLots.sort { ($0.expiry, $0.lot.source.line) < ($1.expiry, $1.lot.source.line) }
    }

    private mutating func count(_ lot: StockLot) {
        guard !lot.isContradicted else {
            gaps.append(Gap(.conflicting, "quantity", at: lot.source))
            hasDoubtfulCount = true
            return
        }
        guard let quantity = lot.quantity.decimal else {
            gaps.append(Gap(Gap.Reason(lot.quantity), "quantity", at: lot.source))
            // Where the feed says so, it is a negative one.
            if lot.quantity == .implausible { hasDoubtfulCount = true }
            return
        }
        guard !lot.hasUnreadableStatus else {
            gaps.append(Gap(.unreadable, "status", at: lot.source))
            return
        }
        guard !lot.hasOtherUnit else {
            gaps.append(Gap(.unreadable, "unit", at: lot.source))
            return
        }
        // A negative balance is a bookkeeping error; it must not cancel stock that is really there.
        guard !quantity.isNegative else {
            gaps.append(Gap(.unreadable, "negative quantity", at: lot.source))
            hasDoubtfulCount = true
            return
        }
        guard case .date(let expiry) = lot.expiry else {
            gaps.append(Gap(Gap.Reason(lot.expiry), "expiry", at: lot.source))
            return
        }
        guard !lot.isRejected else {
            gaps.append(Gap(.unreadable, "row", at: lot.source))
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

    func assess(
        period: Period,
        undated: [RowReference],
        staleAfter staleDays: Int,
        horizon: Int,
        clearPercent: Int
    ) -> [Assessment] {
        var shared = gaps + undated.map { Gap(.unreadable, "date", at: $0) }
        if lots.isEmpty { shared.append(Gap(.noRow, reported?.description ?? period.label)) }
        if let reported, reported.days(to: asOf) > staleDays {
            shared.append(Gap(.stale, "\(reported)"))
        }
        let isBlind = shared.contains { $0.reason == .noRow || $0.reason == .stale }

        var supply = facts
        let policyGaps = policy.gaps
        var availability = availability(&supply)
        // A lot that could not be read can only add: what is enough without it stays enough. But a row without a date
        // may be the newest count, and a negative or contradicted count casts doubt on all of them.
        let mayBeLess = hasDoubtfulCount || !undated.isEmpty || !policyGaps.isEmpty
        if availability.isBad ? !shared.isEmpty : mayBeLess { availability = .unknown }
        let isShort = availability == .ok && !isBlind && clearPercent > 100 && isShort(of: clearPercent, &supply)

        var ends = facts
        var expiry = expiry(&ends, horizon: horizon)
        if expiry == .ok, !shared.isEmpty { expiry = .unknown }
        return [
            assessment(
                "availability",
                period,
                isBlind ? .unknown : availability,
                sustained: isShort ? .warning : nil,
                supply,
                shared + policyGaps
            ),
            assessment("expiry", period, isBlind ? .unknown : expiry, ends, shared),
        ]
    }

    private var facts: Facts {
        Facts([
            "site": .text(policy.siteName), "item": .text(policy.itemName), "unit": policy.unit.map(Facts.Value.text),
            "reported": reported.map(Facts.Value.date), "usable": .decimal(usable), "expired": .decimal(expired),
            "held": .decimal(held),
        ])
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
            subject: "\(policy.site)/\(policy.item)",
            name: "\(policy.siteName) \(policy.itemName)",
            period: period,
            indicator: indicator,
            state: state,
            sustained: sustained,
            facts: facts,
            gaps: gaps,
            source: lots.map(\.source) + [policy.source]
        )
    }

    private func availability(_ facts: inout Facts) -> Assessment.State {
        facts["basis"] = policy.basis.map(Facts.Value.text)
        guard let minimum = policy.minimum.decimal else { return .unknown }
        facts["minimum"] = .decimal(minimum)
        if usable < minimum { facts["shortfall"] = minimum.subtracting(usable).map(Facts.Value.decimal) }
        // Asked in any case: the days of supply belong to the facts whatever the minimum says.
        let lastsTooShort = lastsTooShort(&facts)
        guard usable < minimum || lastsTooShort else { return .ok }
        // Nothing left where something is demanded, be it a quantity or days of supply.
        return usable.isZero ? .critical : .warning
    }

    /// Whether the stock, enough to raise no alert, is not enough to end one.
    private func isShort(of percent: Int, _ facts: inout Facts) -> Bool {
        let share = ExactDecimal(coefficient: Int64(percent), scale: 2)
        guard let wanted = policy.minimum.decimal?.multiplied(by: share) else { return false }
        facts["clearMinimum"] = .decimal(wanted.trimmed)
        let days = policy.minimumDays.decimal?.multiplied(by: share)
        if let consumption = policy.monthlyConsumption.decimal, !consumption.isZero, let days {
            facts["clearDays"] = .decimal(days.trimmed)
            if let supply = usable.multiplied(by: Self.daysPerMonth), let needed = days.multiplied(by: consumption),
                supply < needed
            {
                return true
            }
        }
        return usable < wanted
    }

    /// Whether the stock lasts for fewer days than it has to; never so without a known consumption.
    private func lastsTooShort(_ facts: inout Facts) -> Bool {
        guard let consumption = policy.monthlyConsumption.decimal, !consumption.isZero else { return false }
        facts["monthlyConsumption"] = .decimal(consumption)
        let supply = usable.multiplied(by: Self.daysPerMonth)
        facts["daysOfSupply"] = supply?.divided(by: consumption, decimals: 1).map(Facts.Value.decimal)
        guard let days = policy.minimumDays.decimal else { return false }
        facts["minimumDays"] = .decimal(days)
        // Compared unrounded: usable × days per month against the minimum days × monthly consumption.
        guard let supply, let wanted = days.multiplied(by: consumption) else { return false }
        return supply < wanted
    }

    private func expiry(_ facts: inout Facts, horizon: Int) -> Assessment.State {
        facts["horizonDays"] = .integer(horizon)
        let expiring = usableLots.filter { asOf.days(to: $0.expiry) <= horizon }
        if !expiredLots.isEmpty { facts["expiredLots"] = .list(expiredLots.map(describe)) }
        if !expiring.isEmpty { facts["expiringLots"] = .list(expiring.map(describe)) }
        return expiredLots.isEmpty && expiring.isEmpty ? .ok : .warning
    }

    private func describe(_ entry: CountedLot) -> Facts {
        Facts([
            "lot": .text(entry.lot.lot.isEmpty ? "—" : entry.lot.lot), "quantity": .decimal(entry.quantity),
            "expiry": .date(entry.expiry), "daysLeft": .integer(asOf.days(to: entry.expiry)),
            "unit": policy.unit.map(Facts.Value.text), "row": .text(entry.lot.source.description),
        ])
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
