// Receptions at the one serial step: a version of a file, its number, and its return slip, in one transaction.

package import Alerts
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
        var reception = Reception(
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
            refusal: file.reading == nil ? file.rejects.first?.reason : nil,
            isUsable: file.reading?.isUsable ?? false,
            summary: file.summary
        )
        var next = book
        let slip = slip(for: reception, of: file, configuration, book: &next, now: now)
        reception.order = try ledger.receive(ReceptionEntry(reception: reception, slip: slip))
        book = next
        return .entered(ReceptionEntry(reception: reception, slip: slip))
    }

    /// Enters since when files of a feed lie in the inbox no more, with one slip for the department that supplies it.
    /// - Returns: The slip; `nil` when nobody is known who would get it.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func depart(
        _ departures: [String: Instant],
        of feed: Feed,
        configuration: Configuration,
        now: Instant
    ) throws -> Notice? {
        var files: [InboxFile: Instant] = [:]
        var last: Reception?
        var withdrawn: [Slip.Withdrawal] = []
        for (name, gone) in departures.sorted(by: { $0.key < $1.key }) {
            let file = InboxFile(feed: feed.name, name: name)
            guard let reception = try ledger.lastReception(of: file), reception.goneAt == nil else { continue }
            files[file] = gone
            // The folder that had too many files is none that anybody took away.
            guard reception.refusal != .tooManyFiles else { continue }
            last = last ?? reception
            withdrawn.append(
                Slip.Withdrawal(
                    file: name,
                    firstSeen: reception.firstSeen,
                    gone: gone,
                    rows: reception.isUsable ? reception.tally.rowsAccepted : nil
                )
            )
        }
        guard !files.isEmpty else { return nil }
        var next = book
        let slip = last.flatMap { last in
            var slip = Slip(
                feed: feed.name,
                feedTitles: feed.title.byLanguage,
                file: last.name,
                firstSeen: last.firstSeen,
                replaces: nil,
                encoding: nil,
                tally: TableTally(),
                rejects: [],
                isUsable: last.isUsable
            )
            slip.withdrawn = withdrawn
            return notice(of: slip, revision: last.revision, for: feed, configuration, book: &next, now: now)
        }
        try ledger.depart(files, slip: slip)
        book = next
        return slip
    }

    /// Contents whose kept copies have outlived their time.
    /// - Throws: What the ledger throws.
    package func outlivedCopies(before instant: Instant, limit: Int) throws -> [ReceivedContent] {
        try ledger.outlivedCopies(before: instant, limit: limit)
    }

    /// Enters that copies are kept no more.
    /// - Throws: What the ledger throws.
    package func forget(_ copies: [ReceivedContent], at instant: Instant) throws {
        try ledger.forget(copies, at: instant)
    }

    /// How many receptions of a feed there are.
    /// - Throws: What the ledger throws.
    package func receptionCount(feed: String) throws -> Int { try ledger.receptionCount(feed: feed) }

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

    /// The versions of each feed's files that had been replaced at an instant, newest first; so many of each feed at most.
    /// - Throws: What the ledger throws.
    package func replacedVersions(
        feeds: [String],
        knownAt instant: Instant,
        limit: Int
    ) throws -> [String: [Reception]] {
        try feeds.reduce(into: [:]) {
            $0[$1] = try ledger.replacedVersions(feed: $1, knownAt: instant, limit: limit)
        }
    }

    private func slip(
        for reception: Reception,
        of file: ReceivedFile,
        _ configuration: Configuration,
        book: inout AlertBook,
        now: Instant
    ) -> Notice? {
        var slip = Slip(
            feed: reception.feed,
            feedTitles: file.feed.title.byLanguage,
            file: reception.name,
            firstSeen: reception.firstSeen,
            replaces: reception.replaces,
            encoding: reception.encoding,
            tally: reception.tally,
            rejects: file.rejects,
            isUsable: reception.isUsable
        )
        let rivals = file.rivals.map { Slip.Rival(file: $0.file, rows: $0.rows, samples: $0.samples) }
        if file.feed.duplicates?.conflicts == .newest { slip.superseded = rivals } else { slip.contradicted = rivals }
        return notice(of: slip, revision: reception.revision, for: file.feed, configuration, book: &book, now: now)
    }

    /// The slip as a notice for the feed's supplier.
    private func notice(
        of slip: Slip,
        revision: Int,
        for feed: Feed,
        _ configuration: Configuration,
        book: inout AlertBook,
        now: Instant
    ) -> Notice? {
        guard let supplier = feed.supplier,
            let department = configuration.departments.first(where: { $0.name == supplier })
        else { return nil }
        return SlipWriter(words: configuration.words).notice(
            of: slip,
            to: NoticeWriter.Addressee(department: department.name, formats: department.formats),
            sequence: book.nextSequence(),
            revision: revision,
            sent: now,
            zone: configuration.settings.zone,
            generator: generator
        )
    }
}
