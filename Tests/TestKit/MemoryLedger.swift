// A ledger without a file, by the rules of the port.

import Alerts
package import Almanac
package import Engine
package import Scheduling
import Synchronization

/// Remembers as a ledger must: all of an entry or nothing, no sequence, run or slot twice.
package final class MemoryLedger: DutyLedger {
    /// What a ledger throws in a test.
    package enum Trouble: Error, Equatable {
        case broken
        case secondRun(Int64)
        case secondSequence(Int64)
        case secondDecision(Slot)
    }

    fileprivate struct State {
        var open: [AlertKey: Alert] = [:]
        var serials: [String: Int] = [:]
        var sequence: Int64 = 0
        var stamps: [String: Stamp] = [:]
        var lastAsOf: [String: Instant] = [:]
        var entries: [RunEntry] = []
        var slots: [SlotRecord] = []
        var pending: [Notice] = []
        var isBroken = false
    }

    private let state = Mutex(State())

    package init() {}

    /// Whether every write is refused, as by a full disk.
    package var isBroken: Bool {
        get { state.withLock { $0.isBroken } }
        set { state.withLock { $0.isBroken = newValue } }
    }

    /// The runs committed, in order.
    package var entries: [RunEntry] { state.withLock { $0.entries } }

    /// From where a job's slots count.
    package func stamp(of job: String) -> Stamp? { state.withLock { $0.stamps[job] } }

    package func restore() throws -> Memory {
        state.withLock { state in
            Memory(
                book: AlertBook(open: Array(state.open.values), serials: state.serials, sequence: state.sequence),
                stamps: state.stamps,
                lastAsOf: state.lastAsOf,
                lastRun: state.entries.map(\.run).max() ?? 0,
                lastRuns: Dictionary(state.entries.map { ($0.job, RunSummary($0)) }) { $1 },
                pending: state.pending
            )
        }
    }

    package func commit(_ entry: RunEntry) throws {
        try write { state in
            guard !state.entries.contains(where: { $0.run == entry.run }) else { throw Trouble.secondRun(entry.run) }
            state.entries.append(entry)
            state.lastAsOf[entry.job] = max(entry.asOf, state.lastAsOf[entry.job] ?? entry.asOf)
            if let slot = entry.slot { try state.account(for: slot) }
            for alert in entry.touched { state.open[alert.key] = alert }
            for change in entry.changes {
                if change.kind == .raised { state.number(change.alert.serial) }
                state.open[change.alert.key] = change.kind == .cleared ? nil : change.alert
            }
            for notice in entry.notices {
                guard notice.sequence > state.sequence else { throw Trouble.secondSequence(notice.sequence) }
                state.sequence = notice.sequence
                state.pending.append(notice)
            }
        }
    }

    package func record(_ slots: [SlotRecord]) throws {
        try write { state in
            for slot in slots { try state.account(for: slot) }
        }
    }

    package func stamp(_ stamps: [Stamp]) throws {
        try write { state in
            for stamp in stamps { state.stamps[stamp.job] = stamp }
        }
    }

    package func markDelivered(_ sequences: [Int64], at instant: Instant) throws {
        try write { $0.pending.removeAll { sequences.contains($0.sequence) } }
    }

    package func slots(job: String?, limit: Int) throws -> [SlotRecord] {
        state.withLock { state in
            let slots = state.slots.filter { job == nil || $0.slot.job == job }
            return Array(slots.sorted { $0.slot.instant > $1.slot.instant }.prefix(limit))
        }
    }

    /// Changes a copy, which replaces the state only when nothing was thrown.
    private func write(_ change: (inout State) throws -> Void) throws {
        try state.withLock { state in
            guard !state.isBroken else { throw Trouble.broken }
            var next = state
            try change(&next)
            state = next
        }
    }
}

extension MemoryLedger.State {
    /// A slot skipped because its job was running leaves the stamp, and may be decided again after a crash.
    fileprivate mutating func account(for record: SlotRecord) throws {
        let isOverlap = record.reason == .skipped(.overlap)
        if !isOverlap { slots.removeAll { $0.slot == record.slot && $0.reason == .skipped(.overlap) } }
        guard !slots.contains(where: { $0.slot == record.slot }) else {
            throw MemoryLedger.Trouble.secondDecision(record.slot)
        }
        slots.append(record)
        guard !isOverlap, let stamp = stamps[record.slot.job] else { return }
        stamps[record.slot.job] = Stamp(
            job: stamp.job,
            fingerprint: stamp.fingerprint,
            last: max(stamp.last, record.slot.instant)
        )
    }

    fileprivate mutating func number(_ serial: String) {
        guard let dash = serial.lastIndex(of: "-"), let number = Int(serial[serial.index(after: dash)...]) else {
            return
        }
        let prefix = String(serial[..<dash])
        serials[prefix] = max(number, serials[prefix] ?? 0)
    }
}

extension RunSummary {
    fileprivate init(_ entry: RunEntry) {
        self.init(run: entry.run, cause: entry.cause, asOf: entry.asOf, outcome: entry.outcome, summary: entry.summary)
    }
}
