// How rows become positions: which lots and movements count for a policy row, and what sites could give each other.

import Almanac
import Records

/// What all verdicts of one run go by.
private struct StockView {
    /// The items of each group, by code.
    let members: [UInt32: [UInt32]]
    /// Since when each series of counts is in alarm.
    let alarms: [String: CivilDate]
    /// The places of each item's policy rows.
    let rows: [UInt32: [Int]]
    /// The subjects that are groups of items.
    let groups: Set<StockSubject>
    let district: UInt32?
}

extension Stock {
    package mutating func finish() -> [Assessment] {
        var all: [Assessment] = []
        finish { all.append($0) }
        return all
    }

    /// Whoever could take what another site will not use is found item by item, then each row is judged by itself: nothing
    /// is kept of one row's position when the next one's turn comes.
    package mutating func finish(_ give: (Assessment) -> Void) {
        let judged = policyRows.indices.filter { policyRows[$0].category == parameters.category }
        let view = view(judged)
        var given: [Int: [Facts]] = [:]
        var taken: [Int: [Facts]] = [:]
        for rows in sameItem(judged) {
            let positions = rows.map { position(policyRows[$0], view) }
            for transfer in transfers(among: positions) {
                let (donor, recipient) = (rows[transfer.donor], rows[transfer.recipient])
                given[donor, default: []].append(describe(transfer, policyRows[recipient]))
                taken[recipient, default: []].append(describe(transfer, policyRows[donor]))
            }
        }
        for row in judged {
            position(policyRows[row], view)
                .assess(period: period, given: given[row] ?? [], taken: taken[row] ?? [])
                .forEach(give)
        }
    }

    private func view(_ judged: [Int]) -> StockView {
        let grouped = items.filter { $0.value.group != nil }.keys.sorted { itemCodes[$0] < itemCodes[$1] }
        let members = Dictionary(grouping: grouped) { items[$0]?.group ?? 0 }
        return StockView(
            members: members,
            alarms: sentinels?.seriesInAlarm(within: parameters.surgeDays) ?? [:],
            rows: Dictionary(grouping: policyRows.indices) { policyRows[$0].subject.item },
            groups: members.isEmpty
                ? [] : Set(judged.map { policyRows[$0].subject }.filter { members[$0.item] != nil }),
            district: parameters.district.flatMap { sites.number(of: $0) }
        )
    }

    /// The rows of each item, the items in the order in which the register names them first.
    private func sameItem(_ rows: [Int]) -> [[Int]] {
        var places: [UInt32: Int] = [:]
        var groups: [[Int]] = []
        for row in rows {
            let item = policyRows[row].subject.item
            if let place = places[item] {
                groups[place].append(row)
            } else {
                places[item] = groups.count
                groups.append([row])
            }
        }
        return groups
    }

    /// The sites whose stock a policy row is about.
    private func sites(of policy: StockPolicy, _ itemsCounted: [UInt32], _ view: StockView) -> [UInt32] {
        guard policy.subject.site == view.district else { return [policy.subject.site] }
        var seen: Set<UInt32> = []
        return itemsCounted.flatMap { view.rows[$0] ?? [] }.sorted().compactMap { row in
            let site = policyRows[row].subject.site
            return site != policy.subject.site && seen.insert(site).inserted ? site : nil
        }
    }

