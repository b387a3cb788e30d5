// A configuration's slots over a stretch of time, decided by the same scheduler as in earnest, without waiting for them.

package import Almanac
package import Jobs
package import Scheduling

/// Runs the jobs of a configuration through virtual time, in which every run ends at once.
package struct Simulation {
    /// A slot with what becomes of it.
    package struct Outcome: Sendable {
        package let job: Job
        package let slot: Instant
        package let reason: SlotReason
        /// What the run judges; `nil` when it is not run.
        package let period: Period?
        /// Why the slot is where it is, or that it may still move.
        package let remark: String?
    }

    private let configuration: Configuration
    private var scheduler = Scheduler()

    /// Begins right after an instant, as a first start of the daemon at that instant would.
    package init(_ configuration: Configuration, after start: Instant) {
        self.configuration = configuration
        for job in configuration.jobs {
            _ = scheduler.add(job: job.name, schedule: job.schedule, stamp: nil, now: start)
        }
    }

    /// The slots up to and with an instant, in the order in which they are served.
    package mutating func run(to end: Instant, _ visit: (Outcome) -> Void) {
        while let next = scheduler.earliest, next.instant <= end {
            for action in scheduler.wake(now: next.instant) {
                switch action {
                case .start(let slot, _, let remark, _):
                    _ = scheduler.finish(job: slot.job)
                    if let outcome = outcome(slot, .ran, remark) { visit(outcome) }
                case .skip(let record):
                    if let outcome = outcome(record.slot, record.reason, record.remark) { visit(outcome) }
                case .stamp: break
                }
            }
        }
    }

    private func outcome(_ slot: Slot, _ reason: SlotReason, _ remark: String?) -> Outcome? {
        guard let job = configuration.job(named: slot.job) else { return nil }
        let date = configuration.settings.zone.civil(at: slot.instant).date
        return Outcome(
            job: job,
            slot: slot.instant,
            reason: reason,
            period: reason == .ran ? job.period(asOf: date) : nil,
            remark: remark
        )
    }
}
