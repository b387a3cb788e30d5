// What lies on the shelves, kept apart: usable, expired, held, recalled, spoiled and booked below nothing.

import Almanac
import Records

/// The lots of one item at one site, or of several that are counted together, on one day.
struct ShelfTally: Sendable {
    /// A lot that counts, in base units.
    struct CountedLot: Sendable {
        let lot: StockLot
        let quantity: ExactDecimal
        /// The last good day; `nil` for what never expires.
        let expiry: CivilDate?
        /// The item, where several are counted together.
        let item: String
    }

    /// What two rows have to share to be perhaps one lot, when the number of one of them cannot be read.
    private struct Likeness: Hashable {
        let expiry: Cell
        let isHeld: Bool
        let owner: String

        init(_ lot: StockLot, _ owner: String) {
            expiry = lot.expiry
            isHeld = lot.isHeld
            self.owner = owner
        }
    }

    /// Lots of one item of one site.
    struct Shelf: Sendable {
        let site: String
        let item: String
        let lots: [StockLot]
        /// How many units one of the item's is worth.
        let equivalent: ExactDecimal
        let neverExpires: Bool

        fileprivate var owner: String { "\(site)/\(item)" }
    }

    private let asOf: CivilDate
    private(set) var usable = ExactDecimal(0)
    private(set) var expired = ExactDecimal(0)
    private(set) var held = ExactDecimal(0)
    private(set) var recalled = ExactDecimal(0)
    private(set) var spoiled = ExactDecimal(0)
    private(set) var negative = ExactDecimal(0)
    /// Usable stock without a lot number, which a recall of the item may concern as well.
    private(set) var unnumbered = ExactDecimal(0)
    private(set) var gaps: [Gap] = []
    /// Whether a balance is negative or two rows disagree: then any other count of the item may be wrong too.
    private(set) var hasDoubtfulCount = false
    /// Usable lots: what expires first stands first, of equal days the smaller lot, then by number.
    private(set) var usableLots: [CountedLot] = []
    private(set) var expiredLots: [CountedLot] = []
    /// The rows that were looked at.
    let sources: [RowReference]

    /// A day that lies further ahead than this many years is none that anybody has read off a lot.
    private static let longestLife = 10

    init(_ shelves: [Shelf], asOf: CivilDate) {
        self.asOf = asOf
        sources = shelves.flatMap { $0.lots.map(\.source) }
        var rowsAlike: [Likeness: Int] = [:]
        for shelf in shelves {
            for lot in shelf.lots { rowsAlike[Likeness(lot, shelf.owner), default: 0] += 1 }
        }
        for shelf in shelves {
            let earliest = Self.earliestExpiries(shelf.lots)
            for lot in shelf.lots {
                // Beside another lot of its expiry it may be that one, so only without it what is there is certain.
                if lot.hasUnreadableLot, rowsAlike[Likeness(lot, shelf.owner), default: 0] > 1 {
                    gaps.append(Gap(.unreadable, "lot", at: lot.source))
                } else {
                    count(lot, of: shelf, earliest[lot.lot])
                }
            }
        }
        usableLots.sort(by: Self.isUsedBefore)
    }

    /// The earlier one of the days that rows of one lot state.
    private static func earliestExpiries(_ lots: [StockLot]) -> [String: CivilDate] {
        lots.reduce(into: [:]) { days, lot in
            guard !lot.lot.isEmpty, !lot.hasUnreadableLot, let day = lot.expiry.date else { return }
            days[lot.lot] = min(day, days[lot.lot] ?? day)
        }
    }

    private static func isUsedBefore(_ one: CountedLot, _ other: CountedLot) -> Bool {
        if one.expiry != other.expiry {
            guard let left = one.expiry else { return false }
            return other.expiry.map { left < $0 } ?? true
        }
        if one.quantity != other.quantity { return one.quantity < other.quantity }
        return (one.lot.lot, one.lot.source.line) < (other.lot.lot, other.lot.source.line)
    }

