// What a new file says otherwise than those before it.

import Jobs
import Records

extension Receptionist {
    /// What a new file says otherwise than those before it is found out for feeds of so many bytes at most, as all of
    /// them are read for it.
    private static let comparedBytes: Int64 = 256 << 20

    /// The files of one feed that can be received.
    struct Queue {
        let feed: Feed
        let listing: EvidenceListing
        var waiting: ArraySlice<InboxWatchlist.Arrival>
        /// What the received files say; `nil` before it was asked for.
        var standing: StandingRows??
        /// The checks that will judge them; `nil` before they were asked for.
        var review: CheckReview?
    }

    /// Reads a file that arrived, and finds out what it says otherwise than those before it.
    func read(
        _ table: EvidenceTable,
        of queue: inout Queue,
        with reader: FeedReader,
        _ collector: inout RejectCollector,
        _ rivals: inout [StandingRows.Replaced]
    ) -> TableReading {
        if queue.standing == nil { queue.standing = .some(standingRows(of: queue, with: reader)) }
        guard case .some(.some(let standing)) = queue.standing else {
            return reader.read(table, of: queue.feed, into: &collector)
        }
        queue.standing = .some(nil)
        var sink = ComparingSink(collector: collector, standing: standing)
        sink.standing.begin(file: table.name)
        let reading = reader.read(table, of: queue.feed, into: &sink)
        collector = sink.collector ?? collector
        // What a table said that is not used stands nowhere; then the rest of this sweep is compared with nothing.
        guard reading.isUsable || reading.tally.rowsAccepted == 0 else { return reading }
        rivals = sink.standing.end()
        queue.standing = sink.standing
        return reading
    }

    /// What the received files of a feed say, or `nil` when there are too many of them to be read.
    func standingRows(of queue: Queue, with reader: FeedReader) -> StandingRows? {
        guard let rule = reader.duplicates(of: queue.feed) else { return nil }
        func file(_ table: EvidenceTable) -> InboxFile { InboxFile(feed: table.feed, name: table.name) }
        let tables = queue.listing.tables.filter { watchlist.isReceived(file($0)) }
        guard tables.reduce(0, { $0 + ($1.stamp?.size ?? 0) }) <= Self.comparedBytes else { return nil }
        var sink = ComparingSink(collector: nil, standing: StandingRows(rule))
        for table in tables.sorted(by: { orders[file($0)] ?? .max < orders[file($1)] ?? .max }) {
            sink.standing.begin(file: table.name)
            reader.read(table, of: queue.feed, into: &sink)
            _ = sink.standing.end()
        }
        return sink.standing
    }
}

/// Takes the complaints about a table for its supplier, and its rows to hold them against those of others.
private struct ComparingSink: TableSink {
    var collector: RejectCollector?
    var standing: StandingRows

    mutating func accept(_ row: borrowing Row) {
        collector?.accept(row)
        // What is handed on only for its gap says nothing that another file could say otherwise.
        if !row.isRejected { standing.take(row) }
    }

    mutating func reject(_ reject: Reject) { collector?.reject(reject) }
    mutating func finished(_ reading: TableReading) { collector?.finished(reading) }
}
