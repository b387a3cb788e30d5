// The engine's side of the spool: when the departments' folders are looked at, and what the operators hear of them.

package import Alerts
import Almanac
import Checks
package import Diagnostics
import Jobs
import Linux
import Scheduling

/// When the departments' folders are looked at.
struct SpoolRounds {
    /// A hint is followed after that, once for many.
    private static let hintSeconds: Int64 = 1

    private(set) var isLooking = false
    /// `nil` before the first look.
    private var next: Instant?
    private var hinted: Instant?

    /// When the next look is due; `nil` while one is going on.
    func due(now: Instant) -> Instant? {
        guard !isLooking else { return nil }
        // Somebody may have set the clock back.
        let regular = min(next ?? now, now.adding(seconds: DutyEngine.longestWaitSeconds))
        return min(hinted ?? regular, regular)
    }

    /// Whether something changed while the operators were being told of what changed before.
    var hasNews = false

    mutating func hint(at instant: Instant) { hinted = hinted ?? instant.adding(seconds: Self.hintSeconds) }

    mutating func begin() {
        isLooking = true
        hinted = nil
    }

    mutating func end(now: Instant, lookAgain: Instant?) {
        isLooking = false
        next = now.adding(seconds: DutyEngine.longestWaitSeconds)
        if let lookAgain { hinted = min(hinted ?? lookAgain, lookAgain) }
    }
}

extension DutyEngine {
    /// Begins a look at the departments' folders when it is time, unless one is going on.
    func lookAfterSpoolIfDue() {
        let now = clock.now()
        guard !isStopping, let due = rounds.due(now: now), due <= now else { return }
        rounds.begin()
        let beats = heartbeats(now: now)
        Task {
            let lookAgain = await caretaker.look(beats: beats)
            rounds.end(now: clock.now(), lookAgain: lookAgain)
            armTimer()
            resumeIfIdle()
        }
    }

    /// Takes hints that somebody dropped an answer, for as long as the engine lives.
    /// - Throws: `SystemError` when folders cannot be watched; then they are looked into at regular times only.
    package func watchReceipts(_ folders: [String]) async throws {
        try await caretaker.watch(folders) { [weak self] in
            guard let self else { return }
            Task { await self.hintReceipts() }
        }
    }

    private func hintReceipts() {
        rounds.hint(at: clock.now())
        armTimer()
    }

    private func heartbeats(now: Instant) -> [String: [UInt8]] {
        let jobs = configuration.jobs
        let titles = Dictionary(jobs.map { ($0.name, $0.title) }) { first, _ in first }
        // The next one of each job: a schedule may elapse every second.
        let slots = jobs.compactMap { upcoming(job: $0.name, count: 1).first }.sorted {
            ($0.instant, $0.job) < ($1.instant, $1.job)
        }
        var beats: [String: [UInt8]] = [:]
        for department in configuration.departments {
            let own = Set(jobs.filter { $0.recipients.all.contains(department.name) }.map(\.name))
            beats[department.name] =
                Heartbeat(
                    department: department,
                    sent: now,
                    interval: Self.longestWaitSeconds,
                    zone: configuration.settings.zone,
                    generator: generator,
                    ahead: Array(slots.lazy.filter { own.contains($0.job) }.prefix(Heartbeat.slots)),
                    titles: titles
                ).bytes
        }
        return beats
    }

    /// Lets the operators know, and the status line.
    func spoolChanged() async {
        standing = await courier.standing
        onProgress(statusLine)
        guard !isStopping, let job = configuration.job(named: Job.delivery) else { return }
        guard scheduler.begin(job: job.name) else {
            rounds.hasNews = true
            return
        }
        launch(RunOrder(run: nextRun(), job: job, cause: .data, slot: nil, asOf: clock.now()))
    }

    /// The order with what is known of the spool, if it is the one that judges it.
    func measured(_ job: Job) async -> Job {
        guard case .delivery = job.check else { return job }
        let standing = await courier.standing
        let folders = configuration.departments.map { department in
            let folder = standing.departments[department.name] ?? SpoolStanding.Department()
            return DeliveryWatch.Folder(
                department: department.name,
                title: department.title.zh,
                problem: folder.problem,
                untaken: folder.untakenFiles,
                isAtLimit: folder.isAtLimit,
                staleClaims: folder.staleClaims,
                oldestClaim: folder.oldestClaim
            )
        }
        return job.judging(
            .delivery(.init(isFull: standing.isFull, waiting: await courier.waiting, folders: folders))
        )
    }

    /// How the spool and the departments' folders are.
    package var spoolStanding: SpoolStanding { get async { await courier.standing } }

    /// Notices that are committed and not yet visible, by department; those without any are left out.
    package var waitingNoticesByDepartment: [String: Int] { get async { await courier.waitingByDepartment } }

    /// What stands in the way of notices, one line each.
    package var spoolProblems: [Diagnostic] {
        var problems: [Diagnostic] = []
        if standing.isFull {
            problems.append(
                Diagnostic(
                    "the spool's file system has too little room, so notices wait",
                    remedy: "make room; the notices are delivered by themselves"
                )
            )
        }
        for (department, folder) in standing.departments.sorted(by: { $0.key < $1.key }) {
            if let problem = folder.problem {
                problems.append(Diagnostic("notices for \(department) cannot be delivered and wait: \(problem)"))
            }
            if folder.isAtLimit {
                problems.append(
                    Diagnostic(
                        "\(department) leaves its notices lying, so it gets no reminders",
                        severity: .warning,
                        found: "\(folder.untakenFiles) files in new/"
                    )
                )
            }
        }
        return problems
    }

    /// Puts the notices of a matter before a department once more, or before all that were told: same names, same bytes.
    /// - Returns: What was sent again, and what keeps departments from getting it.
    /// - Throws: What the ledger throws.
    package func resend(
        serial: String,
        department: String? = nil
    ) async throws -> (heads: [NoticeHead], problems: [String: Diagnostic]) {
        let heads = try await desk.heads(serial: serial, department: department)
        return (heads, try await courier.resend(heads))
    }

    /// Enters a department's answer that did not come as a file.
    ///
    /// It closes nothing: only a verdict does.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func enter(_ receipt: Receipt) async throws -> ReceiptResult {
        let result = try await desk.enter(receipt, configuration: configuration, now: clock.now())
        if case .entered(let receipt, true) = result {
            log.record(.answered(receipt))
            await note(.answered(receipt))
        }
        return result
    }

    /// The answers to a matter, oldest first.
    /// - Throws: What the ledger throws.
    package func receipts(serial: String) async throws -> [Receipt] { try await desk.receipts(serial: serial) }
}

extension UntakenLimits {
    init(_ settings: SpoolSettings) {
        self.init(files: settings.untakenFiles, bytes: Int64(settings.untakenMebibytes) << 20)
    }
}
