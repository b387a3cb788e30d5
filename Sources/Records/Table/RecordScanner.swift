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
    private var marks = CellEnd.Marks.none
    private var state = State.plain
    /// The byte between two cells.
    let delimiter: UInt8
    private let maximumLength: Int

    init(delimiter: UInt8, maximumLength: Int, maximumCells: Int) {
        self.delimiter = delimiter
        self.maximumLength = maximumLength
        cells = Array(repeating: CellEnd(offset: 0, .none), count: maximumCells)
    }

    /// Whether the table may not end here, since a cell's quotes are open.
    var isInsideQuotes: Bool { state == .quoted }
    /// Whether the record is being skipped, so that its bytes need not be kept.
    var isSkipping: Bool { state == .skipping }

    /// A search for what the scanner looks for, to be made for each chunk.
    var search: DelimiterSearch { DelimiterSearch(delimiter) }

    /// Scans on from an index of the chunk, whose byte 0 lies `base` bytes after the record's start, to the next event.
    mutating func scan(
        _ chunk: Span<UInt8>,
        from index: inout Int,
        base: Int,
        with search: inout DelimiterSearch
    ) -> Event {
        while index < chunk.count {
            let event: Event?
            switch state {
            case .plain: event = scanPlain(chunk, from: &index, base: base, with: &search)
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
        cells[count] = CellEnd(offset: length, marks)
        count += 1
        return .record
    }

    /// Makes ready for the record after the one that ended.
    mutating func beginRecord() {
        count = 0
        cellStart = 0
        marks = .none
        malformedCell = nil
        recordLine = line
    }

    /// Cells without quotes or within quotes that close before the next delimiter, the common cases: one pass.
    private mutating func scanPlain(
        _ chunk: Span<UInt8>,
        from index: inout Int,
        base: Int,
        with search: inout DelimiterSearch
    ) -> Event? {
        // The array moves to a local while a span of it lives, so that nothing is checked per cell.
        var cells: [CellEnd] = []
        swap(&cells, &self.cells)
        let event = scanPlain(chunk, from: &index, base: base, with: &search, into: &cells)
        swap(&cells, &self.cells)
        return event
    }

    private mutating func scanPlain(
        _ chunk: Span<UInt8>,
        from index: inout Int,
        base: Int,
        with ahead: inout DelimiterSearch,
        into cells: inout [CellEnd]
    ) -> Event? {
        var ends = cells.mutableSpan
        // What changes with each cell lives in locals until the scan stops.
        var search = ahead
        var count = count
        var marks = marks
        var start = cellStart - base
        let separator = delimiter
        let end = min(chunk.count, maximumLength - base + 1)
        search.move(to: index, in: chunk)
        var place: Int
        let event: Event?
        while true {
            place = search.next(in: chunk)
            guard place < end else {
                event = place < chunk.count ? .tooLong : nil
                break
            }
            var byte = chunk[place]
            if byte == .quote {
                // A quote within a cell that does not begin with one is an ordinary character.
                guard place == start else { continue }
                marks = .quoted
                quoteLine = line
                var closing = search.next(in: chunk)
                while closing < end, chunk[closing] == separator { closing = search.next(in: chunk) }
                guard closing + 1 < end, chunk[closing] == .quote,
                    chunk[closing + 1] == separator || chunk[closing + 1] == .newline
                else {
                    // The cell does not end as it should, which is the business of the other states.
                    state = .quoted
                    place += 1
                    search.forget()
                    event = nil
                    break
                }
                place = search.next(in: chunk)
                byte = chunk[place]
            }
            guard count < ends.count else {
                event = .tooWide
                break
            }
            ends[count] = CellEnd(offset: base &+ place, marks)
            count &+= 1
            start = place &+ 1
            marks = .none
            guard byte == separator else {
                place = start
                line += 1
                event = .record
                break
            }
        }
        ahead = search
        index = place
        self.count = count
        self.marks = marks
        cellStart = base + start
        if event == .tooLong || event == .tooWide { state = .skipping }
        return event
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
                marks = .escaped
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
    /// What a cell's bytes begin with and hold, in the bits that an offset leaves.
    struct Marks: Equatable {
        fileprivate let bits: UInt32

        static let none = Marks(bits: 0)
        /// It begins with a quote.
        static let quoted = Marks(bits: 1 << 31)
        /// It begins with a quote and holds doubled ones.
        static let escaped = Marks(bits: 3 << 30)
    }

    private let bits: UInt32

    /// The offset must be below 2^30; a record's length limit sees to that.
    @inline(__always)
    init(offset: Int, _ marks: Marks) { bits = UInt32(truncatingIfNeeded: offset) | marks.bits }

    var offset: Int { Int(bits & 0x3FFF_FFFF) }
    /// Whether the cell begins with a quote.
    var isQuoted: Bool { bits >> 31 != 0 }
    /// Whether it holds doubled quotes.
    var hasEscapes: Bool { bits >> 30 & 1 != 0 }
}
