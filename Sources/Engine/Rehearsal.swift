// A stretch of time lived through in memory: each slot judged by what had been handed in by then, and nobody told.

package import Alerts
package import Almanac
package import Jobs
import Diagnostics
import Records
import Scheduling
import Synchronization

/// Lets the jobs of a configuration judge what lies there, slot by slot, with the book of alerts that the daemon keeps.
///
/// A file counts from the time on at which it was last changed. Notices count as delivered at once, nobody takes or answers
/// them, so reminders and escalations come as they would.
package struct Rehearsal {
    /// What happens in the time that is lived through.
    package enum Event: Sendable {
        /// A slot was served, or not, and what was judged in it.
        case slot(Simulation.Outcome, summary: String?)
        case changed(Change, at: Instant)
    }

    private let configuration: Configuration
    private let evidence: TimedEvidence
    private let desk: DutyDesk
    private var lastRun: Int64 = 0

    /// - Parameters:
    ///   - evidence: What lies there, with the times at which it was last changed.
    ///   - ledger: An empty ledger, which is of no use afterwards.
    /// - Throws: What the ledger throws.
    package init(
        _ configuration: Configuration,
        evidence: any EvidenceSource,
        ledger: any DutyLedger,
        generator: String
    ) throws {
        self.configuration = configuration
        self.evidence = TimedEvidence(base: evidence)
        desk = DutyDesk(ledger: ledger, memory: try ledger.restore(), generator: generator)
    }

    /// Lives through the time after one instant up to and with another.
    /// - Throws: What the ledger throws.
    package mutating func run(after start: Instant, to end: Instant, _ visit: (Event) -> Void) async throws {
        var outcomes: [Simulation.Outcome] = []
        var simulation = Simulation(configuration, after: start)
        simulation.run(to: end) { outcomes.append($0) }
        let runner = Runner(label: "dutyd.rehearsal")
        var now = start
        for outcome in outcomes {
            try await letTimePass(from: now, to: outcome.slot, visit)
            now = outcome.slot
            guard outcome.reason == .ran else {
                visit(.slot(outcome, summary: nil))
                continue
            }
            evidence.now = now
            let findings = await runner.findings(
                of: outcome.job,
                asOf: now,
                zone: configuration.settings.zone,
                feeds: configuration.feeds,
                evidence: evidence
            )
            visit(.slot(outcome, summary: findings.failure.map(\.description) ?? findings.summary))
            guard findings.failure == nil else { continue }
            lastRun += 1
            let order = RunOrder(
                run: lastRun,
                job: outcome.job,
                cause: .timer,
                slot: Slot(job: outcome.job.name, instant: now),
                asOf: now
            )
            let report = try await desk.enter(findings, of: order, configuration: configuration, started: now, now: now)
            try await tell(report.step, visit)
        }
        try await letTimePass(from: now, to: end, visit)
    }

    /// Does what time alone brings: reminders, escalations, ends of silences.
    private func letTimePass(from start: Instant, to end: Instant, _ visit: (Event) -> Void) async throws {
        var done: Instant?
        while let due = await desk.nextDue(configuration, now: done ?? start) {
            let now = max(due, start)
            // What stays due after it was done would be due for ever.
            guard now < end, now != done else { return }
            done = now
            try await tell(try await desk.advance(configuration, now: now), visit)
        }
    }

    private func tell(_ step: BookStep, _ visit: (Event) -> Void) async throws {
        for change in step.changes where change.isTold { visit(.changed(change, at: step.at)) }
        let handlings = step.notices.flatMap { Handling.all(.delivered, of: $0.head, at: step.at) }
        guard !handlings.isEmpty else { return }
        for change in try await desk.note(handlings, configuration, now: step.at).changes where change.isTold {
            visit(.changed(change, at: step.at))
        }
    }
}

/// A source that shows of the inbox what had been handed in by a time.
private final class TimedEvidence: EvidenceSource {
    private let base: any EvidenceSource
    private let instant = Mutex(Instant(microseconds: 0))

    init(base: any EvidenceSource) { self.base = base }

    var now: Instant {
        get { instant.withLock { $0 } }
        set { instant.withLock { $0 = newValue } }
    }

    func tables(of feed: Feed) -> EvidenceListing {
        var listing = base.tables(of: feed)
        guard feed.source == .inbox else { return listing }
        listing.tables = listing.tables.compactMap { table in
            guard let modified = table.stamp?.modified else { return table }
            guard modified <= now else { return nil }
            var table = table
            table.received = modified.microseconds
            return table
        }
        listing.refused.removeAll { $0.stamp.map { $0.modified > now } ?? false }
        return listing
    }

    @discardableResult
    func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        try base.read(table, chunk: chunk)
    }
}
