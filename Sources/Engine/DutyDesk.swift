// The one serial step: verdicts become changes, changes become numbered notices, and all of it one transaction.

import Alerts
package import Almanac
import Checks
package import Jobs
import Linux
package import Scheduling

/// Keeps the book of alerts and enters the findings of runs, one after the other.
package actor DutyDesk {
    private let executor: QueueExecutor
    let ledger: any DutyLedger
    let generator: String
    /// Open alerts and the numbers given; replaced only when the ledger has taken what a new copy says.
    var book: AlertBook
    private var lastAsOf: [String: Instant]
    private var pauses: [Pause]

    // Safe: the actor keeps its executor for as long as it lives.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    package init(ledger: any DutyLedger, memory: Memory, generator: String) {
        executor = QueueExecutor(label: "dutyd.desk")
        self.ledger = ledger
        self.generator = generator
        book = memory.book
        lastAsOf = memory.lastAsOf
        pauses = memory.pauses
    }

    /// The latest slots, newest first, of one job or of all.
    /// - Throws: What the ledger throws.
    package func slots(job: String?, count: Int) throws -> [SlotRecord] { try ledger.slots(job: job, limit: count) }

    /// What the last run of a job that judged said; `nil` when none has.
    /// - Throws: What the ledger throws.
    package func lastVerdicts(of job: String) throws -> [LastVerdict]? { try ledger.lastVerdicts(of: job) }

    /// The latest instant that the job was judged as of.
    package func lastAsOf(of job: String) -> Instant? { lastAsOf[job] }

    /// Records slots that were not run.
    /// - Throws: What the ledger throws.
    package func record(_ slots: [SlotRecord]) throws { try ledger.record(slots) }

    /// Records slots that came and of which nothing is on record, but for those that somebody still has in hand.
    /// - Returns: Those that should have run.
    /// - Throws: What the ledger throws.
    package func audit(
        _ schedules: [String: Schedule],
        except inHand: Set<Slot>,
        now: Instant
    ) throws -> [SlotRecord] {
        let stamps = try ledger.stamps()
        var found: [SlotRecord] = []
        for (job, schedule) in schedules.sorted(by: { $0.key < $1.key }) {
            guard let stamp = stamps[job], let audit = SlotAudit(of: schedule, stamp: stamp, now: now) else { continue }
            for due in audit.unaccounted(by: try ledger.slots(of: job, audit.records)) {
                let slot = Slot(job: job, instant: due.instant)
                guard !inHand.contains(slot) else { continue }
                found.append(
                    SlotRecord(
                        slot: slot,
                        reason: .skipped(due.skip ?? .unaccounted),
                        decided: now,
                        remark: due.remark,
                        plan: due.plan
                    )
                )
            }
        }
        if !found.isEmpty { try ledger.record(found) }
        return found.filter { $0.reason == .skipped(.unaccounted) }
    }

    /// The slots that audits found without a record since an instant, earliest first.
    /// - Throws: What the ledger throws.
    package func unaccountedSlots(since instant: Instant) throws -> [SlotRecord] {
        try ledger.unaccountedSlots(since: instant)
    }

    /// How far each job's slots are accounted for, also of jobs that are gone.
    /// - Throws: What the ledger throws.
    package func stamps() throws -> [String: Stamp] { try ledger.stamps() }

    /// Remembers from where jobs' slots count.
    /// - Throws: What the ledger throws.
    package func stamp(_ stamps: [Stamp]) throws { try ledger.stamp(stamps) }

    /// The jobs that somebody has paused, all of them first.
    package var pausedJobs: [Pause] { pauses.sorted { ($0.job ?? "") < ($1.job ?? "") } }

    /// Remembers that somebody pauses a job, or all; who did so first stays on record.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func pause(_ pause: Pause) throws {
        guard !pauses.contains(where: { $0.job == pause.job }) else { return }
        try ledger.replacePauses(pauses + [pause])
        pauses.append(pause)
    }

    /// Remembers that a job goes on, or all do, also those that were paused one by one.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func resume(_ job: String?) throws {
        let left = job == nil ? [] : pauses.filter { $0.job != job }
        try ledger.replacePauses(left)
        pauses = left
    }

    /// Enters what a run found.
    ///
    /// A run that looks back behind the job's last one is recorded, but neither raises nor clears today's alerts. A last
    /// one that is not credible, because it is later than the clock will be for long, is no measure.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func enter(
        _ findings: Findings,
        of order: RunOrder,
        configuration: Configuration,
        started: Instant,
        now: Instant,
        credibleUntil horizon: Instant? = nil
    ) throws -> RunReport {
        let settings = configuration.settings
        if let horizon, let last = lastAsOf[order.job.name], last > horizon { lastAsOf[order.job.name] = nil }
        let judged = order.job.period(asOf: settings.zone.civil(at: order.asOf).date)
        var next = book
        var changes: [Change] = []
        // A rehearsal shows what the verdicts would change now, whatever day it judges.
        if order.isDryRun || lastAsOf[order.job.name].map({ order.asOf >= $0 }) ?? true {
            changes = next.apply(
                findings.assessments,
                from: AlertBook.Origin(
                    job: order.job.name,
                    checkKind: order.job.check.kind,
                    serialPrefix: "\(settings.districtCode)-\(order.job.serial)",
                    run: order.run,
                    asOf: order.asOf
                ),
                rules: configuration.alertRules,
                at: now
            )
            // What time has brought of other jobs is no matter of a rehearsal.
            if order.isDryRun { changes.removeAll { $0.alert.key.job != order.job.name } }
        }
        let found = findings.assessments
        let step = step(to: &next, changes, verdicts: { $0 == order.job.name ? found : [] }, configuration, now: now)
        let report = RunReport(
            order: order,
            period: judged,
            findings: findings,
            step: step,
            isCommitted: !order.isDryRun
        )
        guard !order.isDryRun else { return report }
        try ledger.commit(
            RunEntry(
                run: order.run,
                job: order.job.name,
                cause: order.cause,
                asOf: order.asOf,
                started: started,
                finished: now,
                outcome: .completed,
                summary: findings.summary,
                slot: Self.served(order, decided: now),
                awaited: findings.arriving,
                assessments: findings.assessments,
                step: step
            )
        )
        book = next
        lastAsOf[order.job.name] = max(order.asOf, lastAsOf[order.job.name] ?? order.asOf)
        return report
    }

    /// What a step is that made a new book of the present one: the difference, and the notices, numbered by the new book.
    /// - Parameter verdicts: All verdicts of the run that made the step, good ones too; none when no run did.
    func step(
        to next: inout AlertBook,
        _ changes: [Change],
        verdicts: (_ job: String) -> [Assessment] = { _ in [] },
        _ configuration: Configuration,
        now: Instant
    ) -> BookStep {
        let notices = notices(of: changes, verdicts, configuration, book: &next, now: now)
        return BookStep(
            at: now,
            difference: next.difference(from: book, through: changes),
            changes: changes,
            notices: notices
        )
    }

    private func notices(
        of changes: [Change],
        _ verdicts: (_ job: String) -> [Assessment],
        _ configuration: Configuration,
        book: inout AlertBook,
        now: Instant
    ) -> [Notice] {
        guard changes.contains(where: \.isTold) else { return [] }
        let writer = NoticeWriter(words: configuration.words)
        let departments = Dictionary(uniqueKeysWithValues: configuration.departments.map { ($0.name, $0) })
        let departmentNames = ["zh-CN": departments.mapValues(\.title.zh), "en": departments.mapValues(\.title.en)]
        func circumstances(of change: Change) -> NoticeWriter.Circumstances {
            let alert = change.alert
            let job = configuration.job(named: alert.key.job)
            return NoticeWriter.Circumstances(
                job: alert.key.job,
                kind: alert.checkKind.isEmpty ? job?.check.kind ?? "" : alert.checkKind,
                run: alert.run,
                sent: now,
                asOf: alert.asOf,
                zone: configuration.settings.zone,
                generator: generator,
                departmentNames: departmentNames,
                cap: configuration.cap,
                isExercise: job?.isExercise ?? false,
                titles: job?.title.byLanguage ?? [:],
                calendar: configuration.workingDays,
                policy: job?.policy ?? AlertPolicy(),
                rules: configuration.fingerprint
            )
        }
        return writer.notices(
            of: changes,
            verdicts: verdicts,
            digestAbove: { _ in configuration.settings.digestAbove },
            to: { name in
                // A department that has left the configuration still gets the end of what it was told.
                let formats = departments[name]?.formats ?? NoticeFormat.allCases
                return NoticeWriter.Addressee(department: name, formats: formats)
            },
            circumstances(of:),
            number: { book.nextSequence() }
        )
    }

    /// The record of the slot that an order serves.
    static func served(_ order: RunOrder, decided: Instant) -> SlotRecord? {
        order.slot.map {
            SlotRecord(
                slot: $0,
                reason: order.cause == .timer ? .ran : .late,
                run: order.run,
                decided: decided,
                remark: order.slotRemark,
                plan: order.slotPlan
            )
        }
    }
}
