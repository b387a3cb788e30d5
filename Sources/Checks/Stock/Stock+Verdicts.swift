// How rows become positions: which lots and movements count for a policy row, and what sites could give each other.

import Almanac
import Records

extension Stock {
    package mutating func finish() -> [Assessment] {
        let judged = policyRows.filter { $0.category == parameters.category }
        let members = Dictionary(grouping: items.filter { $0.value.group != nil }.keys.sorted()) { item in
            items[item]?.group ?? ""
        }
        let alarms = sentinels?.seriesInAlarm(within: parameters.surgeDays) ?? [:]
        let groups = Set(judged.filter { members[$0.item] != nil }.map { "\($0.site)/\($0.item)" })
        let positions = judged.map { policy in
            let group = items[policy.item]?.group.map { "\(policy.site)/\($0)" }
            return position(
                policy,
                members: members,
                alarms: alarms,
                isPartOfGroup: group.map(groups.contains) ?? false
            )
        }
        let transfers = transfers(among: positions)
        let given = Dictionary(grouping: transfers, by: \.donor)
        let taken = Dictionary(grouping: transfers, by: \.recipient)
        return positions.indices.flatMap { index in
            positions[index].assess(
                period: period,
                given: (given[index] ?? []).map { describe($0, positions[$0.recipient].policy) },
                taken: (taken[index] ?? []).map { describe($0, positions[$0.donor].policy) }
            )
        }
    }

    /// The sites whose stock a policy row is about.
    private func sites(of policy: StockPolicy, _ itemsCounted: [String]) -> [String] {
        guard policy.site == parameters.district else { return [policy.site] }
        var seen: Set<String> = []
        return policyRows.compactMap { row in
            let belongs = row.item == policy.item || itemsCounted.contains(row.item)
            guard row.site != policy.site, belongs, seen.insert(row.site).inserted else { return nil }
            return row.site
        }
    }

    private func position(
        _ policy: StockPolicy,
        members: [String: [String]],
        alarms: [String: CivilDate],
        isPartOfGroup: Bool
    ) -> StockPosition {
        // A group is its members; an item that stands for a group of its own name counts as well.
        let itemsCounted = (members[policy.item] ?? []).filter { $0 != policy.item } + [policy.item]
        let sites = sites(of: policy, itemsCounted)
        let isDistrict = policy.site == parameters.district
        var otherGaps: [Gap] = []
        var missing: [String] = []
        var present: [String] = []
        for site in sites {
            let report = reports[site]
            let counts = itemsCounted.contains { report?.lots(of: $0).isEmpty == false }
            let isFresh = report?.date.map { $0.days(to: asOf) <= parameters.staleAfterDays } ?? false
            if counts, isFresh || !isDistrict {
                present.append(site)
            } else if isDistrict {
                let name = policyRows.first { $0.site == site }?.siteName ?? site
                missing.append(name)
                otherGaps.append(Gap(report?.date == nil || !counts ? .noRow : .stale, name))
            }
        }
        let shelf = ShelfTally(shelves(present, itemsCounted, of: policy) { $0.lots(of: $1) }, asOf: asOf)
        let report = isDistrict ? nil : reports[policy.site]
        let demand = demand(for: policy, sites: isDistrict ? present : sites, itemsCounted, onShelf: shelf, alarms)
        let limits = StockLimits(policy, demand, rules: rules, on: asOf)
        if !isDistrict, let suspect = suspectUnit(policy, itemsCounted) {
            otherGaps.append(Gap(.conflicting, "unit", at: suspect))
        }
        return StockPosition(
            policy: policy,
            shelf: shelf,
            demand: demand,
            limits: limits,
            forecast: ExpiryForecast(shelf.usableLots, demand, asOf: asOf, cutoff: parameters.cutoffDays),
            reported: isDistrict ? present.compactMap { reports[$0]?.date }.min() : report?.date,
            undated: isDistrict ? [] : report?.undated ?? [],
            otherGaps: otherGaps,
            coverage: isDistrict
                ? .init(reported: present.count, expected: sites.count, missing: missing) : nil,
            earlier: isDistrict ? [] : earlier(policy, itemsCounted),
            asOf: asOf,
            parameters: parameters,
            hasRows: !present.isEmpty,
            losesAlone: !isDistrict && !isPartOfGroup
        )
    }

    private func shelves(
        _ sites: [String],
        _ itemsCounted: [String],
        of policy: StockPolicy,
        _ lots: (SiteReport, String) -> [StockLot]
    ) -> [ShelfTally.Shelf] {
        sites.flatMap { site in
            itemsCounted.compactMap { item in
                guard let report = reports[site] else { return nil }
                return ShelfTally.Shelf(
                    site: site,
                    item: item,
                    lots: lots(report, item),
                    equivalent: equivalent(of: item, in: policy),
                    neverExpires: items[item]?.neverExpires ?? false
                )
            }
        }
    }

    private func equivalent(of item: String, in policy: StockPolicy) -> ExactDecimal {
        item == policy.item ? ExactDecimal(1) : items[item]?.equivalent ?? ExactDecimal(1)
    }

