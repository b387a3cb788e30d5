// What goes over the control socket, as Swift types; names and meaning are those of the interface description.

/// A method of the control interface: its name, what it takes, what it gives.
package protocol ControlMethod: Codable, Sendable {
    associatedtype Reply: Codable, Sendable
    static var name: String { get }
}

/// Asks how the daemon is.
package struct Status: ControlMethod {
    package static let name = "Status"

    package struct Reply: Codable, Sendable {
        package var version: String
        package var now: String
        package var rehearsal: Bool
        package var jobs: Int
        package var brokenJobs: Int
        package var openAlerts: Int
        package var waitingNotices: Int
        package var problems: [String]
        package var pauses: [PauseEntry]
        package var awaiting: [String]
        package var inTheWay: [BlockingFile]
        package var next: NextRun?

        package init(
            version: String,
            now: String,
            rehearsal: Bool,
            jobs: Int,
            brokenJobs: Int,
            openAlerts: Int,
            waitingNotices: Int,
            problems: [String],
            pauses: [PauseEntry],
            awaiting: [String],
            inTheWay: [BlockingFile],
            next: NextRun?
        ) {
            self.version = version
            self.now = now
            self.rehearsal = rehearsal
            self.jobs = jobs
            self.brokenJobs = brokenJobs
            self.openAlerts = openAlerts
            self.waitingNotices = waitingNotices
            self.problems = problems
            self.pauses = pauses
            self.awaiting = awaiting
            self.inTheWay = inTheWay
            self.next = next
        }
    }

    package init() {}
}

/// Asks for the jobs.
package struct ListJobs: ControlMethod {
    package static let name = "ListJobs"

    package struct Reply: Codable, Sendable {
        package var jobs: [JobEntry]
        package init(jobs: [JobEntry]) { self.jobs = jobs }
    }

    package init() {}
}

/// Asks for the slots ahead.
package struct NextRuns: ControlMethod {
    package static let name = "NextRuns"
    package var job: String?
    package var count: Int?

    package struct Reply: Codable, Sendable {
        package var runs: [NextRun]
        package init(runs: [NextRun]) { self.runs = runs }
    }

    package init(job: String?, count: Int?) {
        self.job = job
        self.count = count
    }
}

/// Asks for a run now.
package struct RunJob: ControlMethod {
    package static let name = "RunJob"
    package var job: String
    package var asOf: String?
    package var dryRun: Bool?
    package var knownAt: String?

    package struct Reply: Codable, Sendable {
        package var run: Int64
        package var job: String
        package var period: String
        package var asOf: String
        package var committed: Bool
        package var summary: String
        package var changes: [ChangeEntry]
        package var rejects: [String]
        package var gaps: [String]
        package var notices: [String]

        package init(
            run: Int64,
            job: String,
            period: String,
            asOf: String,
            committed: Bool,
            summary: String,
            changes: [ChangeEntry],
            rejects: [String],
            gaps: [String],
            notices: [String]
        ) {
            self.run = run
            self.job = job
            self.period = period
            self.asOf = asOf
            self.committed = committed
            self.summary = summary
            self.changes = changes
            self.rejects = rejects
            self.gaps = gaps
            self.notices = notices
        }
    }

    package init(job: String, asOf: String?, dryRun: Bool, knownAt: String? = nil) {
        self.job = job
        self.asOf = asOf
        self.dryRun = dryRun
        self.knownAt = knownAt
    }
}

/// Asks what became of past slots.
package struct ListSlots: ControlMethod {
    package static let name = "ListSlots"
    package var job: String?
    package var count: Int?

    package struct Reply: Codable, Sendable {
        package var slots: [SlotEntry]
        package var since: String?
        package init(slots: [SlotEntry], since: String?) {
            self.slots = slots
            self.since = since
        }
    }

    package init(job: String?, count: Int?) {
        self.job = job
        self.count = count
    }
}

/// Asks what feeds have received.
package struct ListFeeds: ControlMethod {
    package static let name = "ListFeeds"
    package var feed: String?
    package var count: Int?

    package struct Reply: Codable, Sendable {
        package var feeds: [FeedEntry]
        package var receptions: [ReceptionEntry]
        /// How many receptions the feed has; `nil` when all feeds were asked for.
        package var total: Int?

        package init(feeds: [FeedEntry], receptions: [ReceptionEntry], total: Int? = nil) {
            self.feeds = feeds
            self.receptions = receptions
            self.total = total
        }
    }

    package init(feed: String?, count: Int?) {
        self.feed = feed
        self.count = count
    }
}

/// Asks how the promises of the yearly report stand.
package struct ListCommitments: ControlMethod {
    package static let name = "ListCommitments"

    package struct Reply: Codable, Sendable {
        package var commitments: [CommitmentEntry]

        package init(commitments: [CommitmentEntry]) { self.commitments = commitments }
    }

    package init() {}
}
