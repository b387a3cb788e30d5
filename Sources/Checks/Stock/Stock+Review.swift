// What of a table of stock counts will not count, for the return slip.

import Almanac
import Diagnostics
package import Records

/// What the rows of a table that was handed in said so far.
struct StockReview: Sendable {
    /// One site's count of one item on one day.
    struct Count: Hashable {
        let site: String
        let item: String
        let day: CivilDate
    }

    /// What a site counted on the last day of which the table speaks.
    struct LastCount {
        let day: CivilDate
        let position: Position
        var items: Set<String> = []
    }

    var memory = ReviewMemory()
    var lots: [Count: [(lot: StockLot, fileRows: Int)]] = [:]
    /// The lots that were told to be contradicted.
    var contradicted: Set<RowReference> = []
    /// The newest count of each site.
    var last: [String: LastCount] = [:]
}

extension Stock {
    package mutating func review(_ row: borrowing Row, role: Int, _ tell: (Reject) -> Void) -> Int? {
        guard role == Role.lots else { return nil }
        let site = lots.text("site", of: row) ?? ""
        let item = lots.text("item", of: row) ?? ""
        let policy = policy(site, item)
        // A count that cannot be used was made all the same.
        if policy != nil, case .date(let day) = lots.cell("date", of: row) {
            note(StockReview.Count(site: site, item: item, day: day), row)
        }
        guard !row.isRejected, row.contradicted == nil else { return 0 }
        guard let policy else {
            tellOfStranger(site, item, row, tell)
            return row.fileRows
        }
        guard case .date(let day) = lots.cell("date", of: row) else {
            tell(lots.unstated("date", of: row))
            return row.fileRows
        }
        let lot = lot(row, of: item, under: policy)
        if lot.factor == nil {
            tell(otherUnit(policy.unit ?? "", row))
            return row.fileRows
        }
        if lot.hasUnreadableStatus, !lots.cell("status", of: row).isRejected {
            tell(unknownStatus(row))
            return row.fileRows
        }
        return compare(lot, StockReview.Count(site: site, item: item, day: day), row, tell)
    }

    private mutating func tellOfStranger(
        _ site: String,
        _ item: String,
        _ row: borrowing Row,
        _ tell: (Reject) -> Void
    ) {
        if policiesBySite.isEmpty {
            if reviewed.memory.isNews("policies") { tell(lots.nothingRegistered("site", of: row)) }
        } else if policiesBySite[site] == nil {
            let near = reviewed.memory.nearest(to: site, among: policiesBySite.keys)
            tell(lots.stranger("site", "site", of: row, found: site, nearest: near))
        } else if reviewed.memory.isNews("\(site)/\(item)") {
            tell(notRequired(item, of: site, row))
        }
    }

    /// A count that leaves out what the site has to hold: it is believed in place of older ones, and says nothing of that.
    package mutating func endReview(_ tell: (Reject) -> Void) {
        for (site, count) in reviewed.last.sorted(by: { $0.key < $1.key }) {
            let places = (policiesBySite[site] ?? [:]).filter { !count.items.contains($0.key) }.values.sorted()
            let policies = places.map { policyRows[$0] }
            guard let first = policies.first else { continue }
            tell(partial(count, of: first.siteName, lacking: policies.map(\.itemName)))
        }
    }

    private mutating func note(_ count: StockReview.Count, _ row: borrowing Row) {
        if reviewed.last[count.site].map({ $0.day < count.day }) ?? true {
            let place = lots.place("date", of: row).position
            reviewed.last[count.site] = StockReview.LastCount(day: count.day, position: place)
        }
        if reviewed.last[count.site]?.day == count.day { reviewed.last[count.site]?.items.insert(count.item) }
    }

    /// Holds a lot against the others of its count, as a run does.
    private mutating func compare(
        _ lot: StockLot,
        _ count: StockReview.Count,
        _ row: borrowing Row,
        _ tell: (Reject) -> Void
    ) -> Int {
        var twin: (lot: StockLot, fileRows: Int)?
        for earlier in reviewed.lots[count] ?? [] {
            switch earlier.lot.relation(to: lot) {
            case .another, .elsewhere: continue
            case .same:
                tell(repeated(row, of: earlier.lot.source))
                return 0
            case .contradiction: twin = twin ?? earlier
            }
        }
        guard let twin else {
            reviewed.lots[count, default: []].append((lot, row.fileRows))
            return 0
        }
        tell(contradicting(row.reference, twin.lot.source, lot: lot.lot))
        guard reviewed.contradicted.insert(twin.lot.source).inserted else { return row.fileRows }
        tell(contradicting(twin.lot.source, row.reference, lot: lot.lot))
        return row.fileRows + twin.fileRows
    }

    private func contradicting(_ row: RowReference, _ other: RowReference, lot: String) -> Reject {
        Reject(
            .contradictsRow,
            Diagnostic(
                "the row contradicts \(other), so neither is believed",
                at: row.position,
                found: lot.isEmpty ? nil : lot,
                remedy: "keep the right one, and hand the table in again"
            ),
            detail: .row(other)
        )
    }

    private func repeated(_ row: borrowing Row, of earlier: RowReference) -> Reject {
        Reject(
            .repeatedRow,
            Diagnostic(
                "the row says again what \(earlier) says, it counts once",
                severity: .warning,
                at: row.reference.position
            ),
            detail: .row(earlier)
        )
    }

    private func notRequired(_ item: String, of site: String, _ row: borrowing Row) -> Reject {
        lots.reject(
            .notRequired,
            "the register demands nothing of this item at the site, so its rows are not judged",
            severity: .warning,
            "item",
            of: row,
            found: "\(site)/\(item)",
            remedy: "register the item for the site, or correct the codes",
            costsRow: true
        )
    }

    private func otherUnit(_ unit: String, _ row: borrowing Row) -> Reject {
        lots.reject(
            .otherUnitThanRegistered,
            "the register counts the item in another unit, so the row is not used",
            "unit",
            of: row,
            expected: unit,
            remedy: "convert the quantity to \(unit)",
            detail: .words([unit]),
            costsRow: true
        )
    }

    /// A status that the feed lets pass and that says nothing here.
    private func unknownStatus(_ row: borrowing Row) -> Reject {
        lots.reject(
            .unknownWord,
            "nobody knows whether a lot of this status may be used, so the row is not used",
            "status",
            of: row,
            detail: .words([StockLot.usable, StockLot.held, StockLot.recalled]),
            costsRow: true
        )
    }

    private func partial(_ count: StockReview.LastCount, of site: String, lacking items: [String]) -> Reject {
        Reject(
            .partialCount,
            Diagnostic(
                "the site's newest count does not list everything that it has to hold",
                severity: .warning,
                at: Position(file: count.position.file, line: count.position.line),
                found: "\(site) \(count.day)",
                expected: items.prefix(Self.listedItems).joined(separator: ", "),
                remedy: "list every item, with 0 where there is none"
            ),
            detail: .words(Array(items.prefix(Self.listedItems)) + (items.count > Self.listedItems ? ["…"] : []))
        )
    }

    private static let listedItems = 20
}
