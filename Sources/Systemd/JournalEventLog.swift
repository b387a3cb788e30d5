// Puts the engine's events into the journal: one structured entry an event, found again by its fields.

import Alerts
package import Almanac
import Checks
import Diagnostics
package import Engine
import Jobs
import Records
import Scheduling

/// The event log of an installed daemon.
package struct JournalEventLog: EventLog {
    private let journal: Journal
    /// The zone in which messages give times.
    let zone: Zone

    package init(journal: Journal, zone: Zone) {
        self.journal = journal
        self.zone = zone
    }

    /// An entry holds at most 1024 fields (systemd), and nobody reads so many.
    private static let namedAlerts = 500

    package func record(_ event: DutyEvent) { journal.send(entry(event)) }

    /// The daemon is ready.
    package func recordStart(version: String, status: String) {
        journal.send(JournalEntry("dutyd \(version) is ready: \(status)", .notice, id: .started))
    }

    /// The daemon ends.
    package func recordStop() {
        journal.send(JournalEntry("dutyd has finished what ran and ends", .notice, id: .stopped))
    }

    private func entry(_ event: DutyEvent) -> JournalEntry {
        switch event {
        case .ran(let report): ran(report)
        case .failed(let order, let problem):
            JournalEntry("\(order.job.name): the run failed: \(problem)", .error, id: .failed, fields(of: order))
        case .skipped(let record):
            JournalEntry(
                "\(record.slot.job): the slot \(zone.rfc3339(record.slot.instant)) was not run (\(record.reason.text))"
                    + (record.since.map { ", like all since \(zone.rfc3339($0))" } ?? ""),
                Self.isAsPlanned(record.reason) ? .info : .warning,
                id: .skipped,
                [("DUTYD_JOB", record.slot.job), ("DUTYD_SLOT", zone.rfc3339(record.slot.instant))]
            )
        case .rejected(let diagnostic, let order):
            JournalEntry("\(order.job.name): \(diagnostic)", .warning, id: .rejected, fields(of: order))
        case .received(let reception, let department, let rejects):
            received(reception, department: department, rejects)
        case .departed(let files, let feed, let department): departed(files, feed: feed, department: department)
        case .changed(let change, let order): changed(change, order)
        case .acknowledged(let acknowledgement, let serial): acknowledged(acknowledgement, serial)
        case .silenced(let silence): silenced(silence)
        case .unsilenced(let silence, let author): unsilenced(silence, author)
        case .withheld(let notice):
            JournalEntry(
                "\(notice.department) gets no CAP message of \(Self.name(of: notice.matter)): "
                    + notice.withheld.map(\.message).joined(separator: "\n"),
                .error,
                id: .withheld,
                fields(of: notice.head)
            )
        case .delivered(let head, let files):
            JournalEntry(
                "delivered \(Self.name(of: head.matter)) to \(head.department)"
                    + (files.isEmpty ? " once more" : ": " + files.joined(separator: ", ")),
                .info,
                id: .delivered,
                fields(of: head)
            )
        case .pickedUp(let heads, let department): pickedUp(heads, department)
        case .answered(let receipt): answered(receipt)
        case .answerRefused(let department, let file, let problem):
            JournalEntry(
                "\(department): \(printable(file, limit: 300)) is no answer: \(problem)",
                .warning,
                id: .answered,
                [("DUTYD_DEPARTMENT", department), ("DUTYD_FILE", file)]
            )
        case .spoolRoom(.lacking(let waiting)):
            JournalEntry(
                "the spool has too little room; \(waiting) notice\(waiting == 1 ? " waits" : "s wait")",
                .critical,
                id: .spoolFull
            )
        case .spoolRoom(.there):
            JournalEntry("the spool has room again, and notices are delivered", .notice, id: .spoolRoom)
        case .waiting(let department, let count, let problem):
            JournalEntry(
                "\(count) notice\(count == 1 ? "" : "s") for \(department) cannot be delivered and wait: \(problem)",
                .error,
                id: .waiting,
                [("DUTYD_DEPARTMENT", department)]
            )
        case .recovered(let department):
            JournalEntry(
                "notices for \(department) are being delivered again",
                .notice,
                id: .recovered,
                [("DUTYD_DEPARTMENT", department)]
            )
        case .asked(let what, let object, let uid, let pid, let refusal):
            JournalEntry(
                "uid \(uid) asks to \(what) \(object)" + (refusal.map { ": refused, \($0)" } ?? ""),
                refusal == nil ? .notice : .warning,
                id: .asked,
                fields(of: object) + [("DUTYD_UID", String(uid)), ("DUTYD_PID", String(pid))]
            )
        case .reloaded(let difference):
            JournalEntry(
                difference.map { "another configuration is in force: \($0.text(in: zone))" }
                    ?? "reloaded: the files of the configuration are what they were",
                .notice,
                id: .reloaded
            )
        case .clockSet(let now):
            JournalEntry("the clock was set; it shows \(zone.rfc3339(now)) now", .notice, id: .clockSet)
        case .localZoneSet(let name):
            JournalEntry(
                "the machine's own time zone was set to \(name ?? "one that is not known"); jobs go by the zones of the "
                    + "configuration, \(zone.name) where they name none, and no slot moves",
                .notice,
                id: .localZoneSet
            )
        case .misconfigured(let diagnostic):
            JournalEntry(
                "configuration: \(diagnostic)",
                diagnostic.severity == .error ? .error : .warning,
                id: .misconfigured
            )
        case .trouble(let problem): JournalEntry(problem, .error, id: .trouble)
        }
    }

    /// Whether a slot was not run because of how its schedule is written, and not because something went wrong.
    private static func isAsPlanned(_ reason: SlotReason) -> Bool {
        switch reason {
        case .skipped(.superseded), .skipped(.restDay), .skipped(.coincides), .skipped(.clockChange), .skipped(.paused):
            true
        default: false
        }
    }

    private func ran(_ report: RunReport) -> JournalEntry {
        let order = report.order
        let rejects = (report.findings.news ?? report.findings.rejects).count
        let assessments = report.findings.assessments
        let isBlind = assessments.isEmpty || assessments.contains { $0.state == .unknown }
        let kind = report.isCommitted ? "run \(order.run) (\(order.cause.rawValue))" : "dry run"
        return JournalEntry(
            "\(order.job.name): \(kind) judged \(report.period.label): \(report.findings.summary); "
                + "\(report.changes.count) alert\(report.changes.count == 1 ? "" : "s") changed",
            // Nothing judged, or not everything, is what a duty officer has to look after.
            rejects > 0 || isBlind ? .warning : .info,
            id: .ran,
            fields(of: order)
        )
    }

    /// So many files are named; the return slip names them all.
    private static let namedFiles = 20

    private func departed(_ files: [String], feed: String, department: String?) -> JournalEntry {
        var message =
            "\(feed): withdrawn: "
            + files.prefix(Self.namedFiles).map { printable($0, limit: 300) }.joined(separator: ", ")
        if files.count > Self.namedFiles { message += " and \(files.count - Self.namedFiles) more" }
        let fields: [(String, String?)] = [
            ("DUTYD_FEED", feed), ("DUTYD_DEPARTMENT", department),
            ("DUTYD_FILE", files.count == 1 ? files.first : nil),
        ]
        return JournalEntry(
            message,
            .notice,
            id: .departed,
            fields.compactMap { name, value in value.map { (name, $0) } }
        )
    }

    /// So many complaints about a file stand in its entry; the return slip has them all.
    private static let namedRejects = 5

    private func received(_ reception: Reception, department: String?, _ rejects: [Reject]) -> JournalEntry {
        var message = "\(reception.feed): received \(printable(reception.name, limit: 300))"
        if reception.revision > 1 { message += " (version \(reception.revision))" }
        message += ": \(reception.summary)"
        for reject in rejects.prefix(Self.namedRejects) { message += "\n\(reject.diagnostic)" }
        if rejects.count > Self.namedRejects { message += "\nand \(rejects.count - Self.namedRejects) more" }
        let fields: [(String, String?)] = [
            ("DUTYD_FEED", reception.feed), ("DUTYD_FILE", reception.name), ("DUTYD_DEPARTMENT", department),
            ("DUTYD_ACCEPTED", String(reception.tally.rowsAccepted)),
            ("DUTYD_REJECTED", String(reception.tally.rowsRejected)),
            ("DUTYD_REJECTED_CELLS", String(reception.tally.cellsRejected)),
            ("DUTYD_ENCODING", reception.encoding?.rawValue), ("DUTYD_FINGERPRINT", reception.fingerprint),
        ]
        return JournalEntry(
            message,
            rejects.allSatisfy { $0.diagnostic.severity == .note } && reception.isUsable ? .info : .warning,
            id: .received,
            fields.compactMap { name, value in value.map { (name, $0) } }
        )
    }

    /// So many notices are named; the others are counted.
    private static let namedNotices = 20

    private func pickedUp(_ heads: [NoticeHead], _ department: String) -> JournalEntry {
        let names = heads.prefix(Self.namedNotices).map { Self.name(of: $0.matter) }.joined(separator: ", ")
        let rest = heads.count - Self.namedNotices
        return JournalEntry(
            "\(department) took \(names)" + (rest > 0 ? " and \(rest) more" : ""),
            .info,
            id: .pickedUp,
            [("DUTYD_DEPARTMENT", department)]
        )
    }

    private func answered(_ receipt: Receipt) -> JournalEntry {
        let parts = [
            receipt.date?.description, receipt.approver.map { "approved by \($0)" }, receipt.reason, receipt.evidence,
            receipt.author.map { "by \($0)" },
        ]
        let details = parts.compactMap(\.self).map { printable($0, limit: 300) }
        return JournalEntry(
            "\(receipt.department) answers \(receipt.serial): \(receipt.answer.rawValue)"
                + (details.isEmpty ? "" : " (\(details.joined(separator: "; ")))"),
            .notice,
            id: .answered,
            [
                ("DUTYD_DEPARTMENT", receipt.department), ("DUTYD_ALERT", receipt.serial),
                ("DUTYD_ANSWER", receipt.answer.rawValue),
            ]
        )
    }

    func fields(of order: RunOrder) -> [(String, String)] {
        var fields = [("DUTYD_JOB", order.job.name), ("DUTYD_CAUSE", order.cause.rawValue)]
        if !order.isDryRun { fields.append(("DUTYD_RUN", String(order.run))) }
        if let slot = order.slot { fields.append(("DUTYD_SLOT", zone.rfc3339(slot.instant))) }
        return fields
    }

    private func fields(of object: ActedOn) -> [(String, String)] {
        switch object {
        case .job(let name): [("DUTYD_JOB", name)]
        case .alert(let serial): [("DUTYD_ALERT", serial)]
        case .other: []
        }
    }

    private func fields(of notice: NoticeHead) -> [(String, String)] {
        let matter =
            switch notice.matter {
            case .alert(let serial, _, let key, let change):
                [
                    ("DUTYD_JOB", key.job), ("DUTYD_SUBJECT", key.subject), ("DUTYD_ALERT", serial),
                    ("DUTYD_CHANGE", change.rawValue),
                ]
            case .slip(let feed, let file): [("DUTYD_FEED", feed), ("DUTYD_FILE", file)]
            case .digest(let job, _, let alerts):
                [("DUTYD_JOB", job)] + alerts.prefix(Self.namedAlerts).map { ("DUTYD_ALERT", $0.serial) }
            }
        return matter + [("DUTYD_DEPARTMENT", notice.department)]
    }

    private static func name(of matter: Notice.Matter) -> String {
        switch matter {
        case .alert(let serial, _, _, let change): "\(serial) (\(change.rawValue))"
        case .slip(let feed, let file): "the return slip for \(printable(file, limit: 300)) (\(feed))"
        case .digest(let job, _, let alerts): "the digest of \(alerts.count) changes of \(job)"
        }
    }
}

extension JournalEntry {
    init(
        _ message: String,
        _ priority: JournalPriority,
        id: MessageID,
        _ fields: [(String, String)] = []
    ) {
        self.init(message, priority: priority, messageID: id.rawValue, fields: fields)
    }
}
