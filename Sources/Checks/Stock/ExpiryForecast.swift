// What will expire unused: lots are used in the order in which they expire, at the rate at which the item is used.

import Almanac
import Records

/// Rolls the usable lots forward, first expired first out.
struct ExpiryForecast: Sendable {
    /// What will be left of a lot when its time is over.
    struct Waste: Sendable {
        let lot: ShelfTally.CountedLot
        let expiry: CivilDate
        /// In base units.
        let quantity: Ratio
        /// For how many days what is lost would have lasted.
        let days: Ratio
        /// How many days there are to use the lot and those before it, and how much is used of this lot meanwhile.
        let window: Int
        let used: Ratio
    }

    private(set) var wastes: [Waste] = []
    /// What is used before it expires.
    private(set) var usedInTime: Ratio?
    let daily: Ratio

    /// - Parameters:
    ///   - cutoff: How many days before its last day a lot is no longer given out.
    ///   - lots: In the order in which they are used.
    init?(_ lots: [ShelfTally.CountedLot], _ demand: Demand, asOf: CivilDate, cutoff: Int) {
        guard let daily = demand.daily, !daily.isZero else { return nil }
        self.daily = daily
        var used = Ratio(ExactDecimal(0))
        for lot in lots {
            let quantity = Ratio(lot.quantity)
            guard let expiry = lot.expiry else {
                guard let sum = used.plus(quantity) else { return nil }
                used = sum
                continue
            }
            let window = max(0, asOf.days(to: expiry) - cutoff)
            guard let capacity = daily.times(ExactDecimal(window)), let room = capacity.minus(used) else { return nil }
            let nothing = Ratio(ExactDecimal(0))
            let part = max(nothing, min(quantity, room))
            guard let left = quantity.minus(part) else { return nil }
            // Where the whole room is used, its exact end is known without another sum.
            guard let sum = part == room ? capacity : used.plus(part) else { return nil }
            used = part == nothing ? used : sum
            // Less than a day's use is no loss worth a word.
            guard !(left < daily), let days = left.divided(by: daily) else { continue }
            wastes.append(
                Waste(lot: lot, expiry: expiry, quantity: left, days: days, window: window, used: part)
            )
        }
        usedInTime = used
    }

    /// What expires unused altogether.
    var total: Ratio? {
        wastes.reduce(Ratio(ExactDecimal(0)) as Ratio?) { sum, waste in sum.flatMap { $0.plus(waste.quantity) } }
    }
}
