// Tables written in a test.

import Diagnostics
package import Engine
package import Jobs
package import Records
import Synchronization

/// The tables of feeds, as texts.
package final class TableEvidence: EvidenceSource {
    private let tables: Mutex<[String: [(file: String, text: String)]]>

    /// Tables by feed.
    package init(_ tables: [String: [(file: String, text: String)]] = [:]) { self.tables = Mutex(tables) }

    /// Replaces a feed's tables by one.
    package func put(_ text: String, as file: String, in feed: String) {
        tables.withLock { $0[feed] = [(file, text)] }
    }

    /// Puts a table beside a feed's others.
    package func add(_ text: String, as file: String, in feed: String) {
        tables.withLock { $0[feed, default: []].append((file, text)) }
    }

    /// Takes a feed's tables away.
    package func remove(_ feed: String) { tables.withLock { $0[feed] = nil } }

    package func tables(of feed: Feed) -> EvidenceListing {
        let files = tables.withLock { $0[feed.name]?.map(\.file) } ?? []
        return EvidenceListing(tables: files.map { EvidenceTable(feed: feed.name, name: $0) })
    }

    package func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        let found = tables.withLock { $0[table.feed]?.first { $0.file == table.name } }
        guard let found else {
            throw Reject(.unreadableFile, Diagnostic("the table is gone", at: Position(file: table.name)))
        }
        let bytes = Array(found.text.utf8)
        chunk(bytes.span)
        return ReadTable()
    }
}
