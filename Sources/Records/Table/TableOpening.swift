// Finds out from a table's first bytes how its cells are separated and where its header stands.

/// What a table begins with.
///
/// Offices write titles above their headers and save with whatever separator their system has. Both are found by trying:
/// the row in which the most cells are known headers is the header, the separator that yields it is the table's.
struct TableOpening {
    /// How many bytes are looked at.
    static let length = 1 << 16
    /// In how many rows the header is looked for.
    private static let depth = 40

    /// The table's separator.
    private(set) var delimiter = Delimiter.comma
    /// How many rows stand above the header, blank ones counted.
    private(set) var rowsAbove = 0
    /// Whether a second row completes the header: merged headings with sub-headings, or a row of units.
    private(set) var hasSecondRow = false
    /// The header's names; `nil` stands for one that is not UTF-8.
    private(set) var names: [String?] = []
    /// The columns without anything in the rows that were looked at below the header.
    private(set) var emptyColumns: Set<Int> = []
    /// Whether any cell is a known header.
    private(set) var isRecognised = false

    /// What the table seems to be when it is not what its feed's tables are.
    private(set) var seemingShape: TableForm.Shape?

    /// Whether no header, but most cells of a column below, mean columns of numbers, as where each value has its row.
    private(set) var namesItems = false

    typealias Names = [String?]

    /// What is taken for granted of a table of which nothing is known.
    init() {}

    init(_ bytes: Span<UInt8>, schema: TableSchema, form: TableForm, limits: TableReader.Limits) {
        var best = 0
        var rowBelow: Names?
        if case .transposed = form.layout {
            for delimiter in Delimiter.allCases {
                let rows = Self.rows(bytes, cutAt: delimiter, limits: limits)
                let score = Transposition.headerColumn(of: rows, schema: schema)?.score ?? 0
                if score > best { (best, self.delimiter) = (score, delimiter) }
            }
            lookForRows(bytes, knowing: best, schema: schema, limits: limits)
            return
        }
        var bestColumn = 0
        for delimiter in Delimiter.allCases {
            let rows = Self.rows(bytes, cutAt: delimiter, limits: limits)
            // Without any known header the first row that holds something stands for it.
            let first = rows.firstIndex { !$0.isEmpty } ?? 0
            if delimiter == .comma, !rows.isEmpty { take(rows, above: first, delimiter, schema) }
            bestColumn = max(bestColumn, Transposition.headerColumn(of: rows, schema: schema)?.score ?? 0)
            for (index, names) in rows.enumerated() {
                var score = Self.score(names, schema: schema, form: form)
                var second: Names?
                if index + 1 < rows.count, let merged = Self.merged(names, rows[index + 1]) {
                    let both = Self.score(merged, schema: schema, form: form)
                    // Of two rows each has to say something that the other one does not.
                    if both.known > max(score.known, Self.score(rows[index + 1], schema: schema, form: form).known) {
                        (score, second) = (both, merged)
                    }
                }
                if score.known > best {
                    best = score.known
                    take(rows, above: index, delimiter, schema, second: second)
                    rowBelow = index + 1 < rows.count ? rows[index + 1] : nil
                }
                // What follows a whole header is data, and another block's header among them must not swallow them.
                if score.isComplete { break }
            }
        }
        isRecognised = best > 0
        seemingShape = shape(best: best, bestColumn: bestColumn, schema: schema, form: form)
        if !hasSecondRow, let rowBelow { addUnits(rowBelow, schema: schema) }
    }

    private mutating func take(
        _ rows: [Names],
        above: Int,
        _ delimiter: Delimiter,
        _ schema: TableSchema,
        second: Names? = nil
    ) {
        self.delimiter = delimiter
        rowsAbove = above
        hasSecondRow = second != nil
        names = second ?? rows[above]
        let below = rows.dropFirst(above + (hasSecondRow ? 2 : 1))
        emptyColumns = Set(
            names.indices.filter { column in below.allSatisfy { column >= $0.count || $0[column]?.isEmpty == true } }
        )
        namesItems = Self.namesItems(names, below[...], schema)
    }

    /// Takes a row of units below the header in: 氨氮 above mg/L is 氨氮(mg/L).
    private mutating func addUnits(_ units: Names, schema: TableSchema) {
        var withUnits = names
        var isSure = false
        for (index, unit) in units.enumerated() {
            guard let written = unit, index < names.count, let name = names[index] else { return }
            let unit = HeaderName.withoutBrackets(written)
            guard !unit.isEmpty, unit != "-", unit != "/", unit != "单位" else { continue }
            let header = HeaderName(name)
            guard let match = schema.match(header) else { continue }
            guard match.unit == nil else { return }
            let column = schema.columns[match.index]
            guard column.type.isNumber, !unit.utf8.contains(where: { $0 &- .zero < 10 }) else { return }
            guard unit != "无量纲" else { continue }
            if let declared = column.unit, HeaderName.isSameUnit(unit, declared) { isSure = true }
            withUnits[index] = "\(name)(\(unit))"
        }
        guard isSure else { return }
        names = withUnits
        hasSecondRow = true
    }

