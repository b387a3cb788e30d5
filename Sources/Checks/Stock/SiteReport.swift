// What sites report: their latest counts, lot by lot.

import Almanac
import Diagnostics
import Records

/// The latest reports of a site: a newer count replaces an older one, and the older ones only tell what was before.
struct SiteReport: Sendable {
    /// What a site counted on one day.
    struct Count: Sendable {
        let date: CivilDate
        fileprivate(set) var rows = ItemChains<StockLot>()

        func lots(of item: UInt32) -> [StockLot] { rows.entries(of: item) }
    }

    /// The newest last.
    private(set) var counts: [Count] = []
    /// Rows whose date is blank or unreadable; no one can say which report they belong to.
    private(set) var undated: [RowPlace] = []

    var date: CivilDate? { counts.last?.date }

    func lots(of item: UInt32) -> [StockLot] { counts.last?.lots(of: item) ?? [] }

    /// Whether the newest count has a row of the item.
    func mentions(_ item: UInt32) -> Bool { counts.last?.rows.contains(item) ?? false }

    /// Takes one row of the count of a day; a lot that stands there twice counts once, or not at all when the two rows differ.
    /// - Parameters:
    ///   - kept: How many counts are remembered.
    ///   - places: In which files rows stand, for complaints.
    mutating func take(
        _ lot: StockLot,
        counted date: Cell,
        item: UInt32,
        until asOf: CivilDate,
        kept: Int,
        places: RowPlaces,
        complaints: inout RowComplaints
    ) {
        guard case .date(let day) = date else {
            undated.append(lot.source)
            return
        }
        guard day <= asOf, let index = place(of: day, kept: kept) else { return }
        var twin: StockLot?
        for place in counts[index].rows.places(of: item) {
            let earlier = counts[index].rows[place]
            switch earlier.relation(to: lot) {
            case .another, .elsewhere:
                if twin == nil, earlier.disagreesOnExpiry(with: lot) { twin = earlier }
            case .same where !lot.isContradicted:
                return complaints.repeated(at: places[lot.source], of: places[earlier.source])
            case .same, .contradiction:
                // Within one file whoever found the contradiction has told it.
                if !lot.isContradicted { complaints.contradicts(places[earlier.source], at: places[lot.source]) }
                counts[index].rows[place].isContradicted = true
                return
            }
        }
        if let twin {
            complaints.invalid(
                "the lot has two expiries, the earlier one counts",
                severity: .warning,
                at: RegisterCell(column: "expiry", position: places[lot.source].position),
                found: [twin, lot].compactMap(\.expiry.date).map(\.description).joined(separator: ", "),
                remedy: "look at the lot, and hand the right day in"
            )
        }
        counts[index].rows.append(lot, to: item)
    }

    /// The place of a day's count; `nil` for one older than those that are kept.
    private mutating func place(of day: CivilDate, kept: Int) -> Int? {
        if let last = counts.indices.last, counts[last].date == day { return last }
        if let index = counts.firstIndex(where: { $0.date == day }) { return index }
        let place = counts.firstIndex { $0.date > day } ?? counts.count
        if place == 0, counts.count >= kept, !counts.isEmpty { return nil }
        counts.insert(Count(date: day), at: place)
        guard counts.count > kept else { return place }
        counts.removeFirst()
        return place - 1
    }
}
