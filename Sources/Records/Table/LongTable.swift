// Tables with one row a value: what was measured stands in one cell, the value in another.

import Diagnostics

/// Gathers the values that belong together into rows; bounded, because they may stand anywhere in the file.
struct LongTable {
    /// Bytes kept at most.
    private static let mostBytes = 64 << 20
    /// Headers of a column with the unit of each value.
    private static let unitHeaders: Set<String> = ["单位", "计量单位", "unit"]

    /// What an item means.
    private enum Item {
        case column(Int)
        case ignored
        case unknown
    }

    private let schema: TableSchema
    private let file: String
    private let itemPlace: Int
    private let valuePlace: Int
    private let unitPlace: Int?
    /// The columns that say what a value belongs to.
    private let keys: [TableHeader.Reading]
    /// The columns of the schema that the table has as such, which no item can mean.
    private let taken: Set<Int>
    private var items: [[UInt8]: Item] = [:]
    private(set) var rows: [GatheredRow] = []
    private var rowsByKey: [[UInt8]: [Int]] = [:]
    /// The last key, for cells that were merged.
    private var lastKey: [[UInt8]]
    private var size = 0
    /// How often the nearest name was looked for, which takes its time.
    private var searches = 0

    /// The columns of a header that belong to the layout and not to the schema.
    static func ownColumns(of names: [String?], form: TableForm, schema: TableSchema) -> Set<Int> {
        Set(
            names.indices.filter { index in
                guard let name = names[index] else { return false }
                let header = HeaderName(name)
                return form.isOwnHeader(name) || unitHeaders.contains(header.key) && schema.match(header) == nil
            }
        )
    }

    /// Makes a gatherer for the rows below a header; `nil` when it lacks the item or the value.
    init?(names: [String?], header: TableHeader, item: String, value: String, schema: TableSchema, file: String) {
        func place(_ title: String) -> Int? {
            names.firstIndex { $0.map { HeaderName($0).key == HeaderName(title).key } ?? false }
        }
        guard let itemPlace = place(item), let valuePlace = place(value) else { return nil }
        self.schema = schema
        self.file = file
        self.itemPlace = itemPlace
        self.valuePlace = valuePlace
        unitPlace = names.firstIndex { $0.map { Self.unitHeaders.contains(HeaderName($0).key) } ?? false }
            .flatMap { place in header.readings.contains { $0.tableIndex == place } ? nil : place }
        keys = header.readings
        taken = Set(header.readings.map(\.schemaIndex) + header.unusable)
        lastKey = Array(repeating: [], count: header.readings.count)
    }

    /// Takes one row of the file.
    /// - Throws: The reason why it is not used.
    mutating func take(_ record: Span<UInt8>, cutBy scanner: borrowing RecordScanner) throws(Reject) {
        func cell(_ place: Int) -> [UInt8] {
            place < scanner.count ? scanner.bytes(ofCell: place, in: record) : []
        }
        let line = scanner.recordLine
        let name = cell(itemPlace)
        let position = Position(file: file, line: line, column: itemPlace + 1)
        let index: Int
        switch item(name) {
        case .ignored: return
        case .unknown: throw unknown(name, at: position)
        case .column(let found): index = found
        }
        let column = schema.columns[index]
        guard !taken.contains(index) else { throw repeated(column, at: position) }
        if let unitPlace, let unit = column.unit {
            let written = String(decoding: cell(unitPlace), as: UTF8.self)
            guard written.isEmpty || HeaderName.isSameUnit(written, unit) else {
                throw otherUnit(written, column, at: Position(file: file, line: line, column: unitPlace + 1))
            }
        }
        let key = keys.enumerated().map { place, reading in
            let bytes = cell(reading.tableIndex)
            return bytes.isEmpty && reading.reader.column.fillsDown ? lastKey[place] : bytes
        }
        lastKey = key
        size += record.count + 64
        guard size <= Self.mostBytes else {
            throw Reject(
                .tableTooLarge,
                Diagnostic(
                    "the table is too large for one with a row for each value, the rest is not read",
                    at: Position(file: file, line: line),
                    expected: "at most \(Self.mostBytes) bytes",
                    remedy: "hand it in in parts"
                )
            )
        }
        let value = GatheredCell(
            reading: TableHeader.Reading(
                tableIndex: valuePlace,
                schemaIndex: index,
                reader: CellReader(column: column)
            ),
            bytes: cell(valuePlace),
            line: line,
            column: valuePlace + 1
        )
        enter(value, key: key)
    }

    /// Puts a value into the first row with its key that has none for its column: a second value is a second sample.
    private mutating func enter(_ value: GatheredCell, key: [[UInt8]]) {
        let joined = Array(key.joined(separator: [0x1F]))
        for index in rowsByKey[joined] ?? [] {
            let cells = rows[index].cells
            guard let earlier = cells.first(where: { $0.reading.schemaIndex == value.reading.schemaIndex }) else {
                rows[index].cells.append(value)
                return
            }
            if earlier.bytes == value.bytes { return }
        }
        let cells = zip(keys, key).map { reading, bytes in
            GatheredCell(reading: reading, bytes: bytes, line: value.line, column: reading.tableIndex + 1)
        }
        rowsByKey[joined, default: []].append(rows.count)
        rows.append(GatheredRow(line: value.line, column: nil, cells: cells + [value]))
    }

    private mutating func item(_ name: [UInt8]) -> Item {
        if let known = items[name] { return known }
        let match = String(validating: name, as: UTF8.self).flatMap { schema.match(HeaderName($0)) }
        let item: Item =
            match.map { schema.columns[$0.index].isIgnored ? .ignored : .column($0.index) } ?? .unknown
        // A hostile table may have a new name in every row.
        if items.count < 4096 { items[name] = item }
        return item
    }

    private mutating func unknown(_ name: [UInt8], at position: Position) -> Reject {
        let text = name.span.excerpt
        var nearest: String?
        if searches < 32, name.count <= 100 {
            searches += 1
            nearest = nearestName(to: text, among: schema.columns.flatMap(\.headers).filter { !$0.isEmpty })
        }
        return Reject(
            .unknownItem,
            Diagnostic(
                "no known column has this name, so the value is not used",
                at: position,
                found: text,
                remedy: nearest.map { "did you mean \"\($0)\"?" }
            ),
            nearest: nearest
        )
    }

    private func repeated(_ column: Column, at position: Position) -> Reject {
        Reject(
            .repeatedColumn,
            Diagnostic(
                "the table has a column of its own for this, so the value is not used",
                at: position,
                key: column.name,
                remedy: "remove the row"
            ),
            column: column
        )
    }

    private func otherUnit(_ unit: String, _ column: Column, at position: Position) -> Reject {
        Reject(
            .otherUnit,
            Diagnostic(
                "the value has another unit, so it is not used",
                at: position,
                key: column.name,
                found: unit,
                expected: column.unit,
                remedy: column.unit.map { "convert it to \($0)" }
            ),
            column: column
        )
    }
}
