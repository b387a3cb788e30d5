// Schedules and instants as the tests of the scheduler write them; all time here is virtual.

import Almanac
import Scheduling
import Testing

/// The instant of an RFC 3339 text.
func at(_ text: String) throws -> Instant { try Instant(rfc3339: text) }

extension Schedule {
    /// A schedule in UTC of one or more calendar events.
    init(_ events: String..., catchUp: CatchUp = .none, splay: String = "0 s") throws {
        let occurrences = try events.map { text in
            Occurrence(event: try CalendarEvent(text) { _ in false }, zone: .utc)
        }
        self.init(occurrences: occurrences, catchUp: catchUp, splay: try TimeSpan(splay))
    }
}

extension Schedule {
    /// The row of slots between two times, each as a line.
    func row(from start: String, to end: String, in zone: Zone) throws -> [String] {
        var lines: [String] = []
        var slot = next(after: try at(start))
        let end = try at(end)
        while let found = slot, found.instant <= end {
            let what = found.skip.map { "not run: \($0.rawValue)" } ?? found.remark ?? "run"
            lines.append("\(zone.civil(at: found.instant).description.dropLast(3)) \(what)")
            slot = next(after: found.instant)
        }
        return lines
    }
}

extension Schedule.CatchUp {
    static func within(_ span: String) throws -> Schedule.CatchUp { .latest(within: try TimeSpan(span)) }
}

extension Scheduler.Action {
    /// The slot that was decided, if one was.
    var slot: Slot? {
        switch self {
        case .start(let slot, _, _, _): slot
        case .skip(let record): record.slot
        case .stamp: nil
        }
    }

    /// `timer`, `catch-up` or why the slot was not run.
    var decision: String? {
        switch self {
        case .start(_, let cause, _, _): cause.rawValue
        case .skip(let record): record.reason.text
        case .stamp: nil
        }
    }
}

/// A scheduler that stays where it is, so that expectations can ask it to change.
final class KeptScheduler {
    private var scheduler = Scheduler()

    func add(schedule: Schedule, stamp: Stamp?, now: Instant) -> [Scheduler.Action] {
        scheduler.add(job: "job", schedule: schedule, stamp: stamp, now: now)
    }

    func wake(_ now: Instant) -> [Scheduler.Action] { scheduler.wake(now: now) }
    func wake(_ now: String) throws -> [Scheduler.Action] { scheduler.wake(now: try at(now)) }
    func begin(job: String) -> Bool { scheduler.begin(job: job) }
    func finish() { _ = scheduler.finish(job: "job") }
    func remove() { scheduler.remove(job: "job") }
    func pause(_ job: String? = "job") { scheduler.pause(job) }
    func resume(_ job: String? = "job") { scheduler.resume(job) }
    func update(_ schedule: Schedule, now: String) throws -> [Scheduler.Action] {
        scheduler.update(job: "job", schedule: schedule, now: try at(now))
    }
    var earliest: Slot? { scheduler.earliest }
    var next: Instant? { scheduler.upcoming(of: "job", count: 1).first?.instant }
    func upcoming(_ count: Int) -> [Instant] { scheduler.upcoming(of: "job", count: count).map(\.instant) }
}
