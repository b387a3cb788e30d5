// Random wake-ups, clock steps, slow runs and restarts in virtual time: every due slot is decided exactly once.

import Almanac
import Scheduling
import TestKit
import Testing

@Suite struct SchedulerSimulationTests {
    /// A daemon's life: what it decided, and what a ledger would have kept of it.
    private struct Life {
        var scheduler = Scheduler()
        var schedules: [String: Schedule]
        var stamps: [String: Stamp] = [:]
        var running: Set<String> = []
        var decided: [Slot: String] = [:]
        var now: Instant
        /// The latest time that was ever seen; slots after it have not come.
        var latest: Instant

        init(schedules: [String: Schedule], now: Instant) {
            self.schedules = schedules
            self.now = now
            latest = now
            start()
        }

        /// A start of the daemon from what the ledger kept.
        mutating func start() {
            scheduler = Scheduler()
            running = []
            for (job, schedule) in schedules.sorted(by: { $0.key < $1.key }) {
                for case .stamp(let stamp) in scheduler.add(
                    job: job,
                    schedule: schedule,
                    stamp: stamps[job],
                    now: now
                ) {
                    stamps[job] = stamp
                }
            }
        }

        mutating func wake() {
            let before = decided
            for action in scheduler.wake(now: now) {
                guard let slot = action.slot, let decision = action.decision else { continue }
                #expect(before[slot] == nil && decided[slot] == nil, "\(slot) was decided twice")
                #expect(slot.instant <= now, "\(slot) was decided before it came")
                decided[slot] = decision
                if case .start = action {
                    #expect(running.insert(slot.job).inserted, "\(slot.job) runs twice")
                }
                if let stamp = stamps[slot.job] {
                    #expect(stamp.last < slot.instant, "slots of \(slot.job) are out of order")
                    stamps[slot.job] = Stamp(job: slot.job, fingerprint: stamp.fingerprint, last: slot.instant)
                }
            }
            #expect(scheduler.earliest.map { $0.instant > now } ?? true, "a slot that has come still waits")
        }

        mutating func finish(_ job: String) {
            running.remove(job)
            _ = scheduler.finish(job: job)
        }
    }

    @Test("whatever happens to clock and daemon", arguments: [1, 7, 42, 20_240_305] as [UInt64])
    func everyDueSlotIsDecidedOnce(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let beginning = try at("2024-02-27T00:00:00Z")
        var life = Life(
            schedules: [
                "hourly": try Schedule("*-*-* *:00", catchUp: .within("3 hours")),
                "often": try Schedule("*-*-* *:00/20", catchUp: .within("1 day")),
                "twice": try Schedule("*-*-* 09:00", "Mon *-*-* 08:30"),
                "monthly": try Schedule("*-*-01 09:00", catchUp: .within("30 days")),
            ],
            now: beginning
        )
        for _ in 0..<600 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: life.now = life.now.adding(seconds: -Int64.random(in: 1...7200, using: &generator))
            case 1: life.now = life.now.adding(seconds: Int64.random(in: 1...40_000, using: &generator))
            case 2: life.start()
            case 3...4: if let job = life.running.sorted().randomElement(using: &generator) { life.finish(job) }
            case 5...6: life.now = max(life.now, life.scheduler.earliest?.instant ?? life.now)
            default: life.now = life.now.adding(seconds: Int64.random(in: 1...1800, using: &generator))
            }
            life.latest = max(life.latest, life.now)
            life.wake()
        }
        life.now = life.latest
        life.wake()
        for (job, schedule) in life.schedules {
            var due: Set<Instant> = []
            var slot = schedule.next(after: beginning)
            while let instant = slot?.instant, instant <= life.latest {
                due.insert(instant)
                slot = schedule.next(after: instant)
            }
            let decided = Set(life.decided.keys.filter { $0.job == job }.map(\.instant))
            #expect(decided == due, "\(job): \(due.symmetricDifference(decided).count) slots differ")
        }
        // The simulation is worth something only when it met every kind of decision.
        #expect(
            Set(life.decided.values).isSuperset(
                of: ["timer", "catch-up", "skipped: superseded", "skipped: overlap", "skipped: no-catch-up"]
            )
        )
    }
}
