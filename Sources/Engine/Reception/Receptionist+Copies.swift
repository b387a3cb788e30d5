// The copies of what was received: kept for those who want to know later what was known when, and removed in time.

import Almanac
import Diagnostics
import Jobs
import Linux

extension Receptionist {
    /// Kept copies are looked through once a day, and so many removed in one sweep.
    private static let pruningSeconds: Int64 = 86_400
    private static let copiesPerSweep = 100

    /// Keeps a copy for those who want to know later what was known when; without it they find a gap.
    func keep(_ table: EvidenceTable, _ reception: Reception) {
        unkept[reception.file] = nil
        guard let archive, let fingerprint = reception.fingerprint else { return }
        do throws(Diagnostic) {
            try archive.keep(table, fingerprint: fingerprint)
            troubles["archive"] = nil
        } catch {
            unkept[reception.file] = reception
            tell("archive", "cannot keep a copy of \(reception.feed)/\(reception.name) yet: \(error)")
        }
    }

    func keepIfUnkept(_ table: EvidenceTable) {
        guard let reception = unkept[InboxFile(feed: table.feed, name: table.name)], reception.stamp == table.stamp,
            let fingerprint = reception.fingerprint
        else { return }
        if archive?.kept(feed: reception.feed, name: reception.name, fingerprint: fingerprint) == nil {
            keep(table, reception)
        } else {
            unkept[reception.file] = nil
        }
    }

    /// Removes kept copies whose time is over, never one of what lies in the inbox.
    func prune() async {
        let now = clock.now()
        // A clock that was set back must not put it off.
        guard let archive, min(pruningDue ?? now, now.adding(seconds: Self.pruningSeconds)) <= now else { return }
        pruningDue = now.adding(seconds: Self.pruningSeconds)
        do {
            let limit = now.adding(seconds: -configuration.settings.keepReceived.seconds)
            let copies = try await desk.outlivedCopies(before: limit, limit: Self.copiesPerSweep)
            guard !copies.isEmpty else { return }
            for copy in copies { try archive.remove(copy) }
            try await desk.forget(copies, at: now)
            troubles["pruning"] = nil
            if copies.count == Self.copiesPerSweep { pruningDue = now }
        } catch {
            tell("pruning", "cannot remove copies that are older than keep-received yet: \(error)")
        }
    }
}
