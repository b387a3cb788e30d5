// The engine: carries out what the scheduler decides. One armed timer, runs beside each other, one serial step.

import Almanac
import Diagnostics
import Dispatch
package import Jobs
package import Linux
import Scheduling

/// Schedules, runs and delivers; everything the daemon does passes through here.
package actor DutyEngine {
    /// No timer waits longer than this, so that no clock change goes unnoticed for longer.
    static let longestWaitSeconds: Int64 = 300
    /// So many complaints about the input of one run go into the log one by one.
    static let loggedRejects = 100
    /// So many runs may go on beside each other.
    private static let runners = 2

    let executor: QueueExecutor
    /// What is in force; replaced as a whole by `reload`.
    package internal(set) var configuration: Configuration
    let clock: WallClock
    let log: any EventLog
    let generator: String
    let desk: DutyDesk
    let courier: Courier
    let caretaker: Caretaker
    /// When the departments' folders are looked at again.
    var rounds = SpoolRounds()
    /// How the spool was when it last changed for better or worse.
    var standing = SpoolStanding(isFull: false, departments: [:])
    /// When notices that could not be delivered are tried again.
    var nextDelivery: Instant?
    let evidence: any EvidenceSource
    let archive: (any EvidenceArchive)?
    var inboxWatch: FolderWatch?
    var clockWatch: ClockWatch?
    let submissions: Submissions
    let receptionist: Receptionist
    /// What the inbox is known to hold, when it is looked at again, and what that starts.
    var inbox: InboxStanding
    /// What the ledger remembered, until `start` has used it.
    private var memory: Memory?
    var scheduler = Scheduler()
    var timer: WallTimer?
    private var watchdog: (any DispatchSourceTimer)?
    var idle: [Runner]
    var waitingForRunner: [CheckedContinuation<Runner, Never>] = []
    var lastRun: Int64
    var running = 0
    var isStopping = false
    private var whenIdle: [CheckedContinuation<Void, Never>] = []
    var lastResults: [String: RunSummary]
    /// Orders whose findings could not be entered, because the ledger did not take them; tried again at each wake-up.
    var unsettled: [(order: RunOrder, problem: String)] = []
    /// Slots whose runs are going on.
    var underway: Set<Slot> = []
    /// Jobs of which the operators were told that a slot could not be judged yet.
    var toldHeld: Set<String> = []
    /// Slots that were not run and that the ledger does not know of yet.
    private(set) var unrecorded: [SlotRecord] = []
    /// From where slots count anew after a step of the clock, and that the ledger does not know of yet.
    var unstamped: [Stamp] = []
    /// When time alone changes something about an alert next.
    var bookDue: Instant?
    var isAdvancing = false
    /// Why what is due could not be entered; told once.
    var bookProblem: String?
    /// Called on the engine's own queue after each decision, with the line that `systemctl status` shows.
    let onProgress: @Sendable (String) -> Void

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
        receipts: (any ReceiptBox)? = nil,
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
        self.generator = generator
        courier = Courier(
            spool: spool,
            ledger: ledger,
            desk: desk,
            log: log,
            clock: clock,
            limits: UntakenLimits(configuration.settings.spool)
        )
        caretaker = Caretaker(
            configuration: configuration,
            spool: spool,
            receipts: receipts,
            desk: desk,
            courier: courier,
            log: log,
            clock: clock
        )
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
        submissions = Submissions(settle: configuration.settings.settle)
        submissions.update(inbox.present)
        idle = (1...Self.runners).map { Runner(label: "dutyd.runner.\($0)") }
    }

    /// Takes the jobs in, delivers what was left over, catches up and arms the timer.
    /// - Throws: What the ledger throws.
    package func start() async throws {
        guard let memory else { return }
        self.memory = nil
        for problem in configuration.problems { log.record(.misconfigured(problem)) }
        let now = clock.now()
        for pause in memory.pauses { scheduler.pause(pause.job) }
        var actions: [Scheduler.Action] = []
        for job in configuration.jobs {
            let stamp = memory.stamps[job.name]
            actions += scheduler.add(job: job.name, schedule: job.schedule, stamp: stamp, now: now)
            warnOfTheFuture(job: job.name, [stamp?.last, memory.lastAsOf[job.name]], now: now)
        }
        let stamps = Self.stamps(of: actions)
        if !stamps.isEmpty { try await desk.stamp(stamps) }
        await courier.tellChanges { [weak self] in
            guard let self else { return }
            Task { await self.spoolChanged() }
        }
        await courier.observe { @Sendable [weak self] event in
            Task { await self?.note(event) }
        }
        await courier.tellOfTries { [weak self] instant in
            Task { await self?.expectDelivery(at: instant) }
        }
        await courier.resume(memory.pending)
        await note(memory.deliveries)
        await advance()
        expectUnjudged(memory, now: now)
        timer = WallTimer(queue: executor.queue) { @Sendable [weak self] in
            self?.assumeIsolated { $0.wake() }
        }
        wake()
        auditAtStart()
    }

    /// Says so when a clock that was once ahead has left its mark on a job.
    private func warnOfTheFuture(job: String, _ known: [Instant?], now: Instant) {
        guard let latest = known.compactMap(\.self).max(), latest > now.adding(seconds: 60) else { return }
        let time = configuration.settings.zone.rfc3339(latest)
        let consequence =
            latest > now.adding(seconds: Scheduler.credibleSeconds)
            ? "the clock was wrong then, and the job's slots count from now" : "so it stays silent until then"
        log.record(.trouble("\(job) was last judged as of \(time), which has not come yet; \(consequence)"))
    }

    static func stamps(of actions: [Scheduler.Action]) -> [Stamp] {
        actions.compactMap { if case .stamp(let stamp) = $0 { stamp } else { nil } }
    }

    /// Starts no more runs and returns when the running ones have ended.
    package func stop() async {
        isStopping = true
        timer?.disarm()
        await receptionist.stop()
        guard !isIdle else { return }
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

    /// Looks at the time, carries out what is due and arms the timer anew.
    func wake() {
        guard !isStopping else { return }
        serveSlots()
        retryUnsettled()
        startOnData()
        sweepIfDue()
        deliverIfDue()
        lookAfterSpoolIfDue()
        advanceIfDue()
        armTimer()
        onProgress(statusLine)
    }

    /// Decides the slots that have come, by the configuration in force.
    func serveSlots() {
        guard !isStopping else { return }
        let actions = scheduler.wake(now: clock.now())
        for stamp in Self.stamps(of: actions) {
            log.record(
                .trouble(
                    "the clock was set back by more than a day after slots of \(stamp.job) had been decided; "
                        + "they count from now"
                )
            )
        }
        carryOut(actions)
    }

    /// Starts the runs that were decided and records the rest.
    func carryOut(_ actions: [Scheduler.Action]) {
        unrecorded += actions.compactMap { if case .skip(let record) = $0 { record } else { nil } }
        unstamped += Self.stamps(of: actions)
        if !unrecorded.isEmpty || !unstamped.isEmpty {
            running += 1
            Task {
                await recordSkips()
                ended()
            }
        }
        for case .start(let slot, let cause, let remark, let plan) in actions { start(slot, cause, remark, plan: plan) }
    }

    private func expectDelivery(at instant: Instant) {
        nextDelivery = instant
        armTimer()
    }

    /// Tries again what could not be delivered, when it is time or when a clock that was set back makes it far away.
    private func deliverIfDue() {
        let now = clock.now()
        guard let due = nextDelivery, due <= now || due > now.adding(seconds: Self.longestWaitSeconds) else { return }
        nextDelivery = nil
        Task { await courier.tryAgain() }
    }

    /// Sets the one timer for what comes first: a slot, a look into the inbox, another try to deliver, or the bound.
    func armTimer() {
        guard !isStopping else { return }
        let now = clock.now()
        let bound = now.adding(seconds: Self.longestWaitSeconds)
        let waits = [
            scheduler.earliest?.instant, inbox.nextSweep(now: now), nextDelivery, rounds.due(now: now),
            isAdvancing ? nil : bookDue,
        ]
        timer?.arm(at: waits.compactMap(\.self).min().map { min($0, bound) } ?? bound, clock: clock)
    }

    private func start(_ slot: Slot, _ cause: Cause, _ remark: String?, plan: Instant?) {
        guard let job = configuration.job(named: slot.job) else { return }
        launch(
            RunOrder(
                run: nextRun(),
                job: job,
                cause: cause,
                slot: slot,
                slotRemark: remark,
                slotPlan: plan,
                asOf: slot.instant
            )
        )
    }

    /// Records slots that are not run, all in one transaction: after an outage they are many.
    private func recordSkips() async {
        let records = unrecorded
        unrecorded = []
        let stamps = unstamped
        unstamped = []
        do {
            if !stamps.isEmpty { try await desk.stamp(stamps) }
            if !records.isEmpty { try await desk.record(records) }
            for record in records { log.record(.skipped(record)) }
        } catch {
            unrecorded = records + unrecorded
            unstamped = stamps + unstamped
            let jobs = Set(records.map(\.slot.job)).sorted().joined(separator: ", ")
            log.record(.trouble("cannot record \(records.count) skipped slots of \(jobs) yet: \(error)"))
        }
    }

    /// Notes that one of the things going on has ended.
    func ended() {
        running -= 1
        onProgress(statusLine)
        resumeIfIdle()
    }

    private var isIdle: Bool { running == 0 && !inbox.isSweeping && !rounds.isLooking }

    /// Lets those go on who wait for the engine to have nothing in hand.
    func resumeIfIdle() {
        guard isIdle else { return }
        for continuation in whenIdle { continuation.resume() }
        whenIdle = []
    }
}
