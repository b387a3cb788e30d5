// Carries committed notices to the spool, in order for each department, until they are visible.

package import Alerts
import Almanac
package import Linux

/// Delivers notices; one department whose folder is broken never holds back another.
package actor Courier {
    /// Waiting times between tries, in seconds; the last one repeats.
    private static let pauses: [Int64] = [1, 5, 30, 300]

    private let executor: QueueExecutor
    private let spool: any NoticeSpool
    private let ledger: any DutyLedger
    private let log: any EventLog
    private let clock: WallClock
    private var pending: [String: [Notice]] = [:]
    private var failures: [String: Int] = [:]
    /// Visible notices that the ledger still takes for pending.
    private var unmarked: [Int64] = []
    /// Called when something waits for another try, with the instant of that.
    private var onWaiting: (@Sendable (Instant) -> Void)?

    // Safe: the actor keeps its executor for as long as it lives.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    package init(spool: any NoticeSpool, ledger: any DutyLedger, log: any EventLog, clock: WallClock) {
        executor = QueueExecutor(label: "dutyd.courier")
        self.spool = spool
        self.ledger = ledger
        self.log = log
        self.clock = clock
    }

    /// How many notices are committed and not yet visible.
    package var waiting: Int { pending.values.reduce(0) { $0 + $1.count } }

    /// Tells from now on when the next try should be.
    func tellOfTries(_ handler: @escaping @Sendable (Instant) -> Void) { onWaiting = handler }

    /// Takes committed notices and delivers what can be delivered.
    package func deliver(_ notices: [Notice]) {
        for notice in notices { pending[notice.department, default: []].append(notice) }
        deliverPending()
    }

    /// Tries again to deliver what could not be delivered; whoever is told when that should be calls it then.
    func deliverPending() {
        for department in pending.keys.sorted() { deliver(to: department) }
        // The department that failed least is tried soonest: one that is broken for good must not slow it down.
        guard let tries = failures.values.min() else { return }
        let pause = Self.pauses[min(tries, Self.pauses.count) - 1]
        onWaiting?(clock.now().adding(seconds: pause))
    }

    private func deliver(to department: String) {
        var delivered: [Notice] = []
        var problem: (any Error)?
        for notice in pending[department] ?? [] {
            do {
                try spool.deliver(notice)
                delivered.append(notice)
            } catch {
                problem = error
                break
            }
        }
        mark(delivered, for: department)
        if let problem {
            failures[department, default: 0] += 1
            // Once is enough: the department's queue says the rest, and the end of the trouble is told too.
            if failures[department] == 1 {
                let waiting = pending[department]?.count ?? 0
                log.record(.waiting(department: department, notices: waiting, problem: "\(problem)"))
            }
        } else if failures.removeValue(forKey: department) != nil {
            log.record(.recovered(department: department))
        }
    }

    private func mark(_ delivered: [Notice], for department: String) {
        guard !delivered.isEmpty else { return }
        pending[department]?.removeFirst(delivered.count)
        if pending[department]?.isEmpty == true { pending[department] = nil }
        unmarked += delivered.map(\.sequence)
        do {
            try ledger.markDelivered(unmarked, at: clock.now())
            unmarked = []
        } catch {
            // The files are visible; they are marked with the next ones, or found again at the next start.
            log.record(.trouble("cannot mark notices as delivered: \(error)"))
        }
        for notice in delivered { log.record(.delivered(notice)) }
    }
}
