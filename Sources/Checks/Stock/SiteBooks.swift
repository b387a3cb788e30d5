// What the books of sites say: one line of a ledger, or one report about several days, each in a few bytes.

import Almanac
import Records

/// The books of one site.
struct SiteBooks: Sendable {
    private var movements = ItemChains<StockMovement>()
    /// The first and the last day of which they speak, whatever the item.
    private(set) var days: ClosedRange<CivilDate>?

    mutating func enter(_ movement: StockMovement) {
        days =
            days.map { min($0.lowerBound, movement.from)...max($0.upperBound, movement.until) }
            ?? movement.from...movement.until
        movements.append(movement, to: movement.item)
    }

    /// What they say of an item, in the order in which it was handed in.
    func movements(of item: UInt32) -> [StockMovement] { movements.entries(of: item) }
}

/// Where books have their columns, looked up once.
struct MovementColumns: Sendable {
    let site, item, date, quantity, from, kind, unit, stockoutDays: Int?

    init(_ columns: ColumnMap) {
        site = columns.index("site")
        item = columns.index("item")
        date = columns.index("date")
        quantity = columns.index("quantity")
        from = columns.index("from")
        kind = columns.index("kind")
        unit = columns.index("unit")
        stockoutDays = columns.index("stockout_days")
    }
}
