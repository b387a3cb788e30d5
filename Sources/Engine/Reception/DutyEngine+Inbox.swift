// The engine's side of the inbox: when it is looked into, and which jobs that starts.

import Almanac
import Checks
package import Diagnostics
import Jobs
import Linux
import Records
import Scheduling

extension DutyEngine {
    /// Takes a hint that something in the inbox changed; it is looked at within about a second, once for many hints.
    package func hintInbox() {
        inbox.hint(now: clock.now())
        armTimer()
    }

    /// Takes hints from the folders of the inbox for as long as the engine lives, and from the folder that has them, so
    /// that one that is made later is watched from then on.
    /// - Throws: `SystemError` when folders cannot be watched; then they are looked into at regular times only.
    package func watchInbox(_ folders: [String], below parent: String) throws {
        inboxWatch = try FolderWatch.start(folders, below: parent, on: executor.queue) { @Sendable [weak self] in
            self?.assumeIsolated { $0.hintInbox() }
        }
    }

    /// The latest receptions of a feed, newest first.
    /// - Throws: What the ledger throws.
    package func receptions(feed: String, count: Int) async throws -> [Reception] {
        try await desk.receptions(feed: feed, count: count)
    }

    /// How many receptions of a feed there are.
    /// - Throws: What the ledger throws.
    package func receptionCount(feed: String) async throws -> Int { try await desk.receptionCount(feed: feed) }

    /// Files of the inbox that cannot be used and keep verdicts from being good.
    package var filesInTheWay: [Reception] { inbox.inTheWay }

    /// What keeps feeds of the inbox as a whole from being looked at.
    package var inboxProblems: [Diagnostic] { inbox.problems }

    /// Begins a look into the inbox when it is time, unless one is going on.
    func sweepIfDue() {
        let now = clock.now()
        guard !isStopping, let due = inbox.nextSweep(now: now), due <= now else { return }
        inbox.beginSweep()
        Task {
            let sweep = await receptionist.sweep()
            end(sweep)
        }
    }

    private func end(_ sweep: Receptionist.Sweep) {
        let now = clock.now()
        inbox.endSweep(sweep, now: now)
        submissions.update(inbox.present)
        inboxWatch?.renew()
        // A file that was taken away may have been one in the way.
        let changed = Set(sweep.received.filter(\.isUsable).map(\.feed) + sweep.departed.map(\.feed))
        for job in configuration.jobs where job.runsOnData && !changed.isDisjoint(with: job.feeds.values) {
            inbox.expect(job.name, now: now)
        }
        // Slots that are due go first: they are judged as of an earlier instant.
        wake()
        resumeIfIdle()
    }

    /// So many versions of a feed's files are looked at for what they said before: two years of a file that grows by the
    /// month.
    private static let mostReplacedVersions = 24

    /// What a run reads: the inbox as it is, or as it was known, and where the check asks for it what was said before.
    func evidence(for order: RunOrder) async throws -> any EvidenceSource {
        let evidence = try await knownEvidence(for: order)
        guard order.job.check.tellsOfChanges, let archive else { return evidence }
        let feeds = Set(order.job.feeds.values).filter { configuration.feeds[$0]?.duplicates?.conflicts == .newest }
        return EvidenceBefore(
            base: evidence,
            archive: archive,
            replaced: try await desk.replacedVersions(
                feeds: feeds.sorted(),
                knownAt: order.knownAt ?? clock.now(),
                limit: Self.mostReplacedVersions
            )
        )
    }

    private func knownEvidence(for order: RunOrder) async throws -> any EvidenceSource {
        guard let instant = order.knownAt else {
            // Whoever asks for a run means what lies there, also what was handed in a moment ago.
            let waits = order.cause != .manual
            return DatedEvidence(base: evidence, submissions: submissions, clock: clock, waitsForSettling: waits)
        }
        let feeds = Set(order.job.feeds.values).filter { configuration.feeds[$0]?.source == .inbox }
        return EvidenceKnownAt(
            base: evidence,
            archive: archive,
            versions: try await desk.versions(feeds: feeds.sorted(), knownAt: instant),
            present: inbox.present
        )
    }

    /// Makes jobs run for which a table was received, or taken away, that no run has seen so, because the daemon ended in
    /// between, and those whose last run found a table that was still being handed in, when that has settled.
    ///
    /// A file is first seen before it has settled and is entered later still, so a run in between may not have seen it:
    /// better a run too many than one too few.
    func expectUnjudged(_ memory: Memory, now: Instant) {
        let delay = configuration.settings.settle.seconds + 60
        // By feed, when something was last handed in or taken away.
        var news = memory.lastDepartures
        for reception in memory.receptions where reception.isUsable {
            news[reception.feed] = max(news[reception.feed] ?? reception.firstSeen, reception.firstSeen)
        }
        let arrivals = Set(memory.receptions.filter(\.isUsable).map(\.feed))
        for job in configuration.jobs where job.runsOnData {
            let isUnjudged = job.feeds.values.contains { feed in
                guard let last = memory.lastAsOf[job.name] else { return arrivals.contains(feed) }
                return news[feed].map { $0.adding(seconds: delay) > last } ?? false
            }
            if isUnjudged { inbox.expect(job.name, now: now) }
        }
        for job in configuration.jobs {
            guard let awaited = memory.awaited[job.name] else { continue }
            inbox.reopen(job.name, awaited.files, since: min(awaited.since, now))
        }
    }

    /// Runs jobs that something was handed in for.
    ///
    /// Such a run takes no slot and keeps none from running: a slot that comes meanwhile runs beside it, and whichever
    /// of the two is judged as of the earlier instant changes nothing after the other.
    /// - Parameter job: The only one to be looked at; `nil` for all.
    func startOnData(only job: String? = nil) {
        guard !isStopping else { return }
        let now = clock.now()
        let ripe = inbox.ripe(now: now) { name in Set(configuration.job(named: name)?.feeds.values.map(\.self) ?? []) }
        for name in ripe
        where (job == nil || job == name) && !scheduler.isRunning(job: name) && !scheduler.isPaused(name) {
            // A slot that waits for the ledger is judged as of an earlier instant, so it goes first.
            guard !unsettled.contains(where: { $0.order.job.name == name }), let due = configuration.job(named: name)
            else {
                continue
            }
            inbox.settle(name)
            inbox.judging.insert(name)
            launch(RunOrder(run: nextRun(), job: due, cause: .data, slot: nil, asOf: now))
        }
    }
}
