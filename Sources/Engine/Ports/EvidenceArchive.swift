// The port through which dutyd keeps what it received, so that a correction does not erase what was known before.

package import Diagnostics

/// Where the contents of received tables stay when departments replace or remove the files.
package protocol EvidenceArchive: Sendable {
    /// Keeps a copy of a table's present content under its fingerprint; durable when it returns. Keeping the same content again changes nothing.
    /// - Throws: A `Diagnostic` when the table cannot be copied, or has another content by now.
    func keep(_ table: EvidenceTable, fingerprint: String) throws(Diagnostic)

    /// The kept content of a feed's table; `nil` when it is not kept (any more).
    func kept(feed: String, name: String, fingerprint: String) -> EvidenceTable?

    /// Removes the kept copy of a content; one that is not there is removed already.
    /// - Throws: A `Diagnostic` when it is there and stays.
    func remove(_ content: ReceivedContent) throws(Diagnostic)
}
