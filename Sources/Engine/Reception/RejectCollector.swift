// Takes a table for its complaints and for what its reception has to say.

import Diagnostics
import Records

/// Keeps the complaints about one table, so many at most.
struct RejectCollector: TableSink {
    /// Above what the reader and each gate tell of one table, so that one of them does not silence the others.
    private static let limit = 5000
    private static let mostNotes = 1000

    /// What is looked for in the rows; nothing when left out.
    var notes: RowNotes?
    /// What the checks have to say; nothing when left out.
    var review: CheckReview?
    /// How many rows of the file that could be read no check uses.
    private(set) var rowsUnused = 0
    /// Their cells that were counted one by one, but for those of other rows that the checks could not use.
    private(set) var cellsUnused = 0
    private var noted = 0
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

    init(notes: RowNotes? = nil, review: CheckReview? = nil) {
        self.notes = notes
        self.review = review
    }

    mutating func accept(_ row: borrowing Row) {
        notes?.note(row) { note($0) }
        guard var review else { return }
        self.review = nil
        var cells = 0
        let rows = review.review(row) { reject in
            if reject.diagnostic.severity == .error { cells += 1 }
            note(reject)
        }
        rowsUnused += rows
        cellsUnused += rows > 0 ? row.cellsRejected : -cells
        self.review = review
    }

    private mutating func note(_ note: Reject) {
        noted += 1
        if noted <= Self.mostNotes { reject(note) } else { withhold(note, 1) }
    }

    mutating func reject(_ reject: Reject) {
        let isCount = reject.reason == .notListed
        guard isCount || kept.count >= Self.limit else { return kept.append(reject) }
        withhold(reject, isCount ? reject.diagnostic.found.flatMap { Int($0) } ?? 1 : 1)
    }

    private mutating func withhold(_ reject: Reject, _ count: Int) {
        withheld += count
        if reject.diagnostic.severity == .error { worst = .error }
        position = position ?? reject.diagnostic.position.map { Position(file: $0.file) }
    }

    mutating func finished(_ reading: TableReading) {
        var review = review
        review?.finish { note($0) }
    }
}
