// Turns records into typed rows: the part of table reading that knows the schema.

import Almanac
import Diagnostics

/// Reads the cells of one table's rows by its header.
struct RowDecoder {
    private var readings: [TableHeader.Reading]
    /// The columns that the table has in a form that cannot be used.
    private let unusable: [Int]
    /// The columns of measured values.
    private let measured: Set<Int>
    private let needs: RowNeeds
    var row: Row
    /// The bytes of a quoted cell without its escapes.
    private var unescaped: [UInt8] = []
    /// The columns whose blank cells mean the cell above, with that cell.
    private var filled: [(schemaIndex: Int, last: Cell, text: [UInt8])] = []
    private(set) var cellsFilled = 0
    /// Where a row is dated and which days are wanted; `nil` when every row has to be read, as where blank cells mean the
    /// ones above.
    private var dated: (tableIndex: Int, form: PlainForm, window: RowWindow)?

    /// Makes a decoder for the rows below a header; without one, it reads no cell.
    init(
        header: TableHeader?,
        schema: TableSchema,
        needs: RowNeeds,
        window: RowWindow? = nil,
        file: String,
        isTransposed: Bool = false
    ) {
        readings = header?.readings ?? []
        unusable = header?.unusable ?? []
        self.needs = needs
        measured = Set(
            schema.columns.indices.filter { !schema.columns[$0].isIgnored && schema.columns[$0].type.isNumber }
        )
        row = Row(file: file, line: 0, width: schema.columns.count)
        for index in unusable { row.cells[index] = .unreadable }
        if let header {
            row.places = Array(repeating: 0, count: schema.columns.count)
            for reading in readings {
                let place = header.position(reading.tableIndex)
                row.places[reading.schemaIndex] = (isTransposed ? place.line : place.column) ?? 0
            }
        }
        filled = readings.filter(\.reader.column.fillsDown).map { ($0.schemaIndex, .blank, []) }
        if let window, filled.isEmpty, let reading = readings.first(where: { $0.schemaIndex == window.column }),
            !reading.reader.hasOtherMeanings
        {
            dated = (reading.tableIndex, reading.reader.plain, window)
        }
    }

    /// Whether a record is plainly dated outside the window, so that no other cell of it need be read.
    @inline(__always)
    func passes(over record: Span<UInt8>, cutBy scanner: borrowing RecordScanner) -> Bool {
        guard let dated, dated.tableIndex < scanner.count else { return false }
        let end = scanner.cells[dated.tableIndex]
        guard !end.hasEscapes else { return false }
        let start = dated.tableIndex == 0 ? 0 : scanner.cells[dated.tableIndex - 1].offset + 1
        let bare = end.isQuoted ? record.bare(start..<end.offset) : start..<end.offset
        return dated.form.cell(record, bare).map { dated.window.excludes($0) } ?? false
    }

    /// Reads a record into `row`, and tells how many cells could not be read; cells beyond its end are blank.
    mutating func decode(_ record: Span<UInt8>, cutBy scanner: borrowing RecordScanner) -> Int {
        // One copy of the whole record is cheaper than one of each of its texts.
        row.begin(line: scanner.recordLine, text: record)
        // The arrays move to locals while spans of them live, so that nothing is checked or counted per cell.
        var readings: [TableHeader.Reading] = []
        var cells: [Cell] = []
        var texts: [Row.TextBounds] = []
        swap(&readings, &self.readings)
        swap(&cells, &row.cells)
        swap(&texts, &row.bounds)
        let ends = scanner.cells.span.extracting(first: scanner.count)
        let unreadable = fill(&cells, &texts, from: record, ends: ends, readings: readings.span)
        swap(&texts, &row.bounds)
        swap(&cells, &row.cells)
        swap(&readings, &self.readings)
        let all = unusable.count + unreadable + (filled.isEmpty ? 0 : fillDown())
        settle(unreadable: all)
        return all
    }

    /// Finds out whether the row lacks what it cannot do without.
    @inline(__always)
    private mutating func settle(unreadable: Int) {
        for index in needs.stated where row.cells[index].statesNothing { row.isRejected = true }
        guard unreadable > 0 else { return }
        for index in needs.readable where row.cells[index].isRejected { row.isRejected = true }
    }

