// The rows of the control interface's listings.

/// A slot ahead.
package struct NextRun: Codable, Sendable {
    package var job: String
    package var slot: String
    package var remark: String?

    package init(job: String, slot: String, remark: String?) {
        self.job = job
        self.slot = slot
        self.remark = remark
    }
}

/// How a run went.
package struct LastRun: Codable, Sendable {
    package var run: Int64
    package var cause: String
    package var asOf: String
    package var outcome: String
    package var summary: String

    package init(run: Int64, cause: String, asOf: String, outcome: String, summary: String) {
        self.run = run
        self.cause = cause
        self.asOf = asOf
        self.outcome = outcome
        self.summary = summary
    }
}

/// A job.
package struct JobEntry: Codable, Sendable {
    package var name: String
    package var titleZh: String
    package var titleEn: String
    package var kind: String
    package var schedule: String
    package var next: String?
    package var lastRun: LastRun?
    package var problems: [String]

    package init(
        name: String,
        titleZh: String,
        titleEn: String,
        kind: String,
        schedule: String,
        next: String?,
        lastRun: LastRun?,
        problems: [String]
    ) {
        self.name = name
        self.titleZh = titleZh
        self.titleEn = titleEn
        self.kind = kind
        self.schedule = schedule
        self.next = next
        self.lastRun = lastRun
        self.problems = problems
    }
}

/// An alert that a run changed.
package struct ChangeEntry: Codable, Sendable {
    package var serial: String
    package var kind: String
    package var subject: String
    package var name: String
    package var indicator: String
    package var state: String

    package init(serial: String, kind: String, subject: String, name: String, indicator: String, state: String) {
        self.serial = serial
        self.kind = kind
        self.subject = subject
        self.name = name
        self.indicator = indicator
        self.state = state
    }
}

/// A past slot.
package struct SlotEntry: Codable, Sendable {
    package var job: String
    package var slot: String
    package var reason: String
    package var explanation: String
    package var since: String?
    package var run: Int64?
    package var decided: String

    package init(
        job: String,
        slot: String,
        reason: String,
        explanation: String,
        since: String?,
        run: Int64?,
        decided: String
    ) {
        self.job = job
        self.slot = slot
        self.reason = reason
        self.explanation = explanation
        self.since = since
        self.run = run
        self.decided = decided
    }
}

/// A feed of the inbox.
package struct FeedEntry: Codable, Sendable {
    /// How it stands with a feed.
    package enum State: String, Codable, Sendable {
        /// Nothing was ever handed in.
        case awaiting
        /// The last file can be used.
        case received
        /// The last file cannot be used.
        case unusable
    }

    package var name: String
    package var titleZh: String
    package var titleEn: String
    package var supplier: String?
    package var state: State
    package var last: ReceptionEntry?
    package var inTheWay: [BlockingFile]

    package init(
        name: String,
        titleZh: String,
        titleEn: String,
        supplier: String?,
        state: State,
        last: ReceptionEntry?,
        inTheWay: [BlockingFile]
    ) {
        self.name = name
        self.titleZh = titleZh
        self.titleEn = titleEn
        self.supplier = supplier
        self.state = state
        self.last = last
        self.inTheWay = inTheWay
    }
}

/// A file of the inbox that cannot be used and keeps verdicts from being good until it is mended or removed.
package struct BlockingFile: Codable, Sendable {
    package var feed: String
    package var file: String
    package var since: String
    package var summary: String

    package init(feed: String, file: String, since: String, summary: String) {
        self.feed = feed
        self.file = file
        self.since = since
        self.summary = summary
    }
}

/// One version of one file that was handed in.
package struct ReceptionEntry: Codable, Sendable {
    package var file: String
    package var version: Int
    package var firstSeen: String
    package var gone: String?
    package var replaces: String?
    package var accepted: Int
    package var rejectedRows: Int
    package var rejectedCells: Int
    package var encoding: String?
    package var fingerprint: String?
    package var usable: Bool
    package var summary: String

    package init(
        file: String,
        version: Int,
        firstSeen: String,
        gone: String?,
        replaces: String?,
        accepted: Int,
        rejectedRows: Int,
        rejectedCells: Int,
        encoding: String?,
        fingerprint: String?,
        usable: Bool,
        summary: String
    ) {
        self.file = file
        self.version = version
        self.firstSeen = firstSeen
        self.gone = gone
        self.replaces = replaces
        self.accepted = accepted
        self.rejectedRows = rejectedRows
        self.rejectedCells = rejectedCells
        self.encoding = encoding
        self.fingerprint = fingerprint
        self.usable = usable
        self.summary = summary
    }
}
