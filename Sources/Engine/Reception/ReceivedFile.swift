// What is learnt of a file by receiving it, and what the ledger makes of it.

package import Almanac
import Diagnostics
package import Jobs
package import Records

/// What was learnt of a file by receiving it.
package struct ReceivedFile: Sendable {
    package let feed: Feed
    package let name: String
    package let stamp: FileStamp?
    package let firstSeen: Instant
    /// `nil` for a file that is no table.
    package let reading: TableReading?
    package let rejects: [Reject]
    /// Rows of other files of the feed that this one says otherwise.
    package var rivals: [StandingRows.Replaced] = []

    /// What tells its content from another, where the source could learn that.
    var fingerprint: String? { reading?.read.flatMap { $0.fingerprint.isEmpty ? nil : $0.fingerprint } }

    /// What came of it, in one line.
    var summary: String {
        guard let reading, reading.isUsable else {
            let first = rejects.first { $0.diagnostic.severity == .error } ?? rejects.first
            return "not used: \(first?.diagnostic.problem ?? "there is no table in it")"
        }
        func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }
        let tally = reading.tally
        let rejected = [
            tally.rowsRejected > 0 ? count(tally.rowsRejected, "row") : nil,
            tally.cellsRejected > 0 ? count(tally.cellsRejected, "cell") : nil,
        ].compactMap(\.self)
        return count(tally.rowsAccepted, "row") + " accepted"
            + (rejected.isEmpty ? "" : ", \(rejected.joined(separator: " and ")) rejected")
    }
}

/// What a reception came to.
package enum ReceptionResult: Sendable {
    /// A version was entered.
    case entered(ReceptionEntry)
    /// The content is the one that was received before: the file was only touched, or copied again.
    case unchanged(Reception)
}
