// One row of a stock count: a lot on a shelf, in the unit in which the site counts it.

import Almanac
import Records

/// A day as a count states it.
enum StatedDay: Sendable, Hashable {
    case day(CivilDate)
    /// Why there is none.
    case none(Gap.Reason)

    init(_ cell: Cell) { self = cell.date.map(Self.day) ?? .none(Gap.Reason(cell)) }

    var date: CivilDate? {
        guard case .day(let date) = self else { return nil }
        return date
    }

    var gap: Gap.Reason? {
        guard case .none(let reason) = self else { return nil }
        return reason
    }
}

/// Where a count has the columns of lots, looked up once.
struct LotColumns: Sendable {
    let site, item, date, lot, quantity, expiry, status, vvm, unit, location: Int?

    init(_ columns: ColumnMap) {
        site = columns.index("site")
        item = columns.index("item")
        date = columns.index("date")
        lot = columns.index("lot")
        quantity = columns.index("quantity")
        expiry = columns.index("expiry")
        status = columns.index("status")
        vvm = columns.index("vvm")
        unit = columns.index("unit")
        location = columns.index("location")
    }
}

extension Row {
    /// The cell at that place; absent where there is no such column.
    func cell(_ place: Int?) -> Cell { place.map { self[$0] } ?? .absent }

    /// The text at that place; `nil` where there is no such column, or nothing in it.
    func text(_ place: Int?) -> String? { place.flatMap { text($0) } }
}

/// One lot on a shelf.
struct StockLot: Sendable {
    /// Whether a lot that is there may be used.
    enum Fitness: Sendable, Hashable {
        case usable
        /// Locked up until somebody decides.
        case held
        /// Called back by its maker or an authority.
        case recalled
        /// Its vaccine vial monitor has reached the discard point.
        case spoiled
    }

    /// How another row of the same count stands to this one.
    enum Relation: Sendable {
        case another
        case same
        /// The same lot kept elsewhere in the site, or with another expiry: both are there.
        case elsewhere
        case contradiction
    }

    let lot: String
    /// Whether there is a lot number that nobody can read, as after Excel has made it 2.02401E+11.
    let hasUnreadableLot: Bool
    /// Where in the site it is kept, for sites that count by place, by its number among the words of the tables.
    let location: UInt32
    let quantity: Cell
    let expiry: StatedDay
    let fitness: Fitness
    /// Whether nobody can say if the lot may be used.
    let hasUnreadableStatus: Bool
    /// The unit as the count writes it, by its number among the words of the tables.
    let unit: UInt32
    /// How many base units one of its units has; `nil` when nobody knows.
    let factor: ExactDecimal?
    /// Whether the row lacks something without which nothing of it may be believed.
    let isRejected: Bool
    let source: RowPlace
    /// Whether another row says something else of the same lot.
    var isContradicted: Bool

    /// - Parameters:
    ///   - unit: The number of the unit as it is written.
    ///   - factor: How many base units one of that unit has.
    init(
        _ row: borrowing Row,
        _ columns: LotColumns,
        location: UInt32,
        unit: UInt32,
        factor: ExactDecimal?,
        source: RowPlace
    ) {
        lot = row.text(columns.lot) ?? ""
        hasUnreadableLot = row.cell(columns.lot).isRejected
        self.location = location
        quantity = row.cell(columns.quantity)
        expiry = StatedDay(row.cell(columns.expiry))
        let status = row.text(columns.status) ?? Self.usable
        let fitness: Fitness? =
            switch status {
            case Self.usable: row.text(columns.vvm) == Self.discard ? .spoiled : .usable
            case Self.held: .held
            case Self.recalled: .recalled
            default: nil
            }
        self.fitness = fitness ?? .held
        hasUnreadableStatus =
            row.cell(columns.status).isRejected || row.cell(columns.vvm).isRejected || fitness == nil
        self.unit = unit
        self.factor = factor
        isRejected = row.isRejected
        self.source = source
        isContradicted = row.contradicted != nil
    }

    /// Whether it may be used by its status.
    var isHeld: Bool { fitness != .usable }

    /// The quantity in base units; `nil` when there is none, or when a part of another unit gives no whole number.
    var baseQuantity: ExactDecimal? {
        guard let quantity = quantity.decimal, let factor else { return nil }
        guard factor != ExactDecimal(1) else { return quantity }
        guard let product = quantity.multiplied(by: factor)?.trimmed, product.scale == 0 || quantity.trimmed.scale == 0
        else { return nil }
        return product
    }

    /// How another row of the count stands to this one.
    ///
    /// Without a lot number the expiry and the held stock tell lots apart, and a number that cannot be read is never known
    /// to be another row's.
    func relation(to other: StockLot) -> Relation {
        guard !hasUnreadableLot, !other.hasUnreadableLot, lot == other.lot else { return .another }
        if lot.isEmpty, expiry != other.expiry || isHeld != other.isHeld { return .another }
        if location != other.location { return .elsewhere }
        guard quantity == other.quantity, fitness == other.fitness, unit == other.unit else { return .contradiction }
        return expiry == other.expiry ? .same : .contradiction
    }

    /// Whether both rows speak of one lot with different last days; the earlier one counts for both.
    func disagreesOnExpiry(with other: StockLot) -> Bool {
        !lot.isEmpty && !hasUnreadableLot && lot == other.lot && expiry != other.expiry && expiry.date != nil
            && other.expiry.date != nil
    }

    /// The status of a lot that may be used, which is that of one without a status.
    static let usable = "usable"
    /// The status of a lot that is there and may not be used; how offices write the words, the feed says.
    static let held = "held"
    static let recalled = "recalled"
    /// What is said of a vaccine vial monitor at or beyond its discard point (stages 3 and 4).
    static let discard = "discard"
}
