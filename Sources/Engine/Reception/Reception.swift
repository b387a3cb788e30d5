// One version of one file that a department handed in, as the ledger remembers it.

package import Alerts
package import Almanac
package import Records

/// What was received under one name at one time; another content under the same name is another reception.
package struct Reception: Sendable, Hashable {
    package let feed: String
    /// The file's name, fit to be printed.
    package let name: String
    /// Counts the versions of a file from 1.
    package let revision: Int
    /// The file's last known stamp with this content; `nil` for what is no file.
    package var stamp: FileStamp?
    /// Tells this content from another; `nil` when it could not be read.
    package let fingerprint: String?
    /// When the file was first seen with this content.
    package let firstSeen: Instant
    /// When the file was found missing; `nil` while it lies there or when a later version took its place.
    package var goneAt: Instant?
    /// When the version before it was first seen; `nil` for the first one and for one whose forerunner had gone.
    package let replaces: Instant?
    /// `nil` when it could not be read as a text.
    package let encoding: TextEncoding?
    package let tally: TableTally
    /// Whether it was no table at all, such as a spreadsheet or a link.
    package let isRefused: Bool
    /// Whether the table as a whole could be used; single rows and cells may still be missing.
    package let isUsable: Bool
    /// What came of it, in one line.
    package let summary: String

    package init(
        feed: String,
        name: String,
        revision: Int,
        stamp: FileStamp?,
        fingerprint: String?,
        firstSeen: Instant,
        goneAt: Instant? = nil,
        replaces: Instant? = nil,
        encoding: TextEncoding? = nil,
        tally: TableTally = TableTally(),
        isRefused: Bool = false,
        isUsable: Bool,
        summary: String
    ) {
        self.feed = feed
        self.name = name
        self.revision = revision
        self.stamp = stamp
        self.fingerprint = fingerprint
        self.firstSeen = firstSeen
        self.goneAt = goneAt
        self.replaces = replaces
        self.encoding = encoding
        self.tally = tally
        self.isRefused = isRefused
        self.isUsable = isUsable
        self.summary = summary
    }

    /// Which file it is a version of.
    package var file: InboxFile { InboxFile(feed: feed, name: name) }

    /// How many rows and cells were not used.
    package var rejected: Int { tally.rowsRejected + tally.cellsRejected }
}

/// A file of the inbox, whatever its content.
package struct InboxFile: Sendable, Hashable {
    package let feed: String
    package let name: String

    package init(feed: String, name: String) {
        self.feed = feed
        self.name = name
    }
}

/// What one reception puts into the ledger, all or nothing.
package struct ReceptionEntry: Sendable {
    package let reception: Reception
    /// The return slip; `nil` when nobody is known who would get it.
    package let slip: Notice?

    package init(reception: Reception, slip: Notice?) {
        self.reception = reception
        self.slip = slip
    }
}
