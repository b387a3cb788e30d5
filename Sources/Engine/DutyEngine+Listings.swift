// What the control socket and the status line ask of the engine.

package import Almanac
package import Jobs
import Linux
package import Scheduling

extension DutyEngine {
    /// A job as a listing shows it.
    package struct JobStanding: Sendable {
        package let job: Job
        package let next: Instant?
        package let last: RunSummary?
    }

    /// A slot that will be run, as a listing shows it.
    package struct SlotAhead: Sendable {
        package let job: String
        package let instant: Instant
        /// Why it was moved, or that it may still move.
        package let remark: String?
    }

    /// The jobs in use, by name.
    package var jobs: [JobStanding] {
        configuration.jobs.map {
            JobStanding(
                job: $0,
                next: scheduler.upcoming(of: $0.name, count: 1).first?.instant,
                last: lastResults[$0.name]
            )
        }
    }

    /// The next slots of all jobs or of one, earliest first.
    package func upcoming(job: String?, count: Int) -> [SlotAhead] {
        let slots =
            if let job {
                scheduler.upcoming(of: job, count: count).map { (job: job, slot: $0) }
            } else {
                scheduler.upcoming(count: count)
            }
        return slots.map { SlotAhead(job: $0.job, instant: $0.slot.instant, remark: $0.slot.remark) }
    }

    /// The latest slots, newest first, of one job or of all.
    /// - Throws: What the ledger throws.
    package func slots(job: String?, count: Int) async throws -> [SlotRecord] {
        try await desk.slots(job: job, count: count)
    }

    /// Notices that are committed and not yet visible.
    package var waitingNotices: Int { get async { await courier.waiting } }

    /// The time as the engine sees it.
    package var now: Instant { clock.now() }

    /// One line for `systemctl status`.
    package var statusLine: String {
        let count = configuration.jobs.count
        var text = "\(count) job\(count == 1 ? "" : "s")"
        if !configuration.brokenJobs.isEmpty { text += ", \(configuration.brokenJobs.count) broken" }
        if standing.isFull { text += ", SPOOL FULL" }
        if running > 0 { text += ", \(running) running" }
        guard let next = upcoming(job: nil, count: 1).first else { return text + "; no slot ahead" }
        return text + "; next \(next.job) at \(configuration.settings.zone.rfc3339(next.instant))"
    }
}
