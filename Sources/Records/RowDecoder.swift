// Turns records into typed rows: the part of table reading that knows the schema.

import Almanac
import Diagnostics

/// Reads the cells of one table's rows by its header.
struct RowDecoder {
    private(set) var cellsRejected = 0
    private let schema: TableSchema
    private let readings: [TableHeader.Reading]
    private let unusableCount: Int
    private(set) var row: Row
    /// The bytes of a quoted cell without its escapes.
    private var unescaped: [UInt8] = []

    /// Makes a decoder for the rows below a header; without one, it reads no cell.
    init(header: TableHeader?, schema: TableSchema, file: String) {
        self.schema = schema
        readings = header?.readings ?? []
        let unusable = header?.unusable ?? []
        unusableCount = unusable.count
        row = Row(file: file, line: 0, width: schema.columns.count)
        for index in unusable { row.cells[index] = .unreadable }
    }

    /// Reads a record of the right width into `row`.
    mutating func decode(
        _ record: Span<UInt8>,
        cutBy scanner: borrowing RecordScanner,
        rejects: inout RejectBudget,
        into sink: inout some RowSink
    ) {
        row.begin(line: scanner.recordLine)
        let ends = scanner.cells.span
        cellsRejected += unusableCount
        for reading in readings {
            let start = reading.tableIndex == 0 ? 0 : ends[reading.tableIndex - 1].offset + 1
            let end = ends[reading.tableIndex]
            let cell = record.extracting(start..<end.offset)
            if end.hasEscapes {
                unescaped.replace(withUnquoted: cell)
                guard !row.read(unescaped, as: reading.type, at: reading.schemaIndex) else { continue }
                cellsRejected += 1
                let found = unescaped.span.lossyText
                rejects.reject(into: &sink) { complaint(reading, found: found) }
            } else {
                let bytes = cell.extracting(end.isQuoted ? cell.unquotedRange() : cell.trimmedRange())
                guard !row.read(bytes, as: reading.type, at: reading.schemaIndex) else { continue }
                cellsRejected += 1
                rejects.reject(into: &sink) { complaint(reading, found: bytes.lossyText) }
            }
        }
    }

    private func complaint(_ reading: TableHeader.Reading, found: String) -> Diagnostic {
        .unreadable(
            schema.columns[reading.schemaIndex],
            found: found,
            at: Position(file: row.file, line: row.line, column: reading.tableIndex + 1)
        )
    }
}

extension Diagnostic {
    /// The complaint about a cell that is not of its column's type.
    static func unreadable(_ column: Column, found: String, at position: Position) -> Diagnostic {
        Diagnostic(
            "the cell cannot be read",
            at: position,
            key: column.name,
            found: found,
            expected: column.type.acceptedForms
        )
    }
}

extension Row {
    /// Reads a cell from its bytes without blanks around them; `false` when they are not of the type.
    mutating func read(_ bytes: Span<UInt8>, as type: ColumnType, at index: Int) -> Bool {
        guard bytes.count > 0 else {
            cells[index] = .blank
            return true
        }
        switch type {
        case .decimal:
            if let value = ExactDecimal(bytes: bytes) { return set(.decimal(value), at: index) }
        case .text:
            if bytes.isText {
                setText(bytes, at: index)
                return true
            }
        case .integer:
            if let value = Int64(cell: bytes) { return set(.integer(value), at: index) }
        case .date:
            if let value = CivilDate(cell: bytes) { return set(.date(value), at: index) }
        case .month:
            if let value = CivilMonth(cell: bytes) { return set(.month(value), at: index) }
        case .flag:
            if let value = Bool(cell: bytes) { return set(.flag(value), at: index) }
        }
        cells[index] = .unreadable
        return false
    }

    /// Reads a cell from an array of its bytes.
    mutating func read(_ bytes: [UInt8], as type: ColumnType, at index: Int) -> Bool {
        read(bytes.span, as: type, at: index)
    }

    private mutating func set(_ cell: Cell, at index: Int) -> Bool {
        cells[index] = cell
        return true
    }
}
