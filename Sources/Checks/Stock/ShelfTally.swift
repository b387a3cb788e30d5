// What lies on the shelves, kept apart: usable, expired, held, recalled, spoiled and booked below nothing.

import Almanac
import Records

/// What is not known of a row of a count.
struct LotGap: Sendable {
    let reason: Gap.Reason
    let what: String
    let source: RowPlace

    init(_ reason: Gap.Reason, _ what: String, _ source: RowPlace) {
        self.reason = reason
        self.what = what
        self.source = source
    }
}

/// The lots of one item at one site, or of several that are counted together, on one day.
struct ShelfTally: Sendable {
    /// A lot that counts, in base units.
    struct CountedLot: Sendable {
        let lot: StockLot
        let quantity: ExactDecimal
        /// The last good day; `nil` for what never expires.
        let expiry: CivilDate?
        /// The item, where several are counted together.
        let item: UInt32
    }

    /// Lots of one item of one site.
    struct Shelf: Sendable {
        let subject: StockSubject
        let lots: [StockLot]
        /// How many units one of the item's is worth.
        let equivalent: ExactDecimal
        let neverExpires: Bool
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
    private(set) var gaps: [LotGap] = []
    /// Whether a balance is negative or two rows disagree: then any other count of the item may be wrong too.
    private(set) var hasDoubtfulCount = false
    /// Usable lots: what expires first stands first, of equal days the smaller lot, then by number.
    private(set) var usableLots: [CountedLot] = []
    private(set) var expiredLots: [CountedLot] = []
    /// The rows that were looked at.
    let sources: [RowPlace]

    /// A day that lies further ahead than this many years is none that anybody has read off a lot.
    private static let longestLife = 10

    init(_ shelves: [Shelf], asOf: CivilDate) {
        self.asOf = asOf
        sources = shelves.flatMap { $0.lots.map(\.source) }
        for shelf in shelves {
            for lot in shelf.lots {
                // Beside another lot of its expiry it may be that one, so only without it what is there is certain.
                if lot.hasUnreadableLot, Self.rows(like: lot, in: shelf, of: shelves) > 1 {
                    gaps.append(LotGap(.unreadable, "lot", lot.source))
                } else {
                    count(lot, of: shelf, Self.earliestExpiry(of: lot, shelf.lots))
                }
            }
        }
        usableLots.sort(by: isUsedBefore)
    }

    /// How many rows of the site's item are perhaps of the same lot, when the number of one of them cannot be read.
    private static func rows(like lot: StockLot, in shelf: Shelf, of shelves: [Shelf]) -> Int {
        shelves.reduce(0) { rows, other in
            guard other.subject == shelf.subject else { return rows }
            return rows + other.lots.count { $0.expiry == lot.expiry && $0.isHeld == lot.isHeld }
        }
    }

    /// The earliest of the days that rows of a lot state.
    private static func earliestExpiry(of lot: StockLot, _ lots: [StockLot]) -> CivilDate? {
        guard lots.count > 1, !lot.lot.isEmpty, !lot.hasUnreadableLot else { return lot.expiry.date }
        var earliest: CivilDate?
        for other in lots where other.lot == lot.lot && !other.hasUnreadableLot {
            guard let day = other.expiry.date, earliest.map({ day < $0 }) ?? true else { continue }
            earliest = day
        }
        return earliest
    }

    private func isUsedBefore(_ one: CountedLot, _ other: CountedLot) -> Bool {
        if one.expiry != other.expiry {
            guard let left = one.expiry else { return false }
            return other.expiry.map { left < $0 } ?? true
        }
        if one.quantity != other.quantity { return one.quantity < other.quantity }
        if one.lot.lot != other.lot.lot { return one.lot.lot < other.lot.lot }
        return one.lot.source.line < other.lot.source.line
    }

    private mutating func count(_ lot: StockLot, of shelf: Shelf, _ earliest: CivilDate?) {
        guard !lot.isContradicted else {
            gaps.append(LotGap(.conflicting, "quantity", lot.source))
            hasDoubtfulCount = true
            return
        }
        guard let written = lot.quantity.decimal else {
            gaps.append(LotGap(Gap.Reason(lot.quantity), "quantity", lot.source))
            // Where the feed says so, it is a negative one.
            if lot.quantity == .implausible { hasDoubtfulCount = true }
            return
        }
        guard !lot.hasUnreadableStatus else {
            gaps.append(LotGap(.unreadable, "status", lot.source))
            return
        }
        guard lot.factor != nil else {
            gaps.append(LotGap(.unreadable, "unit", lot.source))
            return
        }
        // A negative balance is a bookkeeping error; it must not cancel stock that is really there.
        guard !written.isNegative else {
            gaps.append(LotGap(.unreadable, "negative quantity", lot.source))
            negative = negative.adding(written) ?? negative
            hasDoubtfulCount = true
            return
        }
        guard let quantity = lot.baseQuantity?.multiplied(by: shelf.equivalent)?.trimmed(to: written) else {
            gaps.append(LotGap(.unreadable, "part of a unit", lot.source))
            return
        }
        guard let expiry = earliest ?? lot.expiry.date else {
            gaps.append(LotGap(lot.expiry.gap ?? .unreadable, "expiry", lot.source))
            return
        }
        // Whoever writes that a lot never expires is believed of an item of which the register says so too.
        guard expiry != .noEnd || shelf.neverExpires else {
            gaps.append(LotGap(.unreadable, "expiry", lot.source))
            return
        }
        guard !lot.isRejected else {
            gaps.append(LotGap(.unreadable, "row", lot.source))
            return
        }
        let isEndless = shelf.neverExpires && asOf.adding(months: 12 * Self.longestLife) < expiry
        place(CountedLot(lot: lot, quantity: quantity, expiry: isEndless ? nil : expiry, item: shelf.subject.item))
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