    private mutating func fill(
        _ cells: inout [Cell],
        _ texts: inout [Row.TextBounds],
        from record: Span<UInt8>,
        ends: Span<CellEnd>,
        readings: Span<TableHeader.Reading>
    ) -> Int {
        var cells = cells.mutableSpan
        var texts = texts.mutableSpan
        var unreadable = 0
        // A carriage return before the line feed belongs to no cell.
        let length = record.count &- (record.count > 0 && record[record.count &- 1] == .carriageReturn ? 1 : 0)
        for place in readings.indices {
            // Never the whole reading in a local: its references would be counted up and down for each cell.
            let tableIndex = readings[place].tableIndex
            let schemaIndex = readings[place].schemaIndex
            guard tableIndex < ends.count else {
                cells[schemaIndex] = .blank
                continue
            }
            let end = ends[tableIndex]
            let range = (tableIndex == 0 ? 0 : ends[tableIndex &- 1].offset &+ 1)..<min(end.offset, length)
            if !end.hasEscapes, !readings[place].reader.hasOtherMeanings {
                // Nearly every cell is plain as it stands, without a blank around it.
                let bare = end.isQuoted ? record.bare(range) : range
                if let number = readings[place].reader.plain.shortNumber(record, bare) {
                    cells[schemaIndex] = number
                    continue
                }
                if let plain = readings[place].reader.plain.cell(record, bare) {
                    switch plain {
                    case .text: texts[schemaIndex] = Row.TextBounds(bare)
                    // Written plainly it is no day of the month.
                    case .month: texts[schemaIndex] = Row.TextBounds(0..<0)
                    default: break
                    }
                    cells[schemaIndex] = plain
                    continue
                }
            }
            let cell: Cell
            if end.hasEscapes {
                (cell, texts[schemaIndex]) = decodeEscaped(record.extracting(range), readings[place])
            } else {
                let inside = end.isQuoted ? record.unquoted(range) : record.trimmed(range)
                (cell, texts[schemaIndex]) = decodePatiently(record.extracting(inside), readings[place])
            }
            if cell.isRejected { unreadable += 1 }
            cells[schemaIndex] = cell
        }
        return unreadable
    }

    /// Notes that the row above is not known, so that blank cells cannot mean its cells.
    mutating func forgetRowAbove() {
        for place in filled.indices {
            filled[place].last = .unreadable
            filled[place].text = []
        }
    }

    /// Reads a row that was gathered from several places, and complains about its unreadable cells; `others` is what
    /// its measured cells are that stand nowhere.
    mutating func decode(
        _ gathered: GatheredRow,
        others: Cell,
        rejects: inout RejectBudget,
        into sink: inout some RowSink
    ) -> Int {
        row.begin(line: gathered.line, column: gathered.column)
        for index in row.cells.indices { row.cells[index] = measured.contains(index) ? others : .absent }
        for index in unusable { row.cells[index] = .unreadable }
        for cell in gathered.cells { row.cells[cell.reading.schemaIndex] = .blank }
        // What was lost with a row elsewhere was counted there.
        let lost = others.isRejected ? measured.count { row.cells[$0].isRejected && !unusable.contains($0) } : 0
        var unreadable = unusable.count { row.cells[$0].isRejected }
        for cell in gathered.cells {
            let reading = cell.reading
            guard !cell.isUnusable else {
                row.cells[reading.schemaIndex] = .unreadable
                unreadable += 1
                continue
            }
            row.cells[reading.schemaIndex] = reading.reader.read(cell.bytes.span)
            switch row.cells[reading.schemaIndex] {
            case .text: row.bounds[reading.schemaIndex] = keep(cell.bytes.span, reading)
            case .month: row.bounds[reading.schemaIndex] = keepDay(cell.bytes.span, reading)
            case .unreadable, .implausible:
                unreadable += 1
                rejects.reject(into: &sink) {
                    reading.reader.complaint(
                        about: cell.bytes.span,
                        at: Position(file: row.file, line: cell.line, column: cell.column),
                        costsRow: needs.readable.contains(reading.schemaIndex)
                    )
                }
            default: break
            }
        }
        unreadable += filled.isEmpty ? 0 : fillDown()
        settle(unreadable: unreadable + lost)
        guard row.isRejected else { return unreadable }
        for cell in gathered.cells where isLacking(cell.reading.schemaIndex) {
            rejects.reject(into: &sink) {
                cell.reading.reader.column.blankComplaint(
                    found: cell.bytes.isEmpty ? nil : cell.bytes.span.excerpt,
                    at: Position(file: row.file, line: cell.line, column: cell.column)
                )
            }
        }
        return unreadable
    }

