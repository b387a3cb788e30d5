// What sites report: their latest counts, lot by lot.

import Almanac
import Diagnostics
import Records

/// The latest reports of a site: a newer count replaces an older one, and the older ones only tell what was before.
struct SiteReport: Sendable {
    /// What a site counted on one day.
    struct Count: Sendable {
        let date: CivilDate
        fileprivate(set) var rows: [String: [StockLot]] = [:]

        func lots(of item: String) -> [StockLot] { rows[item] ?? [] }
    }

    /// The newest last.
    private(set) var counts: [Count] = []
    /// Rows whose date is blank or unreadable; no one can say which report they belong to.
    private(set) var undated: [RowReference] = []

    var date: CivilDate? { counts.last?.date }

    func lots(of item: String) -> [StockLot] { counts.last?.lots(of: item) ?? [] }

    /// Takes one row of the count of a day; a lot that stands there twice counts once, or not at all when the two rows differ.
    /// - Parameter kept: How many counts are remembered.
    mutating func take(
        _ lot: StockLot,
        counted date: Cell,
        item: String,
        until asOf: CivilDate,
        kept: Int,
        complaints: inout RowComplaints
    ) {
        guard case .date(let day) = date else {
            undated.append(lot.source)
            return
        }
        guard day <= asOf, let index = place(of: day, kept: kept) else { return }
        var rows = counts[index].rows[item] ?? []
        for (place, earlier) in rows.enumerated() {
            switch earlier.relation(to: lot) {
            case .another, .elsewhere: continue
            case .same where !lot.isContradicted:
                complaints.repeated(at: lot.source, of: earlier.source)
                return
            case .same, .contradiction:
                // Within one file whoever found the contradiction has told it.
                if !lot.isContradicted { complaints.contradicts(earlier.source, at: lot.source) }
                rows[place].isContradicted = true
                counts[index].rows[item] = rows
                return
            }
        }
        if let twin = rows.first(where: { $0.disagreesOnExpiry(with: lot) }) {
            complaints.invalid(
                "the lot has two expiries, the earlier one counts",
                severity: .warning,
                at: RegisterCell(column: "expiry", position: lot.source.position),
                found: [twin, lot].compactMap(\.expiry.date).map(\.description).joined(separator: ", "),
                remedy: "look at the lot, and hand the right day in"
            )
        }
        rows.append(lot)
        counts[index].rows[item] = rows
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
