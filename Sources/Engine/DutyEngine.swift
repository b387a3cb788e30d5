// The engine: carries out what the scheduler decides. One armed timer, runs beside each other, one serial step.

package import Almanac
import Diagnostics
import Dispatch
package import Jobs
package import Linux
import Scheduling

/// Schedules, runs and delivers; everything the daemon does passes through here.
package actor DutyEngine {
    /// No timer waits longer than this, so that no clock change goes unnoticed for longer.
    private static let longestWaitSeconds: Int64 = 300
    /// So many complaints about the input of one run go into the log one by one.
    private static let loggedRejects = 100
    /// So many runs may go on beside each other.
    private static let runners = 2

    let executor: QueueExecutor
    let configuration: Configuration
    let clock: WallClock
    let log: any EventLog
    let desk: DutyDesk
    let courier: Courier
    let evidence: any EvidenceSource
    let archive: (any EvidenceArchive)?
    var inboxWatch: FolderWatch?
    let submissionTimes = SubmissionTimes()
    let receptionist: Receptionist
    /// What the inbox is known to hold, when it is looked at again, and what that starts.
    var inbox: InboxStanding
    /// What the ledger remembered, until `start` has used it.
    private var memory: Memory?
    private(set) var scheduler = Scheduler()
    var timer: WallTimer?
    private var watchdog: (any DispatchSourceTimer)?
    private var idle: [Runner]
    private var waitingForRunner: [CheckedContinuation<Runner, Never>] = []
    private var lastRun: Int64
    private(set) var running = 0
    private(set) var isStopping = false
    private var whenIdle: [CheckedContinuation<Void, Never>] = []
    private(set) var lastResults: [String: RunSummary]
    /// Orders whose findings could not be entered, because the ledger did not take them; tried again at each wake-up.
    private(set) var unsettled: [RunOrder] = []
    /// Slots that were not run and that the ledger does not know of yet.
    private var unrecorded: [SlotRecord] = []
    /// Called on the engine's own queue after each decision, with the line that `systemctl status` shows.
    private let onProgress: @Sendable (String) -> Void

    // Safe: the actor keeps its executor for as long as it lives.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Makes an engine with what the ledger remembers.
    /// - Throws: What the ledger throws when it cannot be read.
    package init(
        configuration: Configuration,
        clock: WallClock,
        ledger: any DutyLedger,
        evidence: any EvidenceSource,
        archive: (any EvidenceArchive)? = nil,
        spool: any NoticeSpool,
        log: any EventLog,
        generator: String,
        onProgress: @escaping @Sendable (String) -> Void
    ) throws {
        executor = QueueExecutor(label: "dutyd.engine")
        self.configuration = configuration
        self.clock = clock
        self.log = log
        self.onProgress = onProgress
        let memory = try ledger.restore()
        self.memory = memory
        desk = DutyDesk(ledger: ledger, memory: memory, generator: generator)
        courier = Courier(spool: spool, ledger: ledger, log: log, clock: clock)
        self.evidence = evidence
        self.archive = archive
        receptionist = Receptionist(
            configuration: configuration,
            known: memory.receptions,
            evidence: evidence,
            archive: archive,
            desk: desk,
            courier: courier,
            log: log,
            clock: clock
        )
        inbox = InboxStanding(known: memory.receptions)
        lastRun = memory.lastRun
        lastResults = memory.lastRuns
        let dated = DatedEvidence(base: evidence, times: submissionTimes)
        submissionTimes.update(inbox.present)
        idle = (1...Self.runners).map { Runner(label: "dutyd.runner.\($0)", evidence: dated) }
    }

    /// Takes the jobs in, delivers what was left over, catches up and arms the timer.
    /// - Throws: What the ledger throws.
    package func start() async throws {
        guard let memory else { return }
        self.memory = nil
        for problem in configuration.problems { log.record(.misconfigured(problem)) }
        let now = clock.now()
        var stamps: [Stamp] = []
        for job in configuration.jobs {
            let stamp = memory.stamps[job.name]
            for case .stamp(let new) in scheduler.add(job: job.name, schedule: job.schedule, stamp: stamp, now: now) {
                stamps.append(new)
            }
            warnOfTheFuture(job: job.name, [stamp?.last, memory.lastAsOf[job.name]], now: now)
        }
        if !stamps.isEmpty { try await desk.stamp(stamps) }
        await courier.deliver(memory.pending)
        expectUnjudged(memory, now: now)
        timer = WallTimer(queue: executor.queue) { @Sendable [weak self] in
            self?.assumeIsolated { $0.wake() }
        }
        wake()
    }

    /// Says so when a clock that was once ahead keeps a job silent until that time comes.
    private func warnOfTheFuture(job: String, _ known: [Instant?], now: Instant) {
        guard let latest = known.compactMap(\.self).max(), latest > now.adding(seconds: 60) else { return }
        let time = configuration.settings.zone.rfc3339(latest)
        log.record(
            .trouble(
                "\(job) was last judged as of \(time), which has not come yet, so it stays silent until then; "
                    + "if the clock was wrong once, rename the job, which starts it anew"
            )
        )
    }

    /// Starts no more runs and returns when the running ones have ended.
    package func stop() async {
        isStopping = true
        timer?.disarm()
        await receptionist.stop()
        guard running > 0 || inbox.isSweeping else { return }
        await withCheckedContinuation { whenIdle.append($0) }
    }

    /// Calls `pulse` from the engine's own queue as long as the scheduler keeps up, so that a stuck engine is noticed.
    package func keepWatch(everyMicroseconds interval: Int64, pulse: @escaping @Sendable () -> Void) {
        let source = DispatchSource.makeTimerSource(queue: executor.queue)
        source.schedule(deadline: .now(), repeating: .microseconds(Int(clamping: interval)))
        source.setEventHandler { @Sendable [weak self] in
            if self?.assumeIsolated({ $0.keepsUp }) == true { pulse() }
        }
        source.activate()
        watchdog = source
    }

    /// Whether no slot waits although its time has passed by a minute.
    private var keepsUp: Bool {
        guard let earliest = scheduler.earliest, !isStopping else { return true }
        return clock.now() < earliest.instant.adding(seconds: 60)
    }

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
            throw configuration.brokenJobs[name] == nil ? .unknownJob : .brokenJob
        }
        let now = clock.now()
        let zone = configuration.settings.zone
        // On a rehearsal clock a later day may be judged before it comes; on the real one that would silence the job
        // until that day.
        if let asOf, asOf > now, !clock.isShifted, !isDryRun { throw .inTheFuture(now: zone.rfc3339(now)) }
        let instant = asOf ?? now
        if !isDryRun, let last = await desk.lastAsOf(of: name), instant < last {
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
        return try await execute(order)
    }

    func nextRun() -> Int64 {
        lastRun += 1
        return lastRun
    }

    /// Looks at the time, carries out what is due and arms the timer anew.
    func wake() {
        guard !isStopping else { return }
        let actions = scheduler.wake(now: clock.now())
        unrecorded += actions.compactMap { if case .skip(let record) = $0 { record } else { nil } }
        if !unrecorded.isEmpty {
            running += 1
            Task {
                await recordSkips()
                ended()
            }
        }
        for case .start(let slot, let cause) in actions { start(slot, cause) }
        retryUnsettled()
        startOnData()
        sweepIfDue()
        armTimer()
        onProgress(statusLine)
    }

    /// Sets the one timer for what comes first: a slot, a look into the inbox, or the bound.
    func armTimer() {
        guard !isStopping else { return }
        let now = clock.now()
        let bound = now.adding(seconds: Self.longestWaitSeconds)
        timer?.arm(
            at: [scheduler.earliest?.instant, inbox.nextSweep(now: now), bound].compactMap(\.self).min() ?? bound,
            clock: clock
        )
    }

    private func start(_ slot: Slot, _ cause: Cause) {
        guard let job = configuration.job(named: slot.job) else { return }
        launch(RunOrder(run: nextRun(), job: job, cause: cause, slot: slot, asOf: slot.instant))
    }

    /// Runs slots once more that the ledger did not take; their number was never given away.
    private func retryUnsettled() {
        guard !isStopping else { return }
        for order in unsettled where scheduler.begin(job: order.job.name) {
            unsettled.removeAll { $0.run == order.run }
            launch(RunOrder(run: order.run, job: order.job, cause: .catchUp, slot: order.slot, asOf: order.asOf))
        }
    }

    func launch(_ order: RunOrder) {
        running += 1
        // What goes wrong with a slot is logged, and the slot tried again.
        Task { _ = try? await execute(order) }
    }

    /// Records slots that are not run, all in one transaction: after an outage they are many.
    private func recordSkips() async {
        let records = unrecorded
        unrecorded = []
        do {
            try await desk.record(records)
            for record in records { log.record(.skipped(record)) }
        } catch {
            unrecorded = records + unrecorded
            let jobs = Set(records.map(\.slot.job)).sorted().joined(separator: ", ")
            log.record(.trouble("cannot record \(records.count) skipped slots of \(jobs) yet: \(error)"))
        }
    }

    /// Runs an order to its end.
    /// - Throws: `failed`, which is then logged, or `stopping` when the engine stops before it begins.
    private func execute(_ order: RunOrder) async throws(Refusal) -> RunReport {
        let runner = await acquireRunner()
        defer { finish(order) }
        guard !isStopping || order.slot == nil else {
            // The stamp has not moved: the next start catches the slot up.
            release(runner)
            throw .stopping
        }
        let started = clock.now()
        let source: any EvidenceSource
        do {
            source = try await evidence(for: order)
        } catch {
            release(runner)
            throw failed(order, "\(error)")
        }
        // A source of another time gets a runner of its own, while the one acquired keeps the place.
        let reader = order.knownAt == nil ? runner : Runner(label: "dutyd.runner.known-at", evidence: source)
        let findings = await reader.findings(
            of: order.job,
            asOf: order.asOf,
            zone: configuration.settings.zone,
            feeds: configuration.feeds
        )
        release(runner)
        let news = inbox.untold(findings, feeds: configuration.feeds)
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
                now: clock.isShifted ? max(clock.now(), order.asOf) : clock.now()
            )
            if entered.isCommitted {
                lastResults[order.job.name] = RunSummary(order, outcome: .completed, summary: findings.summary)
                for change in entered.changes { log.record(.changed(change, order)) }
            }
            log.record(.ran(entered))
            if entered.isCommitted { await courier.deliver(entered.notices) }
            return entered
        } catch {
            throw failed(order, "\(error)")
        }
    }

    /// Notes that an order came to nothing; a slot is tried again until it is judged, but told of only once.
    private func failed(_ order: RunOrder, _ problem: String) -> Refusal {
        let isNews = lastResults[order.job.name]?.summary != problem
        if !order.isDryRun {
            lastResults[order.job.name] = RunSummary(order, outcome: .failed, summary: problem)
        }
        if order.slot != nil { unsettled.append(order) }
        if order.cause == .data { inbox.expect(order.job.name, now: clock.now()) }
        if isNews || order.cause == .manual { log.record(.failed(order, problem: problem)) }
        return .failed(problem)
    }

    private func finish(_ order: RunOrder) {
        if order.cause == .data {
            inbox.judging.remove(order.job.name)
        } else if !order.isDryRun {
            scheduler.finish(job: order.job.name)
        }
        ended()
        // The ledger takes entries again, it seems, or the register can be read.
        guard lastResults[order.job.name]?.outcome == .completed else { return }
        retryUnsettled()
        startOnData()
    }

    /// Notes that one of the things going on has ended.
    private func ended() {
        running -= 1
        onProgress(statusLine)
        resumeIfIdle()
    }

    /// Lets those go on who wait for the engine to have nothing in hand.
    func resumeIfIdle() {
        guard running == 0, !inbox.isSweeping else { return }
        for continuation in whenIdle { continuation.resume() }
        whenIdle = []
    }

    private func acquireRunner() async -> Runner {
        if let runner = idle.popLast() { return runner }
        return await withCheckedContinuation { waitingForRunner.append($0) }
    }

    private func release(_ runner: Runner) {
        if waitingForRunner.isEmpty {
            idle.append(runner)
        } else {
            waitingForRunner.removeFirst().resume(returning: runner)
        }
    }
}
