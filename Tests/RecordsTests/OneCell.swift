// One cell of one column, read as a table's cell is.

import Diagnostics
import Records
import Testing

/// What became of a cell.
struct OneCell {
    let cell: Cell
    /// The text that the row holds.
    let text: String?
    let reject: Reject?

    /// Reads a cell from a table with a header and one row; the quotes keep commas inside it.
    init(
        _ written: String,
        _ type: ColumnType,
        unit: String? = nil,
        missingCodes: [String] = [],
        isFirstBadDay: Bool = false,
        atLeast: ExactDecimal? = nil,
        atMost: ExactDecimal? = nil
    ) throws {
        let schema = try TableSchema(columns: [
            Column(name: "row", titleZh: "", titleEn: "", type: .integer),
            Column(
                name: "value",
                titleZh: "",
                titleEn: "",
                type: type,
                unit: unit,
                missingCodes: missingCodes,
                firstBadDayHeaders: ["bad"],
                atLeast: atLeast,
                atMost: atMost
            ),
        ])
        let table = "row,\(isFirstBadDay ? "bad" : "value")\n1,\"\(written)\"\n"
        let sink = read(Array(table.utf8), schema: schema).sink
        let row = try #require(sink.rows.first, "\(sink.complaints)")
        cell = row.cells[1]
        text = row.texts[1]
        reject = sink.rejects.first
        #expect(sink.rejects.count == (cell.isRejected ? 1 : 0), "\(written): \(sink.complaints)")
    }

    /// Why it was rejected; `nil` for a cell that was read.
    var reason: Reject.Reason? { reject?.reason }
}

/// The number as its scale keeps it.
func exact(_ text: String) throws -> Cell { .decimal(try #require(ExactDecimal(text))) }
