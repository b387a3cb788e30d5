// A ledger without a file, by the rules of the port.

package import Alerts
package import Almanac
import Checks
package import Engine
import JSON
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
        case secondReception(InboxFile, revision: Int)
    }

    fileprivate struct State {
        var open: [AlertKey: Alert] = [:]
        var ended: [String: (alert: Alert, at: Instant)] = [:]
        var candidates: [AlertKey: Confirmation] = [:]
        var silences: [Int: Silence] = [:]
        var lastSilence = 0
        var history: [(change: Change, at: Instant, run: Int64?)] = []
        var acknowledgements: [String: [Acknowledgement]] = [:]
        var deliveries: [Handling] = []
        var serials: [String: Int] = [:]
        var sequence: Int64 = 0
        var stamps: [String: Stamp] = [:]
        var lastAsOf: [String: Instant] = [:]
        var entries: [RunEntry] = []
        var slots: [SlotRecord] = []
        var notices: [Notice] = []
        var delivered: Set<Int64> = []
        var pickedUp: Set<Int64> = []
        var answers: [ReceiptEntry] = []
        var receptions: [Reception] = []
        var pauses: [Pause] = []
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
                book: AlertBook(
                    open: Array(state.open.values),
                    candidates: state.candidates,
                    silences: Array(state.silences.values),
                    lastSilence: state.lastSilence,
                    serials: state.serials,
                    sequence: state.sequence
                ),
                stamps: state.stamps,
                lastAsOf: state.lastAsOf,
                lastRun: state.entries.map(\.run).max() ?? 0,
                lastRuns: Dictionary(state.entries.map { ($0.job, RunSummary($0)) }) { $1 },
                pending: state.notices.filter { !state.delivered.contains($0.sequence) }.map(\.head),
                deliveries: state.deliveries,
                receptions: state.lastReceptions { _ in true }.filter { $0.goneAt == nil },
                pauses: state.pauses,
                lastDepartures: state.receptions.reduce(into: [:]) { departures, reception in
                    guard let gone = reception.goneAt else { return }
                    departures[reception.feed] = max(gone, departures[reception.feed] ?? gone)
                },
                awaited: Dictionary(state.entries.map { ($0.job, $0) }) { $1 }.compactMapValues { entry in
                    entry.awaited.isEmpty ? nil : AwaitedFiles(entry.awaited, since: entry.finished)
                }
            )
        }
    }

    package func commit(_ entry: RunEntry) throws {
        try write { state in
            guard !state.entries.contains(where: { $0.run == entry.run }) else { throw Trouble.secondRun(entry.run) }
            state.entries.append(entry)
            state.lastAsOf[entry.job] = max(entry.asOf, state.lastAsOf[entry.job] ?? entry.asOf)
            if let slot = entry.slot { try state.account(for: slot) }
            try state.enter(entry.step, run: entry.run)
        }
    }

    package func lastVerdicts(of job: String) throws -> [LastVerdict]? {
        state.withLock { state in
            guard let entry = state.entries.last(where: { $0.job == job && $0.outcome == .completed }) else {
                return nil
            }
            return entry.assessments.map {
                LastVerdict(
                    subject: $0.subject,
                    indicator: $0.indicator,
                    state: $0.state,
                    name: $0.name,
                    facts: $0.facts.json.text(.line),
                    asOf: entry.asOf
                )
            }
        }
    }

    package func enter(_ step: BookStep) throws { try write { try $0.enter(step, run: nil) } }

    package func history(of serial: String) throws -> AlertHistory? {
        state.withLock { state in
            let open = state.open.values.first { $0.serial == serial }
            guard let alert = open ?? state.ended[serial]?.alert else { return nil }
            return AlertHistory(
                alert: alert,
                ended: open == nil ? state.ended[serial]?.at : nil,
                entries: state.history.filter { $0.change.alert.serial == serial }.map { change, instant, run in
                    AlertHistory.Entry(
                        kind: change.kind,
                        state: change.alert.state,
                        at: instant,
                        revision: change.isTold ? change.alert.revision : nil,
                        recipients: change.recipients,
                        occasion: change.occasion,
                        reason: change.reason,
                        run: run
                    )
                },
                acknowledgements: state.acknowledgements[serial] ?? []
            )
        }
    }

    package func record(_ slots: [SlotRecord]) throws {
        try write { state in
            for slot in slots { try state.account(for: slot) }
        }
    }

    package func stamps() throws -> [String: Stamp] { state.withLock { $0.stamps } }

    package func stamp(_ stamps: [Stamp]) throws {
        try write { state in
            for stamp in stamps { state.stamps[stamp.job] = stamp }
        }
    }

    package func replacePauses(_ pauses: [Pause]) throws { try write { $0.pauses = pauses } }

    package func notices(_ sequences: [Int64]) throws -> [Notice] {
        state.withLock { $0.notices.filter { sequences.contains($0.sequence) } }
    }

    package func mark(_ marks: NoticeMarks) throws {
        try write { state in
            state.deliveries += state.notices.filter { marks.delivered.contains($0.sequence) }.flatMap {
                Handling.all(.delivered, of: $0.matter, department: $0.department, at: marks.at)
            }
            state.delivered.formUnion(marks.delivered)
            state.pickedUp.formUnion(marks.pickedUp)
            state.pickedUp.subtract(marks.resent)
        }
    }

    package func untaken(department: String) throws -> [UntakenNotice] {
        state.withLock { state in
            state.notices.filter {
                $0.department == department && state.delivered.contains($0.sequence)
                    && !state.pickedUp.contains($0.sequence)
            }.map { UntakenNotice(head: $0.head, files: $0.documents.count) }
        }
    }

    package func heads(serial: String, department: String?) throws -> [NoticeHead] {
        state.withLock { state in
            state.notices.map(\.head).filter { head in
                guard case .alert(let other, _, _, _) = head.matter else { return false }
                return other == serial && (department == nil || department == head.department)
            }
        }
    }

    package func register(_ entry: ReceiptEntry) throws {
        try write { state in
            if let slip = entry.slip { try state.take(slip) }
            state.answers.append(entry)
        }
    }

    package func receipts(serial: String) throws -> [Receipt] {
        state.withLock { $0.answers.compactMap(\.receipt).filter { $0.serial == serial } }
    }

    package func knowsReceipt(department: String, file: String, fingerprint: String) throws -> Bool {
        state.withLock { state in
            state.answers.contains {
                $0.department == department && $0.file == file && $0.fingerprint == fingerprint
            }
        }
    }

    package func forgetDocuments(takenBefore instant: Instant, limit: Int) throws -> Int { 0 }

    /// The notices that their departments are known to have taken, by sequence.
    package var pickedUp: Set<Int64> { state.withLock { $0.pickedUp } }

    package func slots(job: String?, limit: Int) throws -> [SlotRecord] {
        state.withLock { state in
            let slots = state.slots.filter { job == nil || $0.slot.job == job }
            return Array(slots.sorted { $0.slot.instant > $1.slot.instant }.prefix(limit))
        }
    }

    package func slots(of job: String, _ range: ClosedRange<Instant>) throws -> [SlotRecord] {
        state.withLock { state in
            state.slots.filter { $0.slot.job == job && range.contains($0.slot.instant) }
                .sorted { $0.slot.instant < $1.slot.instant }
        }
    }

    package func unaccountedSlots(since instant: Instant) throws -> [SlotRecord] {
        state.withLock { state in
            state.slots.filter { $0.reason == .skipped(.unaccounted) && $0.decided >= instant }
                .sorted { $0.slot.instant < $1.slot.instant }
        }
    }

    /// Forgets what is on record of a slot, as a lost copy of the file would.
    package func lose(_ slot: Slot) { state.withLock { $0.slots.removeAll { $0.slot == slot } } }

    /// All receptions, in the order of their entry.
    package var receptions: [Reception] { state.withLock { $0.receptions } }

    @discardableResult
    package func receive(_ entry: ReceptionEntry) throws -> Int64 {
        try write { state in
            var reception = entry.reception
            reception.order = Int64(state.receptions.count + 1)
            guard
                !state.receptions.contains(where: { $0.file == reception.file && $0.revision >= reception.revision })
            else { throw Trouble.secondReception(reception.file, revision: reception.revision) }
            state.receptions.append(reception)
            if let slip = entry.slip { try state.take(slip) }
            return Int64(state.receptions.count)
        }
    }

    package func touch(_ reception: Reception) throws {
        try write { state in
            for index in state.receptions.indices
            where state.receptions[index].file == reception.file
                && state.receptions[index].revision == reception.revision
            {
                state.receptions[index].stamp = reception.stamp
            }
        }
    }

    package func depart(_ files: [InboxFile: Instant], slip: Notice?) throws {
        try write { state in
            if let slip { try state.take(slip) }
            for (file, instant) in files {
                guard let index = state.receptions.lastIndex(where: { $0.file == file }) else { continue }
                state.receptions[index].goneAt = state.receptions[index].goneAt ?? instant
            }
        }
    }

    package func receptions(feed: String, limit: Int) throws -> [Reception] {
        state.withLock { $0.receptions.reversed().filter { $0.feed == feed }.prefix(limit).map(\.self) }
    }

    package func receptionCount(feed: String) throws -> Int {
        state.withLock { $0.receptions.count { $0.feed == feed } }
    }

    package func outlivedCopies(before instant: Instant, limit: Int) throws -> [ReceivedContent] {
        state.withLock { state in
            var ends: [ReceivedContent: Instant] = [:]
            var unforgotten: Set<ReceivedContent> = []
            for reception in state.receptions {
                guard let fingerprint = reception.fingerprint else { continue }
                let content = ReceivedContent(feed: reception.feed, fingerprint: fingerprint)
                let next = state.receptions.first {
                    $0.file == reception.file && $0.revision == reception.revision + 1
                }
                let end = reception.goneAt ?? next?.firstSeen ?? Instant(microseconds: .max)
                ends[content] = max(end, ends[content] ?? end)
                if reception.copyRemoved == nil { unforgotten.insert(content) }
            }
            let outlived = ends.filter { $0.value < instant && unforgotten.contains($0.key) }
            return outlived.sorted { $0.value < $1.value }.prefix(limit).map(\.key)
        }
    }

    package func forget(_ copies: [ReceivedContent], at instant: Instant) throws {
        try write { state in
            for index in state.receptions.indices {
                let reception = state.receptions[index]
                guard let fingerprint = reception.fingerprint, reception.copyRemoved == nil,
                    copies.contains(ReceivedContent(feed: reception.feed, fingerprint: fingerprint))
                else { continue }
                state.receptions[index].copyRemoved = instant
            }
        }
    }

    package func lastReception(of file: InboxFile) throws -> Reception? {
        state.withLock { $0.receptions.last { $0.file == file } }
    }

    package func versions(feed: String, knownAt instant: Instant) throws -> [Reception] {
        state.withLock { state in
            state.lastReceptions { $0.feed == feed && $0.firstSeen <= instant }
                .filter { version in version.goneAt.map { $0 > instant } ?? true }
                .sorted { $0.name < $1.name }
        }
    }

    package func replacedVersions(feed: String, knownAt instant: Instant, limit: Int) throws -> [Reception] {
        state.withLock { state in
            let known = state.receptions.filter { $0.feed == feed && $0.firstSeen <= instant }
            let replaced = known.filter { version in
                version.isUsable && version.fingerprint != nil && version.copyRemoved == nil
                    && known.contains { $0.name == version.name && $0.revision > version.revision }
            }
            return replaced.reversed().prefix(limit).map(\.self)
        }
    }

    /// Changes a copy, which replaces the state only when nothing was thrown.
    private func write<Value: Sendable>(_ change: (inout State) throws -> Value) throws -> Value {
        try state.withLock { state in
            guard !state.isBroken else { throw Trouble.broken }
            var next = state
            let value = try change(&next)
            state = next
            return value
        }
    }
}

