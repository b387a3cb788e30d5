// Evidence that knows when each file of the inbox was handed in, so that the newest word can count.

import Almanac
import Jobs
import Records
import Synchronization

/// When the present content of each file in the inbox was first seen; written by the engine, read by its runners.
final class SubmissionTimes: Sendable {
    private let present = Mutex<[InboxFile: Reception]>([:])

    func update(_ receptions: [InboxFile: Reception]) { present.withLock { $0 = receptions } }

    /// When the table was handed in; a content that nobody has received yet is newer than all others.
    ///
    /// Other rights or another owner change the stamp, and no content.
    fileprivate func submission(of table: EvidenceTable) -> Instant {
        let known = present.withLock { $0[InboxFile(feed: table.feed, name: table.name)] }
        guard let known, known.stamp?.size == table.stamp?.size, known.stamp?.modified == table.stamp?.modified else {
            return Instant(microseconds: .max)
        }
        return known.firstSeen
    }
}

/// A source that shows what the one below it shows, dated.
struct DatedEvidence: EvidenceSource {
    let base: any EvidenceSource
    let times: SubmissionTimes

    func tables(of feed: Feed) -> EvidenceListing {
        var listing = base.tables(of: feed)
        guard feed.source == .inbox else { return listing }
        for index in listing.tables.indices {
            listing.tables[index].submitted = times.submission(of: listing.tables[index])
        }
        return listing
    }

    @discardableResult
    func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        try base.read(table, chunk: chunk)
    }
}
