// What became of a file that a department handed in.

package import Almanac
import Diagnostics
package import Records

/// The matter of a return slip.
package struct Slip: Sendable, Hashable {
    package let feed: String
    /// The feed's title by language.
    package let feedTitles: [String: String]
    /// The file's name as the department knows it.
    package let file: String
    /// When the file was first seen with this content.
    package let firstSeen: Instant
    /// When the content that it replaces under the same name was first seen.
    package let replaces: Instant?
    /// `nil` when the file could not be read as a text, or there is none in it.
    package let encoding: TextEncoding?
    package let tally: TableTally
    /// Everything that was not used, in the order of the file.
    package let rejects: [Reject]
    /// Whether the table as a whole could be used.
    package let isUsable: Bool
    /// Rows of other files that this one says otherwise, and that are believed no more.
    package var superseded: [Rival] = []
    /// Rows of other files that this one says otherwise, where neither is believed.
    package var contradicted: [Rival] = []
    /// Files that were taken away; then the slip tells of nothing else.
    package var withdrawn: [Withdrawal] = []

    /// Another file of the feed that says something else of the same things.
    package struct Rival: Sendable, Hashable {
        package let file: String
        /// How many of its rows.
        package let rows: Int
        /// What some of them speak of.
        package let samples: [String]

        package init(file: String, rows: Int, samples: [String]) {
            self.file = file
            self.rows = rows
            self.samples = samples
        }
    }

    /// A file that lies in the inbox no more.
    package struct Withdrawal: Sendable, Hashable {
        package let file: String
        package let firstSeen: Instant
        /// When it was found missing.
        package let gone: Instant
        /// How many rows of it were used; `nil` when it could not be used at all.
        package let rows: Int?

        package init(file: String, firstSeen: Instant, gone: Instant, rows: Int?) {
            self.file = file
            self.firstSeen = firstSeen
            self.gone = gone
            self.rows = rows
        }
    }

    /// Whether the file is an answer to a notice instead of a table.
    package private(set) var isReceipt = false

    /// What the department has to do about it, in one word.
    package enum Outcome: String, Sendable, CaseIterable {
        /// Nothing.
        case fine
        /// Everything was used, but somebody should look.
        case noted
        /// Something was not used.
        case partly
        /// There are no rows.
        case empty
        /// Nothing was used.
        case unusable
        /// Files were taken away.
        case withdrawn
        /// An answer to a notice was not understood.
        case refusedReceipt = "receipt"
    }

    package var outcome: Outcome {
        if isReceipt { return .refusedReceipt }
        if !withdrawn.isEmpty { return .withdrawn }
        if !isUsable { return .unusable }
        if rejects.contains(where: { $0.diagnostic.severity == .error }) { return .partly }
        if tally.rowsAccepted == 0, tally.rowsRejected == 0 { return .empty }
        return rejects.allSatisfy { $0.diagnostic.severity == .note } && tally.rowsRejected == 0
            && tally.cellsRejected == 0 ? .fine : .noted
    }

    package init(
        feed: String,
        feedTitles: [String: String],
        file: String,
        firstSeen: Instant,
        replaces: Instant?,
        encoding: TextEncoding?,
        tally: TableTally,
        rejects: [Reject],
        isUsable: Bool
    ) {
        self.feed = feed
        self.feedTitles = feedTitles
        self.file = file
        self.firstSeen = firstSeen
        self.replaces = replaces
        // Of a file that is empty nobody knows how it was written.
        self.encoding = rejects.contains { $0.reason == .emptyTable } ? nil : encoding
        self.tally = tally
        self.rejects = rejects
        self.isUsable = isUsable
    }
}

extension Slip {
    /// Where answers to notices are dropped, in the place of a feed's name.
    package static let receipts = "receipts"

    /// A slip for an answer that was not understood.
    package init(refusing file: String, rejects: [Reject], received: Instant) {
        self.init(
            feed: Self.receipts,
            feedTitles: [:],
            file: file,
            firstSeen: received,
            replaces: nil,
            encoding: nil,
            tally: TableTally(),
            rejects: rejects,
            isUsable: false
        )
        isReceipt = true
    }
}
