// The proof that every due slot is on record: what the schedule says was due is held against what the ledger knows.

package import Almanac

/// Finds slots of a job that were due and of which nothing is on record.
///
/// The scheduler decides every slot once, so there should be none; a run that was lost with the process, a ledger that was
/// put back from a copy, or a notice that moved a slot into the past leave one nevertheless.
package struct SlotAudit: Sendable {
    /// So far back from the last slot accounted for: a month and a day, so that a monthly job is looked at every time.
    private static let reachSeconds: Int64 = 32 * 86_400
    /// So many slots of one job are looked at, the latest ones: two days of a minutely job, which is audited daily.
    private static let most = 2_880
    /// A record that stands for no due slot may be that of one which a change of the clocks has moved since, so far at most.
    private static let moveSeconds: Int64 = 2 * 86_400

    /// The slots that came until the last one accounted for, earliest first.
    private let due: [DueSlot]
    /// The instants between which records are needed to judge them.
    package let records: ClosedRange<Instant>

    /// An audit of the slots that came until `now`; `nil` when there are none, or the stamp is of another schedule.
    package init?(of schedule: Schedule, stamp: Stamp, now: Instant) {
        guard stamp.fingerprint == schedule.fingerprint else { return nil }
        let end = min(stamp.last, now)
        let start = max(stamp.since, end.adding(seconds: -Self.reachSeconds))
        due = schedule.latest(Self.most, after: start, through: end, except: [])
        guard let first = due.first?.instant, let last = due.last?.instant else { return nil }
        let margin = schedule.calendar == nil ? Self.moveSeconds : Stamp.reachSeconds
        // What is on record from before the schedule came into force says nothing of it.
        let earliest = max(first.adding(seconds: -margin), stamp.since)
        records = min(earliest, first)...last.adding(seconds: margin)
    }

    /// The slots that none of the records between those instants stands for, earliest first.
    package func unaccounted(by records: [SlotRecord]) -> [DueSlot] {
        let instants = Set(records.map(\.slot.instant))
        let plans = Set(records.compactMap(\.plan))
        let rows = records.compactMap { record in
            record.since.map { min($0, record.slot.instant)...record.slot.instant }
        }
        let missing = due.filter { slot in
            !instants.contains(slot.instant) && !(slot.plan.map(plans.contains) ?? false)
                && !rows.contains { $0.contains(slot.instant) }
        }
        guard !missing.isEmpty else { return [] }
        let dueInstants = Set(due.map(\.instant))
        let duePlans = Set(due.compactMap(\.plan))
        var spare = records.filter { record in
            !dueInstants.contains(record.slot.instant) && !(record.plan.map(duePlans.contains) ?? false)
        }.map(\.slot.instant)
        return missing.filter { slot in
            let moved = spare.firstIndex {
                abs($0.microseconds - slot.instant.microseconds) <= Self.moveSeconds * 1_000_000
            }
            if let moved { spare.remove(at: moved) }
            return moved == nil
        }
    }
}
