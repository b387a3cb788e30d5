// Rows from sources that are no CSV tables: registers in the settings, and tests.

package import Diagnostics

extension Row {
    /// Reads a row from texts by canonical column name, as a table's cells would be read.
    ///
    /// Columns without a text are absent. Every name that the schema lacks and every text that cannot be read (its cell
    /// is unreadable then) is added to `complaints`.
    package init(
        schema: TableSchema,
        file: String,
        line: Int,
        values: [String: String],
        complaints: inout [Diagnostic]
    ) {
        self.init(file: file, line: line, width: schema.columns.count)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            let position = Position(file: file, line: line)
            guard let index = schema.index(of: name), !schema.columns[index].isIgnored else {
                let known = schema.columns.filter { !$0.isIgnored }.map(\.name)
                complaints.append(
                    Diagnostic(
                        "there is no such column",
                        at: position,
                        key: name,
                        remedy: suggestion(for: name, among: known)
                    )
                )
                continue
            }
            let bytes = Array(trimmedBlanks(value).utf8)
            let reader = CellReader(column: schema.columns[index])
            cells[index] = reader.read(bytes.span)
            if cells[index] == .text {
                let kept = reader.kept(bytes.span) ?? bytes
                keepText(kept.span, at: index)
            }
            if cells[index].isRejected {
                complaints.append(reader.complaint(about: bytes.span, at: position).diagnostic)
            }
        }
    }

    /// Reads a row from texts by canonical column name, and throws the first complaint.
    package init(schema: TableSchema, file: String = "register", line: Int, values: [String: String]) throws(Diagnostic)
    {
        var complaints: [Diagnostic] = []
        self.init(schema: schema, file: file, line: line, values: values, complaints: &complaints)
        if let first = complaints.first { throw first }
    }
}
