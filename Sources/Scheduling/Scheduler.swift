// The scheduler as a value: instants go in, decisions come out. Timers, runs and the ledger are somebody else's.

package import Almanac

/// Decides which slots run, which are skipped, and when to look again.
package struct Scheduler: Sendable {
    /// What has to be done.
    package enum Action: Sendable, Hashable {
        /// Run the slot.
        case start(Slot, Cause)
        /// Record the slot as not run.
        case skip(SlotRecord)
        /// Remember from where the job's slots count.
        case stamp(Stamp)
    }

    private struct Entry: Sendable {
        let schedule: Schedule
        var next: DueSlot?
        var isRunning = false
        /// Slots that their day took away while the job was running.
        ///
        /// They are recorded at the first look after the run, because a record says that all earlier slots are accounted
        /// for, and the running one is not.
        var held: [DueSlot] = []

        func hasWork(now: Instant) -> Bool {
            next.map { $0.instant <= now } ?? false || (!isRunning && !held.isEmpty)
        }
    }

    /// A slot served within that many seconds was served by its timer; later is late.
    private static let punctualSeconds: Int64 = 60
    /// So many of a long row of missed slots are recorded one by one, newest first; a minutely job that was away for a
    /// year must not fill the ledger.
    private static let recordedMisses = 100

    private var entries: [String: Entry] = [:]

    package init() {}

    /// Takes a job in.
    ///
    /// Slots count from the stamp when the schedule is the one that was stamped, otherwise from now: a first start and an
    /// edited schedule never run anything by themselves.
    package mutating func add(job: String, schedule: Schedule, stamp: Stamp?, now: Instant) -> [Action] {
        let fingerprint = schedule.fingerprint
        let known = stamp.flatMap { $0.fingerprint == fingerprint ? $0.last : nil }
        let last = known ?? now
        entries[job] = Entry(schedule: schedule, next: schedule.next(after: last))
        return known == nil ? [.stamp(Stamp(job: job, fingerprint: fingerprint, last: last))] : []
    }

    /// The earliest slot that waits.
    package var earliest: Slot? {
        entries.compactMap { job, entry in entry.next.map { Slot(job: job, instant: $0.instant) } }
            .min { ($0.instant, $0.job) < ($1.instant, $1.job) }
    }

    /// The job's next slots that will be run, at most `count`.
    package func upcoming(of job: String, count: Int) -> [DueSlot] {
        guard let entry = entries[job] else { return [] }
        var slots: [DueSlot] = []
        var slot = entry.next
        while let found = slot, slots.count < count {
            if found.skip == nil { slots.append(found) }
            slot = entry.schedule.next(after: found.instant)
        }
        return slots
    }

    /// Looks at the time and decides what is due.
    package mutating func wake(now: Instant) -> [Action] {
        let due = entries.filter { $0.value.hasWork(now: now) }
            .sorted { ($0.value.next?.instant ?? now, $0.key) < ($1.value.next?.instant ?? now, $1.key) }
        return due.flatMap { serve($0.key, now: now) }
    }

    /// Notes that a run of the job began, or refuses because one is going on.
    package mutating func begin(job: String) -> Bool {
        guard let entry = entries[job], !entry.isRunning else { return false }
        entries[job]?.isRunning = true
        return true
    }

    /// Whether a run of the job that began is still going on.
    package func isRunning(job: String) -> Bool { entries[job]?.isRunning ?? false }

    /// Notes that the job's run ended.
    package mutating func finish(job: String) { entries[job]?.isRunning = false }

    private mutating func serve(_ job: String, now: Instant) -> [Action] {
        guard var entry = entries[job] else { return [] }
        var settled: [DueSlot] = []
        if !entry.isRunning { swap(&settled, &entry.held) }
        var due: [DueSlot] = []
        if let first = entry.next, first.instant <= now {
            due = Self.latestSlots(of: entry.schedule, from: first, to: now)
            entry.next = entry.schedule.next(after: due.last?.instant ?? first.instant)
        }

        func record(_ slot: DueSlot, _ skip: SlotReason.Skip) -> Action {
            let slot = Slot(job: job, instant: slot.instant)
            return .skip(SlotRecord(slot: slot, reason: .skipped(skip), decided: now))
        }
        var actions: [Action] = settled.map { record($0, $0.skip ?? .restDay) }
        defer { entries[job] = entry }
        guard let latest = due.last(where: { $0.skip == nil }) else {
            guard entry.isRunning else { return actions + due.map { record($0, $0.skip ?? .restDay) } }
            entry.held += due
            return actions
        }
        switch decide(latest.instant, entry, now: now) {
        case .success(let cause):
            entry.isRunning = true
            entry.held += due.filter { $0.instant > latest.instant }
            actions += due.filter { $0.instant < latest.instant }.map { record($0, $0.skip ?? .superseded) }
            actions.append(.start(Slot(job: job, instant: latest.instant), cause))
        case .failure(let refusal):
            // No later slot stands for the older ones: what keeps it from running kept them, too.
            if entry.isRunning { entry.held += due.filter { $0.skip != nil } }
            actions += due.filter { $0.skip == nil || !entry.isRunning }.map { record($0, $0.skip ?? refusal.reason) }
        }
        return actions
    }

    /// The slots from `first` on that have come by now, earliest first; of a long row only the latest.
    ///
    /// Looks back in growing steps, so that the work does not grow with the length of an outage.
    private static func latestSlots(of schedule: Schedule, from first: DueSlot, to now: Instant) -> [DueSlot] {
        var reach: Int64 = 3600
        while true {
            let start = now.adding(seconds: -reach)
            let isWhole = start <= first.instant
            var slots = isWhole ? [first] : []
            var last = isWhole ? first.instant : start
            while let slot = schedule.next(after: last), slot.instant <= now {
                slots.append(slot)
                last = slot.instant
            }
            if isWhole || slots.count > recordedMisses { return slots.suffix(recordedMisses + 1) }
            reach *= 4
        }
    }

    private struct Refusal: Error { let reason: SlotReason.Skip }

    private func decide(_ slot: Instant, _ entry: Entry, now: Instant) -> Result<Cause, Refusal> {
        if entry.isRunning { return .failure(Refusal(reason: .overlap)) }
        if now <= slot.adding(seconds: Self.punctualSeconds) { return .success(.timer) }
        switch entry.schedule.catchUp {
        case .none: return .failure(Refusal(reason: .catchUpOff))
        case .latest(let window):
            let age = (now.microseconds - slot.microseconds + 999_999) / 1_000_000
            return age <= window.seconds
                ? .success(.catchUp) : .failure(Refusal(reason: .outsideWindow))
        }
    }
}
