// The one serial step: verdicts become changes, changes become numbered notices, and all of it one transaction.

package import Alerts
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

    /// The open alerts, by serial.
    package var openAlerts: [Alert] { book.open.values.sorted { $0.serial < $1.serial } }

    /// The latest slots, newest first, of one job or of all.
    /// - Throws: What the ledger throws.
    package func slots(job: String?, count: Int) throws -> [SlotRecord] { try ledger.slots(job: job, limit: count) }

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
        let local = settings.zone.civil(at: now).date
        let judged = order.job.period(asOf: settings.zone.civil(at: order.asOf).date)
        var next = book
        var changes: [Change] = []
        // A rehearsal shows what the verdicts would change now, whatever day it judges.
        if order.isDryRun || lastAsOf[order.job.name].map({ order.asOf >= $0 }) ?? true {
            changes = next.apply(
                findings.assessments,
                from: AlertBook.Origin(
                    job: order.job.name,
                    serialPrefix: "\(settings.districtCode)-\(order.job.serial)",
                    recipients: order.job.recipients
                ),
                at: now,
                year: local.year
            )
        }
        let notices = notices(of: changes, order, configuration, book: &next, now: now)
        let report = RunReport(
            order: order,
            period: judged,
            findings: findings,
            changes: changes,
            notices: notices,
            isCommitted: !order.isDryRun
        )
        guard !order.isDryRun else { return report }
        let changed = Set(changes.map(\.alert.key))
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
                touched: next.open.values.filter { book.open[$0.key] != $0 && !changed.contains($0.key) },
                changes: changes,
                notices: notices
            )
        )
        book = next
        lastAsOf[order.job.name] = max(order.asOf, lastAsOf[order.job.name] ?? order.asOf)
        return report
    }

    private func notices(
        of changes: [Change],
        _ order: RunOrder,
        _ configuration: Configuration,
        book: inout AlertBook,
        now: Instant
    ) -> [Notice] {
        guard !changes.isEmpty else { return [] }
        let writer = NoticeWriter(words: configuration.words)
        let departments = Dictionary(uniqueKeysWithValues: configuration.departments.map { ($0.name, $0) })
        let circumstances = NoticeWriter.Circumstances(
            job: order.job.name,
            kind: order.job.check.kind,
            run: order.run,
            sent: now,
            asOf: order.asOf,
            zone: configuration.settings.zone,
            generator: generator,
            departmentNames: [
                "zh-CN": departments.mapValues(\.title.zh), "en": departments.mapValues(\.title.en),
            ]
        )
        var notices: [Notice] = []
        for change in changes {
            // A department that has left the configuration still gets the end of what it was told.
            for name in change.recipients.all {
                let formats = departments[name]?.formats ?? NoticeFormat.allCases
                notices.append(
                    writer.notice(
                        of: change,
                        to: NoticeWriter.Addressee(department: name, formats: formats),
                        sequence: book.nextSequence(),
                        circumstances
                    )
                )
            }
        }
        return notices
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
