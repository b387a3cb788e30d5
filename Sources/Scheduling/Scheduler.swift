// The scheduler as a value: instants go in, decisions come out. Timers, runs and the ledger are somebody else's.

package import Almanac

/// Decides which slots run, which are skipped, and when to look again.
package struct Scheduler: Sendable {
    /// What has to be done.
    package enum Action: Sendable, Hashable {
        /// Run the slot.
        case start(Slot, Cause, remark: String? = nil, plan: Instant? = nil)
        /// Record the slot as not run.
        case skip(SlotRecord)
        /// Remember from where the job's slots count.
        case stamp(Stamp)
    }

    /// A slot served within that many seconds was served by its timer; later is late.
    private static let punctualSeconds: Int64 = 60
    /// So many of a long row of missed slots are recorded one by one, newest first; a minutely job that was away for a
    /// year must not fill the ledger.
    private static let recordedMisses = 100
    /// A job whose slots are accounted for further ahead than that was served by a clock that was wrong.
    package static let credibleSeconds: Int64 = 86_400

    private var entries: [String: SchedulerEntry] = [:]
    /// When each job's next slot is served.
    private var releases = SlotQueue()
    /// Each job's next slot, whether it will be run or not.
    private var slots = SlotQueue()
    /// Jobs with a run that is going on, also of a job that was taken out meanwhile.
    private var running: Set<String> = []
    /// Jobs with decided slots that wait for a run to end.
    private var held: Set<String> = []
    /// No job's slots are accounted for further than that.
    private var furthest: Instant?
    private var paused: Set<String> = []
    private var isAllPaused = false

    package init() {}

    /// Takes a job in.
    ///
    /// Slots count from the stamp when the schedule is the one that was stamped, otherwise from now: a first start and an
    /// edited schedule never run anything by themselves. A stamp that is more than a day ahead was written by a clock
    /// that was wrong; slots count from now then, lest the job be silent until that time comes.
    package mutating func add(job: String, schedule: Schedule, stamp: Stamp?, now: Instant) -> [Action] {
        let fingerprint = schedule.fingerprint
        let credible = stamp.flatMap { $0.last <= Self.horizon(now) ? $0 : nil }
        let known = credible.flatMap { $0.fingerprint == fingerprint ? $0 : nil }
        // An edit while the clock is set back must not bring instants again that are on record.
        let last = known?.last ?? max(now, credible?.last ?? now)
        var entry = SchedulerEntry(
            schedule: schedule,
            accounted: last,
            served: known?.served ?? []
        )
        entry.plan(job)
        keep(entry, of: job)
        return known == nil ? [.stamp(Stamp(job: job, fingerprint: fingerprint, last: last))] : []
    }

    /// Takes in that a job's schedule is another one now, or that zones or holidays are.
    ///
    /// - Returns: When its calendar events were edited, a stamp, since slots count from now then, and the slots that had
    ///   come before and waited for their splay or for a run to end: they are not run any more.
    package mutating func update(job: String, schedule: Schedule, now: Instant) -> [Action] {
        guard var entry = entries[job], entry.schedule != schedule else { return [] }
        guard entry.schedule.fingerprint == schedule.fingerprint else {
            let stamp = Stamp(job: job, fingerprint: entry.schedule.fingerprint, last: entry.accounted)
            return add(job: job, schedule: schedule, stamp: stamp, now: now) + givenUp(by: entry, job: job, now: now)
        }
        entry.schedule = schedule
        entry.plan(job)
        keep(entry, of: job)
        return []
    }

    /// Slots that had come by a schedule which is edited now, and that waited for their splay or for a run to end.
    private func givenUp(by entry: SchedulerEntry, job: String, now: Instant) -> [Action] {
        let due = entry.schedule.latest(Self.recordedMisses, after: entry.accounted, through: now, except: entry.served)
        let unserved = due.enumerated().map { index, slot in
            SchedulerEntry.Decision(
                slot: slot,
                verdict: .skip(slot.skip ?? .edited),
                since: index == 0 ? entry.start(ofRowTo: slot) : nil
            )
        }
        return (entry.waiting + unserved).map { decision in
            guard case .skip(let reason) = decision.verdict else {
                return .skip(decision.record(of: job, .edited, now: now))
            }
            return .skip(decision.record(of: job, reason, now: now))
        }
    }

    /// Forgets a job; a run of it that is going on ends by itself, and slots that came are caught up if it returns.
    package mutating func remove(job: String) {
        entries[job] = nil
        releases.set(job, to: nil)
        slots.set(job, to: nil)
        held.remove(job)
    }

    /// Notes from now on that somebody has paused a job, or all.
    package mutating func pause(_ job: String?) {
        if let job { paused.insert(job) } else { isAllPaused = true }
    }

    /// Notes that a job goes on, or all do, also those that were paused one by one.
    package mutating func resume(_ job: String?) {
        if let job { return paused.subtract([job]) }
        isAllPaused = false
        paused = []
    }

    /// Whether the job's slots are not to be run.
    package func isPaused(_ job: String) -> Bool { isAllPaused || paused.contains(job) }

    /// The earliest slot that waits, at the instant at which it is served.
    package var earliest: Slot? { releases.earliest }

    /// The next slots of all jobs that will be run, at most `count`, earliest first.
    package func upcoming(count: Int) -> [(job: String, slot: DueSlot)] {
        var found: [(job: String, slot: DueSlot)] = []
        for first in slots.inOrder {
            if found.count == count, let last = found.last, (last.slot.instant, last.job) < (first.instant, first.job) {
                break
            }
            found += upcoming(of: first.job, count: count).map { (job: first.job, slot: $0) }
            found.sort { ($0.slot.instant, $0.job) < ($1.slot.instant, $1.job) }
            found.removeLast(max(0, found.count - count))
        }
        return found
    }

    /// The job's next slots that will be run, at most `count`.
    package func upcoming(of job: String, count: Int) -> [DueSlot] {
        guard let entry = entries[job] else { return [] }
        var slots: [DueSlot] = []
        var slot = entry.next
        while let found = slot, slots.count < count {
            if found.skip == nil { slots.append(found) }
            slot = entry.schedule.next(after: found.instant, except: entry.served)
        }
        return slots
    }

    /// Notes that a slot which nothing was on record of is on record now, so that no notice brings it again.
    package mutating func account(for record: SlotRecord) {
        guard let plan = record.plan, var entry = entries[record.slot.job] else { return }
        entry.serve(plan, of: record.slot.job)
        keep(entry, of: record.slot.job)
    }

    /// The plans of the job's latest slots accounted for; see `Stamp.served`.
    package func served(of job: String) -> Set<Instant> { entries[job]?.served ?? [] }

    /// Looks at the time and decides what is due.
    package mutating func wake(now: Instant) -> [Action] {
        let stamps = countAnew(now: now)
        let due = held.union(releases.jobs(through: now)).compactMap { job in
            entries[job].flatMap { entry in
                entry.hasWork(now: now, isRunning: isRunning(job: job))
                    ? Slot(job: job, instant: entry.next?.instant ?? now) : nil
            }
        }
        .sorted { ($0.instant, $0.job) < ($1.instant, $1.job) }
        return stamps + due.flatMap { serve($0.job, now: now) }
    }

    /// Lets slots count from now that a clock which was wrong has accounted for.
    private mutating func countAnew(now: Instant) -> [Action] {
        guard let furthest, furthest > Self.horizon(now) else { return [] }
        let strayed = entries.filter { $0.value.accounted > Self.horizon(now) }
        let stamps = strayed.sorted { $0.key < $1.key }.flatMap { job, entry in
            add(job: job, schedule: entry.schedule, stamp: nil, now: now)
        }
        self.furthest = entries.values.map(\.accounted).max()
        return stamps
    }

    private mutating func keep(_ entry: SchedulerEntry, of job: String) {
        entries[job] = entry
        releases.set(job, to: entry.release)
        slots.set(job, to: entry.next?.instant)
        if entry.waiting.isEmpty { held.remove(job) } else { held.insert(job) }
        furthest = max(furthest ?? entry.accounted, entry.accounted)
    }

    /// Notes that a run of the job began, or refuses because one is going on.
    package mutating func begin(job: String) -> Bool {
        entries[job] != nil && running.insert(job).inserted
    }

    /// Whether a run of the job that began is still going on.
    package func isRunning(job: String) -> Bool { running.contains(job) }

    /// Notes that the job's run ended.
    /// - Returns: Whether something waited for that; then it is time to look.
    package mutating func finish(job: String) -> Bool {
        running.remove(job)
        return entries[job]?.waiting.isEmpty == false
    }

    /// The latest instant up to which a clock that shows `now` can have accounted for slots.
    private static func horizon(_ now: Instant) -> Instant { now.adding(seconds: credibleSeconds) }

    private mutating func serve(_ job: String, now: Instant) -> [Action] {
        guard var entry = entries[job] else { return [] }
        var actions: [Action] = []
        if let release = entry.release, release <= now {
            let before = entry
            let due = entry.schedule.latest(
                Self.recordedMisses + 1,
                after: entry.accounted,
                through: now,
                except: entry.served
            ).filter { entry.schedule.release(of: $0.instant, job: job) <= now }
            entry.account(for: due, of: job)
            for decision in decide(due, of: before, job: job, now: now) {
                // Told at once, because the run that is in the way may last; its record leaves the stamp alone.
                if decision.verdict == .skip(.overlap) {
                    actions.append(.skip(decision.record(of: job, .overlap, now: now)))
                } else {
                    entry.waiting.append(decision)
                }
            }
        }
        // A record says that all earlier slots are accounted for, so nothing is decided past a run that is going on.
        while !isRunning(job: job), !entry.waiting.isEmpty {
            let decision = entry.waiting.removeFirst()
            switch decision.verdict {
            case .skip(let reason): actions.append(.skip(decision.record(of: job, reason, now: now)))
            case .run where isPaused(job): actions.append(.skip(decision.record(of: job, .paused, now: now)))
            case .run(let cause):
                running.insert(job)
                let slot = Slot(job: job, instant: decision.slot.instant)
                actions.append(.start(slot, cause, remark: decision.slot.remark, plan: decision.slot.plan))
            }
        }
        keep(entry, of: job)
        return actions
    }

    /// What becomes of slots that have come; the first one also stands for those before it.
    private func decide(
        _ due: [DueSlot],
        of entry: SchedulerEntry,
        job: String,
        now: Instant
    ) -> [SchedulerEntry.Decision] {
        let latest = due.last { $0.skip == nil }
        let fate = latest.map { self.fate(of: $0.instant, entry, job: job, now: now) }
        return due.enumerated().map { (index, slot) -> SchedulerEntry.Decision in
            let verdict: SchedulerEntry.Verdict
            if let skip = slot.skip {
                verdict = .skip(skip)
            } else if slot == latest, let fate {
                verdict = fate
            } else if case .all(let window) = entry.schedule.catchUp, fate != .skip(.paused), fate != .skip(.overlap) {
                verdict =
                    Self.age(of: slot.instant, now: now) <= window.seconds ? .run(.catchUp) : .skip(.outsideWindow)
            } else if case .skip? = fate, let fate {
                // No later slot stands for the older ones: what keeps it from running kept them, too.
                verdict = fate
            } else {
                verdict = .skip(.superseded)
            }
            return SchedulerEntry.Decision(
                slot: slot,
                verdict: verdict,
                since: index == 0 ? entry.start(ofRowTo: slot) : nil
            )
        }
    }

    private func fate(of slot: Instant, _ entry: SchedulerEntry, job: String, now: Instant) -> SchedulerEntry.Verdict {
        if isPaused(job) { return .skip(.paused) }
        let isPunctual = now <= entry.schedule.release(of: slot, job: job).adding(seconds: Self.punctualSeconds)
        switch entry.schedule.catchUp {
        case .all(let window):
            if entry.waiting.count >= Self.recordedMisses { return .skip(.overlap) }
            if isRunning(job: job) || !isPunctual {
                return Self.age(of: slot, now: now) <= window.seconds ? .run(.catchUp) : .skip(.outsideWindow)
            }
            return .run(.timer)
        case _ where isRunning(job: job): return .skip(.overlap)
        case _ where isPunctual: return .run(.timer)
        case .none: return .skip(.catchUpOff)
        case .latest(let window):
            return Self.age(of: slot, now: now) <= window.seconds ? .run(.catchUp) : .skip(.outsideWindow)
        }
    }

    /// Whole seconds, rounded up.
    private static func age(of slot: Instant, now: Instant) -> Int64 {
        (now.microseconds - slot.microseconds + 999_999) / 1_000_000
    }
}