    /// What the counts before the latest one said, newest first, each as of its own day.
    private func earlier(_ policy: StockPolicy, _ itemsCounted: [String]) -> [ShelfTally] {
        guard parameters.raiseAfter > 1, let report = reports[policy.site] else { return [] }
        return report.counts.dropLast().reversed().map { count in
            ShelfTally(shelves([policy.site], itemsCounted, of: policy) { count.lots(of: $1) }, asOf: count.date)
        }
    }

    /// A lot whose unit was written otherwise in the count before, when the quantity has become ten times more or less.
    private func suspectUnit(_ policy: StockPolicy, _ itemsCounted: [String]) -> RowReference? {
        guard let report = reports[policy.site], let before = report.counts.dropLast().last else { return nil }
        for item in itemsCounted {
            let (old, new) = (before.lots(of: item), report.lots(of: item))
            guard Set(old.map(\.unit)) != Set(new.map(\.unit)), let was = old.compactMap(\.baseQuantity).total,
                let now = new.compactMap(\.baseQuantity).total, !was.isZero, !now.isZero,
                let more = was.multiplied(by: Self.suspectJump), let less = now.multiplied(by: Self.suspectJump)
            else { continue }
            if more <= now || less <= was { return new.first?.source }
        }
        return nil
    }

    private static let suspectJump = ExactDecimal(10)

    private func demand(
        for policy: StockPolicy,
        sites: [String],
        _ itemsCounted: [String],
        onShelf shelf: ShelfTally,
        _ alarms: [String: CivilDate]
    ) -> Demand {
        let stated = Demand.stated(policy.monthlyConsumption.decimal, daysPerMonth: parameters.daysPerMonth)
        guard policy.site == parameters.district else {
            let estimate = estimate(policy, policy.site, itemsCounted, onShelf: shelf.usable)
            return surged(estimate?.daily == nil ? stated : estimate ?? stated, policy, itemsCounted, alarms)
        }
        guard stated.daily == nil else { return surged(stated, policy, itemsCounted, alarms) }
        let each = sites.map { site in
            let own = self.policy(site, policy.item)
            return estimate(own ?? policy, site, itemsCounted, onShelf: nil)
                ?? Demand.stated(own?.monthlyConsumption.decimal, daysPerMonth: parameters.daysPerMonth)
        }
        return surged(
            Demand.sum(each, daysPerMonth: parameters.daysPerMonth) ?? stated,
            policy,
            itemsCounted,
            alarms
        )
    }

    /// What a site's books say; `nil` when they never mention the items, which does not mean that nobody uses them.
    private func estimate(
        _ policy: StockPolicy,
        _ site: String,
        _ itemsCounted: [String],
        onShelf quantity: ExactDecimal?
    ) -> Demand? {
        let books = itemsCounted.flatMap { item in
            (movements[site]?[item] ?? []).map { movement in
                var copy = movement
                copy.quantity = movement.quantity.multiplied(by: equivalent(of: item, in: policy)) ?? movement.quantity
                return copy
            }
        }
        guard !books.isEmpty, let booked = booked[site] else { return nil }
        let counted = quantity.flatMap { quantity in reports[site]?.date.map { (day: $0, quantity: quantity) } }
        return DemandEstimator(
            movements: books,
            booked: booked,
            counted: counted,
            countsTransfers: policy.isStore,
            windowDays: parameters.windowDays,
            daysPerMonth: parameters.daysPerMonth
        )
        .estimate(asOf: asOf)
    }

    /// The demand as it will be when an alarm of the sentinels has its way with an item, or with one of its group.
    private func surged(
        _ demand: Demand,
        _ policy: StockPolicy,
        _ itemsCounted: [String],
        _ alarms: [String: CivilDate]
    ) -> Demand {
        let surges = itemsCounted.compactMap { items[$0]?.surge }.filter { alarms[$0.series] != nil }
        guard let surge = surges.max(by: { $0.factor < $1.factor }), let day = alarms[surge.series] else {
            return demand
        }
        return demand.raised(by: surge.factor, because: surge.series, on: day)
    }

    private func transfers(among positions: [StockPosition]) -> [Redistribution.Transfer] {
        let sites = positions.map { position in
            Redistribution.Site(
                policy: position.policy,
                shelf: position.shelf,
                daily: position.demand.daily,
                maximum: position.limits.maximum,
                minimum: position.limits.decisive?.quantity,
                wastes: position.losesAlone ? position.forecast?.wastes ?? [] : [],
                items: items,
                isKnown: position.isKnown && position.coverage == nil
            )
        }
        return Redistribution(transitDays: parameters.transitDays, marginDays: parameters.cutoffDays, asOf: asOf)
            .transfers(among: sites)
    }

    private func describe(_ transfer: Redistribution.Transfer, _ other: StockPolicy) -> Facts {
        Facts([
            "siteCode": .text(other.site), "site": .text(other.siteName), "lot": .text(transfer.lot.lot.lot),
            "quantity": .decimal(transfer.quantity), "useBefore": .date(transfer.expiry),
            "arithmetic": .text(transfer.arithmetic),
        ])
    }
}
