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

    /// Takes one row of the count of a day; a lot that stands there twice counts once, or not at all when the two rows differ.
    mutating func take(
        _ lot: StockLot,
        counted date: Cell,
        item: String,
        until asOf: CivilDate,
        complaints: inout RowComplaints
    ) {
        guard case .date(let day) = date else {
            undated.append(lot.source)
            return
        }
        guard day <= asOf, day >= self.date ?? day else { return }
        if day != self.date { rows = [:] }
        self.date = day
        let places = rows[item, default: []].indices
        guard let twin = places.first(where: { rows[item]?[$0].isSameLot(as: lot) == true }),
            let earlier = rows[item]?[twin]
        else {
            rows[item, default: []].append(lot)
            return
        }
        if earlier.saysTheSame(as: lot), !lot.isContradicted {
            complaints.repeated(at: lot.source, of: earlier.source)
        } else {
            // Within one file whoever found the contradiction has told it.
            if !lot.isContradicted { complaints.contradicts(earlier.source, at: lot.source) }
            rows[item]?[twin].isContradicted = true
        }
    }
}

/// One lot on a shelf.
struct StockLot: Sendable {
    let lot: String
    /// Whether there is a lot number that nobody can read, as after Excel has made it 2.02401E+11.
    let hasUnreadableLot: Bool
    let quantity: Cell
    let expiry: Cell
    let isHeld: Bool
    /// Whether nobody can say if the lot may be used.
    let hasUnreadableStatus: Bool
    /// Whether it is counted in another unit than the one in which the register demands it.
    let hasOtherUnit: Bool
    /// Whether the row lacks something without which nothing of it may be believed.
    let isRejected: Bool
    let source: RowReference
    /// Whether another row says something else of the same lot.
    var isContradicted: Bool

    /// - Parameter unit: The unit of the register; `nil` when it names none.
    init(_ row: borrowing Row, _ columns: ColumnMap, unit: String?) {
        lot = columns.text("lot", of: row) ?? ""
        hasUnreadableLot = columns.cell("lot", of: row).isRejected
        quantity = columns.cell("quantity", of: row)
        expiry = columns.cell("expiry", of: row)
        let status = columns.text("status", of: row) ?? Self.usable
        isHeld = status != Self.usable
        hasUnreadableStatus = columns.cell("status", of: row).isRejected || isHeld && status != Self.held
        let written = columns.text("unit", of: row)
        hasOtherUnit = unit.flatMap { unit in written.map { !isSameWord($0, unit) } } ?? false
        isRejected = row.isRejected
        source = row.reference
        isContradicted = row.contradicted != nil
    }

    /// Whether both rows speak of one lot; without a lot number the expiry and the held stock tell lots apart, and a
    /// number that cannot be read is never known to be another row's.
    func isSameLot(as other: StockLot) -> Bool {
        guard !hasUnreadableLot, !other.hasUnreadableLot else { return false }
        return lot == other.lot && (!lot.isEmpty || (expiry == other.expiry && isHeld == other.isHeld))
    }

    func saysTheSame(as other: StockLot) -> Bool {
        quantity == other.quantity && expiry == other.expiry && isHeld == other.isHeld
    }

    /// The status of a lot that may be used, which is that of one without a status.
    static let usable = "usable"
    /// The status of a lot that is there and may not be used; how offices write the two, the feed says.
    static let held = "held"
}
