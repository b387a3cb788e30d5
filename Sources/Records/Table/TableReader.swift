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
        /// The table's first bytes are gathered to find its header.
        case opening
        case beforeHeader
        case rows
        /// The header cannot be used, and rows are only counted.
        case refused
    }

    /// What was read so far.
    package private(set) var tally = TableTally()
    /// Whether nothing but blanks was read so far.
    package private(set) var isEmpty = true

    /// Bytes held back for a row that is not complete; never more than a row may be long.
    package var bytesHeld: Int { pending.count + firstBytes.count }

    private let schema: TableSchema
    private let form: TableForm
    private let file: String
    private let limits: Limits
    private let footers: FooterWords
    private var scanner: RecordScanner
    private var decoder: RowDecoder
    private var rejects: RejectBudget
    private var stage = Stage.opening
    /// The table's first bytes, until they are enough to find the header.
    private var firstBytes: [UInt8] = []
    /// Where the header stands.
    private var opening = TableOpening()
    /// Rows above the header and of it that have passed, blank ones too.
    private var rowsPassed = 0
    /// For tables with full-width commas.
    private var folding: WideCommaFolding?
    /// Cells that each row has: as many as the header has.
    private var width = 0
    /// The last required cell, counted from 0.
    private var lastRequired = 0
    /// The bytes of a record that began in an earlier chunk.
    private var pending: [UInt8] = []
    private var long: LongTable?
    private var transposition: Transposition?

    /// Makes a reader of one table; `file` is the name that complaints give.
    package init(schema: TableSchema, form: TableForm = .wide, file: String, limits: Limits = .default) {
        self.schema = schema
        self.form = form
        self.file = file
        self.limits = limits
        footers = FooterWords(form.footers)
        scanner = Self.scanner(.comma, limits)
        decoder = RowDecoder(header: nil, schema: schema, file: file)
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
        if scanner.count != width, isRagged(record, into: &sink) { return }
        if long != nil || transposition != nil { return gather(record, into: &sink) }
        let unreadable = decoder.decode(record, cutBy: scanner)
        if unreadable > 0 {
            tally.cellsRejected += unreadable
            decoder.complain(about: record, cutBy: scanner, rejects: &rejects, into: &sink)
        }
        tally.rowsAccepted += 1
        sink.accept(decoder.row)
    }

    /// Whether it is uncertain which cell of a row is which; Excel leaves blank cells at the end of rows out.
    private mutating func isRagged(_ record: Span<UInt8>, into sink: inout some RowSink) -> Bool {
        let count = scanner.count
        let width = width
        if transposition != nil { return false }
        if count < width ? count > lastRequired : (width..<count).allSatisfy({ scanner.isBlankCell($0, in: record) }) {
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

    /// Takes a record that stands above the header or belongs to it.
    private mutating func takeOpening(_ record: Span<UInt8>, into sink: inout some RowSink) {
        defer { rowsPassed += 1 }
        if transposition != nil {
            stage = .rows
            gather(record, into: &sink)
        } else if rowsPassed < opening.rowsAbove {
            tally.titleRows += 1
        } else {
            // A header's second row was read together with its first one.
            if rowsPassed == opening.rowsAbove { takeHeader(into: &sink) }
            let isLast = rowsPassed == opening.rowsAbove + (opening.hasSecondRow ? 1 : 0)
            if isLast, stage != .refused { stage = .rows }
        }
    }

    private mutating func takeHeader(into sink: inout some RowSink) {
        guard opening.isRecognised || opening.names.contains(nil) else { return refuse(into: &sink) }
        let file = file
        let line = scanner.recordLine
        var names = opening.names
        let own = LongTable.ownColumns(of: names, form: form, schema: schema)
        for index in own { names[index] = "" }
        let header = TableHeader(names: names, passed: own.union(opening.emptyColumns), schema: schema) { index in
            Position(file: file, line: line, column: index + 1)
        }
        use(header, into: &sink)
        guard case .long(let item, let value) = form.layout, stage != .refused else { return }
        long = LongTable(
            names: opening.names,
            header: header,
            item: item,
            value: value,
            schema: schema,
            file: file
        )
        if long == nil { refuse(into: &sink) }
    }

    private mutating func use(_ header: TableHeader, into sink: inout some RowSink) {
        for complaint in header.complaints {
            rejects.reject(complaint.diagnostic.severity, into: &sink) { complaint }
        }
        decoder = RowDecoder(header: header, schema: schema, file: file)
        width = header.width
        lastRequired = header.readings.filter(\.reader.column.isRequired).map(\.tableIndex).max() ?? -1
        if !header.isUsable { stage = .refused }
    }

    /// Gives up a table in which no header can be found.
    private mutating func refuse(into sink: inout some RowSink) {
        stage = .refused
        var wanted = schema.columns.filter(\.isRequired).map { "\"\($0.titleZh.isEmpty ? $0.name : $0.titleZh)\"" }
        if case .long(let item, let value) = form.layout { wanted += ["\"\(item)\"", "\"\(value)\""] }
        let found = opening.names.compactMap(\.self).filter { !$0.isEmpty }.prefix(8).joined(separator: ", ")
        let position = Position(file: file, line: transposition == nil ? scanner.recordLine : nil)
        rejects.reject(into: &sink) {
            Reject(
                .headerNotFound,
                Diagnostic(
                    "no row has the table's headers, so nothing of it is read",
                    at: position,
                    found: found.isEmpty ? nil : found,
                    expected: wanted.isEmpty ? nil : "a row with " + wanted.joined(separator: ", "),
                    remedy: "name the columns in one row above the data"
                )
            )
        }
    }

    private mutating func gather(_ record: Span<UInt8>, into sink: inout some RowSink) {
        if var table = transposition {
            transposition = nil
            if table.take(record, cutBy: scanner) {
                transposition = table
            } else {
                stage = .refused
                reject(
                    .tableTooLarge,
                    "the table is too large for one with its records side by side, nothing of it is read",
                    line: scanner.recordLine,
                    remedy: "hand it in in parts",
                    into: &sink
                )
            }
        } else if var table = long {
            long = nil
            do throws(Reject) {
                try table.take(record, cutBy: scanner)
            } catch {
                tally.rowsRejected += 1
                rejects.reject(into: &sink) { error }
            }
            long = table
        }
    }

    /// Delivers the rows of a table that had to be read to its end first.
    private mutating func deliverGathered(into sink: inout some RowSink) {
        var rows = long?.rows ?? []
        if let table = transposition, !isEmpty {
            guard let result = table.finish(schema: schema, file: file) else { return refuse(into: &sink) }
            use(result.header, into: &sink)
            tally.titleRows += result.titleRows
            rows = stage == .refused ? [] : result.rows
            if stage == .refused { tally.rowsRejected += result.rows.count }
        }
        for row in rows {
            tally.cellsRejected += decoder.decode(row, rejects: &rejects, into: &sink)
            tally.rowsAccepted += 1
            sink.accept(decoder.row)
        }
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
        isEmpty = false
        if stage == .beforeHeader {
            rowsPassed += 1
            guard rowsPassed > opening.rowsAbove else {
                tally.titleRows += 1
                return
            }
            stage = .refused
        } else {
            tally.rowsRejected += 1
        }
        let position = Position(file: file, line: line, column: column)
        rejects.reject(into: &sink) {
            Reject(
                reason,
                Diagnostic(problem(), at: position, found: found(), expected: expected(), remedy: remedy)
            )
        }
    }
}
