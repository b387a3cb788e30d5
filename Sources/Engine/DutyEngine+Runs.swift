// How the engine carries an order out: on which runner, in which step, and what becomes of it when it fails.

import Alerts
package import Almanac
import Diagnostics
import Jobs
import Linux
import Scheduling

extension DutyEngine {
    /// Runs a job now because somebody asked for it.
    /// - Parameter knownAt: Read the inbox as it was known at that instant; such a run is always a dry one.
    /// - Throws: `Refusal`.
    package func run(
        job name: String,
        asOf: Instant?,
        isDryRun: Bool,
        knownAt: Instant? = nil
    ) async throws(Refusal) -> RunReport {
        let isDryRun = isDryRun || knownAt != nil
        guard !isStopping else { throw .stopping }
        guard let job = configuration.job(named: name) else {
            throw .absence(of: name, in: configuration)
        }
        let now = clock.now()
        let zone = configuration.settings.zone
        // On a rehearsal clock a later day may be judged before it comes; on the real one that would silence the job
        // until that day.
        if let asOf, asOf > now, !clock.isShifted, !isDryRun { throw .inTheFuture(now: zone.rfc3339(now)) }
        let instant = asOf ?? now
        if !isDryRun, let last = await desk.lastAsOf(of: name), instant < last, horizon.map({ last <= $0 }) ?? true {
            throw .behind(last: zone.rfc3339(last))
        }
        // The engine may have begun to stop while the desk answered.
        guard !isStopping else { throw .stopping }
        // A rehearsal touches nothing, so it must not keep a real slot from running either.
        guard isDryRun || scheduler.begin(job: name) else { throw .alreadyRunning }
        let order = RunOrder(
            run: isDryRun ? 0 : nextRun(),
            job: job,
            cause: .manual,
            slot: nil,
            asOf: instant,
            isDryRun: isDryRun,
            knownAt: knownAt
        )
        running += 1
        return try await execute(order, by: configuration)
    }

    /// The latest instant that a run can have been judged as of; a rehearsal may have judged any.
    private var horizon: Instant? {
        clock.isShifted ? nil : clock.now().adding(seconds: Scheduler.credibleSeconds)
    }

    func nextRun() -> Int64 {
        lastRun += 1
        return lastRun
    }

    /// Runs slots once more that the ledger did not take; their number was never given away.
    ///
    /// They go by the job as it is now: what kept them from being judged may have been mended in its file.
    func retryUnsettled() {
        guard !isStopping else { return }
        for order in unsettled.map(\.order) where scheduler.begin(job: order.job.name) {
            launch(
                RunOrder(
                    run: order.run,
                    job: configuration.job(named: order.job.name) ?? order.job,
                    cause: .catchUp,
                    slot: order.slot,
                    slotRemark: order.slotRemark,
                    slotPlan: order.slotPlan,
                    asOf: order.asOf
                )
            )
        }
    }

    func launch(_ order: RunOrder) {
        running += 1
        if let slot = order.slot { underway.insert(slot) }
        // Taken here, because a reload may come before the task does.
        let configuration = configuration
        // What goes wrong with a slot is logged, and the slot tried again.
        Task { _ = try? await execute(order, by: configuration) }
    }

