// Finds out from a table's first row which of its columns are read, and complains about the others.

import Diagnostics

/// Which cells of a table's rows are read, and into what.
struct TableHeader {
    /// One column of the table that is read.
    struct Reading {
        /// The cell's place in the table's rows.
        let tableIndex: Int
        /// The cell's place in the schema.
        let schemaIndex: Int
        let reader: CellReader
    }

    /// How many cells each row must have.
    let width: Int
    private(set) var readings: [Reading] = []
    /// The columns of the schema that the table has in a form that cannot be used.
    private(set) var unusable: [Int] = []
    /// Whether rows can be read at all.
    private(set) var isUsable = true
    /// What is wrong with the header, in the order of its columns.
    private(set) var complaints: [Reject] = []

    /// Where the header's names stand, for complaints.
    private let position: (Int) -> Position

    /// Matches the names in a table's header with the schema; `nil` stands for a name that is not UTF-8.
    /// - Parameters:
    ///   - passed: Columns whose lack of a name is no fault.
    ///   - position: Where the name of a column, counted from 0, stands.
    init(names: [String?], passed: Set<Int> = [], schema: TableSchema, position: @escaping (Int) -> Position) {
        width = names.count
        self.position = position
        guard !names.contains(nil) else {
            let column = names.firstIndex(of: nil) ?? 0
            isUsable = false
            complaints.append(
                Reject(
                    .undecodableHeader,
                    Diagnostic(
                        "the header is not UTF-8",
                        at: position(column),
                        remedy: "save the table as \"CSV UTF-8\" and hand it in again"
                    )
                )
            )
            return
        }
        var found = Array(repeating: [Int](), count: schema.columns.count)
        var unnamed: [Int] = []
        var conflicting: Set<Int> = []
        for (tableIndex, name) in names.compactMap(\.self).enumerated() {
            let place = position(tableIndex)
            let header = HeaderName(name)
            guard !header.key.isEmpty else {
                if !passed.contains(tableIndex) { unnamed.append(tableIndex) }
                continue
            }
            guard let (schemaIndex, unit) = schema.match(header) else {
                complaints.append(
                    Self.unknown(name, header: header, schema: schema, isSearching: complaints.count < 32, at: place)
                )
                continue
            }
            let column = schema.columns[schemaIndex]
            guard !column.isIgnored else { continue }
            found[schemaIndex].append(tableIndex)
            if let unit, let declared = column.unit, !HeaderName.isSameUnit(unit, declared) {
                conflicting.insert(schemaIndex)
                complaints.append(
                    Reject(
                        .otherUnit,
                        Diagnostic(
                            "the header states another unit, so the column is not used",
                            at: place,
                            key: column.name,
                            found: unit,
                            expected: declared,
                            remedy: "convert the values to \(declared)"
                        ),
                        column: column
                    )
                )
            }
        }
        if !unnamed.isEmpty { complaints.append(unnamedColumns(unnamed)) }
        for (schemaIndex, column) in schema.columns.enumerated() where !column.isIgnored {
            settle(column, at: schemaIndex, found: found[schemaIndex], names: names)
            if conflicting.contains(schemaIndex) {
                readings.removeAll { $0.schemaIndex == schemaIndex }
                if !unusable.contains(schemaIndex) { unusable.append(schemaIndex) }
            }
        }
        readings.sort { $0.tableIndex < $1.tableIndex }
    }

    /// Decides about one column of the schema, given where the table has it.
    private mutating func settle(
        _ column: Column,
        at schemaIndex: Int,
        found: [Int],
        names: [String?]
    ) {
        guard let first = found.first else {
            guard column.isRequired else { return }
            isUsable = false
            complaints.append(
                Reject(
                    .missingColumn,
                    Diagnostic(
                        "the required column is missing, so no row of the table is read",
                        at: Position(file: position(0).file, line: position(0).line),
                        key: column.name,
                        expected: "a column \(column.titles)",
                        remedy: "add it"
                    ),
                    column: column
                )
            )
            return
        }
        guard found.count > 1 else {
            let isFirstBadDay = column.firstBadDayHeaders.contains {
                HeaderName($0).key == HeaderName(names[first] ?? "").key
            }
            readings.append(
                Reading(
                    tableIndex: first,
                    schemaIndex: schemaIndex,
                    reader: CellReader(column: column, isFirstBadDay: isFirstBadDay)
                )
            )
            return
        }
        unusable.append(schemaIndex)
        let places = found.map { "\($0 + 1) \"\(names[$0] ?? "")\"" }
        complaints.append(
            Reject(
                .repeatedColumn,
                Diagnostic(
                    "the table has the column more than once, so none of them is used",
                    at: position(found[1]),
                    key: column.name,
                    found: "columns " + places.joined(separator: ", "),
                    expected: "one of them",
                    remedy: "remove the others"
                ),
                column: column
            )
        )
    }

    private static func unknown(
        _ name: String,
        header: HeaderName,
        schema: TableSchema,
        isSearching: Bool,
        at position: Position
    ) -> Reject {
        // A search costs more the longer the names are, and a hostile header may have thousands of long ones.
        let isSearching = isSearching && name.utf8.count <= 100
        let nearest = isSearching ? nearest(to: name, header: header, schema: schema) : nil
        let known = isSearching ? suggestion(for: name, among: schema.columns.map(\.name)) : nil
        return Reject(
            .unknownHeader,
            Diagnostic(
                "no known column has this header, so its cells are not read",
                severity: .warning,
                at: position,
                key: name,
                remedy: nearest.map { "did you mean \"\($0)\"?" } ?? known
            ),
            nearest: nearest
        )
    }

    private static func nearest(to name: String, header: HeaderName, schema: TableSchema) -> String? {
        let known = schema.columns.flatMap(\.headers).filter { !$0.isEmpty }
        return nearestName(to: name, among: known)
            ?? header.withoutUnit.flatMap { nearestName(to: $0.key, among: known) }
    }

    private func unnamedColumns(_ columns: [Int]) -> Reject {
        let listed = columns.prefix(8).map { String($0 + 1) }.joined(separator: ", ") + (columns.count > 8 ? ", …" : "")
        return Reject(
            .unnamedColumn,
            Diagnostic(
                columns.count == 1
                    ? "a column has no header, so its cells are not read"
                    : "\(columns.count) columns have no header, so their cells are not read",
                severity: .warning,
                at: position(columns[0]),
                found: "nothing in column \(listed)",
                remedy: "name them or remove them"
            )
        )
    }
}

extension Column {
    /// The headers that a person may write: the canonical name and the titles.
    fileprivate var titles: String {
        var distinct: [String] = []
        for title in [name, titleZh, titleEn] where !title.isEmpty && !distinct.contains(title) {
            distinct.append(title)
        }
        return distinct.map { "\"\($0)\"" }.joined(separator: " or ")
    }
}