    /// Looks in a table that should have its records side by side for a row with as many headers as any column has.
    private mutating func lookForRows(
        _ bytes: Span<UInt8>,
        knowing known: Int,
        schema: TableSchema,
        limits: TableReader.Limits
    ) {
        var best = max(known, 2) - 1
        for delimiter in Delimiter.allCases {
            let rows = Self.rows(bytes, cutAt: delimiter, limits: limits)
            for (index, row) in rows.enumerated() {
                let score = Self.score(row, schema: schema, form: .wide).known
                guard score > best else { continue }
                (best, names) = (score, row)
                seemingShape = Self.namesItems(row, rows[(index + 1)...], schema) ? .long : .wide
            }
        }
    }

    /// The first rows' cells; a row that is too long or too wide is empty.
    private static func rows(
        _ bytes: Span<UInt8>,
        cutAt delimiter: Delimiter,
        limits: TableReader.Limits
    ) -> [Names] {
        guard delimiter == .wideComma else { return rows(bytes, cutAt: delimiter.byte, limits: limits) }
        var folding = WideCommaFolding()
        let folded = folding.fold(bytes) + folding.finish()
        return rows(folded.span, cutAt: delimiter.byte, limits: limits)
    }

    private static func rows(_ bytes: Span<UInt8>, cutAt separator: UInt8, limits: TableReader.Limits) -> [Names] {
        var scanner = RecordScanner(
            delimiter: separator,
            maximumLength: limits.rowBytes,
            maximumCells: limits.columns
        )
        var rows: [Names] = []
        var index = 0
        var search = scanner.search
        var start = 0
        while rows.count < depth {
            switch scanner.scan(bytes, from: &index, base: -start, with: &search) {
            case .record:
                rows.append(names(of: bytes.extracting(start..<(index - 1)), cutBy: scanner))
                scanner.beginRecord()
                start = index
            case .tooLong, .tooWide: rows.append([])
            case .skipped:
                scanner.beginRecord()
                start = index
            case .chunkEnd:
                // A row that goes on behind the bytes looked at may end inside quotes.
                if !scanner.isInsideQuotes, case .record = scanner.finish(length: bytes.count - start) {
                    rows.append(names(of: bytes.extracting(start..<bytes.count), cutBy: scanner))
                }
                return rows
            }
        }
        return rows
    }

    private static func names(of record: Span<UInt8>, cutBy scanner: borrowing RecordScanner) -> Names {
        guard !scanner.isBlank(record) else { return [] }
        return (0..<scanner.count).map { index in
            String(validating: scanner.bytes(ofCell: index, in: record), as: UTF8.self)
        }
    }

    /// How many known headers a row has, and whether they are all that a table needs.
    private static func score(_ names: Names, schema: TableSchema, form: TableForm) -> (known: Int, isComplete: Bool) {
        var found: Set<Int> = []
        var others = 0
        for name in names.compactMap(\.self) where !name.isEmpty && name.utf8.count <= 200 {
            if form.isOwnHeader(name) {
                others += 1
            } else if let index = schema.match(HeaderName(name))?.index {
                found.insert(index)
            }
        }
        let required = schema.columns.indices.filter { schema.columns[$0].isRequired }
        let isComplete = found.isSuperset(of: required) && others == form.ownHeaders && found.count + others > 1
        return (found.count + others, isComplete)
    }

    /// Two rows as one: what stands below goes before what stands above; `nil` when the second row adds nothing.
    private static func merged(_ upper: Names, _ lower: Names) -> Names? {
        guard !upper.isEmpty, !lower.isEmpty else { return nil }
        return (0..<max(upper.count, lower.count)).map { index in
            let below = index < lower.count ? lower[index] : ""
            return below == "" ? (index < upper.count ? upper[index] : "") : below
        }
    }
}

extension TableForm {
    /// How many headers the layout itself needs.
    var ownHeaders: Int { if case .long = layout { 2 } else { 0 } }

    /// Whether a header is one that the layout itself needs: the columns for the item and for the value.
    func isOwnHeader(_ name: String) -> Bool {
        guard case .long(let item, let value) = layout else { return false }
        let key = HeaderName(name).key
        return key == HeaderName(item).key || key == HeaderName(value).key
    }
}
