// Reads a CSV table, chunk by chunk, into typed rows and complaints.

import Diagnostics

/// A reader of CSV tables: RFC 4180 in UTF-8, with or without a byte order mark, with LF or CRLF.
///
/// Chunks may be of any size and end anywhere. A row whose cells are unreadable is delivered with those cells marked, and
/// marked itself when it cannot do without them; a row of which it is uncertain which cell is which is not delivered.
package struct TableReader {
    /// What a table may take up.
    package struct Limits: Sendable, Hashable {
        package static let `default` = Limits(rowBytes: 1 << 20, columns: 4096, diagnostics: 1000)

        /// Bytes of one row, at most 2^29.
        package var rowBytes: Int
        /// Cells of one row.
        package var columns: Int
        /// Complaints delivered one by one; the others are counted.
        package var diagnostics: Int

        package init(rowBytes: Int, columns: Int, diagnostics: Int) {
            self.rowBytes = min(rowBytes, 1 << 29)
            self.columns = columns
            self.diagnostics = diagnostics
        }
    }

    enum Stage {
        /// The table's first bytes are gathered to find its header.
        case opening
        case beforeHeader
        case rows
        /// The header cannot be used, and rows are only counted.
        case refused
    }

    /// What was read so far.
    package internal(set) var tally = TableTally()
    /// Whether nothing but blanks was read so far.
    package internal(set) var isEmpty = true

    /// Whether a header was found by which rows can be read; known for certain when the table has ended.
    package var hasHeader: Bool { stage == .rows }

    /// Bytes held back for a row that is not complete; never more than a row may be long.
    package var bytesHeld: Int { pending.count + firstBytes.count }

    let schema: TableSchema
    let form: TableForm
    let needs: RowNeeds
    let window: RowWindow?
    let file: String
    let limits: Limits
    let footers: FooterWords
    var scanner: RecordScanner
    var decoder: RowDecoder
    var rejects: RejectBudget
    var stage = Stage.opening
    /// The table's first bytes, until they are enough to find the header.
    var firstBytes: [UInt8] = []
    /// Where the header stands.
    var opening = TableOpening()
    /// Rows above the header and of it that have passed, blank ones too.
    var rowsPassed = 0
    /// The line of the header's last row that was taken.
    var headerLine: Int?
    /// For tables with full-width commas.
    private var folding: WideCommaFolding?
    /// Cells that each row has: as many as the header has.
    var width = 0
    /// The last required cell, counted from 0.
    var lastRequired = 0
    /// The last cell that is read, counted from 0.
    var lastRead = 0
    /// The bytes of a record that began in an earlier chunk.
    private var pending: [UInt8] = []
    /// Whether a row was rejected in which any value of a table that is gathered may have stood.
    var hasLostValues = false
    var long: LongTable?
    var transposition: Transposition?

    /// Makes a reader of one table.
    /// - Parameters:
    ///   - window: The days of which rows are handed on; others are counted, and nothing else is read of them where they
    ///     stand in lines of their own.
    ///   - file: The name that complaints give.
    package init(
        schema: TableSchema,
        form: TableForm = .wide,
        needs: RowNeeds = RowNeeds(),
        window: RowWindow? = nil,
        file: String,
        limits: Limits = .default
    ) {
        self.schema = schema
        self.form = form
        self.needs = needs
        self.window = window
        self.file = file
        self.limits = limits
        footers = FooterWords(form.footers)
        scanner = Self.scanner(.comma, limits)
        decoder = RowDecoder(header: nil, schema: schema, needs: needs, file: file)
        rejects = RejectBudget(limit: limits.diagnostics)
        if case .transposed = form.layout { transposition = Transposition() }
    }

    private static func scanner(_ delimiter: Delimiter, _ limits: Limits) -> RecordScanner {
        RecordScanner(delimiter: delimiter.byte, maximumLength: limits.rowBytes, maximumCells: limits.columns)
    }

    /// Reads the table's next bytes.
    package mutating func feed(_ bytes: Span<UInt8>, into sink: inout some RowSink) {
        guard stage == .opening else { return unfold(bytes, into: &sink) }
        let missing = min(max(min(TableOpening.length, limits.rowBytes) - firstBytes.count, 0), bytes.count)
        firstBytes.append(bytes.extracting(first: missing))
        guard missing < bytes.count else { return }
        endOpening(into: &sink)
        unfold(bytes.extracting(droppingFirst: missing), into: &sink)
    }

    /// Ends the table; a reader is of no use afterwards.
    package mutating func finish(into sink: inout some RowSink) {
        if stage == .opening { endOpening(into: &sink) }
        if var folding {
            let rest = folding.finish()
            scan(rest.span, into: &sink)
        }
        if scanner.isInsideQuotes {
            reject(
                .openQuotes,
                "the table ends inside quotes",
                line: scanner.quoteLine,
                remedy: "close the quotes that begin on this line, or hand in the whole table",
                into: &sink
            )
        } else {
            switch scanner.finish(length: pending.count) {
            case .record: takePending(into: &sink)
            case .tooWide: rejectTooWide(into: &sink)
            default: break
            }
        }
        deliverGathered(into: &sink)
        if isEmpty {
            let position = Position(file: file)
            rejects.reject(into: &sink) {
                Reject(.emptyTable, Diagnostic("the table is empty", at: position, expected: "a header and rows"))
            }
        }
        tally.cellsFilled = decoder.cellsFilled
        rejects.finish(file: file, into: &sink)
    }

    /// Finds separator and header in what the table begins with, and reads it.
    private mutating func endOpening(into sink: inout some RowSink) {
        stage = .beforeHeader
        var bytes: [UInt8] = []
        swap(&bytes, &firstBytes)
        let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = bytes.span.extracting(droppingFirst: mark)
        opening = TableOpening(text, schema: schema, form: form, limits: limits)
        scanner = Self.scanner(opening.delimiter, limits)
        if opening.delimiter == .wideComma { folding = WideCommaFolding() }
        unfold(text, into: &sink)
    }

    private mutating func unfold(_ bytes: Span<UInt8>, into sink: inout some RowSink) {
        guard var folding else { return scan(bytes, into: &sink) }
        let folded = folding.fold(bytes)
        self.folding = folding
        scan(folded.span, into: &sink)
    }

    private mutating func scan(_ chunk: Span<UInt8>, into sink: inout some RowSink) {
        var index = 0
        var search = scanner.search
        // Where the present record begins in this chunk, when nothing of it is pending.
        var start = 0
        while true {
            switch scanner.scan(chunk, from: &index, base: pending.count - start, with: &search) {
            case .chunkEnd:
                if !scanner.isSkipping { pending.append(chunk.extracting(start..<chunk.count)) }
                return
            case .record:
                let record = chunk.extracting(start..<(index - 1))
                start = index
                if pending.isEmpty {
                    take(record, into: &sink)
                } else {
                    pending.append(record)
                    takePending(into: &sink)
                }
            case .tooLong:
                let limit = limits.rowBytes
                reject(
                    .rowTooLong,
                    "the row is longer than \(limit) bytes, so the rest of its line is skipped",
                    line: scanner.recordLine,
                    remedy: "look for quotes that are opened and not closed",
                    into: &sink
                )
                pending.removeAll()
            case .tooWide:
                rejectTooWide(into: &sink)
                pending.removeAll()
            case .skipped:
                scanner.beginRecord()
                start = index
            }
        }
    }

    /// Takes the record that was gathered from several chunks.
    private mutating func takePending(into sink: inout some RowSink) {
        // Moved to a local, so that the bytes can be read while the reader changes.
        var record: [UInt8] = []
        swap(&record, &pending)
        take(record.span, into: &sink)
        record.removeAll(keepingCapacity: true)
        swap(&record, &pending)
    }

    /// Takes one complete record, without its line feed.
    private mutating func take(_ record: Span<UInt8>, into sink: inout some RowSink) {
        if let malformed = scanner.malformedCell {
            reject(
                .textAfterQuotes,
                "text follows a closing quote",
                line: scanner.recordLine,
                column: malformed + 1,
                remedy: "double the quotes inside the cell",
                into: &sink
            )
        } else if scanner.isBlank(record) {
            // What holds nothing is no row, though Excel may export thousands of them.
            if stage == .beforeHeader { rowsPassed += 1 }
        } else {
            isEmpty = false
            switch stage {
            case .rows where footers.begins(record, delimiter: scanner.delimiter): tally.footerRows += 1
            case .rows: takeRow(record, into: &sink)
            case .beforeHeader: takeOpening(record, into: &sink)
            case .refused, .opening: tally.rowsRejected += 1
            }
        }
        scanner.beginRecord()
    }

    @inline(__always)
    private mutating func takeRow(_ record: Span<UInt8>, into sink: inout some RowSink) {
        if scanner.count != width, transposition == nil, isRagged(record, into: &sink) { return }
        if long != nil || transposition != nil { return gather(record, into: &sink) }
        if decoder.passes(over: record, cutBy: scanner) {
            tally.rowsAccepted += 1
            return
        }
        let unreadable = decoder.decode(record, cutBy: scanner)
        if unreadable > 0 || decoder.row.isRejected {
            decoder.complain(about: record, cutBy: scanner, rejects: &rejects, into: &sink)
        }
        deliver(unreadable: unreadable, into: &sink)
    }

    /// Hands the row that was decoded on; of a rejected one the cells are not counted as well.
    @inline(__always)
    mutating func deliver(unreadable: Int, into sink: inout some RowSink) {
        if decoder.row.isRejected {
            tally.rowsRejected += 1
        } else {
            tally.rowsAccepted += 1
            tally.cellsRejected += unreadable
            decoder.row.cellsRejected = unreadable
        }
        if let window, window.excludes(decoder.row[window.column]) { return }
        sink.accept(decoder.row)
    }

    /// Whether it is uncertain which cell of a row is which; Excel leaves blank cells at the end of rows out.
    private mutating func isRagged(_ record: Span<UInt8>, into sink: inout some RowSink) -> Bool {
        let count = scanner.count
        let width = width
        if count > width, (width..<count).allSatisfy({ scanner.isBlankCell($0, in: record) }) { return false }
        if count < width, count > lastRequired {
            if count <= lastRead { warnOfShortRow(into: &sink) }
            return false
        }
        reject(
            count > width ? .tooManyCells : .tooFewCells,
            "the row does not have as many cells as the header",
            line: scanner.recordLine,
            found: "\(count) cells",
            expected: "\(width) cells",
            remedy: "add or remove separators, or quote cells that hold one",
            into: &sink
        )
        return true
    }
}
