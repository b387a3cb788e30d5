// What schedules come to from a given day on, which no file can say by itself.

package import Almanac
package import Diagnostics
import Scheduling

extension Configuration {
    /// Ten years, in seconds.
    private static let rare: Int64 = 3652 * 86_400

    /// Jobs that never run any more by their schedule, or not for ten years, or only once in so long.
    package func scheduleProblems(from now: Instant) -> [Diagnostic] {
        jobs.compactMap { job in
            let zone = settings.zone
            guard let problem = Self.problem(of: job.schedule, from: now, in: zone) else { return nil }
            guard let position = schedulePosition(of: job.name) else { return problem }
            return problem.located(at: position, key: "schedule.on")
        }
    }

    private static func problem(of schedule: Schedule, from now: Instant, in zone: Zone) -> Diagnostic? {
        guard let next = schedule.nextShown(after: now) else {
            return Diagnostic(
                "the last time of this schedule has passed, so the job never runs by itself",
                severity: .warning,
                found: schedule.fingerprint,
                remedy: "give it a time to come, or remove the job"
            )
        }
        let last = now.adding(seconds: rare)
        let after = schedule.nextShown(after: next)
        guard next > last || after.map({ $0 > next.adding(seconds: rare) }) ?? true else { return nil }
        let days = [next, after].compactMap(\.self).map { zone.civil(at: $0).date.description }
        return Diagnostic(
            "this schedule elapses less than once in ten years",
            severity: .warning,
            found: schedule.fingerprint,
            expected: "a duty that comes round",
            remedy: after == nil
                ? "its only day is \(days.joined())" : "its next days are \(days.joined(separator: " and "))"
        )
    }
}

extension Schedule {
    /// The next slot that the clocks show.
    fileprivate func nextShown(after instant: Instant) -> Instant? {
        var last = instant
        while let slot = next(after: last) {
            guard slot.skip == .clockChange else { return slot.instant }
            last = slot.instant
        }
        return nil
    }
}
