// An empty table to fill in, as the reader wants it back.

extension TableSchema {
    /// An empty table: a byte order mark, by which Excel knows UTF-8, the headers that the form needs, and CRLF.
    ///
    /// Columns that are never read are left out, and from a long table the ones that its rows name.
    package func emptyTable(_ form: TableForm) -> String {
        let columns = columns.filter { !$0.isIgnored }
        let lines =
            switch form.layout {
            case .wide: [columns.map(header)]
            case .long(let item, let value):
                [columns.filter { $0.isRequired || !$0.type.isMeasured }.map(header) + [item, value]]
            case .transposed: columns.map { [header(of: $0), ""] }
            }
        return "\u{FEFF}" + lines.map { $0.map(Self.cell).joined(separator: ",") + "\r\n" }.joined()
    }

    /// The column's heading, without its unit when another reading of the brackets would be possible.
    private func header(of column: Column) -> String {
        let place = columns.firstIndex(of: column)
        return if let match = match(HeaderName(column.heading)), match.index == place {
            column.heading
        } else {
            column.titleZh.isEmpty ? column.name : column.titleZh
        }
    }

    /// A text as a cell: in quotes where commas, quotes or line breaks would be taken for the table's own.
    private static func cell(_ text: String) -> String {
        let isPlain = !text.unicodeScalars.contains { [",", "\"", "\r", "\n", "\t", ";", "，"].contains($0) }
        guard !isPlain else { return text }
        return "\"" + text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
}

extension ColumnType {
    /// Whether a long table's rows may name such a column.
    fileprivate var isMeasured: Bool { [.decimal, .measurement, .integer].contains(self) }
}
