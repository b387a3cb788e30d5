// What another configuration changes of the slots that jobs wait for.

package import Almanac

/// Jobs that came, went, or wait for another slot than before.
package struct ScheduleDifference: Sendable {
    /// What a job waits for.
    package struct Outlook: Sendable, Hashable {
        /// The schedule's fingerprint.
        package let schedule: String
        package let next: Instant?

        package init(schedule: String, next: Instant?) {
            self.schedule = schedule
            self.next = next
        }
    }

    /// A job that waits for another slot, or by another schedule.
    package struct Move: Sendable, Hashable {
        package let job: String
        package let before: Outlook
        package let after: Outlook
    }

    /// So many jobs of each kind are named in a text.
    private static let listed = 20

    /// Jobs that are new, with what they wait for.
    package let added: [(job: String, outlook: Outlook)]
    package let removed: [String]
    package let moved: [Move]
    /// Slots of jobs that stay, and that a new notice about working days moves.
    package var shifted: [(job: String, slot: MovedSlot)] = []
    /// How many jobs wait for what they waited for.
    package let unchanged: Int

    /// - Parameter untouched: How many jobs there are besides, whose schedules are what they were.
    package init(from before: [String: Outlook], to after: [String: Outlook], untouched: Int = 0) {
        added = after.filter { before[$0.key] == nil }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        removed = before.keys.filter { after[$0] == nil }.sorted()
        moved = after.compactMap { job, outlook in
            before[job].flatMap { $0 == outlook ? nil : Move(job: job, before: $0, after: outlook) }
        }.sorted { $0.job < $1.job }
        unchanged = untouched + after.count - added.count - moved.count
    }

    /// The summary, then each job with what it waited and waits for; of many, the first ones.
    package func text(in zone: Zone) -> String {
        func next(_ outlook: Outlook) -> String { outlook.next.map(zone.rfc3339) ?? "never" }
        var parts = added.prefix(Self.listed).map { "\($0.job) comes, first \(next($0.outlook))" }
        parts += removed.prefix(Self.listed).map { "\($0) goes" }
        parts += moved.prefix(Self.listed).map { "\($0.job) moves from \(next($0.before)) to \(next($0.after))" }
        parts += shifted.prefix(Self.listed).map { "\($0.job) \($0.slot.description(in: zone))" }
        return ([summary] + parts).joined(separator: "; ")
    }

    /// `1 added, 2 moved, 3 as before`.
    package var summary: String {
        var parts: [String] = []
        if !added.isEmpty { parts.append("\(added.count) added") }
        if !removed.isEmpty { parts.append("\(removed.count) removed") }
        if !moved.isEmpty { parts.append("\(moved.count) moved") }
        if !shifted.isEmpty { parts.append("\(shifted.count) slot\(shifted.count == 1 ? "" : "s") by holidays") }
        parts.append("\(unchanged) as before")
        return parts.joined(separator: ", ")
    }
}
