// Evidence that knows the order in which the files of the inbox were handed in, and which are still being written.

import Almanac
import Jobs
import Linux
import Records
import Synchronization

/// The version that lies in the inbox, of each file, and how long files have to settle; written by the engine, read by its
/// runners.
final class Submissions: Sendable {
    private let present = Mutex<[InboxFile: Reception]>([:])
    private let settlingTime: Mutex<TimeSpan>

    init(settle: TimeSpan) { settlingTime = Mutex(settle) }

    var settle: TimeSpan {
        get { settlingTime.withLock { $0 } }
        set { settlingTime.withLock { $0 = newValue } }
    }

    func update(_ receptions: [InboxFile: Reception]) { present.withLock { $0 = receptions } }

    fileprivate func version(of file: InboxFile) -> Reception? { present.withLock { $0[file] } }
}

/// A source that shows what the one below it shows: each file with its place among the receptions, and apart from the
/// others those that have not settled.
///
/// Half a table looks like a table, so what has not settled is not read by a run that nobody asked for.
struct DatedEvidence: EvidenceSource {
    let base: any EvidenceSource
    let submissions: Submissions
    let clock: WallClock
    /// Whether files that have not settled are kept apart.
    var waitsForSettling = true

    func tables(of feed: Feed) -> EvidenceListing {
        var listing = base.tables(of: feed)
        guard feed.source == .inbox else { return listing }
        let tables = listing.tables
        listing.tables = []
        let now = clock.systemInstant(for: clock.now())
        for var table in tables {
            let known = submissions.version(of: InboxFile(feed: feed.name, name: table.name))
            table.received = Self.place(of: known, stamp: table.stamp)
            if !waitsForSettling || known?.stamp == table.stamp || hasSettled(table.stamp, now: now) {
                listing.tables.append(table)
            } else {
                listing.arriving.append(table)
            }
        }
        for index in listing.refused.indices {
            let file = listing.refused[index]
            let known = submissions.version(of: InboxFile(feed: feed.name, name: file.name))
            listing.refused[index].received = Self.place(of: known, stamp: file.stamp)
        }
        return listing
    }

    @discardableResult
    func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        try base.read(table, chunk: chunk)
    }

    /// A content that nobody has received yet is newer than all others.
    ///
    /// Other rights or another owner change the stamp, and no content.
    private static func place(of known: Reception?, stamp: FileStamp?) -> Int64 {
        guard let known, known.stamp?.size == stamp?.size, known.stamp?.modified == stamp?.modified else { return .max }
        return known.order ?? .max
    }

    /// Whether nothing has touched the file for so long that its writer has finished.
    private func hasSettled(_ stamp: FileStamp?, now: Instant) -> Bool {
        stamp.map { $0.changed.adding(seconds: submissions.settle.seconds) <= now } ?? true
    }
}
