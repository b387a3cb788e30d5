// The port through which departments' answers come in as files.

package import Records

/// Where departments drop their answers.
package protocol ReceiptBox: Sendable {
    /// What lies in a department's box, without opening any of it.
    func listing(of department: String) -> EvidenceListing

    /// A file's text as UTF-8, with what tells its content from another's.
    /// - Throws: A `Reject` when it cannot be read to its end.
    func text(of file: EvidenceTable, of department: String) throws(Reject) -> (text: [UInt8], fingerprint: String)

    /// Puts a file that was entered out of the way, among what the department has dealt with.
    /// - Throws: A `Reject` when it stays where it is.
    func putAway(_ name: String, of department: String) throws(Reject)
}
