// The plain forms of cells, which nearly all cells have: read at once, with nothing to count references of.

import Almanac

/// How the cells of a column are read when they are written plainly.
struct PlainForm: Sendable {
    let type: ColumnType
    /// Whether the column's dates are the first bad days instead of the last good ones.
    let isFirstBadDay: Bool
    let bounds: NumberBounds

    init(_ column: Column, isFirstBadDay: Bool) {
        type = column.type
        self.isFirstBadDay = isFirstBadDay
        bounds = NumberBounds(column)
    }

    /// The cell, unless it takes more patience; a text stands as it is kept.
    @inline(__always)
    func cell(_ bytes: Span<UInt8>) -> Cell? {
        guard bytes.count > 0 else { return .blank }
        switch type {
        case .decimal, .measurement:
            guard let number = ExactDecimal(bytes: bytes), bounds.certainlyAdmit(number) else { return nil }
            return .decimal(number)
        case .text: return !bytes.mayBeMark && bytes.isText ? .text : nil
        case .code: return bytes.isPlainCode ? .text : nil
        case .integer:
            guard let number = Int64(cell: bytes), bounds.certainlyAdmit(ExactDecimal(coefficient: number, scale: 0))
            else {
                return nil
            }
            return .integer(number)
        case .date: return CivilDate(cell: bytes).map(Cell.date)
        case .expiry: return isFirstBadDay ? nil : CivilDate(cell: bytes).map(Cell.date)
        case .month: return CivilMonth(cell: bytes).map(Cell.month)
        case .flag: return Bool(cell: bytes).map(Cell.flag)
        }
    }
}
