// What lies in the inbox, as a value: listings go in, files to receive come out. Reading them is somebody else's.

package import Almanac

/// Decides which files are new, which have settled, and which have gone.
///
/// A file has settled when the same stamp was seen for the settling time, or when its own stamp says that nothing has
/// touched it for that long. Only the instant of the last change counts there, which the system sets: whoever writes a
/// file may give it any time of modification.
package struct InboxWatchlist: Sendable {
    /// A file that can be received now.
    package struct Arrival: Sendable, Hashable {
        package enum Content: Sendable, Hashable {
            case table(EvidenceTable)
            case refused(RefusedFile)
        }

        package let content: Content
        /// When it was first seen as it is now.
        package let firstSeen: Instant

        package var name: String {
            switch content {
            case .table(let table): table.name
            case .refused(let file): file.name
            }
        }

        package var stamp: FileStamp? {
            switch content {
            case .table(let table): table.stamp
            case .refused(let file): file.stamp
            }
        }
    }

    /// What a look at a feed's listing gives.
    package struct Outlook: Sendable, Hashable {
        /// Files to receive, in the order in which they were changed.
        package var arrivals: [Arrival] = []
        /// Files that were received once and lie there no more, with when they were first missed.
        package var departures: [String: Instant] = [:]
        /// Files that have not settled.
        package var unsettled: Set<String> = []
        /// When something that is not decided yet will be.
        package var lookAgain: Instant?

        package init() {}

        fileprivate mutating func wait(until instant: Instant) {
            lookAgain = min(lookAgain ?? instant, instant)
        }
    }

    private struct Sighting: Sendable {
        var stamp: FileStamp?
        var since: Instant
        /// Whether some version of the file has been received.
        var isKnown: Bool
        /// Whether the version with this stamp has been.
        var isReceived: Bool
        var missingSince: Instant?
    }

    var settle: TimeSpan
    private var sightings: [String: [String: Sighting]] = [:]

    /// Begins with the files that the ledger takes for present.
    package init(settle: TimeSpan, known receptions: [Reception]) {
        self.settle = settle
        for reception in receptions {
            sightings[reception.feed, default: [:]][reception.name] = Sighting(
                stamp: reception.stamp,
                since: reception.firstSeen,
                isKnown: true,
                isReceived: true
            )
        }
    }

    /// Takes in what a feed's folder holds.
    /// - Parameters:
    ///   - now: What the daemon's clock shows, from which waiting times count.
    ///   - systemNow: What the system's clock shows, which gave the files their stamps; in a rehearsal another time.
    package mutating func look(
        at listing: EvidenceListing,
        of feed: String,
        now: Instant,
        systemNow: Instant
    ) -> Outlook {
        var outlook = Outlook()
        var known = sightings[feed] ?? [:]
        var seen: Set<String> = []
        let contents =
            listing.tables.map(Arrival.Content.table) + listing.refused.map(Arrival.Content.refused)
        for content in contents {
            let candidate = Arrival(content: content, firstSeen: now)
            // Two names that cannot be told apart in print are one file to everybody who reads of it.
            guard seen.insert(candidate.name).inserted else { continue }
            let sighting = Self.renewed(known[candidate.name], stamp: candidate.stamp, now: now)
            known[candidate.name] = sighting
            guard !sighting.isReceived else { continue }
            if let rest = unsettled(sighting, now: now, systemNow: systemNow) {
                outlook.unsettled.insert(candidate.name)
                outlook.wait(until: rest)
            } else {
                outlook.arrivals.append(Arrival(content: content, firstSeen: sighting.since))
            }
        }
        // What cannot be listed has not gone.
        if listing.problems.isEmpty {
            for name in known.keys where !seen.contains(name) {
                if listing.isCut || listing.unlisted.contains(name) {
                    known[name]?.missingSince = nil
                } else {
                    miss(name, in: &known, now: now, &outlook)
                }
            }
        }
        sightings[feed] = known
        outlook.arrivals.sort { Self.order($0) < Self.order($1) }
        return outlook
    }

    /// Whether the file lies there as it was received.
    package func isReceived(_ file: InboxFile) -> Bool {
        sightings[file.feed]?[file.name].map { $0.isReceived && $0.missingSince == nil } ?? false
    }

    /// Notes that the file was received as it was listed.
    package mutating func received(_ file: InboxFile) {
        sightings[file.feed]?[file.name]?.isKnown = true
        sightings[file.feed]?[file.name]?.isReceived = true
    }

    /// Notes that the ledger knows of the file's end.
    package mutating func departed(_ file: InboxFile) { sightings[file.feed]?[file.name] = nil }

    private static func renewed(_ old: Sighting?, stamp: FileStamp?, now: Instant) -> Sighting {
        guard var sighting = old else {
            return Sighting(stamp: stamp, since: now, isKnown: false, isReceived: false)
        }
        sighting.missingSince = nil
        if sighting.stamp != stamp {
            sighting.stamp = stamp
            sighting.since = now
            sighting.isReceived = false
        }
        // A clock that was set back must not let a file wait until the old time comes again.
        if sighting.since > now, !sighting.isReceived { sighting.since = now }
        return sighting
    }

    /// When the file will have settled, or `nil` when it has.
    private func unsettled(_ sighting: Sighting, now: Instant, systemNow: Instant) -> Instant? {
        let seen = sighting.since.adding(seconds: settle.seconds)
        guard now < seen else { return nil }
        guard let stamp = sighting.stamp else { return seen }
        let rest = stamp.changed.adding(seconds: settle.seconds).microseconds - systemNow.microseconds
        guard rest > 0 else { return nil }
        return min(seen, Instant(microseconds: now.microseconds + min(rest, settle.seconds * 1_000_000)))
    }

    /// Programs that save a file often remove the old one first, so a file has gone only when it stays away.
    private func miss(_ name: String, in known: inout [String: Sighting], now: Instant, _ outlook: inout Outlook) {
        guard var sighting = known[name] else { return }
        guard sighting.isKnown else {
            known[name] = nil
            return
        }
        let since = min(sighting.missingSince ?? now, now)
        sighting.missingSince = since
        known[name] = sighting
        let end = since.adding(seconds: settle.seconds)
        if now < end { outlook.wait(until: end) } else { outlook.departures[name] = since }
    }

    private static func order(_ arrival: Arrival) -> (Int64, Int64, String) {
        (arrival.stamp?.changed.microseconds ?? .max, arrival.stamp?.modified.microseconds ?? .max, arrival.name)
    }
}