extension MemoryLedger.State {
    /// A slot skipped because its job was running leaves the stamp, and may be decided again after a crash.
    fileprivate mutating func account(for record: SlotRecord) throws {
        let isOverlap = record.reason == .skipped(.overlap)
        slots.removeAll {
            $0.slot == record.slot && $0.decided > record.decided.adding(seconds: Scheduler.credibleSeconds)
        }
        if !isOverlap {
            slots.removeAll {
                $0.slot == record.slot && [.skipped(.overlap), .skipped(.unaccounted)].contains($0.reason)
            }
        }
        guard !slots.contains(where: { $0.slot == record.slot }) else {
            throw MemoryLedger.Trouble.secondDecision(record.slot)
        }
        slots.append(record)
        guard !isOverlap, let stamp = stamps[record.slot.job] else { return }
        stamps[record.slot.job] = Stamp(
            job: stamp.job,
            fingerprint: stamp.fingerprint,
            last: max(stamp.last, record.slot.instant),
            since: stamp.since,
            served: stamp.served.union([record.plan].compactMap(\.self))
        )
    }

    fileprivate mutating func enter(_ step: BookStep, run: Int64?) throws {
        for alert in step.difference.ended {
            number(alert.serial)
            if open[alert.key]?.serial == alert.serial { open[alert.key] = nil }
            open = open.filter { $0.value.serial != alert.serial }
            ended[alert.serial] = (alert, step.at)
        }
        for alert in step.difference.open {
            number(alert.serial)
            open = open.filter { $0.value.serial != alert.serial || $0.key == alert.key }
            open[alert.key] = alert
            if let acknowledgement = alert.acknowledgement,
                acknowledgements[alert.serial]?.last?.at != acknowledgement.at
            {
                acknowledgements[alert.serial, default: []].append(acknowledgement)
            }
        }
        for (key, confirmation) in step.difference.candidates { candidates[key] = confirmation }
        for silence in step.difference.silences {
            silences[silence.id] = silence
            lastSilence = max(lastSilence, silence.id)
        }
        for silence in step.difference.endedSilences { silences[silence.id] = nil }
        history += step.changes.map { ($0, step.at, run) }
        for notice in step.notices { try take(notice) }
    }

    fileprivate mutating func take(_ notice: Notice) throws {
        guard notice.sequence > sequence else { throw MemoryLedger.Trouble.secondSequence(notice.sequence) }
        sequence = notice.sequence
        notices.append(notice)
    }

    /// The last version of each file among some receptions.
    fileprivate func lastReceptions(where isMeant: (Reception) -> Bool) -> [Reception] {
        Array(Dictionary(receptions.filter(isMeant).map { ($0.file, $0) }) { $1 }.values)
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
