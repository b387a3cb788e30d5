// What of a table of stock counts will not count, for the return slip.

import Almanac
import Diagnostics
package import Records

/// What the rows of a table that was handed in said so far.
struct StockReview: Sendable {
    /// One site's count of one item on one day.
    struct Count: Hashable {
        let subject: StockSubject
        let day: CivilDate
    }

    /// What a site counted on the last day of which the table speaks.
    struct LastCount {
        let day: CivilDate
        let position: Position
        var items: Set<UInt32> = []
    }

    var memory = ReviewMemory()
    var lots: [Count: [(lot: StockLot, fileRows: Int)]] = [:]
    /// The lots that were told to be contradicted.
    var contradicted: Set<RowPlace> = []
    /// The newest count of each site.
    var last: [UInt32: LastCount] = [:]
}

extension Stock {
    package mutating func review(_ row: borrowing Row, role: Int, _ tell: (Reject) -> Void) -> Int? {
        guard role == Role.lots else { return nil }
        let site = sites.number(lots.index("site"), of: row)
        let item = itemCodes.number(lots.index("item"), of: row)
        var subject: StockSubject?
        if let site, let item { subject = StockSubject(site: site, item: item) }
        let policy = subject.flatMap { self.policy($0) }
        // A count that cannot be used was made all the same.
        if policy != nil, let subject, case .date(let day) = lots.cell("date", of: row) {
            note(StockReview.Count(subject: subject, day: day), row)
        }
        guard !row.isRejected, row.contradicted == nil else { return 0 }
        guard let policy, let subject else {
            tellOfStranger(site, row, tell)
            return row.fileRows
        }
        guard case .date(let day) = lots.cell("date", of: row) else {
            tell(lots.unstated("date", of: row))
            return row.fileRows
        }
        let lot = lot(row, of: subject.item, under: policy)
        if lot.factor == nil {
            tell(otherUnit(policy.unit ?? "", row))
            return row.fileRows
        }
        if isWronglyEndless(lot, subject.item) {
            tell(endless(row))
            return row.fileRows
        }
        if lot.hasUnreadableStatus, !lots.cell("status", of: row).isRejected {
            tell(unknownStatus(row))
            return row.fileRows
        }
        return compare(lot, StockReview.Count(subject: subject, day: day), row, tell)
    }

    private mutating func tellOfStranger(_ number: UInt32?, _ row: borrowing Row, _ tell: (Reject) -> Void) {
        let site = lots.text("site", of: row) ?? ""
        let item = lots.text("item", of: row) ?? ""
        if policyRows.isEmpty {
            if reviewed.memory.isNews("policies") { tell(lots.nothingRegistered("site", of: row)) }
        } else if number == nil {
            let near = reviewed.memory.nearest(to: site, among: sites.all)
            tell(lots.stranger("site", "site", of: row, found: site, nearest: near))
        } else if reviewed.memory.isNews("\(site)/\(item)") {
            tell(notRequired(item, of: site, row))
        }
    }

    /// A count that leaves out what the site has to hold: it is believed in place of older ones, and says nothing of that.
    package mutating func endReview(_ tell: (Reject) -> Void) {
        for (site, count) in reviewed.last.sorted(by: { sites[$0.key] < sites[$1.key] }) {
            let lacking = policies(of: site).filter { !count.items.contains($0.subject.item) }
            guard let first = lacking.first else { continue }
            tell(partial(count, of: first.siteName, lacking: lacking.map(\.itemName)))
        }
    }

    private mutating func note(_ count: StockReview.Count, _ row: borrowing Row) {
        let site = count.subject.site
        if reviewed.last[site].map({ $0.day < count.day }) ?? true {
            let place = lots.place("date", of: row).position
            reviewed.last[site] = StockReview.LastCount(day: count.day, position: place)
        }
        if reviewed.last[site]?.day == count.day { reviewed.last[site]?.items.insert(count.subject.item) }
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
                tell(repeated(row, of: places[earlier.lot.source]))
                return 0
            case .contradiction: twin = twin ?? earlier
            }
        }
        guard let twin else {
            reviewed.lots[count, default: []].append((lot, row.fileRows))
            return 0
        }
        tell(contradicting(row.reference, places[twin.lot.source], lot: lot.lot))
        guard reviewed.contradicted.insert(twin.lot.source).inserted else { return row.fileRows }
        tell(contradicting(places[twin.lot.source], row.reference, lot: lot.lot))
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

    private func endless(_ row: borrowing Row) -> Reject {
        Reject(
            .notADate,
            Diagnostic(
                Self.wronglyEndless,
                at: lots.place("expiry", of: row).position,
                key: "expiry",
                expected: Self.wronglyEndlessRemedy
            ),
            column: lots.column("expiry"),
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
