// Tables with one row a value: what was measured stands in one cell, the value in another.

import Diagnostics

/// Gathers the values that belong together into rows; bounded, because they may stand anywhere in the file.
struct LongTable {
    /// Bytes kept at most.
    private static let mostBytes = 64 << 20
    /// About what a cell takes up beside its bytes, with what is noted of it.
    private static let cellCost = 256
    /// Names looked for among the known ones at most.
    private static let mostSearches = 32
    /// Headers of a column with the unit of each value.
    private static let unitHeaders: Set<String> = ["单位", "计量单位", "unit"]

    /// A value of a column that belongs to a key.
    private struct Sample: Hashable {
        let group: Int
        let column: Int
        let bytes: [UInt8]
    }

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
    /// The number of each key among the keys, and its rows by that number.
    private var groups: [[UInt8]: Int] = [:]
    private var rowsByGroup: [[Int]] = []
    /// Every value that was taken, and how many there are of a column (under no bytes).
    private var seen: Set<Sample> = []
    private var samples: [Sample: Int] = [:]
    private var readings: [Int: TableHeader.Reading] = [:]
    /// The last key, for cells that were merged.
    private var lastKey: [[UInt8]]
    private var size = 0
    /// How often the nearest name was looked for, which takes its time.
    private var searches = 0
    /// Items that are not read: those of which the feed says so, and the first ones that no feed knows and that look like
    /// none.
    private(set) var extras: [String] = []
    /// The rows of those items.
    private(set) var extraRows = 0

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

    /// What a row of the file came to.
    enum Taking {
        case used, ignored
        /// It says again what an earlier one says.
        case repeats
    }

    /// Takes one row of the file.
    /// - Throws: The reason why it is not used.
    mutating func take(_ record: Span<UInt8>, cutBy scanner: borrowing RecordScanner) throws(Reject) -> Taking {
        func cell(_ place: Int) -> [UInt8] {
            place < scanner.count ? scanner.bytes(ofCell: place, in: record) : []
        }
        // Whatever becomes of the row, the blank cells below mean its cells.
        let key = keys.enumerated().map { place, reading in
            let bytes = cell(reading.tableIndex)
            return bytes.isEmpty && reading.reader.column.fillsDown ? lastKey[place] : bytes
        }
        lastKey = key
        let line = scanner.recordLine
        let name = cell(itemPlace)
        let position = Position(file: file, line: line, column: itemPlace + 1)
        let index: Int
        switch item(name) {
        case .ignored:
            extraRows += 1
            return .ignored
        case .unknown:
            let reject = unknown(name, at: position)
            guard reject.nearest == nil, !name.isEmpty, name.span.isText(name.indices), searches < Self.mostSearches
            else {
                throw reject
            }
            // What no feed knows is there every month.
            items[name] = .ignored
            extras.append(name.span.excerpt)
            extraRows += 1
            return .ignored
        case .column(let found): index = found
        }
        guard !taken.contains(index) else { throw repeated(schema.columns[index], at: position) }
        size += record.count + Self.cellCost
        guard size <= Self.mostBytes else { throw tooLarge(line: line) }
        var value = GatheredCell(
            reading: reading(of: index),
            bytes: cell(valuePlace),
            line: line,
            column: valuePlace + 1,
            hasOwnRow: true
        )
        let unit = schema.columns[index].unit
        let written = unitPlace.map { String(decoding: cell($0), as: UTF8.self) } ?? ""
        if let unit, let unitPlace, !written.isEmpty, !HeaderName.isSameUnit(written, unit) {
            // Something was measured: without it the row must not look complete.
            value.isUnusable = true
            _ = enter(value, key: key)
            throw otherUnit(written, schema.columns[index], at: Position(file: file, line: line, column: unitPlace + 1))
        }
        return enter(value, key: key) ? .used : .repeats
    }

    /// Notes that the row above is not known, so that blank cells cannot mean its cells.
    mutating func forgetRowAbove() {
        // No text in any encoding: a cell with it is unreadable.
        for place in keys.indices where keys[place].reader.column.fillsDown { lastKey[place] = [0xFF] }
    }

    private mutating func reading(of index: Int) -> TableHeader.Reading {
        if let known = readings[index] { return known }
        let new = TableHeader.Reading(
            tableIndex: valuePlace,
            schemaIndex: index,
            reader: CellReader(column: schema.columns[index])
        )
        readings[index] = new
        return new
    }

    /// Puts a value into the first row with its key that has none for its column: a second value is a second sample.
    /// - Returns: Whether no earlier row said the same.
    private mutating func enter(_ value: GatheredCell, key: [[UInt8]]) -> Bool {
        let joined = Array(key.joined(separator: [0x1F]))
        let group = groups[joined] ?? groups.count
        groups[joined] = group
        let sample = Sample(group: group, column: value.reading.schemaIndex, bytes: value.bytes)
        guard value.isUnusable || seen.insert(sample).inserted else { return false }
        let column = Sample(group: group, column: value.reading.schemaIndex, bytes: [])
        let number = samples[column] ?? 0
        samples[column] = number + 1
        if group == rowsByGroup.count { rowsByGroup.append([]) }
        guard number == rowsByGroup[group].count else {
            rows[rowsByGroup[group][number]].cells.append(value)
            return true
        }
        size += keys.count * Self.cellCost
        let cells = zip(keys, key).map { reading, bytes in
            GatheredCell(reading: reading, bytes: bytes, line: value.line, column: reading.tableIndex + 1)
        }
        rowsByGroup[group].append(rows.count)
        rows.append(GatheredRow(line: value.line, column: nil, cells: cells + [value]))
        return true
    }

    private func tooLarge(line: Int) -> Reject {
        Reject(
            .tableTooLarge,
            Diagnostic(
                "the table is too large for one with a row for each value, the rest is not read",
                at: Position(file: file, line: line),
                expected: "at most \(Self.mostBytes) bytes in memory",
                remedy: "hand it in in parts"
            )
        )
    }

    private mutating func item(_ name: [UInt8]) -> Item {
        if let known = items[name] { return known }
        let match = String(validating: name, as: UTF8.self).flatMap { schema.match(HeaderName($0)) }
        let item: Item =
            match.map { schema.columns[$0.index].isIgnored ? .ignored : .column($0.index) } ?? .unknown
        if case .ignored = item { extras.append(name.span.excerpt) }
        // A hostile table may have a new name in every row.
        if items.count < 4096 { items[name] = item }
        return item
    }

    private mutating func unknown(_ name: [UInt8], at position: Position) -> Reject {
        let text = name.span.excerpt
        var nearest: String?
        if searches < Self.mostSearches, name.count <= 100 {
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
