// Reads a cell from a table and by itself: the same comes of it.

import Diagnostics
import Records

/// The bytes of one cell that are tried.
struct CellTrial {
    let bytes: [UInt8]
    let type: ColumnType

    func check() {
        let schema: TableSchema
        do {
            schema = try TableSchema(columns: [
                Column(
                    name: "h",
                    titleZh: "",
                    titleEn: "",
                    type: type,
                    unit: "mg/L",
                    missingCodes: ["-999"],
                    firstBadDayHeaders: []
                ),
                Column(name: "k", titleZh: "", titleEn: "", type: .integer, isRequired: true),
            ])
        } catch {
            fatalError("\(error)")
        }
        let sink = table(of: schema)
        promise(sink.rows.count == 1, "one row came as \(sink.rows.count): \(sink.rejects)")
        let row = sink.rows[0]
        row.check()
        let isUnreadable = row.cells[0] == .unreadable
        promise(sink.rejects.count == (isUnreadable ? 1 : 0), "unreadable: \(isUnreadable), but \(sink.rejects)")
        promise(sink.rejects.allSatisfy { $0.column == schema.columns[0] }, "a complaint about another column")
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return promise(isUnreadable, "bytes that are no text came as \(row.cells[0])")
        }
        check(row, againstText: text, schema)
    }

    /// The cell quoted, beside one that keeps the row from being blank.
    private func table(of schema: TableSchema) -> KeepingSink {
        var table = Array("h,k\n\"".utf8)
        for byte in bytes {
            table.append(byte)
            if byte == UInt8(ascii: "\"") { table.append(byte) }
        }
        table += Array("\",1\n".utf8)
        var sink = KeepingSink()
        let form = TableForm(layout: .wide, footers: [])
        var reader = TableReader(schema: schema, form: form, file: TableTrial.file)
        reader.feed(table.span, into: &sink)
        reader.finish(into: &sink)
        return sink
    }

    private func check(_ row: KeptRow, againstText text: String, _ schema: TableSchema) {
        var complaints: [Diagnostic] = []
        let single = Row(
            schema: schema,
            file: TableTrial.file,
            line: row.reference.line,
            values: ["h": text, "k": "1"],
            complaints: &complaints
        )
        promise(KeptRow(single) == row, "\(row.cells) in a table, \(KeptRow(single).cells) by itself")
        promise(complaints.isEmpty == (row.cells[0] != .unreadable), "unreadable without a complaint: \(complaints)")
        guard case .text = row.cells[0], let kept = row.texts[0] else { return }
        // What was kept is kept the same when it is read again.
        var more: [Diagnostic] = []
        let again = Row(
            schema: schema,
            file: TableTrial.file,
            line: row.reference.line,
            values: ["h": kept, "k": "1"],
            complaints: &more
        )
        promise(again.text(0) == kept, "\(kept) is kept as \(again.text(0) ?? "nothing") the second time")
    }
}