    private func position(_ policy: StockPolicy, _ view: StockView) -> StockPosition {
        let subject = policy.subject
        // A group is its members; an item that stands for a group of its own name counts as well.
        let itemsCounted = (view.members[subject.item] ?? []).filter { $0 != subject.item } + [subject.item]
        let isDistrict = subject.site == view.district
        let counted = sites(of: policy, itemsCounted, view)
        var otherGaps: [Gap] = []
        var missing: [String] = []
        var present: [UInt32] = []
        for site in counted {
            let report = reports[Int(site)]
            let counts = itemsCounted.contains { report.mentions($0) }
            let isFresh = report.date.map { $0.days(to: asOf) <= parameters.staleAfterDays } ?? false
            if counts, isFresh || !isDistrict {
                present.append(site)
            } else if isDistrict {
                let name = siteRows[Int(site)].first.map { policyRows[Int($0)].siteName } ?? sites[site]
                missing.append(name)
                otherGaps.append(Gap(report.date == nil || !counts ? .noRow : .stale, name))
            }
        }
        let shelf = ShelfTally(shelves(present, itemsCounted, of: policy) { $0.lots(of: $1) }, asOf: asOf)
        let report = isDistrict ? SiteReport() : reports[Int(subject.site)]
        let demand = demand(for: policy, sites: present, itemsCounted, onShelf: shelf, view)
        if !isDistrict, let suspect = suspectUnit(report, itemsCounted) {
            otherGaps.append(Gap(.conflicting, "unit", at: places[suspect]))
        }
        let forecast =
            isDistrict ? nil : ExpiryForecast(shelf.usableLots, demand, asOf: asOf, cutoff: parameters.cutoffDays)
        let group = items[subject.item]?.group
        return StockPosition(
            policy: policy,
            shelf: shelf,
            demand: demand,
            limits: StockLimits(policy, demand, rules: rules, on: asOf),
            forecast: forecast,
            willExpire: isDistrict ? waste(of: itemsCounted, at: present, in: policy, view) : forecast?.total,
            reported: isDistrict ? present.compactMap { reports[Int($0)].date }.min() : report.date,
            undated: report.undated,
            otherGaps: otherGaps,
            coverage: isDistrict
                ? .init(reported: present.count, expected: counted.count, missing: missing) : nil,
            earlier: earlier(report, policy, itemsCounted),
            asOf: asOf,
            parameters: parameters,
            hasRows: !present.isEmpty,
            losesAlone: !isDistrict
                && !(group.map { view.groups.contains(StockSubject(site: subject.site, item: $0)) } ?? false),
            receipts: receipts(at: present, itemsCounted, of: policy),
            codes: (sites[subject.site], itemCodes[subject.item]),
            places: places
        )
    }

    private func shelves(
        _ sites: [UInt32],
        _ itemsCounted: [UInt32],
        of policy: StockPolicy,
        _ lots: (SiteReport, UInt32) -> [StockLot]
    ) -> [ShelfTally.Shelf] {
        sites.flatMap { site in
            itemsCounted.map { item in
                ShelfTally.Shelf(
                    subject: StockSubject(site: site, item: item),
                    lots: lots(reports[Int(site)], item),
                    equivalent: equivalent(of: item, in: policy),
                    neverExpires: items[item]?.neverExpires ?? false
                )
            }
        }
    }

    /// What sites will not use of some items before it expires, each of what it has itself; `nil` where none knows.
    private func waste(
        of items: [UInt32],
        at sites: [UInt32],
        in policy: StockPolicy,
        _ view: StockView
    ) -> Ratio? {
        let wastes = sites.flatMap { site in
            let isWhole = policyPlaces[StockSubject(site: site, item: policy.subject.item)] != nil
            // Where the site has a row for the group itself, that counts its items already.
            return (isWhole ? [policy.subject.item] : items).compactMap { item in
                policyPlaces[StockSubject(site: site, item: item)]
                    .flatMap { position(policyRows[Int($0)], view).willExpire?.times(equivalent(of: item, in: policy)) }
            }
        }
        return wastes.isEmpty ? nil : wastes.reduce(Ratio(ExactDecimal(0))) { $0.plus($1) ?? $0 }
    }

    /// What came in at sites after they counted.
    private func receipts(at sites: [UInt32], _ itemsCounted: [UInt32], of policy: StockPolicy)
        -> StockPosition.Receipts
    {
        var total = ExactDecimal(0)
        var last: CivilDate?
        var isRecent = false
        for site in sites {
            guard let counted = reports[Int(site)].date else { continue }
            let before = reports[Int(site)].counts.dropLast().last?.date
            for item in itemsCounted {
                for movement in books[Int(site)].movements(of: item) where movement.kind == .receipt {
                    isRecent = isRecent || before.map { $0 < movement.until } ?? false
                    guard counted < movement.from,
                        let amount = movement.quantity.multiplied(by: equivalent(of: item, in: policy))
                    else { continue }
                    total = total.adding(amount) ?? total
                    last = max(last ?? movement.until, movement.until)
                }
            }
        }
        return StockPosition.Receipts(
            uncounted: last.flatMap { total.isZero || total.isNegative ? nil : (total, $0) },
            sinceEarlierCount: isRecent
        )
    }

