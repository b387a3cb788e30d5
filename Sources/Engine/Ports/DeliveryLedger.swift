// What the ledger remembers of notices after they are committed: where they are, and what was answered.

package import Alerts
package import Almanac

/// The part of the ledger that delivery needs.
package protocol DeliveryLedger: Sendable {
    /// Notices with their documents, in the order of their sequences; those that are not known are left out.
    func notices(_ sequences: [Int64]) throws -> [Notice]

    /// Enters what became of notices, all or nothing; durable when it returns.
    func mark(_ marks: NoticeMarks) throws

    /// The notices that a department got and is not known to have taken.
    func untaken(department: String) throws -> [UntakenNotice]

    /// The notices of a matter, by its serial, that a department got or will get; of all departments when none is named.
    func heads(serial: String, department: String?) throws -> [NoticeHead]

    /// Commits an answer of a department, or why it is none, with the slip that says so; all or nothing.
    func register(_ entry: ReceiptEntry) throws

    /// The answers to a matter, oldest first.
    func receipts(serial: String) throws -> [Receipt]

    /// Whether a file with this content was looked at before, under this name.
    func knowsReceipt(department: String, file: String, fingerprint: String) throws -> Bool

    /// Removes the documents of notices that were taken before an instant, so many notices at most; their rows stay.
    /// - Returns: Of how many notices.
    func forgetDocuments(takenBefore instant: Instant, limit: Int) throws -> Int
}

/// A notice without its documents.
package struct NoticeHead: Sendable, Hashable {
    package let sequence: Int64
    package let department: String
    package let matter: Notice.Matter

    package init(sequence: Int64, department: String, matter: Notice.Matter) {
        self.sequence = sequence
        self.department = department
        self.matter = matter
    }
}

/// A notice that a department got and is not known to have taken.
package struct UntakenNotice: Sendable, Hashable {
    package let head: NoticeHead
    /// How many files it came as; whoever took one of them has the notice.
    package let files: Int

    package init(head: NoticeHead, files: Int) {
        self.head = head
        self.files = files
    }
}

extension Notice {
    /// The notice without its documents.
    package var head: NoticeHead { NoticeHead(sequence: sequence, department: department, matter: matter) }
}

/// What became of notices.
package struct NoticeMarks: Sendable {
    package let at: Instant
    /// Visible in the spool; the first time counts.
    package var delivered: [Int64] = []
    /// Taken by the department.
    package var pickedUp: [Int64] = []
    /// Put before the department once more, so that they are to be taken anew.
    package var resent: [Int64] = []

    package init(at instant: Instant) { at = instant }
}

/// One answer of a department, or a file that is none.
package struct ReceiptEntry: Sendable {
    package let department: String
    /// The file's name; `nil` for an answer that came through the control socket.
    package let file: String?
    package let fingerprint: String?
    package let received: Instant
    package let receipt: Receipt?
    /// Why it is no answer, in one line.
    package let refusal: String?
    package let slip: Notice?

    package init(
        department: String,
        file: String? = nil,
        fingerprint: String? = nil,
        received: Instant,
        receipt: Receipt?,
        refusal: String? = nil,
        slip: Notice? = nil
    ) {
        self.department = department
        self.file = file
        self.fingerprint = fingerprint
        self.received = received
        self.receipt = receipt
        self.refusal = refusal
        self.slip = slip
    }
}
