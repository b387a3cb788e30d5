// Evidence as it was at an earlier instant: the versions of the inbox that were known then.

import Diagnostics
package import Jobs
package import Records

/// A source that shows of each inbox feed the versions it is given, and of registers what the source below it shows.
package struct EvidenceKnownAt: EvidenceSource {
    /// How the location of a version begins whose content nobody has any more; no source gives it to a table. Why there
    /// is none follows.
    private static let lost = "\u{0}"

    private let base: any EvidenceSource
    private let archive: (any EvidenceArchive)?
    private let versions: [String: [Reception]]
    private let present: [InboxFile: Reception]

    /// Makes a source.
    /// - Parameters:
    ///   - base: Where present files and registers come from; it also reads what the archive gives.
    ///   - versions: The versions known at the instant, by feed.
    ///   - present: The versions that lie in the inbox now.
    package init(
        base: any EvidenceSource,
        archive: (any EvidenceArchive)?,
        versions: [String: [Reception]],
        present: [InboxFile: Reception]
    ) {
        self.base = base
        self.archive = archive
        self.versions = versions
        self.present = present
    }

    package func tables(of feed: Feed) -> EvidenceListing {
        guard feed.source == .inbox else { return base.tables(of: feed) }
        let now = base.tables(of: feed)
        var listing = EvidenceListing()
        let tables = Dictionary(now.tables.map { ($0.name, $0) }) { first, _ in first }
        for version in (versions[feed.name] ?? []).sorted(by: { $0.name < $1.name }) {
            if version.isRefused {
                listing.refused.append(
                    RefusedFile(
                        name: version.name,
                        stamp: version.stamp,
                        reject: Reject(
                            version.refusal ?? .otherFormat,
                            Diagnostic("at that time this was no table", at: Position(file: version.name))
                        ),
                        received: version.order
                    )
                )
            } else {
                var table = table(of: version, among: tables)
                table.received = version.order
                listing.tables.append(table)
            }
        }
        return listing
    }

    @discardableResult
    package func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        guard !table.location.hasPrefix(Self.lost) else {
            let reason = table.location.dropFirst()
            throw Reject(
                .unreadableFile,
                Diagnostic(
                    "the version known at that time is not kept any more",
                    at: Position(file: table.name),
                    found: reason.isEmpty ? nil : String(reason)
                )
            )
        }
        return try base.read(table, chunk: chunk)
    }

    /// The present file where it still is that version, else the kept copy, else a table that cannot be read.
    private func table(of version: Reception, among tables: [String: EvidenceTable]) -> EvidenceTable {
        if let table = tables[version.name], let known = present[version.file], known.revision == version.revision,
            known.stamp == table.stamp
        {
            return table
        }
        if let fingerprint = version.fingerprint {
            // A file that was changed and changed back has that content again.
            if let table = tables[version.name], let known = present[version.file], known.fingerprint == fingerprint,
                known.stamp == table.stamp
            {
                return table
            }
            if let kept = archive?.kept(feed: version.feed, name: version.name, fingerprint: fingerprint) {
                return kept
            }
        }
        let reason = version.copyRemoved.map { "its copy was removed at \($0), when keep-received was over" } ?? ""
        return EvidenceTable(feed: version.feed, name: version.name, location: Self.lost + reason)
    }
}
