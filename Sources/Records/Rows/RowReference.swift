// The origin of a row, by which every fact of an alert can be looked up.

package import Diagnostics

/// One row of one file.
package struct RowReference: Sendable, Hashable {
    /// The file's name as the reader of an alert knows it.
    package let file: String
    /// The line on which the row begins, counted from 1.
    package let line: Int
    /// The row's column in a transposed table, counted from 1.
    package let column: Int?

    package init(file: String, line: Int, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// The same place for a complaint.
    package var position: Position { Position(file: file, line: line, column: column) }
}

extension RowReference: CustomStringConvertible {
    /// `jingan-2024-02.csv:2`, and with its column in a transposed table `jingan-2024-02.csv:2:5`.
    package var description: String {
        "\(printable(file, limit: 300)):\(line)" + (column.map { ":\($0)" } ?? "")
    }
}
