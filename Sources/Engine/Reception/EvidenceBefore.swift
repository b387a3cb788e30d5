// Evidence with what its files said before they were handed in again.

import Jobs
import Records

/// A source that shows what the one below it shows, and of its files the versions that others have replaced, as far as they
/// are kept.
struct EvidenceBefore: EvidenceSource {
    let base: any EvidenceSource
    let archive: any EvidenceArchive
    /// The versions that were replaced, newest first, by feed.
    let replaced: [String: [Reception]]

    func tables(of feed: Feed) -> EvidenceListing {
        var listing = base.tables(of: feed)
        let names = Set(listing.tables.map(\.name))
        listing.earlier = (replaced[feed.name] ?? []).compactMap { version in
            guard names.contains(version.name), let fingerprint = version.fingerprint,
                let kept = archive.kept(feed: version.feed, name: version.name, fingerprint: fingerprint)
            else { return nil }
            return EvidenceTable(
                feed: kept.feed,
                name: "\(version.name)#\(version.revision)",
                location: kept.location,
                stamp: kept.stamp
            )
        }
        return listing
    }

    @discardableResult
    func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        try base.read(table, chunk: chunk)
    }
}
