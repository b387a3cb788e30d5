// Cuts the bytes of a CSV table into records and cells (RFC 4180), resumable at any byte.

/// Where the records of a table begin and end, whatever the borders of the chunks are.
///
/// Offsets count from the record's first byte, so that a record may lie in one chunk or be gathered from several.
struct RecordScanner {
    /// What a scan came upon.
    enum Event {
        /// The chunk is used up; the record goes on in the next one.
        case chunkEnd
        /// A record ends before the line feed just passed.
        case record
        /// The record is longer than the limit; its line will be skipped.
        case tooLong
        /// The record has more cells than the limit; its line will be skipped.
        case tooWide
        /// The rest of a skipped line is passed.
        case skipped
    }

    private enum State {
        case plain
        /// Inside quotes.
        case quoted
        /// After a quote inside quotes: the cell's end, or half of an escaped quote.
        case quoteSeen
        /// After a cell's quotes, among blanks.
        case closed
        /// In the rest of a line that is too long or too wide.
        case skipping
    }

    /// The cells of the record, as far as they have ended.
    private(set) var cells: [CellEnd]
    private(set) var count = 0
    /// The line on which the record begins, counted from 1.
    private(set) var recordLine = 1
    /// The line on which the last cell's quotes open.
    private(set) var quoteLine = 1
    /// The first cell with text after its closing quote, counted from 0.
    private(set) var malformedCell: Int?
    private var line = 1
    private var cellStart = 0
    private var isQuoted = false
    private var hasEscapes = false
    private var state = State.plain
    /// The byte between two cells.
    let delimiter: UInt8
    private let maximumLength: Int

    init(delimiter: UInt8, maximumLength: Int, maximumCells: Int) {
        self.delimiter = delimiter
        self.maximumLength = maximumLength
        cells = Array(repeating: CellEnd(offset: 0, isQuoted: false, hasEscapes: false), count: maximumCells)
    }

    /// Whether the table may not end here, since a cell's quotes are open.
    var isInsideQuotes: Bool { state == .quoted }
    /// Whether the record is being skipped, so that its bytes need not be kept.
    var isSkipping: Bool { state == .skipping }

    /// Scans on from an index of the chunk, whose byte 0 lies `base` bytes after the record's start, to the next event.
    mutating func scan(_ chunk: Span<UInt8>, from index: inout Int, base: Int) -> Event {
        while index < chunk.count {
            let event: Event?
            switch state {
            case .plain: event = scanPlain(chunk, from: &index, base: base)
            case .quoted: event = scanQuoted(chunk, from: &index, base: base)
            case .quoteSeen, .closed: event = scanClosing(chunk, from: &index, base: base)
            case .skipping: event = skip(chunk, from: &index)
            }
            if let event { return event }
        }
        guard state != .skipping, base + index > maximumLength else { return .chunkEnd }
        return skipping(.tooLong)
    }

    /// Ends the last record of a table, which may lack its line feed; `nil` when there is none.
    mutating func finish(length: Int) -> Event? {
        guard state != .skipping, length > 0 else { return nil }
        guard count < cells.count else { return skipping(.tooWide) }
        cells[count] = CellEnd(offset: length, isQuoted: isQuoted, hasEscapes: hasEscapes)
        count += 1
        return .record
    }

    /// Makes ready for the record after the one that ended.
    mutating func beginRecord() {
        count = 0
        cellStart = 0
        isQuoted = false
        hasEscapes = false
        malformedCell = nil
        recordLine = line
    }

    /// Cells without quotes, the common case: one pass from delimiter to delimiter.
    private mutating func scanPlain(_ chunk: Span<UInt8>, from index: inout Int, base: Int) -> Event? {
        // The array moves to a local while a span of it lives, so that nothing is checked per cell.
        var cells: [CellEnd] = []
        swap(&cells, &self.cells)
        let event = scanPlain(chunk, from: &index, base: base, into: &cells)
        swap(&cells, &self.cells)
        return event
    }

