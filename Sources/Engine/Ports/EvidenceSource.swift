// The port through which runs read their tables; files, registers, one day a database.

package import Diagnostics
package import Jobs

/// Where tables come from.
package protocol EvidenceSource: Sendable {
    /// The tables of a feed in the order in which they are read, and what keeps others from being read.
    func tables(of feed: Feed) -> EvidenceListing

    /// Lends the table's bytes chunk by chunk.
    /// - Throws: A `Diagnostic` when the table cannot be opened or read to its end.
    func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Diagnostic)
}

/// One table of a feed.
package struct EvidenceTable: Sendable, Hashable {
    package let feed: String
    /// The file's name, as facts and messages give it.
    package let name: String
    /// Where the source that listed the table finds it again; nobody else reads anything into it.
    package let location: String

    package init(feed: String, name: String, location: String = "") {
        self.feed = feed
        self.name = name
        self.location = location
    }
}

/// What a feed has to offer.
package struct EvidenceListing: Sendable {
    package var tables: [EvidenceTable]
    package var problems: [Diagnostic]

    package init(tables: [EvidenceTable] = [], problems: [Diagnostic] = []) {
        self.tables = tables
        self.problems = problems
    }
}