    /// Runs an order to its end, by what was in force when it began, whatever is reloaded meanwhile.
    /// - Throws: `failed`, which is then logged, or `stopping` when the engine stops before it begins.
    func execute(_ order: RunOrder, by configuration: Configuration) async throws(Refusal) -> RunReport {
        let runner = await acquireRunner()
        defer { finish(order) }
        guard !isStopping || order.slot == nil else {
            // The stamp has not moved: the next start catches the slot up.
            release(runner)
            throw .stopping
        }
        let started = clock.now()
        let source: any EvidenceSource
        let job: Job
        do {
            source = try await evidence(for: order)
            job = await measured(try await audited(order))
        } catch {
            release(runner)
            throw failed(order, "\(error)")
        }
        var findings = await runner.findings(
            of: job,
            asOf: order.asOf,
            zone: configuration.settings.zone,
            feeds: configuration.feeds,
            evidence: source,
            isPatient: inbox.isPatient(order.job.name, now: started)
        )
        release(runner)
        let news = inbox.news(findings, of: order.job.name)
        findings.news = news
        if !order.isDryRun {
            inbox.remember(findings, of: order.job.name)
            if findings.failure == nil { inbox.leaveOpen(order.job.name, findings.arriving, now: clock.now()) }
        }
        for reject in news.prefix(Self.loggedRejects) { log.record(.rejected(reject, order)) }
        if news.count > Self.loggedRejects {
            let rest = news.count - Self.loggedRejects
            log.record(.rejected(Diagnostic("\(rest) more complaints about the input of this run"), order))
        }
        if let failure = findings.failure { throw failed(order, failure.description) }
        do {
            let entered = try await desk.enter(
                findings,
                of: order,
                configuration: configuration,
                started: started,
                // A rehearsal that judges a later day also happens on that day.
                now: clock.isShifted ? max(clock.now(), order.asOf) : clock.now(),
                credibleUntil: horizon
            )
            settle(order)
            if entered.isCommitted {
                lastResults[order.job.name] = RunSummary(order, outcome: .completed, summary: findings.summary)
                for change in entered.changes { log.record(.changed(change, order)) }
                for notice in entered.notices where !notice.withheld.isEmpty { log.record(.withheld(notice)) }
            }
            log.record(.ran(entered))
            if entered.isCommitted { await tell(entered.step) }
            return entered
        } catch {
            throw failed(order, "\(error)")
        }
    }

    /// Notes that an order came to nothing; a slot is tried again until it is judged, but told of only once.
    func failed(_ order: RunOrder, _ problem: String) -> Refusal {
        let isNews = lastResults[order.job.name]?.summary != problem
        if !order.isDryRun {
            lastResults[order.job.name] = RunSummary(order, outcome: .failed, summary: problem)
        }
        settle(order)
        if order.slot != nil { unsettled.append((order, problem)) }
        if order.slot != nil, isNews { tellOperators(of: order.job) }
        if order.cause == .data, order.job.name != Job.delivery { inbox.expect(order.job.name, now: clock.now()) }
        if isNews || order.cause == .manual { log.record(.failed(order, problem: problem)) }
        return .failed(problem)
    }

    /// Notes that a slot is judged, or that it has to wait anew.
    private func settle(_ order: RunOrder) { unsettled.removeAll { $0.order.run == order.run && order.slot != nil } }

    func finish(_ order: RunOrder) {
        var isWaitedFor = false
        if let slot = order.slot { underway.remove(slot) }
        if order.cause == .data, order.job.name != Job.delivery {
            inbox.judging.remove(order.job.name)
        } else if !order.isDryRun {
            isWaitedFor = scheduler.finish(job: order.job.name)
        }
        ended()
        if isWaitedFor { wake() }
        if order.job.name == Job.delivery, rounds.hasNews {
            rounds.hasNews = false
            Task { await spoolChanged() }
        }
        // The ledger takes entries again, it seems, or the register can be read.
        guard lastResults[order.job.name]?.outcome == .completed else { return }
        retryUnsettled()
        if toldHeld.contains(order.job.name), !unsettled.contains(where: { $0.order.job.name == order.job.name }) {
            tellOperators(of: order.job)
        }
        startOnData()
    }

    func acquireRunner() async -> Runner {
        if let runner = idle.popLast() { return runner }
        return await withCheckedContinuation { waitingForRunner.append($0) }
    }

    func release(_ runner: Runner) {
        if waitingForRunner.isEmpty {
            idle.append(runner)
        } else {
            waitingForRunner.removeFirst().resume(returning: runner)
        }
    }
}