    private mutating func scanPlain(
        _ chunk: Span<UInt8>,
        from index: inout Int,
        base: Int,
        into cells: inout [CellEnd]
    ) -> Event? {
        var ends = cells.mutableSpan
        let separator = delimiter
        var search = DelimiterSearch(separator, from: index)
        var count = count
        var cellStart = cellStart
        defer {
            self.count = count
            self.cellStart = cellStart
        }
        while true {
            index = search.nextDelimiter(in: chunk)
            guard index < chunk.count else { return nil }
            let offset = base + index
            guard offset <= maximumLength else { return skipping(.tooLong) }
            var byte = chunk[index]
            if byte == .quote {
                // A quote within a cell that does not begin with one is an ordinary character.
                guard offset == cellStart else { continue }
                isQuoted = true
                quoteLine = line
                let closing = chunk.firstQuoteOrNewline(from: index + 1)
                guard closing + 1 < chunk.count, base + closing < maximumLength,
                    chunk[closing] == .quote, chunk[closing + 1] == separator || chunk[closing + 1] == .newline
                else {
                    state = .quoted
                    index += 1
                    return nil
                }
                // The cell ends as it should; any other kind is the business of the other states.
                index = closing + 1
                byte = chunk[index]
                search = DelimiterSearch(separator, from: index + 1)
            }
            guard count < ends.count else { return skipping(.tooWide) }
            ends[count] = CellEnd(offset: base + index, isQuoted: isQuoted, hasEscapes: hasEscapes)
            count += 1
            cellStart = base + index + 1
            isQuoted = false
            hasEscapes = false
            guard byte == separator else {
                index += 1
                line += 1
                return .record
            }
        }
    }

    private mutating func scanQuoted(_ chunk: Span<UInt8>, from index: inout Int, base: Int) -> Event? {
        while true {
            index = chunk.firstQuoteOrNewline(from: index)
            guard index < chunk.count else { return nil }
            guard base + index <= maximumLength else { return skipping(.tooLong) }
            let isQuote = chunk[index] == .quote
            index += 1
            if isQuote {
                state = .quoteSeen
                return nil
            }
            line += 1
        }
    }

    private mutating func scanClosing(_ chunk: Span<UInt8>, from index: inout Int, base: Int) -> Event? {
        while index < chunk.count {
            let byte = chunk[index]
            if byte == .quote, state == .quoteSeen {
                hasEscapes = true
                state = .quoted
                index += 1
                return nil
            }
            guard byte != delimiter, byte != .newline else {
                // The end of the cell is the plain state's business.
                state = .plain
                return nil
            }
            guard byte.isBlank else {
                malformedCell = malformedCell ?? count
                state = .plain
                return nil
            }
            state = .closed
            index += 1
        }
        return nil
    }

    private mutating func skip(_ chunk: Span<UInt8>, from index: inout Int) -> Event? {
        while index < chunk.count {
            index += 1
            if chunk[index - 1] == .newline {
                line += 1
                state = .plain
                return .skipped
            }
        }
        return nil
    }

    private mutating func skipping(_ event: Event) -> Event {
        state = .skipping
        return event
    }
}

extension RecordScanner {
    /// Whether no cell of the record that ended holds anything.
    @inline(__always)
    func isBlank(_ record: Span<UInt8>) -> Bool {
        // Most rows begin with something that is plainly there.
        let first = record.count > 1 && record[0] == .quote ? 1 : 0
        if record.count > first, record[first].isPlainlyVisible, record[first] != delimiter, record[first] != .quote {
            return false
        }
        return (0..<count).allSatisfy { isBlankCell($0, in: record) }
    }

    /// Whether a cell of the record that ended holds nothing.
    func isBlankCell(_ index: Int, in record: Span<UInt8>) -> Bool {
        let range = range(ofCell: index)
        return cells[index].isQuoted ? record.unquoted(range).isEmpty : record.trimmed(range).isEmpty
    }

    /// Where a cell of the record that ended lies, with its quotes and blanks.
    func range(ofCell index: Int) -> Range<Int> {
        (index == 0 ? 0 : cells[index - 1].offset + 1)..<cells[index].offset
    }

    /// The bytes of one cell of the record that ended, without quotes and blanks.
    func bytes(ofCell index: Int, in record: Span<UInt8>) -> [UInt8] {
        let cell = record.extracting(range(ofCell: index))
        var bytes: [UInt8] = []
        if cells[index].isQuoted {
            bytes.replace(withUnquoted: cell)
        } else {
            bytes.append(cell.extracting(cell.trimmed(cell.indices)))
        }
        return bytes
    }
}

/// The end of a cell, as an offset into its record.
struct CellEnd {
    private let bits: UInt32

    /// The offset must be below 2^30; a record's length limit sees to that.
    init(offset: Int, isQuoted: Bool, hasEscapes: Bool) {
        bits = UInt32(truncatingIfNeeded: offset) | (isQuoted ? 1 << 31 : 0) | (hasEscapes ? 1 << 30 : 0)
    }

    var offset: Int { Int(bits & 0x3FFF_FFFF) }
    /// Whether the cell begins with a quote.
    var isQuoted: Bool { bits >> 31 != 0 }
    /// Whether it holds doubled quotes.
    var hasEscapes: Bool { bits >> 30 & 1 != 0 }
}
