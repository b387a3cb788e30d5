// Takes a table for its complaints alone.

import Diagnostics
import Records

/// Keeps the complaints about one table, so many at most.
struct RejectCollector: TableSink {
    /// Above what the reader and each gate tell of one table, so that one of them does not silence the others.
    private static let limit = 4000

    private var kept: [Reject] = []
    private var withheld = 0
    private var worst = Diagnostic.Severity.warning
    private var position: Position?

    /// The complaints in the order of the file; when there were too many, a last one counts all the others.
    var rejects: [Reject] {
        guard withheld > 0 else { return kept }
        return kept + [
            Reject(
                .notListed,
                Diagnostic(
                    "\(withheld) more complaints about this table are not listed",
                    severity: worst,
                    at: position,
                    found: "\(withheld)",
                    remedy: "mend the ones listed and hand the table in again"
                )
            )
        ]
    }

    mutating func accept(_ row: borrowing Row) {}

    mutating func reject(_ reject: Reject) {
        let isCount = reject.reason == .notListed
        guard isCount || kept.count >= Self.limit else { return kept.append(reject) }
        withheld += isCount ? reject.diagnostic.found.flatMap { Int($0) } ?? 1 : 1
        if reject.diagnostic.severity == .error { worst = .error }
        position = position ?? reject.diagnostic.position.map { Position(file: $0.file) }
    }

    mutating func finished(_ reading: TableReading) {}
}
