// Columns that hold one of a few words, whatever an office calls them.

/// One word of a column, with the ways in which it is written.
package struct ColumnWord: Sendable, Hashable {
    /// What checks read in its place; it may be written as well.
    package let meaning: String
    /// Full and half width, capitals and blanks around make no difference.
    package let written: [String]

    package init(_ meaning: String, written: [String] = []) {
        self.meaning = meaning
        self.written = written
    }
}

/// Whether two words are the same but for full and half width, capitals and the blanks around.
package func isSameWord(_ one: String, _ other: String) -> Bool {
    FoldedText(Array(one.utf8).span)?.bytes == FoldedText(Array(other.utf8).span)?.bytes
}

extension [ColumnWord] {
    /// What each spelling means, both folded as cells are compared.
    var meanings: [[UInt8]: [UInt8]] {
        var meanings: [[UInt8]: [UInt8]] = [:]
        for word in self {
            for written in [word.meaning] + word.written {
                guard let text = FoldedText([UInt8](written.utf8).span) else { continue }
                meanings[text.bytes] = meanings[text.bytes] ?? [UInt8](word.meaning.utf8)
            }
        }
        return meanings
    }

    /// What may be written, as a person is told; the meaning itself where nothing else is.
    var spellings: [String] { flatMap { $0.written.isEmpty ? [$0.meaning] : $0.written } }
}
