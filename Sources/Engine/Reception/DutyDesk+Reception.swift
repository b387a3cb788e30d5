// Receptions at the one serial step: a version of a file, its number, and its return slip, in one transaction.

import Alerts
package import Almanac
package import Jobs
import Records

extension DutyDesk {
    /// Enters a file as a version, with the return slip for the department that supplies its feed.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func receive(
        _ file: ReceivedFile,
        configuration: Configuration,
        now: Instant
    ) throws -> ReceptionResult {
        let last = try ledger.lastReception(of: InboxFile(feed: file.feed.name, name: file.name))
        let present = last?.goneAt == nil ? last : nil
        if var present, let fingerprint = file.fingerprint, present.fingerprint == fingerprint {
            present.stamp = file.stamp
            try ledger.touch(present)
            return .unchanged(present)
        }
        let reception = Reception(
            feed: file.feed.name,
            name: file.name,
            revision: (last?.revision ?? 0) + 1,
            stamp: file.stamp,
            fingerprint: file.fingerprint,
            firstSeen: file.firstSeen,
            replaces: present?.firstSeen,
            encoding: file.reading?.read?.encoding,
            tally: file.reading?.tally ?? TableTally(),
            isRefused: file.reading == nil,
            isUsable: file.reading?.isUsable ?? false,
            summary: file.summary
        )
        var next = book
        let slip = slip(for: reception, of: file, configuration, book: &next, now: now)
        let entry = ReceptionEntry(reception: reception, slip: slip)
        try ledger.receive(entry)
        book = next
        return .entered(entry)
    }

    /// Enters since when files lie in the inbox no more.
    /// - Throws: What the ledger throws.
    package func depart(_ files: [InboxFile: Instant]) throws { try ledger.depart(files) }

    /// The latest receptions of a feed, newest first.
    /// - Throws: What the ledger throws.
    package func receptions(feed: String, count: Int) throws -> [Reception] {
        try ledger.receptions(feed: feed, limit: count)
    }

    /// The versions of each feed's files that lay there at an instant.
    /// - Throws: What the ledger throws.
    package func versions(feeds: [String], knownAt instant: Instant) throws -> [String: [Reception]] {
        try feeds.reduce(into: [:]) { $0[$1] = try ledger.versions(feed: $1, knownAt: instant) }
    }

    private func slip(
        for reception: Reception,
        of file: ReceivedFile,
        _ configuration: Configuration,
        book: inout AlertBook,
        now: Instant
    ) -> Notice? {
        guard let supplier = file.feed.supplier,
            let department = configuration.departments.first(where: { $0.name == supplier })
        else { return nil }
        let slip = Slip(
            feed: reception.feed,
            feedTitles: ["zh-CN": file.feed.title.zh, "en": file.feed.title.en],
            file: reception.name,
            firstSeen: reception.firstSeen,
            replaces: reception.replaces,
            encoding: reception.encoding,
            tally: reception.tally,
            rejects: file.rejects,
            isUsable: reception.isUsable
        )
        return SlipWriter(words: configuration.words).notice(
            of: slip,
            to: NoticeWriter.Addressee(department: department.name, formats: department.formats),
            sequence: book.nextSequence(),
            revision: reception.revision,
            sent: now,
            zone: configuration.settings.zone,
            generator: generator
        )
    }
}