    private func equivalent(of item: UInt32, in policy: StockPolicy) -> ExactDecimal {
        item == policy.subject.item ? ExactDecimal(1) : items[item]?.equivalent ?? ExactDecimal(1)
    }

    /// What the counts before the latest one said, newest first, each as of its own day.
    private func earlier(_ report: SiteReport, _ policy: StockPolicy, _ itemsCounted: [UInt32]) -> [ShelfTally] {
        guard parameters.raiseAfter > 1 else { return [] }
        return report.counts.dropLast().reversed().map { count in
            ShelfTally(
                shelves([policy.subject.site], itemsCounted, of: policy) { count.lots(of: $1) },
                asOf: count.date
            )
        }
    }

    /// A lot whose unit was written otherwise in the count before, when the quantity has become ten times more or less.
    private func suspectUnit(_ report: SiteReport, _ itemsCounted: [UInt32]) -> RowPlace? {
        guard let before = report.counts.dropLast().last else { return nil }
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
        sites: [UInt32],
        _ itemsCounted: [UInt32],
        onShelf shelf: ShelfTally,
        _ view: StockView
    ) -> Demand {
        let stated = Demand.stated(policy.monthlyConsumption.decimal, daysPerMonth: parameters.daysPerMonth)
        let site = policy.subject.site
        guard site == view.district else {
            let estimate = estimate(policy, site, itemsCounted, onShelf: shelf.usable)
            return surged(estimate?.daily == nil ? stated : estimate ?? stated, itemsCounted, view)
        }
        guard stated.daily == nil else { return surged(stated, itemsCounted, view) }
        let each = sites.map { site in
            let own = self.policy(StockSubject(site: site, item: policy.subject.item))
            return estimate(own ?? policy, site, itemsCounted, onShelf: nil)
                ?? Demand.stated(own?.monthlyConsumption.decimal, daysPerMonth: parameters.daysPerMonth)
        }
        return surged(Demand.sum(each, daysPerMonth: parameters.daysPerMonth) ?? stated, itemsCounted, view)
    }

    /// What a site's books say; `nil` when they never mention the items, which does not mean that nobody uses them.
    private func estimate(
        _ policy: StockPolicy,
        _ site: UInt32,
        _ itemsCounted: [UInt32],
        onShelf quantity: ExactDecimal?
    ) -> Demand? {
        let own = books[Int(site)]
        let movements = itemsCounted.flatMap { item in
            let movements = own.movements(of: item)
            let equivalent = equivalent(of: item, in: policy)
            guard equivalent != ExactDecimal(1) else { return movements }
            return movements.map { movement in
                var copy = movement
                copy.quantity = movement.quantity.multiplied(by: equivalent) ?? movement.quantity
                return copy
            }
        }
        guard !movements.isEmpty, let days = own.days else { return nil }
        let counted = quantity.flatMap { quantity in reports[Int(site)].date.map { (day: $0, quantity: quantity) } }
        return DemandEstimator(
            movements: movements,
            booked: days,
            counted: counted,
            countsTransfers: policy.isStore,
            windowDays: parameters.windowDays,
            daysPerMonth: parameters.daysPerMonth
        )
        .estimate(asOf: asOf)
    }

    /// The demand as it will be when an alarm of the sentinels has its way with an item, or with one of its group.
    private func surged(_ demand: Demand, _ itemsCounted: [UInt32], _ view: StockView) -> Demand {
        guard !view.alarms.isEmpty else { return demand }
        let surges = itemsCounted.compactMap { items[$0]?.surge }.filter { view.alarms[$0.series] != nil }
        guard let surge = surges.max(by: { $0.factor < $1.factor }), let day = view.alarms[surge.series] else {
            return demand
        }
        return demand.raised(by: Demand.Surge(factor: surge.factor, series: surge.series, since: day))
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
            "siteCode": .text(sites[other.subject.site]), "site": .text(other.siteName),
            "lot": .text(transfer.lot.lot.lot),
            "quantity": .decimal(transfer.quantity), "unit": other.unit.map(Facts.Value.text),
            "useBefore": .date(transfer.expiry),
        ])
        .merging(transfer.room.facts)
    }
}
