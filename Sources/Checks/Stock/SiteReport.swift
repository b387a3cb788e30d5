// What sites report: their latest count, lot by lot.

import Almanac
import Records

/// The latest report of a site: only its rows count, because a newer count replaces an older one.
struct SiteReport: Sendable {
    private(set) var date: CivilDate?
    /// Rows whose date is blank or unreadable; no one can say which report they belong to.
    private(set) var undated: [RowReference] = []
    private var rows: [String: [StockLot]] = [:]

    func lots(of item: String) -> [StockLot] { rows[item] ?? [] }

    mutating func take(_ row: borrowing Row, _ columns: ColumnMap, item: String, until asOf: CivilDate) {
        guard case .date(let day) = columns.cell("date", of: row) else {
            undated.append(row.reference)
            return
        }
        guard day <= asOf, day >= date ?? day else { return }
        if day != date { rows = [:] }
        date = day
        rows[item, default: []].append(StockLot(row, columns))
    }
}

/// One lot on a shelf.
struct StockLot: Sendable {
    let lot: String
    let quantity: Cell
    let expiry: Cell
    let isHeld: Bool
    let source: RowReference

    init(_ row: borrowing Row, _ columns: ColumnMap) {
        lot = columns.text("lot", of: row) ?? ""
        quantity = columns.cell("quantity", of: row)
        expiry = columns.cell("expiry", of: row)
        isHeld = !Self.usableWords.contains(columns.text("status", of: row)?.lowercased() ?? "usable")
        source = row.reference
    }

    /// How a status column says that a lot may be used; every other word holds it back.
    private static let usableWords: Set<String> = ["usable", "可用", "合格", "正常"]
}
