// Lets each thing that is said pass once, and the newest word on it where a feed wants that.

import Diagnostics

/// A sink in front of another one: rows that stand there again, or that a newer file corrects, do not pass.
package struct DuplicateGate<Next: RowSink>: RowSink {
    package var next: Next
    /// What the rows said so far; another table of the feed goes on with it.
    package private(set) var memory: DuplicateMemory
    /// Rows of the file that say again what another one says.
    package private(set) var rowsRepeated = 0
    /// Rows that a newer file says otherwise.
    package private(set) var rowsSuperseded = 0
    /// Rows of one file that contradict each other: they pass marked, for the check to believe neither.
    package private(set) var rowsContradicted = 0
    /// The cells of all these rows that were counted as ones that could not be read.
    package private(set) var cellsRejected = 0

    /// So many rows with unreadable cells are remembered as far as they can be read.
    private static var mostIllegibleRows: Int { 4096 }

    private let rule: DuplicateRule?
    /// What the rows with unreadable cells say but for those.
    private var illegibleRows: Set<Fingerprint> = []
    private var complaints: DuplicateComplaints

    /// Makes a gate for one table; without a rule everything passes.
    package init(
        _ rule: DuplicateRule?,
        memory: consuming DuplicateMemory,
        file: String,
        limit: Int = 1000,
        next: consuming Next
    ) {
        self.rule = rule
        self.memory = memory
        self.next = next
        complaints = DuplicateComplaints(file: file, limit: limit)
        self.memory.begin(file: file)
    }

    package mutating func accept(_ row: borrowing Row) {
        // A row that does not say what it speaks of cannot be known again.
        guard let rule, let prints = rule.fingerprints(of: row) else { return next.accept(row) }
        // What the reader has counted as rejected is not counted again.
        let count = row.isRejected ? 0 : row.fileRows
        let cells = row.isRejected ? 0 : row.cellsRejected
        // Their unreadable cells were told, and nothing is known that they say differently.
        var isLikeAnother = false
        if let legible = prints.legible { isLikeAnother = remember(legible) }
        switch memory.judge(prints, of: row, rule) {
        case .isNew: next.accept(row)
        case .repeats(let earlier):
            rowsRepeated += count
            cellsRejected += cells
            complaints.repeats(row, of: earlier, rule, into: &next)
        case .isSuperseded(let winner):
            rowsSuperseded += count
            cellsRejected += cells
            complaints.superseded(row, by: winner, rule, into: &next)
            next.supersede(row)
        // The one that stands there is no better than it, and told of as well.
        case .contradicts(_, untold: nil) where row.isRejected: next.accept(row)
        case .contradicts(let earlier, let untold):
            if !isLikeAnother { complaints.contradicts(row, earlier, isFirst: untold != nil, rule, into: &next) }
            rowsContradicted += (untold ?? 0) + count
            cellsRejected += cells
            var marked = copy row
            marked.contradicted = earlier
            next.accept(marked)
        case .isForgotten:
            if !memory.hasToldLimit { complaints.full(at: row, into: &next) }
            memory.hasToldLimit = true
            next.accept(row)
        }
    }

    /// Remembers a row as far as it can be read, and tells whether there was one like it.
    private mutating func remember(_ legible: Fingerprint) -> Bool {
        guard illegibleRows.count < Self.mostIllegibleRows else { return illegibleRows.contains(legible) }
        return !illegibleRows.insert(legible).inserted
    }

    package mutating func reject(_ reject: Reject) { next.reject(reject) }

    /// Ends the table: says what was counted only.
    package mutating func finish() { complaints.finish(into: &next) }
}
