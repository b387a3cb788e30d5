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
    /// Its place among all receptions, by which one is newer than another whatever the clock did; `nil` before it is
    /// entered.
    package var order: Int64?
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
    /// Why it was no table; `nil` when it was one, or when nobody wrote the reason down.
    package let refusal: Reject.Reason?
    /// When its kept copy was removed, because its time was over; `nil` as long as it was not.
    package var copyRemoved: Instant?
    /// Whether the table as a whole could be used; single rows and cells may still be missing.
    package let isUsable: Bool
    /// What came of it, in one line.
    package let summary: String

    package init(
        feed: String,
        name: String,
        revision: Int,
        order: Int64? = nil,
        stamp: FileStamp?,
        fingerprint: String?,
        firstSeen: Instant,
        goneAt: Instant? = nil,
        replaces: Instant? = nil,
        encoding: TextEncoding? = nil,
        tally: TableTally = TableTally(),
        isRefused: Bool = false,
        refusal: Reject.Reason? = nil,
        copyRemoved: Instant? = nil,
        isUsable: Bool,
        summary: String
    ) {
        self.feed = feed
        self.name = name
        self.revision = revision
        self.order = order
        self.stamp = stamp
        self.fingerprint = fingerprint
        self.firstSeen = firstSeen
        self.goneAt = goneAt
        self.replaces = replaces
        self.encoding = encoding
        self.tally = tally
        self.isRefused = isRefused
        self.refusal = refusal
        self.copyRemoved = copyRemoved
        self.isUsable = isUsable
        self.summary = summary
    }

    /// Which file it is a version of.
    package var file: InboxFile { InboxFile(feed: feed, name: name) }
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

/// A content that was received in a feed, under whatever names.
package struct ReceivedContent: Sendable, Hashable {
    package let feed: String
    package let fingerprint: String

    package init(feed: String, fingerprint: String) {
        self.feed = feed
        self.fingerprint = fingerprint
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
