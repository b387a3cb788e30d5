// What the control socket takes and gives about alerts, silences and notices; names and meaning are those of the
// interface.

/// Asks for the open alerts.
package struct ListAlerts: ControlMethod {
    package static let name = "ListAlerts"
    package var job: String?

    package struct Reply: Codable, Sendable {
        package var alerts: [AlertEntry]
        package init(alerts: [AlertEntry]) { self.alerts = alerts }
    }

    package init(job: String?) { self.job = job }
}

/// Asks for everything about one open alert.
package struct GetAlert: ControlMethod {
    package static let name = "GetAlert"
    package var alert: String

    package struct Reply: Codable, Sendable {
        package var alert: AlertEntry
        package var ended: String?
        package var rule: [String]
        package var facts: [FactEntry]
        package var gaps: [String]
        package var source: [String]
        package var history: [HistoryEntry]
        package var departments: [StandingEntry]
        package var waitsFor: [DueEntry]

        package init(
            alert: AlertEntry,
            ended: String?,
            rule: [String],
            facts: [FactEntry],
            gaps: [String],
            source: [String],
            history: [HistoryEntry],
            departments: [StandingEntry],
            waitsFor: [DueEntry]
        ) {
            self.alert = alert
            self.ended = ended
            self.rule = rule
            self.facts = facts
            self.gaps = gaps
            self.source = source
            self.history = history
            self.departments = departments
            self.waitsFor = waitsFor
        }
    }

    package init(alert: String) { self.alert = alert }
}

/// Says that somebody takes care of an alert.
package struct Acknowledge: ControlMethod {
    package static let name = "Acknowledge"
    package var alert: String
    package var note: String
    package var until: String?

    package struct Reply: Codable, Sendable {
        package var until: String
        package init(until: String) { self.until = until }
    }

    package init(alert: String, note: String, until: String?) {
        self.alert = alert
        self.note = note
        self.until = until
    }
}

/// Ends an alert that was raised in error.
package struct Withdraw: ControlMethod {
    package typealias Reply = Done
    package static let name = "Withdraw"
    package var alert: String
    package var note: String

    package init(alert: String, note: String) {
        self.alert = alert
        self.note = note
    }
}

/// Keeps alerts from being told for a time.
package struct SilenceAlerts: ControlMethod {
    package static let name = "Silence"
    package var job: String?
    package var subject: String?
    package var indicator: String?
    package var severity: String?
    package var reason: String
    package var until: String

    package struct Reply: Codable, Sendable {
        package var silence: SilenceEntry
        package init(silence: SilenceEntry) { self.silence = silence }
    }

    package init(
        job: String?,
        subject: String?,
        indicator: String?,
        severity: String?,
        reason: String,
        until: String
    ) {
        self.job = job
        self.subject = subject
        self.indicator = indicator
        self.severity = severity
        self.reason = reason
        self.until = until
    }
}

/// Ends a silence before its time.
package struct Unsilence: ControlMethod {
    package typealias Reply = Done
    package static let name = "Unsilence"
    package var silence: Int

    package init(silence: Int) { self.silence = silence }
}

/// Asks for the silences that reign or will.
package struct ListSilences: ControlMethod {
    package static let name = "ListSilences"

    package struct Reply: Codable, Sendable {
        package var silences: [SilenceEntry]
        package init(silences: [SilenceEntry]) { self.silences = silences }
    }

    package init() {}
}

/// Records a department's answer to an alert's notice.
package struct RecordReceipt: ControlMethod {
    package typealias Reply = Done
    package static let name = "Receipt"
    package var alert: String
    package var department: String
    package var answer: String
    package var author: String?
    package var date: String?
    package var approver: String?
    package var reason: String?
    package var evidence: String?

    package init(
        alert: String,
        department: String,
        answer: String,
        author: String? = nil,
        date: String? = nil,
        approver: String? = nil,
        reason: String? = nil,
        evidence: String? = nil
    ) {
        self.alert = alert
        self.department = department
        self.answer = answer
        self.author = author
        self.date = date
        self.approver = approver
        self.reason = reason
        self.evidence = evidence
    }
}

/// Asks for notices that departments have not got or not picked up yet.
package struct ListOutbox: ControlMethod {
    package static let name = "ListOutbox"

    package struct Reply: Codable, Sendable {
        package var departments: [OutboxEntry]
        package init(departments: [OutboxEntry]) { self.departments = departments }
    }

    package init() {}
}

/// Asks that the files of a notice be made visible once more, with the same names and bytes.
package struct Resend: ControlMethod {
    package static let name = "Resend"
    package var alert: String
    package var department: String?

    package struct Reply: Codable, Sendable {
        package var notices: [String]
        package var problems: [String]

        package init(notices: [String], problems: [String]) {
            self.notices = notices
            self.problems = problems
        }
    }

    package init(alert: String, department: String?) {
        self.alert = alert
        self.department = department
    }
}
