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
    }

    package var outcome: Outcome {
        if !isUsable { return .unusable }
        if rejects.contains(where: { $0.diagnostic.severity == .error }) { return .partly }
        if tally.rowsAccepted == 0 { return .empty }
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
