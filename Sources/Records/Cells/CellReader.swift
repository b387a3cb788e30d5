// Reads the cells of one column: plain values at once, what people write besides with more patience.

import Almanac
import Diagnostics

/// What turns the bytes of a column's cells into typed cells.
struct CellReader: Sendable {
    let column: Column
    /// Whether the column's dates are the first bad days instead of the last good ones.
    let isFirstBadDay: Bool

    init(column: Column, isFirstBadDay: Bool = false) {
        self.column = column
        self.isFirstBadDay = isFirstBadDay
    }

    /// Reads a cell from its bytes without blanks around them.
    @inline(__always)
    func read(_ bytes: Span<UInt8>) -> Cell {
        guard bytes.count > 0 else { return .blank }
        return switch column.type {
        case .decimal, .measurement: ExactDecimal(bytes: bytes).map(Cell.decimal) ?? .unreadable
        case .text, .code: bytes.isText ? .text : .unreadable
        case .integer: Int64(cell: bytes).map(Cell.integer) ?? .unreadable
        case .date, .expiry: CivilDate(cell: bytes).map(Cell.date) ?? .unreadable
        case .month: CivilMonth(cell: bytes).map(Cell.month) ?? .unreadable
        case .flag: Bool(cell: bytes).map(Cell.flag) ?? .unreadable
        }
    }

    /// The form in which the text of a cell is kept, when it is not the one that stands there.
    func kept(_ bytes: Span<UInt8>) -> [UInt8]? { nil }

    /// The complaint about a cell that could not be read.
    func complaint(about bytes: Span<UInt8>, at position: Position) -> Reject {
        Reject(
            .notANumber,
            Diagnostic(
                "the cell cannot be read",
                at: position,
                key: column.name,
                found: bytes.excerpt,
                expected: column.type.acceptedForms
            ),
            column: column
        )
    }
}
