// Who could still use what will expire: donor, recipient, quantity, with the arithmetic of both.

import Almanac
import Records

/// Finds takers for what sites will not use of an item in time.
struct Redistribution: Sendable {
    /// A site that has an item, as giver or taker.
    struct Site: Sendable {
        let policy: StockPolicy
        let shelf: ShelfTally
        let daily: Ratio?
        let maximum: Ratio?
        let minimum: Ratio?
        let wastes: [ExpiryForecast.Waste]
        /// What is known of the items that are counted here, by code.
        let items: [UInt32: StockItem]
        /// Whether it reported lately and its counts can be relied on.
        let isKnown: Bool
    }

    /// One suggestion.
    struct Transfer: Sendable {
        let donor: Int
        let recipient: Int
        let lot: ShelfTally.CountedLot
        let expiry: CivilDate
        let quantity: ExactDecimal
        let room: Room
    }

    /// How much of a lot a site can take.
    struct Room: Sendable {
        let quantity: ExactDecimal
        /// How much it uses a day, and for how many days it can do so before the lot is over.
        let daily: Ratio
        let daysLeft: Int
        let transitDays: Int
        let marginDays: Int
        /// What it has that expires no later, and how much of the lot it can therefore use.
        let earlier: ExactDecimal
        let usable: Ratio
        /// Up to where its stock may go, from what.
        let ceiling: Ratio
        let stock: ExactDecimal

        /// The numbers, and the sums as anybody can do them again.
        var facts: Facts {
            let below = ceiling.minus(Ratio(stock))
            return Facts([
                "takerDaily": daily.shown?.fact, "daysLeft": .integer(daysLeft), "transitDays": .integer(transitDays),
                "marginDays": .integer(marginDays), "earlierStock": earlier.fact, "canUse": usable.shown?.fact,
                "ceiling": ceiling.shown?.fact, "takerStock": stock.fact, "fits": below?.shown?.fact,
                "arithmetic": .text(
                    "\(text(daily)) × (\(daysLeft) − \(transitDays) − \(marginDays)) − \(earlier) = \(text(usable)); "
                        + "\(text(ceiling)) − \(stock) = \(below.map { text($0) } ?? "?")"
                ),
            ])
        }

        private func text(_ quantity: Ratio) -> String { quantity.shown?.description ?? "?" }
    }

    /// How long goods are on the way, and how many days before its last day a lot must have been given out.
    let transitDays: Int
    let marginDays: Int
    let asOf: CivilDate

    /// Suggestions among sites that have the same item, what expires first first; nothing is given twice, and nobody gets
    /// more than the maximum.
    func transfers(among sites: [Site]) -> [Transfer] {
        var given: [ExactDecimal] = Array(repeating: ExactDecimal(0), count: sites.count)
        let offers = sites.indices.flatMap { donor in
            sites[donor].isKnown ? sites[donor].wastes.map { (donor, $0) } : []
        }
        .sorted { ($0.1.expiry, $0.0) < ($1.1.expiry, $1.0) }
        guard !offers.isEmpty else { return [] }
        let order = mostUseFirst(sites)
        var transfers: [Transfer] = []
        for (donor, waste) in offers {
            guard var left = waste.quantity.roundedDown else { continue }
            for recipient in order where canTake(recipient, waste, from: donor, among: sites) {
                guard ExactDecimal(0) < left else { break }
                guard
                    let room = room(of: sites[recipient], for: waste, already: given[recipient]),
                    let amount = whole(min(left, room.quantity), of: pack(of: waste, at: sites[donor]))
                else { continue }
                given[recipient] = given[recipient].adding(amount) ?? given[recipient]
                left = left.subtracting(amount) ?? ExactDecimal(0)
                transfers.append(
                    Transfer(
                        donor: donor,
                        recipient: recipient,
                        lot: waste.lot,
                        expiry: waste.expiry,
                        quantity: amount,
                        room: room
                    )
                )
            }
        }
        return transfers
    }

    /// Those who use most stand first; nobody takes without using, so those of whom nothing is known are left out.
    private func mostUseFirst(_ sites: [Site]) -> [Int] {
        sites.indices.filter { sites[$0].daily != nil }.sorted { one, other in
            guard let left = sites[one].daily, let right = sites[other].daily, left != right else { return one < other }
            return right < left
        }
    }

    /// Whether a site may take: another one that uses the item, wastes none of it, and can keep it cold.
    private func canTake(_ index: Int, _ waste: ExpiryForecast.Waste, from donor: Int, among sites: [Site]) -> Bool {
        guard index != donor, sites[index].isKnown, sites[index].wastes.isEmpty,
            sites[index].daily?.isZero == false
        else { return false }
        let wanted = sites[donor].items[waste.lot.item]?.coldChain
        return wanted.map { sites[index].policy.coldChain.contains($0) } ?? true
    }

    /// How much a site can take: what it uses until the last day, less what it has that expires before, and no more than
    /// fits below its maximum.
    private func room(
        of site: Site,
        for waste: ExpiryForecast.Waste,
        already given: ExactDecimal
    ) -> Room? {
        let days = asOf.days(to: waste.expiry) - transitDays - marginDays
        guard days > 0, let daily = site.daily, let use = daily.times(ExactDecimal(days)) else { return nil }
        let own = site.shelf.usableLots.filter { $0.expiry.map { $0 <= waste.expiry } ?? false }.map(\.quantity)
        guard let earlier = own.total?.adding(given), let free = use.minus(Ratio(earlier)) else { return nil }
        // Without a maximum of its own, nobody is given more than brings it up to what it has to hold.
        guard let ceiling = site.maximum ?? site.minimum, let stock = site.shelf.usable.adding(given),
            let below = ceiling.minus(Ratio(stock)), let quantity = min(free, below).roundedDown
        else { return nil }
        return Room(
            quantity: quantity,
            daily: daily,
            daysLeft: asOf.days(to: waste.expiry),
            transitDays: transitDays,
            marginDays: marginDays,
            earlier: earlier,
            usable: free,
            ceiling: ceiling,
            stock: stock
        )
    }

    /// The box of a lot; units of a group come in none.
    private func pack(of waste: ExpiryForecast.Waste, at site: Site) -> ExactDecimal? {
        waste.lot.item == site.policy.subject.item ? site.items[waste.lot.item]?.pack : nil
    }

    /// Whole boxes of it; `nil` for less than one.
    private func whole(_ quantity: ExactDecimal, of pack: ExactDecimal?) -> ExactDecimal? {
        let unit = pack ?? ExactDecimal(1)
        guard let boxes = Ratio(quantity, by: unit)?.roundedDown, ExactDecimal(0) < boxes else { return nil }
        return boxes.multiplied(by: unit)?.trimmed
    }
}
