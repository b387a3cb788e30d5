// Reads the cells of one column: plain values at once, what people write besides with more patience.

import Almanac
import Diagnostics

/// What turns the bytes of a column's cells into typed cells.
struct CellReader: Sendable {
    /// No number, date or code is longer; what is, is not looked at closely.
    private static let longest = 256

    let column: Column
    /// Whether the column's dates are the first bad days instead of the last good ones.
    let isFirstBadDay: Bool
    /// The column's unit, folded and without blanks.
    private let unit: [UInt8]
    private let hasMissingCodes: Bool
    /// What the column's codes for a missing value are when they are read as values: `-1` is `-1.0` too.
    private var missingCells: [Cell] = []
    /// The same codes, folded.
    private var missingTexts: [[UInt8]] = []

    init(column: Column, isFirstBadDay: Bool = false) {
        self.column = column
        self.isFirstBadDay = isFirstBadDay
        unit = FoldedText(Array((column.unit ?? "").utf8).span)?.bytes.filter { $0 != 0x20 } ?? []
        hasMissingCodes = !column.missingCodes.isEmpty
        let texts = column.missingCodes.compactMap { FoldedText(Array($0.utf8).span) }
        missingTexts = texts.map(\.bytes)
        // A code for a flag is a word, not a yes or a no.
        if ![.text, .code, .flag].contains(column.type) {
            missingCells = texts.compactMap { text in try? cell(text) }
        }
    }

    /// Reads a cell from its bytes without blanks around them.
    @inline(__always)
    func read(_ bytes: Span<UInt8>) -> Cell {
        guard bytes.count > 0 else { return .blank }
        var plain: Cell?
        switch column.type {
        case .decimal, .measurement: plain = ExactDecimal(bytes: bytes).map(Cell.decimal)
        case .text: if !bytes.mayBeMark, bytes.isText { plain = .text }
        case .code: if bytes.isPlainCode { plain = .text }
        case .integer: plain = Int64(cell: bytes).map(Cell.integer)
        case .date: plain = CivilDate(cell: bytes).map(Cell.date)
        case .expiry: plain = CivilDate(cell: bytes).map { .date(isFirstBadDay ? $0.adding(days: -1) : $0) }
        case .month: plain = CivilMonth(cell: bytes).map(Cell.month)
        case .flag: plain = Bool(cell: bytes).map(Cell.flag)
        }
        guard let plain else { return readPatiently(bytes) }
        return hasMissingCodes ? checked(plain, bytes) : plain
    }

    /// The form in which the text of a cell is kept, when it is not the one that stands there.
    func kept(_ bytes: Span<UInt8>) -> [UInt8]? {
        column.type == .code && !bytes.isPlainCode ? bytes.folded(forCodes: true) : nil
    }

    /// The complaint about a cell that could not be read.
    func complaint(about bytes: Span<UInt8>, at position: Position) -> Reject {
        var flaw = CellFlaw.notOfItsType
        do throws(CellFlaw) { _ = try cell(bytes) } catch { flaw = error }
        return Reject(
            flaw.reason(in: column.type),
            Diagnostic(
                flaw.problem(in: column),
                at: position,
                key: column.name,
                found: bytes.excerpt,
                expected: flaw.expected(in: column)
            ),
            column: column
        )
    }

    /// The plain value, unless it is a code for a missing one.
    @inline(never)
    private func checked(_ plain: Cell, _ bytes: Span<UInt8>) -> Cell {
        switch plain {
        case .text, .flag: readPatiently(bytes)
        default: missingCells.contains(plain) ? .missing(.notMeasured) : plain
        }
    }

    @inline(never)
    private func readPatiently(_ bytes: Span<UInt8>) -> Cell {
        do throws(CellFlaw) { return try cell(bytes) } catch { return .unreadable }
    }

    private func cell(_ bytes: Span<UInt8>) throws(CellFlaw) -> Cell {
        guard bytes.isText else { throw .undecodable }
        guard bytes.count <= Self.longest, let text = FoldedText(bytes) else {
            guard column.type == .text || column.type == .code else { throw .notOfItsType }
            return .text
        }
        guard !missingTexts.contains(text.bytes) else { return .missing(.notMeasured) }
        let cell = try cell(text)
        return missingCells.contains(cell) ? .missing(.notMeasured) : cell
    }

    /// Reads a cell in whatever form people give it.
    private func cell(_ text: FoldedText) throws(CellFlaw) -> Cell {
        guard !text.isEmpty else { return .blank }
        if let absence = Absence(text, in: column.type) { return .missing(absence) }
        switch column.type {
        case .decimal, .measurement, .integer: return try WrittenNumber(type: column.type, unit: unit).cell(text)
        case .date, .expiry, .month:
            return try WrittenDate(text, in: column.type).cell(in: column.type, isFirstBadDay: isFirstBadDay)
        case .flag:
            guard let flag = Bool(written: text) else { throw .notOfItsType }
            return .flag(flag)
        case .code:
            guard !text.isNumberOfExcel else { throw .codeTurnedIntoNumber }
            return .text
        case .text: return .text
        }
    }
}
