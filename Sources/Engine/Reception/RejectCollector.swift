// Takes a table for its complaints alone.

import Diagnostics
import Records

/// Keeps the complaints about one table, so many at most.
struct RejectCollector: TableSink {
    /// A return slip with more would not be read by anybody.
    private static let limit = 1000

    private var kept: [Reject] = []
    private var withheld = 0

    /// The complaints in the order of the file; when there were too many, a last one counts the rest.
    var rejects: [Reject] {
        guard withheld > 0 else { return kept }
        return kept + [
            Reject(
                .notListed,
                Diagnostic(
                    "\(withheld) more complaints about this table are not listed",
                    at: kept.first?.diagnostic.position.map { Position(file: $0.file) },
                    found: "\(withheld)",
                    remedy: "mend the ones listed and hand the table in again"
                )
            )
        ]
    }

    mutating func accept(_ row: borrowing Row) {}

    mutating func reject(_ reject: Reject) {
        if kept.count < Self.limit { kept.append(reject) } else { withheld += 1 }
    }

    mutating func finished(_ reading: TableReading) {}
}
