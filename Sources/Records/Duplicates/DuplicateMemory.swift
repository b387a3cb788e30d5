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

    /// Eight bytes, since there are as many as rows: no folder has more than 5000 files, and no table as many columns.
    private struct Place: Equatable {
        let line: UInt32
        /// 0 but in transposed tables.
        let column: UInt16
        let file: UInt16
    }

    private struct Entry {
        /// What the row said; beside the 128 bits by which it was found, half as many are enough.
        let content: UInt64
        let place: Place
        /// For a key, the first row that the latest file has of it.
        var latest: Place
        /// For a key, whether further rows of it are remembered.
        var hasMore = false
        /// For a key, whether `latest` was told that it is contradicted, or rejected.
        var isTold = false
        /// For a key, how many rows of the file `latest` stands for.
        var fileRows: UInt32
    }

    private let limit: Int
    private var entries: [Fingerprint: Entry] = [:]
    private var files: [String] = []
    /// Whether it was told that there is no room any more.
    var hasToldLimit = false

    /// Makes a memory of so many rows; each takes less than a hundred bytes.
    package init(limit: Int = 1_000_000) { self.limit = limit }

    /// Takes the next file up.
    mutating func begin(file: String) { files.append(file) }

    /// Judges a row by its fingerprints.
    mutating func judge(_ prints: RowPrints, of row: borrowing Row, _ rule: DuplicateRule) -> Judgement {
        let here = Place(
            line: UInt32(clamping: row.line),
            column: UInt16(clamping: row.reference.column ?? 0),
            file: UInt16(clamping: files.count - 1)
        )
        guard var entry = entries[prints.key] else {
            return remember(prints, of: row, as: prints.key, at: here) ? .isNew : .isForgotten
        }
        if entry.content == prints.row.low { return .repeats(reference(entry.place)) }
        if entry.hasMore, let same = entries[prints.row] { return .repeats(reference(same.place)) }
        let isOtherFile = entry.latest.file != here.file
        if isOtherFile, rule.conflicts == .newest { return .isSuperseded(reference(entry.place)) }

        let earlier = entry.latest
        let untold: Int? = entry.isTold ? nil : Int(entry.fileRows)
        let isContradiction = !isOtherFile && !rule.hasSeveralRows
        let isRemembered = remember(prints, of: row, as: prints.row, at: here)
        if isOtherFile || isRemembered != entry.hasMore || isContradiction != (untold == nil) {
            if isOtherFile {
                entry.latest = here
                entry.fileRows = UInt32(clamping: row.fileRows)
            }
            entry.hasMore = entry.hasMore || isRemembered
            entry.isTold = isContradiction || row.isRejected
            entries[prints.key] = entry
        }
        if isContradiction { return .contradicts(reference(earlier), untold: untold) }
        return isRemembered ? .isNew : .isForgotten
    }

    private mutating func remember(
        _ prints: RowPrints,
        of row: borrowing Row,
        as fingerprint: Fingerprint,
        at place: Place
    ) -> Bool {
        guard entries.count < limit else { return false }
        entries[fingerprint] = Entry(
            content: prints.row.low,
            place: place,
            latest: place,
            isTold: row.isRejected,
            fileRows: UInt32(clamping: row.fileRows)
        )
        return true
    }

    private func reference(_ place: Place) -> RowReference {
        RowReference(
            file: files[Int(place.file)],
            line: Int(place.line),
            column: place.column == 0 ? nil : Int(place.column)
        )
    }
}
