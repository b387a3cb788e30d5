// What the rows of a feed said so far, as fingerprints.

/// Remembers rows of one feed, over one table or over all of them.
package struct DuplicateMemory {
    /// What a row is beside the ones before it.
    enum Judgement {
        /// The first of its kind, or one of several that may differ.
        case isNew
        /// It says what that row says.
        case repeats(RowReference)
        /// It says something else than that row of the same file, of which so many rows of the file were not told so far;
        /// `nil` when they were.
        case contradicts(RowReference, untold: Int?)
        /// A newer file says something else.
        case isSuperseded(RowReference)
        /// There is no room to remember it.
        case isForgotten
    }

    /// What came of a key of which a file has one row; most keys have none.
    private struct Story {
        /// The first row that the latest file has of it.
        var latest: UInt32
        /// Whether `latest` was told that it is contradicted, or rejected.
        var isTold = false
        /// How many rows of the file `latest` stands for.
        var fileRows = 1
    }

    private let limit: Int
    private var places = RowNumbers()
    /// Where rows stand, by all that they say.
    private var rows = FingerprintTable()
    /// Where the first row of each key stands.
    private var keys = FingerprintTable()
    private var stories: [UInt32: Story] = [:]
    /// Whether it was told that there is no room any more.
    var hasToldLimit = false

    /// Makes a memory of so many rows; each takes less than twenty bytes, and as much again where it has its own key.
    package init(limit: Int = 1_000_000) { self.limit = limit }

    /// Takes the next file up.
    mutating func begin(file: String) { places.begin(file: file) }

    /// Judges a row by its fingerprints.
    mutating func judge(_ prints: RowPrints, of row: borrowing Row, _ rule: DuplicateRule) -> Judgement {
        if let same = rows[prints.row] { return .repeats(places[same]) }
        guard let here = places.number(of: row) else { return .isForgotten }
        guard let first = keys[prints.key] else {
            guard remember(prints, at: here) else { return .isForgotten }
            keys.set(prints.key, to: here)
            if row.isRejected || row.fileRows != 1 {
                stories[here] = Story(latest: here, isTold: row.isRejected, fileRows: row.fileRows)
            }
            return .isNew
        }
        // Here the first one is the latest, too: rows of older files are not taken up.
        if rule.conflicts == .newest, !places.isInLastFile(first) { return .isSuperseded(places[first]) }
        let isRemembered = remember(prints, at: here)
        if !rule.hasSeveralRows {
            var story = stories[first] ?? Story(latest: first)
            defer { stories[first] = story }
            if places.isInLastFile(story.latest) {
                defer { story.isTold = true }
                return .contradicts(places[story.latest], untold: story.isTold ? nil : story.fileRows)
            }
            story = Story(latest: here, isTold: row.isRejected, fileRows: row.fileRows)
        }
        return isRemembered ? .isNew : .isForgotten
    }

    private mutating func remember(_ prints: RowPrints, at place: UInt32) -> Bool {
        guard rows.count < limit else { return false }
        rows.set(prints.row, to: place)
        return true
    }
}
