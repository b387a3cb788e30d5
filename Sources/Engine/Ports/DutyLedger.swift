// The port through which dutyd remembers: one transaction holds all that one run decided.

package import Alerts
package import Almanac
package import Checks
package import Scheduling

/// The durable memory of the daemon.
package protocol DutyLedger: DeliveryLedger {
    /// Everything that a starting daemon has to know.
    func restore() throws -> Memory

    /// Commits what one run decided, all or nothing; durable when it returns.
    func commit(_ entry: RunEntry) throws

    /// Commits what a tick, a command or a delivery decided, all or nothing; durable when it returns.
    func enter(_ step: BookStep) throws

    /// What happened to an alert, open or ended; `nil` when there never was one of that serial number.
    func history(of serial: String) throws -> AlertHistory?

    /// Records slots that were not run; durable when it returns.
    func record(_ slots: [SlotRecord]) throws

    /// How far each job's slots are accounted for, also of jobs that are gone.
    func stamps() throws -> [String: Stamp]

    /// Remembers from where jobs' slots count.
    func stamp(_ stamps: [Stamp]) throws

    /// Remembers which jobs are paused, and no others.
    func replacePauses(_ pauses: [Pause]) throws

    /// The latest slots, newest first, of one job or of all.
    func slots(job: String?, limit: Int) throws -> [SlotRecord]

    /// What the last run of a job that judged said, in its order; `nil` when none has.
    func lastVerdicts(of job: String) throws -> [LastVerdict]?

    /// The slots of a job between two instants, both included, earliest first.
    func slots(of job: String, _ range: ClosedRange<Instant>) throws -> [SlotRecord]

    /// The slots that audits found without a record since an instant, earliest first.
    func unaccountedSlots(since instant: Instant) throws -> [SlotRecord]

    /// Commits what one reception decided, all or nothing; durable when it returns.
    /// - Returns: Its place among all receptions; a later one gets a higher number.
    func receive(_ entry: ReceptionEntry) throws -> Int64

    /// Remembers the new stamp of a file whose content is still the one that was received.
    func touch(_ reception: Reception) throws

    /// Commits since when files lie in the inbox no more, with the slip that says so, all or nothing.
    func depart(_ files: [InboxFile: Instant], slip: Notice?) throws

    /// The latest receptions, newest first, of one feed.
    func receptions(feed: String, limit: Int) throws -> [Reception]

    /// How many receptions of a feed there are.
    func receptionCount(feed: String) throws -> Int

    /// The last version of a file, also of one that has gone.
    func lastReception(of file: InboxFile) throws -> Reception?

    /// The version of each file of a feed that lay there at an instant, by name.
    func versions(feed: String, knownAt instant: Instant) throws -> [Reception]

    /// The versions of a feed's files that were known at an instant and had been replaced by then, newest first, as far as
    /// they were tables of which copies may be kept; so many at most.
    func replacedVersions(feed: String, knownAt instant: Instant, limit: Int) throws -> [Reception]

    /// Contents of which copies may be kept, though all their versions had been replaced or had gone before an instant;
    /// so many at most.
    func outlivedCopies(before instant: Instant, limit: Int) throws -> [ReceivedContent]

    /// Remembers that no copies of these contents are kept any more.
    func forget(_ copies: [ReceivedContent], at instant: Instant) throws
}

/// What the ledger remembers over a restart.
package struct Memory: Sendable {
    package let book: AlertBook
    package let stamps: [String: Stamp]
    /// The last instant that each job was committed as of.
    package let lastAsOf: [String: Instant]
    package let lastRun: Int64
    /// How each job's last run went.
    package let lastRuns: [String: RunSummary]
    /// Committed notices that are not marked as visible, oldest first; their documents stay in the ledger.
    package let pending: [NoticeHead]
    /// The first delivery of each open alert at each department, for a book that may not have heard of it.
    package let deliveries: [Handling]
    /// The last version of each file that lies in the inbox.
    package let receptions: [Reception]
    /// Jobs that somebody has paused.
    package let pauses: [Pause]
    /// When a file was last found missing, by feed.
    package let lastDepartures: [String: Instant]
    /// What the last run of a job left open, because it was still being handed in.
    package let awaited: [String: AwaitedFiles]

    package init(
        book: AlertBook,
        stamps: [String: Stamp],
        lastAsOf: [String: Instant],
        lastRun: Int64,
        lastRuns: [String: RunSummary] = [:],
        pending: [NoticeHead],
        deliveries: [Handling] = [],
        receptions: [Reception] = [],
        pauses: [Pause] = [],
        lastDepartures: [String: Instant] = [:],
        awaited: [String: AwaitedFiles] = [:]
    ) {
        self.book = book
        self.stamps = stamps
        self.lastAsOf = lastAsOf
        self.lastRun = lastRun
        self.lastRuns = lastRuns
        self.pending = pending
        self.deliveries = deliveries
        self.receptions = receptions
        self.pauses = pauses
        self.lastDepartures = lastDepartures
        self.awaited = awaited
    }
}

/// Files for which a job has to run again when they have settled.
package struct AwaitedFiles: Sendable, Hashable {
    package let files: Set<InboxFile>
    /// When the run ended that found them.
    package let since: Instant

    package init(_ files: Set<InboxFile>, since: Instant) {
        self.files = files
        self.since = since
    }
}

/// What one run decided.
package struct RunEntry: Sendable {
    package let run: Int64
    package let job: String
    package let cause: Cause
    package let asOf: Instant
    package let started: Instant
    package let finished: Instant
    package let outcome: RunOutcome
    /// What went wrong, or how much was seen, in one line.
    package let summary: String
    /// The slot that the run served, with what became of it.
    package let slot: SlotRecord?
    /// Files that were still being handed in, so that the job has to run again when they have settled.
    package let awaited: Set<InboxFile>
    package let assessments: [Assessment]
    /// What became of alerts, and what is told.
    package let step: BookStep

    package init(
        run: Int64,
        job: String,
        cause: Cause,
        asOf: Instant,
        started: Instant,
        finished: Instant,
        outcome: RunOutcome,
        summary: String,
        slot: SlotRecord?,
        awaited: Set<InboxFile> = [],
        assessments: [Assessment] = [],
        step: BookStep? = nil
    ) {
        self.run = run
        self.job = job
        self.cause = cause
        self.asOf = asOf
        self.started = started
        self.finished = finished
        self.outcome = outcome
        self.summary = summary
        self.slot = slot
        self.awaited = awaited
        self.assessments = assessments
        self.step = step ?? BookStep(at: finished)
    }
}
