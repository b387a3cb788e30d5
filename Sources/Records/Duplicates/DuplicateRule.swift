// When two rows of a feed speak of the same thing, and which of them is believed.

/// What a row speaks of and what it says, as fingerprints.
struct RowPrints {
    let key: Fingerprint
    /// The key with all that the row says of it.
    let row: Fingerprint
    /// The same but for the cells that cannot be read; `nil` when all can.
    let legible: Fingerprint?
}

/// What a feed says about rows that stand there twice.
package struct DuplicateRule: Sendable, Hashable {
    /// What becomes of a row when another file says something else of the same key.
    package enum Conflicts: String, Sendable, CaseIterable {
        /// The newest submission is believed.
        case newest
        /// Both rows are handed on, for the check to see that they contradict each other.
        case refuse
    }

    /// A column of the key, and the columns of the name that stands for it where it is empty.
    private struct KeyColumn: Sendable, Hashable {
        let index: Int
        let name: [Int]
    }

    package let conflicts: Conflicts
    /// Whether rows of one file may share a key and differ, as samples and lots do.
    package let hasSeveralRows: Bool
    private let key: [KeyColumn]
    private var compared: [Int]
    private let months: [Int]

    /// Makes a rule from places in a schema.
    /// - Parameters:
    ///   - key: The columns that say what a row speaks of.
    ///   - names: For a code among them, the columns that name the same subject.
    package init(
        schema: TableSchema,
        key: [Int],
        names: [Int: [Int]] = [:],
        conflicts: Conflicts,
        hasSeveralRows: Bool = false
    ) {
        self.conflicts = conflicts
        self.hasSeveralRows = hasSeveralRows
        self.key = key.map { KeyColumn(index: $0, name: names[$0] ?? []) }
        months =
            !hasSeveralRows
            ? [] : schema.columns.indices.filter { schema.columns[$0].type == .month && !schema.columns[$0].isIgnored }
        compared = schema.columns.indices.filter { !schema.columns[$0].isIgnored && !key.contains($0) }
    }

    /// The same rule where the names were held against their codes: how they are spelled says nothing any more.
    package func ignoring(names: [Int]) -> DuplicateRule {
        var copy = self
        copy.compared.removeAll { names.contains($0) }
        return copy
    }

    /// What a row speaks of and all that it says of it; `nil` when a part of the key is not stated.
    ///
    /// What cannot be read is not known to be the same, so a row with such a cell, or a rejected one, is like no other one.
    @inline(__always)
    func fingerprints(of row: borrowing Row) -> RowPrints? {
        var maker = FingerprintMaker()
        for column in key {
            if row.states(column.index) {
                maker.take(column.index, of: row)
            } else {
                var isNamed = false
                for index in column.name {
                    if row.states(index) { isNamed = true }
                    maker.take(index, of: row)
                }
                guard isNamed else { return nil }
            }
        }
        let whole = maker.fingerprint
        var isReadable = !row.isRejected
        for index in compared {
            if row[index].isRejected { isReadable = false }
            maker.take(index, of: row)
        }
        // The key is the month; whoever writes days in it has several samples.
        for index in months { maker.takeDay(index, of: row) }
        guard !isReadable else { return RowPrints(key: whole, row: maker.fingerprint, legible: nil) }
        let legible = maker.fingerprint
        maker.take(row.reference)
        return RowPrints(key: whole, row: maker.fingerprint, legible: legible)
    }

    /// The places of the columns that say what a row speaks of.
    package var keyColumns: [Int] { key.map(\.index) }

    /// The key as a person reads it.
    func keyText(of row: borrowing Row) -> String {
        var parts: [String] = []
        for column in key {
            if let text = row.text(column.index) {
                parts.append(text)
            } else {
                for index in column.name { if let text = row.text(index) { parts.append(text) } }
            }
        }
        return parts.joined(separator: " ")
    }
}

extension Row {
    /// Whether the cell says something that can be used.
    fileprivate borrowing func states(_ index: Int) -> Bool {
        switch self[index] {
        case .absent, .blank, .missing, .unreadable, .implausible: false
        default: true
        }
    }
}
