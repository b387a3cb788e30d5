// The port through which runs read their tables; files, registers, one day a database.

package import Almanac
package import Diagnostics
package import Jobs
package import Records

/// Where tables come from.
package protocol EvidenceSource: Sendable {
    /// The tables of a feed in the order in which they are read, and what keeps others from being read.
    func tables(of feed: Feed) -> EvidenceListing

    /// Lends the table's text as UTF-8, chunk by chunk; what could not be decoded stands there as U+FFFD.
    /// - Throws: A `Reject` when the table cannot be opened or read to its end.
    @discardableResult
    func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable
}

/// One table of a feed.
package struct EvidenceTable: Sendable, Hashable {
    package let feed: String
    /// The file's name, as facts and messages give it.
    package let name: String
    /// Where the source that listed the table finds it again; nobody else reads anything into it.
    package let location: String
    /// `nil` for a table that is no file.
    package let stamp: FileStamp?
    /// The place of its content among all receptions, and `Int64.max` for what is not received yet; `nil` where nobody
    /// keeps that in mind.
    package var received: Int64?

    package init(
        feed: String,
        name: String,
        location: String = "",
        stamp: FileStamp? = nil,
        received: Int64? = nil
    ) {
        self.feed = feed
        self.name = name
        self.location = location
        self.stamp = stamp
        self.received = received
    }
}

/// What tells whether a file is still the one that was seen, without reading it.
package struct FileStamp: Sendable, Hashable {
    package let device: UInt64
    package let inode: UInt64
    /// In bytes.
    package let size: Int64
    package let modified: Instant
    /// When the file's contents, name, owner or rights last changed.
    package let changed: Instant

    package init(device: UInt64, inode: UInt64, size: Int64, modified: Instant, changed: Instant) {
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
    }
}

/// What was learnt of a table by reading it to its end.
package struct ReadTable: Sendable, Hashable {
    package let encoding: TextEncoding
    /// Tells one content from another; no proof against forgery.
    package let fingerprint: String

    package init(encoding: TextEncoding = .utf8, fingerprint: String = "") {
        self.encoding = encoding
        self.fingerprint = fingerprint
    }
}

/// What a feed has to offer.
package struct EvidenceListing: Sendable {
    package var tables: [EvidenceTable]
    /// What lies among the tables and is none.
    package var refused: [RefusedFile]
    /// What keeps the feed as a whole from being looked at.
    package var problems: [Diagnostic]
    /// Tables that somebody may still be writing, so that they are not to be read yet.
    package var arriving: [EvidenceTable] = []
    /// What files that lie there said before they were handed in again, newest first; their names tell the version.
    package var earlier: [EvidenceTable] = []
    /// Names that lie there beyond the number that is looked at.
    package var unlisted: Set<String> = []
    /// Whether there are more names than anybody counts, so that one that is not here need not have gone.
    package var isCut = false

    package init(tables: [EvidenceTable] = [], refused: [RefusedFile] = [], problems: [Diagnostic] = []) {
        self.tables = tables
        self.refused = refused
        self.problems = problems
    }
}

/// A file that is not read as a table, and why.
package struct RefusedFile: Sendable, Hashable {
    /// Its name, fit to be printed.
    package let name: String
    package let stamp: FileStamp?
    package let reject: Reject
    /// As of a table.
    package var received: Int64?

    package init(name: String, stamp: FileStamp?, reject: Reject, received: Int64? = nil) {
        self.name = name
        self.stamp = stamp
        self.reject = reject
        self.received = received
    }
}
