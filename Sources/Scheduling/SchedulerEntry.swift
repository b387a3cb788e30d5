// What the scheduler keeps of one job.

import Almanac

/// A job's schedule, its next slot, and the slots that are decided and wait for a run to end.
struct SchedulerEntry: Sendable {
    /// What becomes of a slot.
    enum Verdict: Hashable {
        case run(Cause)
        case skip(SlotReason.Skip)
    }

    /// A slot that has come, with what becomes of it.
    struct Decision {
        let slot: DueSlot
        let verdict: Verdict
        /// The first of the missed slots that it stands for.
        let since: Instant?

        func record(of job: String, _ reason: SlotReason.Skip, now: Instant) -> SlotRecord {
            SlotRecord(
                slot: Slot(job: job, instant: slot.instant),
                reason: .skipped(reason),
                decided: now,
                since: since,
                remark: slot.remark,
                plan: slot.plan
            )
        }
    }

    var schedule: Schedule
    /// The last slot that was decided, or the instant from which slots count.
    var accounted: Instant
    /// The plans of slots accounted for, which come no more wherever a notice moves them.
    private(set) var served: Set<Instant>
    private(set) var next: DueSlot?
    /// When the next slot is served.
    private(set) var release: Instant?
    /// Decided slots in their order, of which nothing is on record yet.
    var waiting: [Decision] = []

    init(schedule: Schedule, accounted: Instant, served: Set<Instant>) {
        self.schedule = schedule
        self.accounted = accounted
        self.served = served
    }

    /// Finds the next slot anew.
    mutating func plan(_ job: String) {
        next = schedule.next(after: accounted, except: served)
        release = next.map { schedule.release(of: $0.instant, job: job) }
    }

    /// Notes that slots, the last of them the latest, are decided.
    mutating func account(for slots: [DueSlot], of job: String) {
        guard let last = slots.last else { return }
        accounted = last.instant
        let plans = slots.compactMap(\.plan)
        if !plans.isEmpty {
            // A plan lies before its slot by its offset, besides.
            let offset = Int64(abs(schedule.workingDays?.offset ?? 0)) * 2 * 86_400
            let oldest = accounted.adding(seconds: -Stamp.reachSeconds - offset)
            served = served.filter { $0 >= oldest }.union(plans)
        }
        plan(job)
    }

    /// Notes that the slot of a plan does not come any more.
    mutating func serve(_ plan: Instant, of job: String) {
        served.insert(plan)
        self.plan(job)
    }

    /// The first slot that is not decided yet, when another one is to stand for the row from there on.
    func start(ofRowTo slot: DueSlot) -> Instant? {
        next.flatMap { $0.instant < slot.instant ? $0.instant : nil }
    }

    /// Whether a slot has come, or one that waited for a run to end need not wait any more.
    func hasWork(now: Instant, isRunning: Bool) -> Bool {
        release.map { $0 <= now } ?? false || (!isRunning && !waiting.isEmpty)
    }
}
