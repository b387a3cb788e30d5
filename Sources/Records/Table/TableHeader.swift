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
    let position: (Int) -> Position

    /// Matches the names in a table's header with the schema; `nil` stands for a name that is not UTF-8.
    /// - Parameters:
    ///   - passed: Columns whose lack of a name is no fault.
    ///   - position: Where the name of a column, counted from 0, stands.
    init(
        names: [String?],
        passed: Set<Int> = [],
        schema: TableSchema,
        form: TableForm,
        position: @escaping (Int) -> Position
    ) {
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
        var extras: [Int] = []
        var searches = 0
        var conflicting: Set<Int> = []
        for (tableIndex, name) in names.compactMap(\.self).enumerated() {
            let place = position(tableIndex)
            let header = HeaderName(name)
            guard !header.key.isEmpty else {
                if !passed.contains(tableIndex) { unnamed.append(tableIndex) }
                continue
            }
            guard let (schemaIndex, unit) = schema.match(header) else {
                // A search costs more the longer the names are, and a hostile header may have thousands of long ones.
                let isSearchable = searches < 32 && name.utf8.count <= 100 && !header.isUsualExtra
                searches += isSearchable ? 1 : 0
                if isSearchable, let nearest = Self.nearest(to: name, header: header, schema: schema) {
                    complaints.append(Self.unknown(name, nearest: nearest, at: place))
                } else {
                    extras.append(tableIndex)
                }
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
            } else if let unit, column.unit == nil, column.type.isNumber, !Self.noUnits.contains(unit) {
                complaints.append(Self.unitNotDeclared(unit, of: column, at: place))
            }
        }
        if !unnamed.isEmpty { complaints.append(unnamedColumns(unnamed)) }
        for (schemaIndex, column) in schema.columns.enumerated() where !column.isIgnored {
            if column.isRequired, found[schemaIndex].isEmpty {
                // Which headers there are is told once.
                let headers = isUsable ? TableHeaders(found: names, schema: schema, form: form) : nil
                complaints.append(missing(column, headers))
                isUsable = false
            }
            settle(column, at: schemaIndex, found: found[schemaIndex], names: names)
            if conflicting.contains(schemaIndex) {
                readings.removeAll { $0.schemaIndex == schemaIndex }
                if !unusable.contains(schemaIndex) { unusable.append(schemaIndex) }
            }
        }
        // A table that is refused is told all of its headers anyway.
        if isUsable, !extras.isEmpty { complaints.append(extraColumns(extras, names)) }
        readings.sort { $0.tableIndex < $1.tableIndex }
    }

    /// Decides about one column of the schema, given where the table has it.
    private mutating func settle(
        _ column: Column,
        at schemaIndex: Int,
        found: [Int],
        names: [String?]
    ) {
        guard let first = found.first else { return }
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

    private func missing(_ column: Column, _ headers: TableHeaders?) -> Reject {
        Reject(
            .missingColumn,
            Diagnostic(
                "the required column is missing, so no row of the table is read",
                at: Position(file: position(0).file, line: position(0).line),
                key: column.name,
                found: headers?.foundText,
                expected: "a column \(column.titles)",
                remedy: headers == nil ? "add it" : "add it; \"dutyd template\" prints an empty table"
            ),
            column: column,
            detail: headers.map(Reject.Detail.headers)
        )
    }

    private static func unknown(_ name: String, nearest: String, at position: Position) -> Reject {
        Reject(
            .unknownHeader,
            Diagnostic(
                "no known column has this header, so its cells are not read",
                severity: .warning,
                at: position,
                key: name,
                remedy: "did you mean \"\(nearest)\"?"
            ),
            nearest: nearest
        )
    }

    /// What stands in brackets where a number has no unit.
    private static let noUnits: Set<String> = ["", "无量纲", "-", "/"]

    /// Nobody can say whether numbers are meant in that unit, so somebody has to look.
    private static func unitNotDeclared(_ unit: String, of column: Column, at position: Position) -> Reject {
        Reject(
            .unitNotDeclared,
            Diagnostic(
                "the header states a unit and the column has none, so its numbers are taken as they stand",
                severity: .warning,
                at: position,
                key: column.name,
                found: unit,
                remedy: "look whether the numbers are in the unit that is agreed"
            ),
            column: column
        )
    }

    private static func nearest(to name: String, header: HeaderName, schema: TableSchema) -> String? {
        let known = schema.columns.flatMap(\.headers).filter { !$0.isEmpty }
        return nearestName(to: name, among: known)
            ?? header.withoutUnit.flatMap { nearestName(to: $0.key, among: known) }
    }

    /// One word on all columns that no feed has use for, since they are there every month.
    private func extraColumns(_ columns: [Int], _ names: [String?]) -> Reject {
        let named = columns.prefix(8).map { names[$0]?.excerpt ?? "" }.joined(separator: ", ")
        return Reject(
            .extraColumns,
            Diagnostic(
                columns.count == 1
                    ? "no known column has this header, so its cells are not read"
                    : "\(columns.count) columns have headers that no known column has, so their cells are not read",
                severity: .note,
                at: position(columns[0]),
                found: columns.count > 8 ? named + ", …" : named
            )
        )
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
