// Reads the cells of one column: plain values at once, what people write besides with more patience.

import Almanac
import Diagnostics

/// What turns the bytes of a column's cells into typed cells.
struct CellReader: Sendable {
    /// What only patient reading and complaints need, behind one reference: readers are copied for every cell.
    private final class Particulars: Sendable {
        let column: Column
        /// The column's unit, folded and without blanks.
        let unit: [UInt8]
        /// The column's codes for a missing value, folded.
        let missingTexts: [[UInt8]]
        /// What the same codes are when they are read as values: `-1` is `-1.0` too.
        let missingCells: [Cell]
        /// What the column's words mean, by what is written; both are empty where any text may stand.
        let meanings: [[UInt8]: [UInt8]]

        init(_ column: Column, unit: [UInt8], missingTexts: [[UInt8]], missingCells: [Cell]) {
            self.column = column
            meanings = column.words.meanings
            self.unit = unit
            self.missingTexts = missingTexts
            self.missingCells = missingCells
        }
    }

    /// No number, date or code is longer; what is, is not looked at closely.
    private static let longest = 256

    let plain: PlainForm
    /// Whether what is written plainly may mean something else: no value, or one of the column's words.
    private(set) var hasOtherMeanings: Bool
    private var particulars: Particulars

    var column: Column { particulars.column }
    private var type: ColumnType { plain.type }

    init(column: Column, isFirstBadDay: Bool = false) {
        plain = PlainForm(column, isFirstBadDay: isFirstBadDay)
        hasOtherMeanings = !column.words.isEmpty || !column.missingCodes.isEmpty
        let unit: [UInt8] = FoldedText(Array((column.unit ?? "").utf8).span)?.bytes.filter { $0 != 0x20 } ?? []
        particulars = Particulars(column, unit: unit, missingTexts: [], missingCells: [])
        let codes = column.missingCodes.compactMap { FoldedText(Array($0.utf8).span) }
        // A code for a flag is a word, not a yes or a no.
        let isOfValues = ![.text, .code, .flag].contains(type)
        particulars = Particulars(
            column,
            unit: unit,
            missingTexts: codes.map(\.bytes),
            missingCells: isOfValues ? codes.compactMap { code in try? cell(code) } : []
        )
        // No plain value is one of the codes when none of them is a value that the column could have: -1 where there is
        // nothing below 0.
        if isOfValues, particulars.missingCells.isEmpty { hasOtherMeanings = !column.words.isEmpty }
    }

    /// Reads a cell from its bytes without blanks around them.
    func read(_ bytes: Span<UInt8>) -> Cell {
        guard let cell = plain.cell(bytes, bytes.indices) else { return readPatiently(bytes) }
        guard hasOtherMeanings else { return cell }
        return switch cell {
        case .text, .flag: readPatiently(bytes)
        default: particulars.missingCells.contains(cell) ? .missing(.notMeasured) : cell
        }
    }

    /// The form in which the text of a cell is kept, when it is not the one that stands there.
    func kept(_ bytes: Span<UInt8>) -> [UInt8]? {
        if !particulars.meanings.isEmpty { return FoldedText(bytes).flatMap { particulars.meanings[$0.bytes] } }
        return type == .code && !bytes.isPlainCode(bytes.indices) ? bytes.folded(forCodes: true) : nil
    }

    /// Whether a cell of a column of months says more than one, namely a day of it.
    func isDay(_ bytes: Span<UInt8>) -> Bool {
        guard let text = FoldedText(bytes), case .day? = try? WrittenDate(text, in: type) else { return false }
        return true
    }

    /// The complaint about a cell that could not be read.
    /// - Parameter costsRow: Whether its row is not used either.
    func complaint(about bytes: Span<UInt8>, at position: Position, costsRow: Bool = false) -> Reject {
        var flaw = CellFlaw.notOfItsType
        do throws(CellFlaw) { _ = try cell(bytes) } catch { flaw = error }
        return Reject(
            flaw.reason(in: type),
            Diagnostic(
                flaw.problem(in: column) + (costsRow ? ", so the row is not used" : ""),
                at: position,
                key: column.name,
                found: bytes.excerpt,
                expected: flaw.expected(in: column),
                remedy: flaw == .implausible ? "check the decimal point and the unit" : nil
            ),
            column: column,
            nearest: flaw == .unknownWord ? nearestWord(to: bytes) : nil,
            detail: flaw == .unknownWord ? .words(column.words.spellings) : nil,
            costsRow: costsRow
        )
    }

    private func nearestWord(to bytes: Span<UInt8>) -> String? {
        guard bytes.count <= Self.longest else { return nil }
        return nearestName(to: bytes.excerpt, among: column.words.spellings)
    }

    private func readPatiently(_ bytes: Span<UInt8>) -> Cell {
        do throws(CellFlaw) {
            return try cell(bytes)
        } catch {
            return error == .implausible ? .implausible : .unreadable
        }
    }

    private func cell(_ bytes: Span<UInt8>) throws(CellFlaw) -> Cell {
        guard bytes.isText(bytes.indices) else { throw .undecodable }
        guard bytes.count <= Self.longest, let text = FoldedText(bytes) else {
            guard type == .text || type == .code else { throw .notOfItsType }
            guard particulars.meanings.isEmpty else { throw .unknownWord }
            return .text
        }
        guard !particulars.missingTexts.contains(text.bytes) else { return .missing(.notMeasured) }
        let cell = try cell(text)
        guard !particulars.missingCells.contains(cell) else { return .missing(.notMeasured) }
        guard isPlausible(cell) else { throw .implausible }
        return cell
    }

    /// Whether a number may be meant; so may a value below a detection limit when the limit itself may.
    private func isPlausible(_ cell: Cell) -> Bool {
        switch cell {
        case .decimal(let number), .notDetected(limit: let number?): column.admits(number)
        case .integer(let number): column.admits(ExactDecimal(coefficient: number, scale: 0))
        default: true
        }
    }

    /// Reads a cell in whatever form people give it.
    private func cell(_ text: FoldedText) throws(CellFlaw) -> Cell {
        guard !text.isEmpty else { return .blank }
        if let absence = Absence(text, in: type) { return .missing(absence) }
        switch type {
        case .decimal, .measurement, .integer: return try WrittenNumber(type: type, unit: particulars.unit).cell(text)
        case .date, .expiry, .month:
            return try WrittenDate(text, in: type).cell(in: type, isFirstBadDay: plain.isFirstBadDay)
        case .flag:
            guard let flag = Bool(written: text) else { throw .notOfItsType }
            return .flag(flag)
        case .code:
            guard !text.isNumberOfExcel, !text.isDateOfExcel else { throw .codeTurnedIntoNumber }
            return .text
        case .text:
            guard particulars.meanings.isEmpty || particulars.meanings[text.bytes] != nil else { throw .unknownWord }
            return .text
        }
    }
}
