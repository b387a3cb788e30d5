// Which rows of earlier files a new file says otherwise, so that its supplier can be told.

/// What the present files of one feed say, oldest first, as fingerprints.
///
/// It tells of each key what the last file says that has it. Two files that say the same of a key say it once.
package struct StandingRows {
    /// The rows of one earlier file that a new one says otherwise.
    package struct Replaced: Sendable, Hashable {
        package let file: String
        package let rows: Int
        /// The keys of some of them.
        package let samples: [String]
    }

    private struct Entry {
        var file: UInt32
        /// How many rows the file has of the key that differ.
        var count: UInt32
        /// What the first of them says.
        let content: UInt64
    }

    /// Of a key that both the new file and an earlier one have.
    private struct Comparison {
        let earlier: Entry
        /// So many rows of the earlier file the new one says again.
        var repeated: UInt32
        /// The key as a person reads it, of the first ones.
        let key: String?
    }

    private static let samples = 3
    /// Among so many keys the samples are looked for.
    private static let spelledKeys = 1000

    private let rule: DuplicateRule
    private let limit: Int
    private var files: [String] = []
    private var keys: [Fingerprint: Entry] = [:]
    /// Further rows of a key in one file, with that file.
    private var rows: [Fingerprint: UInt32] = [:]
    private var comparisons: [Fingerprint: Comparison] = [:]

    /// Makes a memory of so many rows; what comes beyond them is compared with nothing.
    package init(_ rule: DuplicateRule, limit: Int = 1_000_000) {
        self.rule = rule
        self.limit = limit
    }

    /// Takes the next file up.
    package mutating func begin(file: String) {
        files.append(file)
        comparisons = [:]
    }

    /// Takes a row that stands in the file once.
    package mutating func take(_ row: borrowing Row) {
        guard let prints = rule.fingerprints(of: row) else { return }
        let here = UInt32(truncatingIfNeeded: files.count - 1)
        guard var entry = keys[prints.key] else {
            guard keys.count + rows.count < limit else { return }
            keys[prints.key] = Entry(file: here, count: UInt32(clamping: row.fileRows), content: prints.row.low)
            return
        }
        if entry.file != here {
            let key = comparisons.count < Self.spelledKeys ? rule.keyText(of: row) : nil
            comparisons[prints.key] = Comparison(earlier: entry, repeated: 0, key: key)
            compare(prints, row)
            keys[prints.key] = Entry(file: here, count: UInt32(clamping: row.fileRows), content: prints.row.low)
            return
        }
        compare(prints, row)
        guard keys.count + rows.count < limit else { return }
        entry.count += UInt32(clamping: row.fileRows)
        keys[prints.key] = entry
        rows[prints.row] = here
    }

    private mutating func compare(_ prints: RowPrints, _ row: borrowing Row) {
        guard let comparison = comparisons[prints.key] else { return }
        if comparison.earlier.content == prints.row.low || rows[prints.row] == comparison.earlier.file {
            comparisons[prints.key]?.repeated += UInt32(clamping: row.fileRows)
        }
    }

    /// Ends the file, and tells which rows of earlier ones it says otherwise, by file.
    package mutating func end() -> [Replaced] {
        var counts: [UInt32: (rows: Int, keys: [String])] = [:]
        for comparison in comparisons.values where comparison.earlier.count > comparison.repeated {
            let rows = Int(comparison.earlier.count - comparison.repeated)
            counts[comparison.earlier.file, default: (0, [])].rows += rows
            counts[comparison.earlier.file, default: (0, [])].keys += comparison.key.map { [$0] } ?? []
        }
        comparisons = [:]
        return counts.sorted { $0.key < $1.key }.map { file, count in
            // Which come first must not depend on the numbers that a process draws.
            Replaced(file: files[Int(file)], rows: count.rows, samples: Array(count.keys.sorted().prefix(Self.samples)))
        }
    }
}