    /// Whether a cell has no value without which the row is not used.
    private func isLacking(_ index: Int) -> Bool { needs.stated.contains(index) && row[index].statesNothing }

    /// Gives blank cells the value above them, and tells how many of those could not be read.
    private mutating func fillDown() -> Int {
        var unreadable = 0
        for place in filled.indices {
            let index = filled[place].schemaIndex
            switch row.cells[index] {
            case .blank:
                let above = filled[place]
                row.cells[index] = above.last
                switch above.last {
                case .blank: break
                case .unreadable, .implausible: unreadable += 1
                default: cellsFilled += 1
                }
                row.keepText(above.text.span, at: index)
            case let cell:
                filled[place].last = cell
                filled[place].text = row.withBytes(index) { bytes in
                    var copy: [UInt8] = []
                    copy.append(bytes)
                    return copy
                }
            }
        }
        return unreadable
    }

    private mutating func keep(_ bytes: Span<UInt8>, _ reading: TableHeader.Reading) -> Row.TextBounds {
        if let kept = reading.reader.kept(bytes) { return row.addText(kept.span) }
        return row.addText(bytes)
    }

    private mutating func decodePatiently(
        _ bytes: Span<UInt8>,
        _ reading: TableHeader.Reading
    ) -> (Cell, Row.TextBounds) {
        let cell = reading.reader.read(bytes)
        return switch cell {
        case .text: (cell, keep(bytes, reading))
        case .month: (cell, keepDay(bytes, reading))
        default: (cell, Row.TextBounds(0..<0))
        }
    }

    /// Keeps what stands in a cell of months when it is a day, perhaps with a time.
    private mutating func keepDay(_ bytes: Span<UInt8>, _ reading: TableHeader.Reading) -> Row.TextBounds {
        reading.reader.isDay(bytes) ? row.addText(bytes) : Row.TextBounds(0..<0)
    }

    private mutating func decodeEscaped(
        _ raw: Span<UInt8>,
        _ reading: TableHeader.Reading
    ) -> (Cell, Row.TextBounds) {
        var bytes: [UInt8] = []
        swap(&bytes, &unescaped)
        bytes.replace(withUnquoted: raw)
        let decoded = decodePatiently(bytes.span, reading)
        swap(&bytes, &unescaped)
        return decoded
    }

    /// Complains about each cell of the record just decoded that could not be read, or that the row cannot do without.
    func complain(
        about record: Span<UInt8>,
        cutBy scanner: borrowing RecordScanner,
        rejects: inout RejectBudget,
        into sink: inout some RowSink
    ) {
        for reading in readings {
            if isLacking(reading.schemaIndex) {
                let isThere = reading.tableIndex < scanner.count
                let bytes = isThere ? scanner.bytes(ofCell: reading.tableIndex, in: record) : []
                rejects.reject(into: &sink) {
                    reading.reader.column.blankComplaint(
                        found: bytes.isEmpty ? nil : bytes.span.excerpt,
                        at: Position(file: row.file, line: row.line, column: reading.tableIndex + 1)
                    )
                }
            }
            guard row[reading.schemaIndex].isRejected else { continue }
            // A blank cell that took its value from above was complained about there.
            guard reading.tableIndex < scanner.count, !scanner.isBlankCell(reading.tableIndex, in: record) else {
                continue
            }
            rejects.reject(into: &sink) {
                reading.reader.complaint(
                    about: scanner.bytes(ofCell: reading.tableIndex, in: record).span,
                    at: Position(file: row.file, line: row.line, column: reading.tableIndex + 1),
                    costsRow: needs.readable.contains(reading.schemaIndex)
                )
            }
        }
    }
}
