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
        var next: Instant?
        var isRunning = false
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
        entries.compactMap { job, entry in entry.next.map { Slot(job: job, instant: $0) } }
            .min { ($0.instant, $0.job) < ($1.instant, $1.job) }
    }

    /// The job's next slot, or `nil` when it has none.
    package func next(of job: String) -> Instant? { entries[job]?.next }

    /// The job's next slots after now, at most `count`.
    package func upcoming(of job: String, count: Int) -> [Instant] {
        guard let entry = entries[job] else { return [] }
        var slots: [Instant] = []
        var slot = entry.next
        while let found = slot, slots.count < count {
            slots.append(found)
            slot = entry.schedule.next(after: found)
        }
        return slots
    }

    /// Looks at the time and decides what is due.
    package mutating func wake(now: Instant) -> [Action] {
        let due = entries.filter { $0.value.next.map { $0 <= now } ?? false }
            .sorted { ($0.value.next ?? now, $0.key) < ($1.value.next ?? now, $1.key) }
        return due.flatMap { serve($0.key, now: now) }
    }

    /// Notes that a run of the job began, or refuses because one is going on.
    package mutating func begin(job: String) -> Bool {
        guard let entry = entries[job], !entry.isRunning else { return false }
        entries[job]?.isRunning = true
        return true
    }

    /// Notes that the job's run ended.
    package mutating func finish(job: String) { entries[job]?.isRunning = false }

    private mutating func serve(_ job: String, now: Instant) -> [Action] {
        guard var entry = entries[job], let first = entry.next else { return [] }
        let due = Self.latestSlots(of: entry.schedule, from: first, to: now)
        let latest = due.last ?? first
        entry.next = entry.schedule.next(after: latest)
        entries[job] = entry

        func record(_ instant: Instant, _ skip: SlotReason.Skip) -> Action {
            .skip(SlotRecord(slot: Slot(job: job, instant: instant), reason: .skipped(skip), decided: now))
        }
        switch decide(latest, entry, now: now) {
        case .success(let cause):
            entries[job]?.isRunning = true
            return due.dropLast().map { record($0, .superseded) } + [.start(Slot(job: job, instant: latest), cause)]
        case .failure(let refusal):
            // No later slot stands for the older ones: what keeps it from running kept them, too.
            return due.map { record($0, refusal.reason) }
        }
    }

    /// The slots from `first` on that have come by now, earliest first; of a long row only the latest.
    ///
    /// Looks back in growing steps, so that the work does not grow with the length of an outage.
    private static func latestSlots(of schedule: Schedule, from first: Instant, to now: Instant) -> [Instant] {
        var reach: Int64 = 3600
        while true {
            let start = now.adding(seconds: -reach)
            let isWhole = start <= first
            var slots = isWhole ? [first] : []
            var last = isWhole ? first : start
            while let slot = schedule.next(after: last), slot <= now {
                slots.append(slot)
                last = slot
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
