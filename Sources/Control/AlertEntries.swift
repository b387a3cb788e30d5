// The parts of what the control socket says about alerts, silences and notices.

/// An open alert.
package struct AlertEntry: Codable, Sendable {
    package var serial: String
    package var job: String
    package var subject: String
    package var name: String
    package var indicator: String
    package var state: String
    package var told: String?
    package var muted: String?
    package var period: String
    package var revision: Int
    package var raised: String
    package var changed: String
    package var to: [String]
    package var cc: [String]
    package var acknowledgement: AcknowledgementEntry?

    package init(
        serial: String,
        job: String,
        subject: String,
        name: String,
        indicator: String,
        state: String,
        told: String?,
        muted: String?,
        period: String,
        revision: Int,
        raised: String,
        changed: String,
        to: [String],
        cc: [String],
        acknowledgement: AcknowledgementEntry?
    ) {
        self.serial = serial
        self.job = job
        self.subject = subject
        self.name = name
        self.indicator = indicator
        self.state = state
        self.told = told
        self.muted = muted
        self.period = period
        self.revision = revision
        self.raised = raised
        self.changed = changed
        self.to = to
        self.cc = cc
        self.acknowledgement = acknowledgement
    }
}

/// That somebody takes care of an alert.
package struct AcknowledgementEntry: Codable, Sendable {
    package var author: String
    package var note: String
    package var at: String
    package var until: String

    package init(author: String, note: String, at: String, until: String) {
        self.author = author
        self.note = note
        self.at = at
        self.until = until
    }
}

/// A fact of a verdict.
package struct FactEntry: Codable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// One change of an alert, told or only recorded.
package struct HistoryEntry: Codable, Sendable {
    package var revision: Int?
    package var kind: String
    package var state: String
    package var at: String
    package var to: [String]
    package var cc: [String]
    package var why: String?

    package init(
        revision: Int?,
        kind: String,
        state: String,
        at: String,
        to: [String],
        cc: [String],
        why: String?
    ) {
        self.revision = revision
        self.kind = kind
        self.state = state
        self.at = at
        self.to = to
        self.cc = cc
        self.why = why
    }
}

/// How far an alert's notices have got with a department.
package struct StandingEntry: Codable, Sendable {
    package var department: String
    package var delivered: String?
    package var pickedUp: String?
    package var acknowledged: String?
    package var answer: String?

    package init(department: String, delivered: String?, pickedUp: String?, acknowledged: String?, answer: String?) {
        self.department = department
        self.delivered = delivered
        self.pickedUp = pickedUp
        self.acknowledged = acknowledged
        self.answer = answer
    }
}

/// Something that happens by itself when its time comes.
package struct DueEntry: Codable, Sendable {
    package var what: String
    package var at: String

    package init(what: String, at: String) {
        self.what = what
        self.at = at
    }
}

/// A time in which alerts are not told.
package struct SilenceEntry: Codable, Sendable {
    package var id: Int
    package var matches: String
    package var author: String
    package var reason: String
    package var from: String
    package var until: String
    package var alerts: Int

    package init(
        id: Int,
        matches: String,
        author: String,
        reason: String,
        from: String,
        until: String,
        alerts: Int
    ) {
        self.id = id
        self.matches = matches
        self.author = author
        self.reason = reason
        self.from = from
        self.until = until
        self.alerts = alerts
    }
}

/// What a department has not got or not picked up yet.
package struct OutboxEntry: Codable, Sendable {
    package var department: String
    package var waiting: Int
    package var problem: String?
    package var untaken: Int

    package init(department: String, waiting: Int, problem: String?, untaken: Int) {
        self.department = department
        self.waiting = waiting
        self.problem = problem
        self.untaken = untaken
    }
}
