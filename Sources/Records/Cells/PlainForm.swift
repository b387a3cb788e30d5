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

    /// The cell in a range of bytes when it is a number of at most eight digits, as nearly all numbers are.
    @inline(__always)
    func shortNumber(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Cell? {
        guard type == .decimal || type == .measurement, let digits = ShortDigits(bytes, range, mark: .point) else {
            return nil
        }
        let number = ExactDecimal(coefficient: digits.value, scale: UInt8(truncatingIfNeeded: digits.decimals))
        return bounds.certainlyAdmit(number) ? .decimal(number) : nil
    }

    /// The cell in a range of bytes, unless it takes more patience, as blanks around it do; a text stands as it is kept.
    @inline(__always)
    func cell(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Cell? {
        guard !range.isEmpty else { return .blank }
        switch type {
        case .decimal, .measurement:
            guard let number = ExactDecimal(bytes: bytes.extracting(range)), bounds.certainlyAdmit(number) else {
                return nil
            }
            return .decimal(number)
        case .text: return bytes.isPlainText(range) ? .text : nil
        case .code: return bytes.isPlainCode(range) ? .text : nil
        case .integer:
            guard let number = Int64(cell: bytes.extracting(range)),
                bounds.certainlyAdmit(ExactDecimal(coefficient: number, scale: 0))
            else { return nil }
            return .integer(number)
        case .date: return CivilDate(cell: bytes.extracting(range)).map(Cell.date)
        case .expiry: return isFirstBadDay ? nil : CivilDate(cell: bytes.extracting(range)).map(Cell.date)
        case .month: return CivilMonth(cell: bytes, range).map(Cell.month)
        case .flag: return Bool(cell: bytes.extracting(range)).map(Cell.flag)
        }
    }
}
