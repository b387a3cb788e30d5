// How another configuration, or other clocks, come into force while the daemon runs.

import Almanac
package import Jobs
import Linux
package import Scheduling

extension DutyEngine {
    /// Puts a configuration into force, all of it at once; jobs that it leaves as they are keep their slots.
    ///
    /// Runs that are going on end as they began. Slots of a job whose calendar events were edited count from now.
    /// - Returns: What it changes of the slots.
    /// - Throws: What the ledger throws; then nothing has changed.
    @discardableResult
    package func reload(_ new: Configuration) async throws -> ScheduleDifference {
        // A job that was away may have been here before, and its schedule may be the same as then.
        let known = try await desk.stamps()
        // Slots that have come are decided by what was in force then; from here on nothing waits, so none comes in between.
        serveSlots()
        let now = clock.now()
        let old = configuration
        func isSame(_ job: Job?, _ other: Job?) -> Bool { job?.schedule == other?.schedule }
        let gone = old.jobs.filter { !isSame($0, new.job(named: $0.name)) }
        let come = new.jobs.filter { !isSame($0, old.job(named: $0.name)) }
        let before = outlook(of: gone)
        for job in gone where new.job(named: job.name) == nil { scheduler.remove(job: job.name) }
        var actions: [Scheduler.Action] = []
        for job in come {
            actions +=
                old.job(named: job.name) == nil
                ? scheduler.add(job: job.name, schedule: job.schedule, stamp: known[job.name], now: now)
                : scheduler.update(job: job.name, schedule: job.schedule, now: now)
        }
        carryOut(actions)
        configuration = new
        for name in inbox.expectant.keys where new.job(named: name) == nil { inbox.settle(name) }
        unsettled.removeAll { new.job(named: $0.order.job.name) == nil }
        submissions.settle = new.settings.settle
        await receptionist.adopt(new)
        await caretaker.adopt(new)
        await courier.adopt(UntakenLimits(new.settings.spool))
        for problem in new.problems { log.record(.misconfigured(problem)) }
        var difference = ScheduleDifference(
            from: before,
            to: outlook(of: come),
            untouched: new.jobs.count - come.count
        )
        difference.shifted = shifted(since: old, now: now)
        log.record(.reloaded(difference))
        bookDue = now
        wake()
        return difference
    }

    /// The slots of the coming year that a calendar of working days moves, of jobs that stay as they are otherwise.
    private func shifted(since old: Configuration, now: Instant) -> [(job: String, slot: MovedSlot)] {
        let end = now.adding(seconds: 366 * 86_400)
        return configuration.jobs.flatMap { job -> [(job: String, slot: MovedSlot)] in
            guard let earlier = old.job(named: job.name)?.schedule, earlier.calendar != job.schedule.calendar,
                earlier.fingerprint == job.schedule.fingerprint
            else { return [] }
            let served = scheduler.served(of: job.name)
            return job.schedule.movedSlots(since: earlier, after: now, through: end, except: served)
                .map { (job.name, $0) }
        }
    }

    /// Notices for as long as the engine lives when somebody sets the clock.
    /// - Throws: `SystemError` when that cannot be had; then it is noticed when the next timer fires.
    package func watchClock() throws {
        clockWatch = try ClockWatch.start(on: executor.queue) { @Sendable [weak self] in
            self?.assumeIsolated { $0.clockWasSet() }
        }
    }

    private func clockWasSet() {
        log.record(.clockSet(now: clock.now()))
        // What is due is found anew by the new time.
        bookDue = clock.now()
        wake()
    }

    /// What each job waits for.
    package var outlook: [String: ScheduleDifference.Outlook] { outlook(of: configuration.jobs) }

    private func outlook(of jobs: [Job]) -> [String: ScheduleDifference.Outlook] {
        jobs.reduce(into: [:]) { result, job in
            result[job.name] = ScheduleDifference.Outlook(
                schedule: job.schedule.fingerprint,
                next: scheduler.upcoming(of: job.name, count: 1).first?.instant
            )
        }
    }

    /// How far each job's slots are accounted for, also of jobs that are no longer there.
    /// - Throws: What the ledger throws.
    package func stamps() async throws -> [Stamp] {
        try await desk.stamps().values.sorted { $0.job < $1.job }
    }
}
