// Reads the tables of a feed: from the source's bytes to rows that a check, a return slip or anybody else takes.

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
}

/// Reads feeds.
package struct FeedReader {
    private let feeds: [String: Feed]
    private let evidence: any EvidenceSource

    package init(feeds: [String: Feed], evidence: any EvidenceSource) {
        self.feeds = feeds
        self.evidence = evidence
    }

    /// Reads all tables of a feed and gives the names of those that could not be used.
    package func read(_ feed: Feed, into sink: inout some TableSink) -> [String] {
        let listing = evidence.tables(of: feed)
        for problem in listing.problems { sink.reject(Reject(.unreadableFile, problem)) }
        for file in listing.refused { sink.reject(file.reject) }
        // A register that is not there is one that cannot be read; an inbox may hold anything.
        var unread = feed.source == .register && listing.tables.isEmpty ? [feed.name] : []
        for table in listing.tables where !read(table, of: feed, into: &sink).isUsable { unread.append(table.name) }
        return unread
    }

    /// Reads one table of a feed.
    @discardableResult
    package func read(_ table: EvidenceTable, of feed: Feed, into sink: inout some TableSink) -> TableReading {
        var reading = TableReading(table: table)
        var reader = TableReader(schema: feed.schema, form: feed.form, file: table.name)
        do throws(Reject) {
            reading.read = try evidence.read(table) { chunk in reader.feed(chunk, into: &sink) }
            reader.finish(into: &sink)
        } catch {
            sink.reject(error)
        }
        reading.tally = reader.tally
        // A table without its header's required columns gives no row, only rejected ones.
        reading.isUsable =
            reading.read != nil && !reader.isEmpty
            && !(reading.tally.rowsAccepted == 0 && reading.tally.rowsRejected > 0)
        sink.finished(reading)
        return reading
    }
}
