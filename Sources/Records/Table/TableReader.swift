// Reads a CSV table, chunk by chunk, into typed rows and complaints.

import Diagnostics

/// A reader of CSV tables: RFC 4180 in UTF-8, with or without a byte order mark, with LF or CRLF.
///
/// Chunks may be of any size and end anywhere. A row whose cells are unreadable is delivered with those cells marked;
/// a row of which it is uncertain which cell is which is rejected.
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

    private enum Stage {
        case beforeHeader
        case rows
        /// The header cannot be used, and rows are only counted.
        case refused
    }

    /// What was read so far.
    package private(set) var tally = TableTally()

    /// Bytes held back for a row that is not complete; never more than a row may be long.
    package var bytesHeld: Int { pending.count }

    /// Whether nothing but blanks was read so far.
    package var isEmpty: Bool { stage == .beforeHeader }

    private let schema: TableSchema
    private let form: TableForm
    private let file: String
    private let limits: Limits
    private var scanner: RecordScanner
    private var decoder: RowDecoder
    private var rejects: RejectBudget
    private var stage = Stage.beforeHeader
    /// Cells that each row must have: as many as the header has.
    private var width = 0
    /// The table's first bytes, until it is known whether they are a byte order mark.
    private var opening: [UInt8]? = []
    /// The bytes of a record that began in an earlier chunk.
    private var pending: [UInt8] = []

    /// Makes a reader of one table; `file` is the name that complaints give.
    package init(schema: TableSchema, form: TableForm = .wide, file: String, limits: Limits = .default) {
        self.schema = schema
        self.form = form
        self.file = file
        self.limits = limits
        scanner = RecordScanner(maximumLength: limits.rowBytes, maximumCells: limits.columns)
        decoder = RowDecoder(header: nil, schema: schema, file: file)
        rejects = RejectBudget(limit: limits.diagnostics)
    }

    /// Reads the table's next bytes.
    package mutating func feed(_ bytes: Span<UInt8>, into sink: inout some RowSink) {
        guard var opening else { return scan(bytes, into: &sink) }
        let missing = min(3 - opening.count, bytes.count)
        opening.append(bytes.extracting(first: missing))
        self.opening = opening
        guard opening.count == 3 else { return }
        endOpening(into: &sink)
        scan(bytes.extracting(droppingFirst: missing), into: &sink)
    }

    /// Ends the table; a reader is of no use afterwards.
    package mutating func finish(into sink: inout some RowSink) {
        endOpening(into: &sink)
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
        if stage == .beforeHeader {
            let position = Position(file: file)
            rejects.reject(into: &sink) {
                Reject(.emptyTable, Diagnostic("the table is empty", at: position, expected: "a header and rows"))
            }
        }
        rejects.finish(file: file, into: &sink)
    }

    /// Drops a byte order mark, and reads what else the table begins with.
    private mutating func endOpening(into sink: inout some RowSink) {
        guard let bytes = opening else { return }
        opening = nil
        if bytes != [0xEF, 0xBB, 0xBF] { scan(bytes.span, into: &sink) }
    }

    private mutating func scan(_ chunk: Span<UInt8>, into sink: inout some RowSink) {
        var index = 0
        // Where the present record begins in this chunk, when nothing of it is pending.
        var start = 0
        while true {
            switch scanner.scan(chunk, from: &index, base: pending.count - start) {
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
        let line = scanner.recordLine
        if let malformed = scanner.malformedCell {
            reject(
                .textAfterQuotes,
                "text follows a closing quote",
                line: line,
                column: malformed + 1,
                remedy: "double the quotes inside the cell",
                into: &sink
            )
        } else if scanner.isBlank(record) {
            // A blank line is no row.
        } else {
            switch stage {
            case .beforeHeader: takeHeader(record, into: &sink)
            case .refused: tally.rowsRejected += 1
            case .rows where scanner.count != width:
                let count = scanner.count
                let width = width
                reject(
                    count > width ? .tooManyCells : .tooFewCells,
                    "the row does not have as many cells as the header",
                    line: line,
                    found: "\(count) cells",
                    expected: "\(width) cells",
                    remedy: "add or remove commas, or quote cells that hold one",
                    into: &sink
                )
            case .rows:
                let unreadable = decoder.decode(record, cutBy: scanner)
                if unreadable > 0 {
                    tally.cellsRejected += unreadable
                    decoder.complain(about: record, cutBy: scanner, rejects: &rejects, into: &sink)
                }
                tally.rowsAccepted += 1
                sink.accept(decoder.row)
            }
        }
        scanner.beginRecord()
    }

    private mutating func takeHeader(_ record: Span<UInt8>, into sink: inout some RowSink) {
        let header = TableHeader(
            names: (0..<scanner.count).map { index in
                String(validating: scanner.bytes(ofCell: index, in: record), as: UTF8.self)
            },
            schema: schema,
            file: file,
            line: scanner.recordLine
        )
        for complaint in header.complaints { rejects.reject(complaint.diagnostic.severity, into: &sink) { complaint } }
        decoder = RowDecoder(header: header, schema: schema, file: file)
        width = header.width
        stage = header.isUsable ? .rows : .refused
    }

    private mutating func rejectTooWide(into sink: inout some RowSink) {
        let limit = limits.columns
        reject(
            .rowTooWide,
            "the row has more than \(limit) cells, so the rest of its line is skipped",
            line: scanner.recordLine,
            into: &sink
        )
    }

    /// Complains about a row that is not delivered; without a usable header row, none is.
    private mutating func reject(
        _ reason: Reject.Reason,
        _ problem: @autoclosure () -> String,
        line: Int,
        column: Int? = nil,
        found: @autoclosure () -> String? = nil,
        expected: @autoclosure () -> String? = nil,
        remedy: String? = nil,
        into sink: inout some RowSink
    ) {
        let position = Position(file: file, line: line, column: column)
        if stage == .beforeHeader {
            stage = .refused
        } else {
            tally.rowsRejected += 1
        }
        rejects.reject(into: &sink) {
            Reject(
                reason,
                Diagnostic(problem(), at: position, found: found(), expected: expected(), remedy: remedy)
            )
        }
    }
}
