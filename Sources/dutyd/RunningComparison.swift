// What a configuration would change of a running daemon's slots, for `dutyd validate --against-running`.

import Almanac
import Control
import Engine
import Jobs
import Linux
import Scheduling

/// Jobs that would come, go, wait for another slot, or catch one up.
struct RunningComparison {
    let difference: ScheduleDifference
    /// Slots that would be run late at once.
    let catchUps: [Slot]

    /// Asks the daemon how far its slots are accounted for, and lets a scheduler take the configuration in from there.
    init(_ configuration: Configuration, socket: String) throws {
        var client = try ControlClient(socket: socket)
        let accounts = try client.call(ListAccounts()).0.accounts
        // The daemon's clock, which in a rehearsal is not this machine's.
        let now = try Instant(rfc3339: try client.call(Status()).0.now)
        var before: [String: ScheduleDifference.Outlook] = [:]
        var stamps: [String: Stamp] = [:]
        for account in accounts {
            let next = try account.next.map { try Instant(rfc3339: $0) }
            if account.current {
                before[account.job] = ScheduleDifference.Outlook(schedule: account.schedule, next: next)
            }
            stamps[account.job] = Stamp(
                job: account.job,
                fingerprint: account.schedule,
                last: try Instant(rfc3339: account.last),
                served: Set(try account.served.map { try Instant(rfc3339: $0) })
            )
        }
        var scheduler = Scheduler()
        for job in configuration.jobs {
            _ = scheduler.add(job: job.name, schedule: job.schedule, stamp: stamps[job.name], now: now)
        }
        let after = configuration.jobs.map { job in
            let next = scheduler.upcoming(of: job.name, count: 1).first?.instant
            return (job.name, ScheduleDifference.Outlook(schedule: job.schedule.fingerprint, next: next))
        }
        difference = ScheduleDifference(from: before, to: Dictionary(uniqueKeysWithValues: after))
        catchUps = scheduler.wake(now: now).compactMap {
            if case .start(let slot, .catchUp, _, _) = $0 { slot } else { nil }
        }
    }

    /// One line a job.
    func lines(in zone: Zone) -> [String] {
        func next(_ outlook: ScheduleDifference.Outlook) -> String { outlook.next.map(zone.rfc3339) ?? "never" }
        return difference.added.map { "added          \($0.job), first \(next($0.outlook))" }
            + difference.removed.map { "removed        \($0)" }
            + difference.moved.map { "moved          \($0.job) from \(next($0.before)) to \(next($0.after))" }
            + catchUps.map { "would catch up \($0.job) of \(zone.rfc3339($0.instant))" }
            + ["against the running daemon: \(difference.summary)"]
    }
}
