// Many jobs at once: whoever asks for what comes first gets what a look through all of them would find.

import Almanac
import Scheduling
import TestKit
import Testing

@Suite struct SlotQueueTests {
    private static let events = [
        "*-*-* *:00", "Mon 09:00", "*-*-05 09:00", "Sat,Sun 12:00", "*:0/20", "2024-01-02 00:00",
    ]

    /// Jobs with what they wait for, found one by one.
    private struct Model {
        var schedules: [String: Schedule] = [:]
        var scheduler = Scheduler()

        func slots(_ count: Int) -> [Slot] {
            let all = schedules.keys.flatMap { job in
                scheduler.upcoming(of: job, count: count).map { Slot(job: job, instant: $0.instant) }
            }
            return Array(all.sorted { ($0.instant, $0.job) < ($1.instant, $1.job) }.prefix(count))
        }

        var earliest: Slot? {
            let releases = schedules.compactMap { job, schedule in
                scheduler.upcoming(of: job, count: 1).first.map {
                    Slot(job: job, instant: schedule.release(of: $0.instant, job: job))
                }
            }
            return releases.min { ($0.instant, $0.job) < ($1.instant, $1.job) }
        }
    }

    private static func schedule(_ chance: inout SeededGenerator) throws -> Schedule {
        try Schedule(
            chance.pick(events),
            catchUp: Bool.random(using: &chance) ? .within("2 days") : .none,
            splay: Bool.random(using: &chance) ? "0 s" : "10 min"
        )
    }

    @Test(arguments: 1...6)
    func `the earliest of many jobs is found through all that happens to them`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        var model = Model()
        var now = try at("2024-01-01T00:00:00Z")
        for step in 1...100 {
            let job = "job-\(Int.random(in: 0..<12, using: &chance))"
            switch Int.random(in: 0..<6, using: &chance) {
            case 0:
                model.schedules[job] = nil
                model.scheduler.remove(job: job)
            case 1...3:
                let schedule = try Self.schedule(&chance)
                _ =
                    model.schedules[job] == nil
                    ? model.scheduler.add(job: job, schedule: schedule, stamp: nil, now: now)
                    : model.scheduler.update(job: job, schedule: schedule, now: now)
                model.schedules[job] = schedule
            default:
                now = now.adding(seconds: Int64.random(in: -7_200...14_400, using: &chance))
                for case .start(let slot, _, _, _) in model.scheduler.wake(now: now) {
                    #expect(model.schedules[slot.job] != nil)
                    _ = model.scheduler.finish(job: slot.job)
                }
                #expect(model.scheduler.earliest.map { $0.instant > now } ?? true)
            }
            #expect(model.scheduler.earliest == model.earliest, "seed \(seed), step \(step)")
            for count in [1, 3, 10] {
                let found = model.scheduler.upcoming(count: count).map { Slot(job: $0.job, instant: $0.slot.instant) }
                #expect(found == model.slots(count), "seed \(seed), step \(step)")
            }
        }
    }

    @Test func `all jobs that are due at one instant are served by one look, in the order of slots and names`() throws {
        var scheduler = Scheduler()
        let start = try at("2024-01-01T08:00:00Z")
        for number in (100..<200).reversed() {
            let event = number.isMultiple(of: 2) ? "*-*-* 09:00" : "*-*-* 08:59"
            _ = scheduler.add(job: "job-\(number)", schedule: try Schedule(event), stamp: nil, now: start)
        }
        let slots = scheduler.wake(now: try at("2024-01-01T09:00:00Z")).compactMap(\.slot)
        #expect(slots.count == 100)
        #expect(slots == slots.sorted { ($0.instant, $0.job) < ($1.instant, $1.job) })
        #expect(scheduler.earliest == Slot(job: "job-101", instant: try at("2024-01-02T08:59:00Z")))
    }
}
