// Carries committed notices to the spool, in order for each department, until they are visible.

package import Alerts
import Almanac
package import Diagnostics
package import Linux

/// Delivers notices in groups; one department whose folder is broken never holds back another.
///
/// Whoever hands notices over while a group is under way is served by the next one, together with all who came
/// meanwhile, so that many changes at once share flushes and the entry that they are delivered.
package actor Courier {
    /// Waiting times between tries, in seconds; the last one repeats.
    private static let pauses: [Int64] = [1, 5, 30, 300]
    /// So many tries in a row have to fail before the operators hear of a department's folder.
    private static let worthTelling = 3
    /// So many notices, and so many bytes of documents, are delivered at a time.
    private static let groupNotices = 256
    private static let groupBytes = 16 << 20
    /// Reminders stop when less than so many times the room is left that other notices need.
    private static let reminderMargin: Int64 = 2

    private struct Queue {
        /// By sequence.
        var heads: [NoticeHead] = []
        var failures = 0
        var retryAt: Instant?
        var standing = SpoolStanding.Department()
    }

    private let executor: QueueExecutor
    private let spool: any NoticeSpool
    private let ledger: any DutyLedger
    private let desk: DutyDesk
    private let log: any EventLog
    private let clock: WallClock
    /// How much a department may leave lying before it gets no more reminders.
    private var limits: UntakenLimits
    private var queues: [String: Queue] = [:]
    /// Documents of notices that were handed over a moment ago; others are read from the ledger when their time comes.
    private var atHand: [Int64: Notice] = [:]
    /// Every notice with a higher sequence is one that the spool has never seen.
    private var lastTried: Int64 = 0
    /// Visible notices that the ledger still takes for pending.
    private var unmarked: [NoticeHead] = []
    private var isFull = false
    private var isUnderWay = false
    private var nextInLine: [CheckedContinuation<Void, Never>] = []
    private var onChange: @Sendable () -> Void = {}
    /// Hears what became of notices.
    private var observer: @Sendable (DepartmentEvent) -> Void = { _ in }
    /// Called when something waits for another try, with the instant of that.
    private var onWaiting: (@Sendable (Instant) -> Void)?

    // Safe: the actor keeps its executor for as long as it lives.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    package init(
        spool: any NoticeSpool,
        ledger: any DutyLedger,
        desk: DutyDesk,
        log: any EventLog,
        clock: WallClock,
        limits: UntakenLimits
    ) {
        executor = QueueExecutor(label: "dutyd.courier")
        self.spool = spool
        self.ledger = ledger
        self.desk = desk
        self.log = log
        self.clock = clock
        self.limits = limits
    }

    /// How many notices are committed and not yet visible.
    package var waiting: Int { queues.values.reduce(0) { $0 + $1.heads.count } }

    /// The same by department; those without any are left out.
    package var waitingByDepartment: [String: Int] { queues.mapValues(\.heads.count).filter { $0.value > 0 } }

    /// How the spool and the departments' folders are.
    package var standing: SpoolStanding {
        SpoolStanding(isFull: isFull, departments: queues.mapValues(\.standing))
    }

    /// Calls `body` whenever the operators should look at the standing.
    package func tellChanges(to body: @escaping @Sendable () -> Void) { onChange = body }

    /// Tells somebody what becomes of notices at departments, and what these answer.
    package func observe(_ observer: @escaping @Sendable (DepartmentEvent) -> Void) { self.observer = observer }

    /// Hands on what was seen of a department.
    func report(_ event: DepartmentEvent) { observer(event) }

    package func adopt(_ limits: UntakenLimits) { self.limits = limits }

    /// Takes notices that were committed earlier and delivers what can be delivered.
    package func resume(_ heads: [NoticeHead]) async {
        for head in heads {
            queues[head.department, default: Queue()].heads.append(head)
            lastTried = max(lastTried, head.sequence)
        }
        await flush()
    }

    /// Takes committed notices and delivers what can be delivered; a department that was waiting is tried at once.
    package func deliver(_ notices: [Notice]) async {
        for notice in notices {
            queues[notice.department, default: Queue()].heads.append(notice.head)
            queues[notice.department]?.retryAt = nil
            atHand[notice.sequence] = notice
        }
        await flush()
    }

    /// Puts notices before their departments once more, also those that were taken: same names, same bytes.
    /// - Returns: What keeps departments from getting them.
    /// - Throws: What the ledger throws.
    package func resend(_ heads: [NoticeHead]) async throws -> [String: Diagnostic] {
        // One that waits has its turn anyway.
        let waiting = Set(queues.values.flatMap { $0.heads.map(\.sequence) })
        let due = heads.filter { !waiting.contains($0.sequence) }
        let delivery = spool.deliver(try ledger.notices(due.map(\.sequence)), .again)
        let resent = due.filter { delivery.delivered.contains($0.sequence) }
        if !resent.isEmpty { try await desk.note(resent: resent, at: clock.now()) }
        for head in resent { log.record(.delivered(head, files: [])) }
        return delivery.problems
    }

    /// Tells from now on when the next try should be.
    func tellOfTries(_ handler: @escaping @Sendable (Instant) -> Void) { onWaiting = handler }

    /// Takes what was seen in a department's folders.
    func note(_ department: String, _ change: (inout SpoolStanding.Department) -> Void) {
        var standing = queues[department]?.standing ?? SpoolStanding.Department()
        change(&standing)
        standing.isAtLimit = limits.areReached(files: standing.untakenFiles, bytes: standing.untakenBytes)
        guard standing != queues[department]?.standing else { return }
        let isNews = standing.calls(differentlyFrom: queues[department]?.standing)
        queues[department, default: Queue()].standing = standing
        if isNews { onChange() }
    }

    private func flush() async {
        guard !isUnderWay else {
            await withCheckedContinuation { nextInLine.append($0) }
            return
        }
        isUnderWay = true
        var served: [CheckedContinuation<Void, Never>] = []
        repeat {
            served = nextInLine
            nextInLine = []
            await deliverDue()
            for continuation in served { continuation.resume() }
        } while !nextInLine.isEmpty
        isUnderWay = false
        // Whoever waits for a folder to be mended keeps a number, not megabytes.
        atHand = [:]
        tellOfNextTry()
    }

    private func deliverDue() async {
        let now = clock.now()
        let room = try? spool.room()
        let holdsReminders = room.map(Self.isScarce) ?? false
        if isFull, room?.suffices == true { tryAllNow() }
        // One that seems far away was set before the clock was.
        let horizon = now.adding(seconds: Self.pauses[Self.pauses.count - 1])
        var due = Set(queues.filter { $0.value.retryAt.map { $0 <= now || $0 > horizon } ?? true }.keys)
        while true {
            let group = nextGroup(of: due, holdsReminders: holdsReminders)
            guard !group.isEmpty else { break }
            var delivery = Delivery()
            var documents: [Int64: [String]] = [:]
            do {
                let notices = try documented(group)
                documents = Dictionary(notices.map { ($0.sequence, $0.documents.map(\.fileName)) }) { first, _ in first
                }
                delivery = spool.deliver(notices, noteTry(of: notices))
                if delivery.lacksRoom { useReserve(for: notices, &delivery) }
                count(notices, delivery)
            } catch {
                let problem =
                    error as? Diagnostic ?? Diagnostic("the ledger does not give the notices", found: "\(error)")
                for head in group { delivery.problems[head.department] = problem }
            }
            let delivered = group.filter { delivery.delivered.contains($0.sequence) }
            for head in delivered { atHand[head.sequence] = nil }
            for department in Set(group.map(\.department)).sorted() {
                queues[department]?.heads.removeAll { delivery.delivered.contains($0.sequence) }
                if !settle(department, delivery.problems[department], now: now) { due.remove(department) }
            }
            await mark(delivered)
            for head in delivered { log.record(.delivered(head, files: documents[head.sequence] ?? [])) }
            let handlings = delivered.flatMap { Handling.all(.delivered, of: $0, at: now) }
            if !handlings.isEmpty { report(.handled(handlings)) }
            // Room for one of them is room; how much the file system has says nothing of a quota.
            setFull(delivery.lacksRoom || isFull && delivered.isEmpty)
        }
        if waiting == 0, room?.suffices == true { setFull(false) }
        if !unmarked.isEmpty { await mark([]) }
    }

    /// Notes that the spool is about to see these notices, and tells whether it has seen any of them.
    private func noteTry(of notices: [Notice]) -> DeliveryTerms {
        let areNew = notices.allSatisfy { $0.sequence > lastTried }
        for notice in notices { lastTried = max(lastTried, notice.sequence) }
        return areNew ? .first : .ordinary
    }

    /// The next notices of the departments, in turn; of one that failed only the first, to see whether it was mended.
    private func nextGroup(of due: Set<String>, holdsReminders: Bool) -> [NoticeHead] {
        let share = max(1, Self.groupNotices / max(1, due.count))
        return due.sorted().flatMap { department -> ArraySlice<NoticeHead> in
            guard let queue = queues[department] else { return [] }
            let heads =
                holdsReminders || queue.standing.isAtLimit ? queue.heads.filter { !$0.isReminder } : queue.heads
            return heads.prefix(queue.failures > 0 ? 1 : share)
        }
    }

    /// The notices with their documents, as many of each department as come to a group's bytes.
    private func documented(_ group: [NoticeHead]) throws -> [Notice] {
        let missing = group.map(\.sequence).filter { atHand[$0] == nil }
        let read = missing.isEmpty ? [] : try ledger.notices(missing)
        let known = Dictionary(read.map { ($0.sequence, $0) }) { first, _ in first }
        forget(Set(missing).subtracting(known.keys))
        var left = Self.groupBytes
        var full: Set<String> = []
        return group.compactMap { head in
            guard let notice = atHand[head.sequence] ?? known[head.sequence], !full.contains(head.department) else {
                return nil
            }
            // The first one goes whatever its size is, or it would never go.
            guard left > 0 else {
                full.insert(head.department)
                return nil
            }
            left -= notice.documents.reduce(0) { $0 + $1.bytes.count }
            return notice
        }
    }

    /// Gives up notices that the ledger lost, which only somebody with sqlite3 at hand can bring about.
    private func forget(_ lost: Set<Int64>) {
        guard !lost.isEmpty else { return }
        for department in queues.keys { queues[department]?.heads.removeAll { lost.contains($0.sequence) } }
        log.record(.trouble("\(lost.count) notices that waited are no longer in the ledger"))
    }

    /// Lets the operators have what there is of room, when they are to be told that there is none.
    private func useReserve(for notices: [Notice], _ delivery: inout Delivery) {
        let operators = notices.filter { $0.department == SpoolStanding.operators }
        guard operators.contains(where: { $0.head.isAboutTheSpool && !delivery.delivered.contains($0.sequence) }) else {
            return
        }
        let second = spool.deliver(operators, .fromReserve)
        delivery.delivered.formUnion(second.delivered)
        delivery.problems[SpoolStanding.operators] = second.problems[SpoolStanding.operators]
    }

    private func count(_ notices: [Notice], _ delivery: Delivery) {
        for notice in notices where delivery.delivered.contains(notice.sequence) {
            note(notice.department) { standing in
                standing.untakenFiles += notice.documents.count
                standing.untakenBytes += Int64(notice.documents.reduce(0) { $0 + $1.bytes.count })
            }
        }
    }

    /// Notes how a department's try went; `false` when it has to wait for the next one.
    private func settle(_ department: String, _ problem: Diagnostic?, now: Instant) -> Bool {
        guard let problem else {
            queues[department]?.retryAt = nil
            if queues[department]?.failures ?? 0 > 0 {
                queues[department]?.failures = 0
                note(department) { $0.problem = nil }
                log.record(.recovered(department: department))
            }
            return true
        }
        let failures = (queues[department]?.failures ?? 0) + 1
        let pause = Self.pauses[min(failures, Self.pauses.count) - 1]
        queues[department]?.failures = failures
        queues[department]?.retryAt = now.adding(seconds: pause)
        // Once is enough: the department's queue says the rest, and the end of the trouble is told too.
        if failures == 1 {
            let waiting = queues[department]?.heads.count ?? 0
            log.record(.waiting(department: department, notices: waiting, problem: "\(problem)"))
        }
        if failures == Self.worthTelling { note(department) { $0.problem = "\(problem)" } }
        return false
    }

    private func mark(_ delivered: [NoticeHead]) async {
        unmarked += delivered
        guard !unmarked.isEmpty else { return }
        let heads = unmarked
        do {
            try await desk.note(delivered: heads, at: clock.now())
            unmarked.removeAll { head in heads.contains { $0.sequence == head.sequence } }
        } catch {
            // The files are visible; they are marked with the next ones, or found again at the next start.
            log.record(.trouble("cannot mark notices as delivered: \(error)"))
        }
    }

    /// Whether there is so little room that reminders wait.
    private static func isScarce(_ room: SpoolRoom) -> Bool {
        room.freeBytes / reminderMargin < room.neededBytes || room.freeFiles / reminderMargin < room.neededFiles
    }

    private func tryAllNow() {
        for department in queues.keys { queues[department]?.retryAt = nil }
    }

    private func setFull(_ isFull: Bool) {
        guard isFull != self.isFull else { return }
        self.isFull = isFull
        log.record(.spoolRoom(isFull ? .lacking(waiting: waiting) : .there))
        if !isFull { spool.fillReserve() }
        onChange()
    }

    private func tellOfNextTry() {
        let retries = queues.values.filter { !$0.heads.isEmpty }.map(\.retryAt)
        // Reminders that wait for room, and marks that wait for the ledger, are looked after at the regular look.
        guard let next = retries.compactMap(\.self).min() else { return }
        onWaiting?(next)
    }

    /// Tries once more what waits; called when that is due, and at the regular look.
    package func tryAgain() async {
        guard waiting > 0 || !unmarked.isEmpty || isFull else { return }
        await flush()
    }
}
