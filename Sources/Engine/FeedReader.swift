// Reads the tables of a feed: from the source's bytes to rows that a check, a return slip or anybody else takes.

package import Diagnostics
package import Jobs
package import Records

/// A row sink that is told when a table ends.
package protocol TableSink: RowSink {
    mutating func finished(_ reading: TableReading)
}

/// What came of reading one table.
package struct TableReading: Sendable, Hashable {
    package let table: EvidenceTable
    /// What was learnt by reading to the end; `nil` when the end was not reached.
    package var read: ReadTable?
    package var tally = TableTally()
    /// Whether the table as a whole could be used; single rows and cells may still be missing.
    package var isUsable = false
    /// Why the table was not even looked at, which is no fault of whoever handed it in.
    package var failure: Diagnostic?
}

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
    package func read(_ feed: Feed, into sink: inout some TableSink) -> [String] {
        let listing = evidence.tables(of: feed)
        for problem in listing.problems { sink.reject(Reject(.unreadableFile, problem)) }
        for file in listing.refused { sink.reject(file.reject) }
        for reject in subjects.untold(of: feed) { sink.reject(reject) }
        // A register that is not there is one that cannot be read; an inbox may hold anything.
        var unread = feed.source == .register && listing.tables.isEmpty ? [feed.name] : []
        let tables =
            feed.duplicates?.conflicts == .newest ? listing.tables.sorted { $0.isNewer(than: $1) } : listing.tables
        var memory = DuplicateMemory()
        for table in tables where !read(table, of: feed, memory: &memory, into: &sink).isUsable {
            unread.append(table.name)
        }
        return unread
    }

    /// Reads one table of a feed; rows are held against the others of the same table only.
    @discardableResult
    package func read(_ table: EvidenceTable, of feed: Feed, into sink: inout some TableSink) -> TableReading {
        var memory = DuplicateMemory()
        return read(table, of: feed, memory: &memory, into: &sink)
    }

    private func read(
        _ table: EvidenceTable,
        of feed: Feed,
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
            next: DuplicateGate(rules.duplicates, memory: consume memory, file: table.name, next: consume sink)
        )
        var reader = TableReader(schema: feed.schema, form: feed.form, file: table.name)
        do throws(Reject) {
            reading.read = try evidence.read(table) { chunk in reader.feed(chunk, into: &gate) }
            reader.finish(into: &gate)
        } catch {
            gate.reject(error)
        }
        gate.finish()
        gate.next.finish()
        reading.tally = reader.tally
        // A table without its header's required columns gives no row, only rejected ones. Rows that are well-formed and
        // speak of strangers make no table unusable.
        reading.isUsable =
            reading.read != nil && !reader.isEmpty
            && !(reading.tally.rowsAccepted == 0 && reading.tally.rowsRejected > 0)
        reading.tally.stop(
            rejected: gate.rowsRejected + gate.next.rowsContradicted,
            gate.next.rowsRepeated,
            gate.next.rowsSuperseded
        )
        memory = gate.next.memory
        sink = gate.next.next
        sink.finished(reading)
        return reading
    }
}

extension TableTally {
    /// Counts rows that the table's reader handed on and a gate did not, or not as rows to believe.
    fileprivate mutating func stop(rejected: Int, _ repeated: Int, _ superseded: Int) {
        rowsAccepted -= rejected + repeated + superseded
        rowsRejected += rejected
        rowsRepeated += repeated
        rowsSuperseded += superseded
    }
}

extension EvidenceTable {
    /// Whether it was handed in later: by when its content was first seen, else by when the file was last written, else
    /// by its name.
    fileprivate func isNewer(than other: EvidenceTable) -> Bool {
        let (mine, others) = (submitted ?? stamp?.modified, other.submitted ?? other.stamp?.modified)
        guard mine == others else {
            guard let mine else { return false }
            return others.map { mine > $0 } ?? true
        }
        return name > other.name
    }
}
