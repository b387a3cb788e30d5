// Turns records into typed rows: the part of table reading that knows the schema.

import Almanac
import Diagnostics

/// Reads the cells of one table's rows by its header.
struct RowDecoder {
    private(set) var cellsRejected = 0
    private let schema: TableSchema
    private var readings: [TableHeader.Reading]
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

    /// Reads a record of the right width into `row`; `false` when a cell could not be read.
    mutating func decode(_ record: Span<UInt8>, cutBy scanner: borrowing RecordScanner) -> Bool {
        row.begin(line: scanner.recordLine)
        cellsRejected += unusableCount
        // The arrays move to locals while spans of them live, so that nothing is checked or counted per cell.
        var readings: [TableHeader.Reading] = []
        var cells: [Cell] = []
        swap(&readings, &self.readings)
        swap(&cells, &row.cells)
        let before = cellsRejected
        fill(&cells, from: record, ends: scanner.cells.span, readings: readings.span)
        swap(&cells, &row.cells)
        swap(&readings, &self.readings)
        return cellsRejected == before
    }

    private mutating func fill(
        _ cells: inout [Cell],
        from record: Span<UInt8>,
        ends: Span<CellEnd>,
        readings: Span<TableHeader.Reading>
    ) {
        var cells = cells.mutableSpan
        for place in readings.indices {
            let reading = readings[place]
            let start = reading.tableIndex == 0 ? 0 : ends[reading.tableIndex - 1].offset + 1
            let end = ends[reading.tableIndex]
            let cell: Cell
            if end.hasEscapes {
                cell = decodeEscaped(record.extracting(start..<end.offset), reading)
            } else {
                let range = start..<end.offset
                let bytes = record.extracting(end.isQuoted ? record.unquoted(range) : record.trimmed(range))
                cell = Cell(bytes, as: reading.type)
                if case .text = cell { row.keepText(bytes, at: reading.schemaIndex) }
            }
            if case .unreadable = cell { cellsRejected += 1 }
            cells[reading.schemaIndex] = cell
        }
    }

    private mutating func decodeEscaped(_ raw: Span<UInt8>, _ reading: TableHeader.Reading) -> Cell {
        var bytes: [UInt8] = []
        swap(&bytes, &unescaped)
        bytes.replace(withUnquoted: raw)
        let cell = Cell(bytes.span, as: reading.type)
        if case .text = cell { row.keepText(bytes.span, at: reading.schemaIndex) }
        swap(&bytes, &unescaped)
        return cell
    }

    /// Complains about each cell of the record just decoded that could not be read.
    func complain(
        about record: Span<UInt8>,
        cutBy scanner: borrowing RecordScanner,
        rejects: inout RejectBudget,
        into sink: inout some RowSink
    ) {
        for reading in readings where row[reading.schemaIndex] == .unreadable {
            rejects.reject(into: &sink) {
                .unreadable(
                    schema.columns[reading.schemaIndex],
                    found: scanner.bytes(ofCell: reading.tableIndex, in: record).span.excerpt,
                    at: Position(file: row.file, line: row.line, column: reading.tableIndex + 1)
                )
            }
        }
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

extension Cell {
    /// Reads a cell from its bytes without blanks around them.
    init(_ bytes: Span<UInt8>, as type: ColumnType) {
        guard bytes.count > 0 else {
            self = .blank
            return
        }
        switch type {
        case .decimal: self = ExactDecimal(bytes: bytes).map(Cell.decimal) ?? .unreadable
        case .text: self = bytes.isText ? .text : .unreadable
        case .integer: self = Int64(cell: bytes).map(Cell.integer) ?? .unreadable
        case .date: self = CivilDate(cell: bytes).map(Cell.date) ?? .unreadable
        case .month: self = CivilMonth(cell: bytes).map(Cell.month) ?? .unreadable
        case .flag: self = Bool(cell: bytes).map(Cell.flag) ?? .unreadable
        }
    }
}