    private mutating func count(_ lot: StockLot, of shelf: Shelf, _ earliest: CivilDate?) {
        guard !lot.isContradicted else {
            gaps.append(Gap(.conflicting, "quantity", at: lot.source))
            hasDoubtfulCount = true
            return
        }
        guard let written = lot.quantity.decimal else {
            gaps.append(Gap(Gap.Reason(lot.quantity), "quantity", at: lot.source))
            // Where the feed says so, it is a negative one.
            if lot.quantity == .implausible { hasDoubtfulCount = true }
            return
        }
        guard !lot.hasUnreadableStatus else {
            gaps.append(Gap(.unreadable, "status", at: lot.source))
            return
        }
        guard lot.factor != nil else {
            gaps.append(Gap(.unreadable, "unit", at: lot.source))
            return
        }
        // A negative balance is a bookkeeping error; it must not cancel stock that is really there.
        guard !written.isNegative else {
            gaps.append(Gap(.unreadable, "negative quantity", at: lot.source))
            negative = negative.adding(written) ?? negative
            hasDoubtfulCount = true
            return
        }
        guard let quantity = lot.baseQuantity?.multiplied(by: shelf.equivalent)?.trimmed(to: written) else {
            gaps.append(Gap(.unreadable, "part of a unit", at: lot.source))
            return
        }
        guard let expiry = earliest ?? lot.expiry.date else {
            gaps.append(Gap(Gap.Reason(lot.expiry), "expiry", at: lot.source))
            return
        }
        guard !lot.isRejected else {
            gaps.append(Gap(.unreadable, "row", at: lot.source))
            return
        }
        let isEndless = shelf.neverExpires && asOf.adding(months: 12 * Self.longestLife) < expiry
        place(CountedLot(lot: lot, quantity: quantity, expiry: isEndless ? nil : expiry, item: shelf.item))
    }

    private mutating func place(_ counted: CountedLot) {
        switch counted.lot.fitness {
        case .held: held = held.adding(counted.quantity) ?? held
        case .recalled: recalled = recalled.adding(counted.quantity) ?? recalled
        case .spoiled: spoiled = spoiled.adding(counted.quantity) ?? spoiled
        case .usable:
            // A lot is usable on its last good day and expired the day after.
            if let expiry = counted.expiry, expiry < asOf {
                expired = expired.adding(counted.quantity) ?? expired
                if !counted.quantity.isZero { expiredLots.append(counted) }
            } else if !counted.quantity.isZero {
                usable = usable.adding(counted.quantity) ?? usable
                if counted.lot.lot.isEmpty { unnumbered = unnumbered.adding(counted.quantity) ?? unnumbered }
                usableLots.append(counted)
            }
        }
    }

    /// Why there is nothing usable.
    var emptiness: String {
        if !expired.isZero { return "only-expired" }
        return held.isZero && recalled.isZero && spoiled.isZero ? "none" : "only-held"
    }

    /// What lies there, as facts; what is nearly always nothing is named only when it is not.
    var facts: Facts {
        Facts([
            "usable": .decimal(usable), "expired": .decimal(expired), "held": .decimal(held),
            "recalled": recalled.isZero ? nil : .decimal(recalled),
            "recallUnmatched": recalled.isZero || unnumbered.isZero ? nil : .decimal(unnumbered),
            "vvmSpent": spoiled.isZero ? nil : .decimal(spoiled),
            "negative": negative.isZero ? nil : .decimal(negative),
        ])
    }

    /// How the usable stock adds up, as anybody can add it again; `nil` for a single lot.
    var sum: String? {
        guard usableLots.count > 1 else { return nil }
        let shown = usableLots.prefix(Self.longestSum).map(\.quantity.description)
        let more = usableLots.count > Self.longestSum ? " + … (\(usableLots.count))" : ""
        return "usable = \(shown.joined(separator: " + "))\(more) = \(usable)"
    }

    private static let longestSum = 20
}

extension ExactDecimal {
    /// The number with no more decimals than it needs, but with those that the other one is written with.
    fileprivate func trimmed(to other: ExactDecimal) -> ExactDecimal { self == other ? other : trimmed }
}
