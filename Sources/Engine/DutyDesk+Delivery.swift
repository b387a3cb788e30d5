// What becomes of notices after they were committed, at the one serial step: delivered, taken, answered.

package import Alerts
package import Almanac
import Diagnostics
package import Jobs
package import Records

/// What came of a department's answer.
package enum ReceiptResult: Sendable {
    /// It was entered; nothing is new when the department said the same before.
    case entered(Receipt, isNew: Bool)
    /// It is none; the slip says why.
    case refused([Reject], Notice?)
}

extension DutyDesk {
    /// Enters that notices are visible.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func note(delivered heads: [NoticeHead], at instant: Instant) throws {
        var marks = NoticeMarks(at: instant)
        marks.delivered = heads.map(\.sequence)
        try ledger.mark(marks)
    }

    /// Enters that departments took notices.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func note(pickedUp heads: [NoticeHead], at instant: Instant) throws {
        var marks = NoticeMarks(at: instant)
        marks.pickedUp = heads.map(\.sequence)
        try ledger.mark(marks)
    }

    /// Enters that notices lie before their departments once more.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func note(resent heads: [NoticeHead], at instant: Instant) throws {
        var marks = NoticeMarks(at: instant)
        marks.resent = heads.map(\.sequence)
        try ledger.mark(marks)
    }

    /// Enters an answer.
    ///
    /// It closes nothing: only a verdict does.
    /// - Parameter file: The file's name and what tells its content; `nil` for the control socket.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func enter(
        _ receipt: Receipt,
        file: (name: String, fingerprint: String)? = nil,
        configuration: Configuration,
        now: Instant
    ) throws -> ReceiptResult {
        guard try !ledger.heads(serial: receipt.serial, department: receipt.department).isEmpty else {
            let reject = Reject(
                .unknownMatter,
                Diagnostic(
                    "the department was told of no matter with this number",
                    at: file.map { Position(file: $0.name) },
                    found: printable(receipt.serial, limit: 100),
                    expected: "the serial number of a notice, at the beginning of the file's name"
                )
            )
            return try refuse(
                [reject],
                from: receipt.department,
                file: file,
                configuration: configuration,
                now: now
            )
        }
        let last = try ledger.receipts(serial: receipt.serial).last { $0.department == receipt.department }
        guard last != receipt else { return .entered(receipt, isNew: false) }
        try ledger.register(
            ReceiptEntry(
                department: receipt.department,
                file: file?.name,
                fingerprint: file?.fingerprint,
                received: now,
                receipt: receipt
            )
        )
        return .entered(receipt, isNew: true)
    }

    /// Enters that a file is no answer, with a slip that says why.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func refuse(
        _ rejects: [Reject],
        from department: String,
        file: (name: String, fingerprint: String)?,
        configuration: Configuration,
        now: Instant
    ) throws -> ReceiptResult {
        guard let file else { return .refused(rejects, nil) }
        // The slip may have been written before a restart.
        guard try !ledger.knowsReceipt(department: department, file: file.name, fingerprint: file.fingerprint) else {
            return .refused(rejects, nil)
        }
        var next = book
        let slip = configuration.departments.first { $0.name == department }.map { department in
            SlipWriter(words: configuration.words).notice(
                of: Slip(refusing: file.name, rejects: rejects, received: now),
                to: NoticeWriter.Addressee(department: department.name, formats: department.formats),
                sequence: next.nextSequence(),
                revision: 1,
                sent: now,
                zone: configuration.settings.zone,
                generator: generator
            )
        }
        try ledger.register(
            ReceiptEntry(
                department: department,
                file: file.name,
                fingerprint: file.fingerprint,
                received: now,
                receipt: nil,
                refusal: rejects.first?.description ?? "no answer",
                slip: slip
            )
        )
        book = next
        return .refused(rejects, slip)
    }

    /// The answers to a matter, oldest first.
    /// - Throws: What the ledger throws.
    package func receipts(serial: String) throws -> [Receipt] { try ledger.receipts(serial: serial) }

    /// The notices of a matter.
    /// - Throws: What the ledger throws.
    package func heads(serial: String, department: String?) throws -> [NoticeHead] {
        try ledger.heads(serial: serial, department: department)
    }
}

extension DutyDesk {
    /// What a department got and is not known to have taken.
    /// - Throws: What the ledger throws.
    package func untaken(department: String) throws -> [UntakenNotice] { try ledger.untaken(department: department) }

    /// Removes the documents of notices that were taken long ago; resending them is no longer possible.
    /// - Throws: What the ledger throws.
    package func forgetDocuments(takenBefore instant: Instant, limit: Int) throws -> Int {
        try ledger.forgetDocuments(takenBefore: instant, limit: limit)
    }
}
