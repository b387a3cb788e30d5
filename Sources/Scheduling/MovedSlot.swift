// What a new notice about working days does to a schedule's slots.

package import Almanac

/// A slot that runs at another time than it would have, or appears, or falls away.
package struct MovedSlot: Sendable, Hashable {
    /// `nil` for a slot that the earlier schedule would not have run.
    package let before: DueSlot?
    /// `nil` for one that is not run any more.
    package let after: DueSlot?

    /// The line for the journal, with times in that zone.
    package func description(in zone: Zone) -> String {
        func time(_ slot: DueSlot) -> String { zone.rfc3339(slot.instant) }
        return switch (before, after) {
        case (let before?, let after?):
            "\(time(before)) is now \(time(after))\(after.remark.map { " (\($0))" } ?? "")"
        case (let before?, nil): "\(time(before)) falls away"
        case (nil, let after?): "\(time(after)) is new\(after.remark.map { " (\($0))" } ?? "")"
        case (nil, nil): ""
        }
    }
}

extension Schedule {
    /// Slots looked at before a comparison ends; a minutely job has too many to tell of.
    private static let mostCompared = 2000

    /// The slots between two instants that are others than an earlier schedule with the same events had, in order.
    ///
    /// - Parameter served: Plans of slots that come no more.
    package func movedSlots(
        since earlier: Schedule,
        after start: Instant,
        through end: Instant,
        except served: Set<Instant> = []
    ) -> [MovedSlot] {
        let before = earlier.runs(after: start, through: end, except: served)
        let after = runs(after: start, through: end, except: served)
        let was = Dictionary(before.map { ($0.plan, $0) }) { first, _ in first }
        let known = Dictionary(after.map { ($0.plan, $0) }) { first, _ in first }
        let gone = before.filter { slot in known[slot.plan]?.instant != slot.instant }
            .map { MovedSlot(before: $0, after: known[$0.plan]) }
        let new = after.filter { was[$0.plan] == nil }.map { MovedSlot(before: nil, after: $0) }
        return (gone + new).sorted {
            ($0.before ?? $0.after)?.instant ?? start < ($1.before ?? $1.after)?.instant ?? start
        }
    }

    private func runs(after start: Instant, through end: Instant, except served: Set<Instant>) -> [DueSlot] {
        var runs: [DueSlot] = []
        var last = start
        for _ in 0..<Self.mostCompared {
            guard let slot = next(after: last, except: served), slot.instant <= end else { break }
            if slot.skip == nil { runs.append(slot) }
            last = slot.instant
        }
        return runs
    }
}
