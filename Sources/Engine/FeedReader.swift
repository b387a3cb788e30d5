// Reads the tables of a feed: from the source's bytes to rows that a check, a return slip or anybody else takes.

package import Almanac
package import Diagnostics
package import Jobs
import Records

/// Reads feeds; it sees each register as it was when rows first had to be known by it.
package struct FeedReader {
    private let evidence: any EvidenceSource
    private let subjects: SubjectRegisters

    package init(feeds: [String: Feed], evidence: any EvidenceSource) {
        self.evidence = evidence
        subjects = SubjectRegisters(feeds: feeds, evidence: evidence)
    }

    /// Why no table of a feed can be judged: without its register nobody knows whom its rows speak of.
    package func failure(of feed: Feed) -> Diagnostic? { subjects.rules(of: feed).failure }

    /// Reads all tables of a feed and gives the names of those that could not be used.
    ///
    /// Where the newest word counts, the newest table comes first.
    /// - Parameter days: The days of which the sink has use for rows, with the column that dates them; all when left out.
    ///   Rows of other days are counted. Nobody asks what they say, whom they speak of or whether they stand there twice:
    ///   their department's return slip says what is wrong with them.
    package func read(
        _ feed: Feed,
        days: (column: String, range: ClosedRange<CivilDate>)? = nil,
        into sink: inout some TableSink
    ) -> [String] {
        let window = days.flatMap { feed.window(column: $0.column, days: $0.range) }
        let listing = evidence.tables(of: feed)
        for problem in listing.problems { sink.reject(Reject(.unreadableFile, problem)) }
        for file in listing.refused { sink.reject(file.reject) }
        for reject in subjects.untold(of: feed) { sink.reject(reject) }
        var unread = gaps(in: listing, of: feed)
        let tables =
            feed.duplicates?.conflicts == .newest ? listing.tables.sorted { $0.isNewer(than: $1) } : listing.tables
        var memory = DuplicateMemory()
        for table in tables where !read(table, of: feed, window, memory: &memory, into: &sink).isUsable {
            unread.append(table.name)
        }
        for table in listing.earlier { sink = readEarlier(table, of: feed, window, into: consume sink) }
        for table in listing.arriving {
            sink.reject(Self.arriving(table))
            var reading = TableReading(table: table)
            reading.isArriving = true
            sink.finished(reading)
            unread.append(table.name)
        }
        return unread
    }

    /// Hands on what a version of a file said that another one has replaced; what is wrong with it was told when it came.
    private func readEarlier<Sink: TableSink>(
        _ table: EvidenceTable,
        of feed: Feed,
        _ window: RowWindow?,
        into sink: consuming Sink
    ) -> Sink {
        var earlier = EarlierSink(sink: sink)
        var memory = DuplicateMemory()
        read(table, of: feed, window, memory: &memory, into: &earlier)
        return earlier.sink
    }

    /// What the rows of a feed that stand there twice mean; `nil` where nobody asks for that.
    func duplicates(of feed: Feed) -> DuplicateRule? { subjects.rules(of: feed).duplicates }

    private static func arriving(_ table: EvidenceTable) -> Reject {
        Reject(
            .changedWhileRead,
            Diagnostic(
                "the file is still being handed in, so it is not read yet",
                severity: .warning,
                at: Position(file: table.name),
                remedy: "nothing to do: the job runs again when the file has come to rest"
            )
        )
    }

    /// What is known to be missing before a table is read.
    private func gaps(in listing: EvidenceListing, of feed: Feed) -> [String] {
        switch feed.source {
        // A register that is not there is one that cannot be read; an inbox may hold anything.
        case .register, .standard: listing.tables.isEmpty ? [feed.name] : []
        // A refused file may be the correction of a table that is read.
        case .inbox:
            (listing.problems.isEmpty ? [] : [feed.name])
                + listing.refused.filter { listing.isMissed($0) }.map(\.name)
        }
    }

    /// Reads one table of a feed; rows are held against the others of the same table only.
    @discardableResult
    package func read(_ table: EvidenceTable, of feed: Feed, into sink: inout some TableSink) -> TableReading {
        var memory = DuplicateMemory()
        return read(table, of: feed, nil, memory: &memory, into: &sink)
    }

    @discardableResult
    private func read(
        _ table: EvidenceTable,
        of feed: Feed,
        _ window: RowWindow?,
        memory: inout DuplicateMemory,
        into sink: inout some TableSink
    ) -> TableReading {
        var reading = TableReading(table: table)
        let rules = subjects.rules(of: feed)
        reading.failure = rules.failure
        guard rules.failure == nil else {
            sink.finished(reading)
            return reading
        }
        // Sink and memory move into the gates and back, so that nothing they hold is copied.
        var gate = IdentityGate(
            rules.identities,
            file: table.name,
            columns: feed.schema.columns.count,
            next: DuplicateGate(
                rules.duplicates,
                memory: consume memory,
                file: table.name,
                next: ValueGate(feed.valueColumns, file: table.name, next: consume sink)
            )
        )
        var reader = TableReader(
            schema: feed.schema,
            form: feed.form,
            needs: feed.needs,
            window: window,
            file: table.name
        )
        do throws(Reject) {
            reading.read = try evidence.read(table) { chunk in reader.feed(chunk, into: &gate) }
            reader.finish(into: &gate)
        } catch {
            reading.stopped = error
            gate.reject(error)
        }
        gate.finish()
        gate.next.finish()
        gate.next.next.finish()
        reading.tally = reader.tally
        // A table without its header's required columns gives no row, only rejected ones. Rows that are well-formed and
        // speak of strangers make no table unusable.
        reading.isUsable =
            reading.read != nil && reader.hasHeader
            && !(reading.tally.rowsAccepted == 0 && reading.tally.rowsRejected > 0)
        reading.tally.stop(
            rejected: gate.rowsRejected + gate.next.rowsContradicted,
            cells: gate.cellsRejected + gate.next.cellsRejected,
            gate.next.rowsRepeated,
            gate.next.rowsSuperseded
        )
        memory = gate.next.memory
        sink = gate.next.next.next
        sink.finished(reading)
        return reading
    }
}

