// Where in a file something was found.

/// A place in a text file, as an editor shows it.
package struct Position: Sendable, Hashable, Comparable {
    /// The file's name as the reader of the message knows it.
    package let file: String
    /// The line, counted from 1; `nil` when the whole file is meant.
    package let line: Int?
    /// The column (a character in settings, a cell in tables), counted from 1.
    package let column: Int?

    /// Makes a place; leave out what is not known.
    package init(file: String, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    package static func < (left: Position, right: Position) -> Bool {
        (left.file, left.line ?? 0, left.column ?? 0) < (right.file, right.line ?? 0, right.column ?? 0)
    }
}

extension Position: CustomStringConvertible {
    /// `file:line:column`, the form that editors and `grep -n` users expect.
    package var description: String {
        [printable(file, limit: 300), line.map(String.init), column.map(String.init)].compactMap(\.self).joined(
            separator: ":"
        )
    }
}
