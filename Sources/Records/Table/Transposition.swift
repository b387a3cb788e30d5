// Tables whose headers stand below each other and whose records stand side by side.

import Diagnostics

/// Keeps a table until its end and turns its columns into rows; bounded, because all of it is kept.
struct Transposition {
    /// Bytes kept at most; a table to be read by people has some thousands.
    private static let mostBytes = 16 << 20
    /// In how many columns the headers are looked for.
    private static let depth = 3

    private var rows: [(line: Int, cells: [[UInt8]])] = []
    private var size = 0

    /// Keeps one row; `false` when the table has become too large.
    mutating func take(_ record: Span<UInt8>, cutBy scanner: borrowing RecordScanner) -> Bool {
        // A cell costs more than its bytes.
        size += record.count + scanner.count * 32
        guard size <= Self.mostBytes else { return false }
        let cells = (0..<scanner.count).map { scanner.bytes(ofCell: $0, in: record) }
        rows.append((scanner.recordLine, cells))
        return true
    }

    /// What stands at the beginnings of the rows.
    var beginnings: [String?] {
        rows.prefix(64).map { row in row.cells.first.flatMap { String(validating: $0, as: UTF8.self) } }
    }

    /// The column with the most known headers, and how many it has.
    static func headerColumn(of rows: [[String?]], schema: TableSchema) -> (index: Int, score: Int)? {
        let scores = (0..<depth).map { column in
            Set(
                rows.compactMap { row in
                    column < row.count ? row[column].flatMap { schema.match(HeaderName($0))?.index } : nil
                }
            ).count
        }
        guard let best = scores.max(), best > 0, let index = scores.firstIndex(of: best) else { return nil }
        return (index, best)
    }

    /// What the table says: its header, the rows above it, and its records as rows.
    struct Result {
        let header: TableHeader
        let titleRows: Int
        let rows: [GatheredRow]
    }

    /// Ends the table; `nil` when no header is known.
    func finish(schema: TableSchema, form: TableForm, file: String) -> Result? {
        let texts = rows.map { row in row.cells.map { String(validating: $0, as: UTF8.self) } }
        guard let (headerColumn, _) = Self.headerColumn(of: texts, schema: schema) else { return nil }
        let first = texts.firstIndex { Self.isKnown($0, at: headerColumn, schema: schema) } ?? 0
        let body = Array(rows[first...])
        let names = texts[first...].map { headerColumn < $0.count ? $0[headerColumn] : "" }
        let header = TableHeader(names: names, schema: schema, form: form) { index in
            Position(file: file, line: body[index].line, column: headerColumn + 1)
        }
        let width = body.map(\.cells.count).max() ?? 0
        let records = ((headerColumn + 1)..<max(width, headerColumn + 1)).compactMap { column -> GatheredRow? in
            let cells = header.readings.map { reading in
                let row = body[reading.tableIndex]
                let bytes = column < row.cells.count ? row.cells[column] : []
                return GatheredCell(reading: reading, bytes: bytes, line: row.line, column: column + 1)
            }
            guard cells.contains(where: { !$0.bytes.isEmpty }), !Self.areUnits(cells) else { return nil }
            return GatheredRow(line: body[0].line, column: column + 1, cells: cells)
        }
        return Result(header: header, titleRows: first, rows: records)
    }

    private static func isKnown(_ row: [String?], at column: Int, schema: TableSchema) -> Bool {
        guard column < row.count, let name = row[column] else { return false }
        return schema.match(HeaderName(name)) != nil
    }

    /// Whether a column holds the units of the rows and no record.
    private static func areUnits(_ cells: [GatheredCell]) -> Bool {
        let written = cells.filter { !$0.bytes.isEmpty }
        return written.allSatisfy { cell in
            let text = String(decoding: cell.bytes, as: UTF8.self)
            guard let unit = cell.reading.reader.column.unit else { return ["单位", "无量纲", "-", "/"].contains(text) }
            return HeaderName.isSameUnit(text, unit)
        }
    }
}