/// Takes every row of a table for one that a newer table has replaced.
private struct EarlierSink<Sink: TableSink>: TableSink {
    var sink: Sink

    mutating func accept(_ row: borrowing Row) { sink.supersede(row) }
    mutating func reject(_ reject: Reject) {}
    mutating func finished(_ reading: TableReading) {}
}

extension Feed {
    /// The window on those days, as far as it leaves every row of them what it is: rows that speak of the same thing must
    /// be of one day.
    fileprivate func window(column: String, days: ClosedRange<CivilDate>) -> RowWindow? {
        guard let index = schema.index(of: column), duplicates?.keyColumns.contains(index) ?? true else { return nil }
        return RowWindow(column: index, days: days)
    }
}

extension TableTally {
    /// Counts rows that the table's reader handed on and nobody believes or uses.
    ///
    /// - Parameter cells: Their cells that were counted one by one.
    mutating func stop(rejected: Int, cells: Int, _ repeated: Int = 0, _ superseded: Int = 0) {
        rowsAccepted -= rejected + repeated + superseded
        rowsRejected += rejected
        cellsRejected -= cells
        rowsRepeated += repeated
        rowsSuperseded += superseded
    }
}

extension EvidenceListing {
    /// Whether a refused file probably holds rows that were meant to be read; a folder or a link does not.
    ///
    /// A workbook that lies about is no gap once a table was handed in after it.
    func isMissed(_ file: RefusedFile) -> Bool {
        switch file.reject.reason {
        case .mayNotBeRead, .tooManyFiles, .unreadableFile: true
        case .spreadsheet, .document, .archive:
            !tables.contains { $0.came(after: file) }
        default: false
        }
    }
}

extension EvidenceTable {
    /// Whether it was handed in later: by the order of receptions, else by when the file was last changed or written,
    /// else by its name.
    ///
    /// Whoever copies a file sets the time of writing, and not that of the change.
    fileprivate func isNewer(than other: EvidenceTable) -> Bool {
        if let received, let others = other.received, received != others { return received > others }
        for (mine, others) in zip(times, other.times) where mine != others { return mine > others }
        return name > other.name
    }

    /// Whether it was handed in after a file that is no table, or at once.
    fileprivate func came(after file: RefusedFile) -> Bool {
        if let received, let others = file.received, received != others { return received > others }
        guard let changed = stamp?.changed else { return false }
        return file.stamp.map { changed >= $0.changed } ?? true
    }

    /// A table that nobody received is as old as its last writing.
    private var times: [Instant] {
        let oldest = Instant(microseconds: .min)
        let times = [stamp?.changed ?? oldest, stamp?.modified ?? oldest]
        return received == nil ? times.reversed() : times
    }
}
