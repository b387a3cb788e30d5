// The port through which versions of tables are kept, so that what was known can be judged again.

package import Diagnostics

/// Copies of tables as they were received.
package protocol EvidenceArchive: Sendable {
    /// Keeps a copy of a table's bytes; keeping the same content again changes nothing.
    func keep(_ table: EvidenceTable, fingerprint: String) throws(Diagnostic)

    /// The copy with that content, or `nil` when it is not kept any more.
    func kept(feed: String, name: String, fingerprint: String) -> EvidenceTable?
}
