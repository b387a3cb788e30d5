// Folds tables written in a test through a check, as a run does.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

/// What a check said about the tables it was given.
struct Judgement {
    var assessments: [Assessment] = []
    /// Rows that could be read but not used.
    var complaints: [Diagnostic] = []
    /// Cells and rows that could not be read.
    var rejects: [Diagnostic] = []

    /// The one verdict on a subject, and on one indicator where it has several.
    func of(_ subject: String, _ indicator: String? = nil) throws -> Assessment {
        let found = assessments.filter { $0.subject == subject && (indicator == nil || $0.indicator == indicator) }
        try #require(found.count == 1, "verdicts on \(subject): \(found.count)")
        return try #require(found.first)
    }
}

/// One table: its columns and its text.
struct Table {
    let columns: [(String, ColumnType)]
    let file: String
    let text: String

    init(_ file: String, _ columns: [(String, ColumnType)], _ text: String) {
        self.columns = columns
        self.file = file
        self.text = text
    }

    func schema() throws -> TableSchema {
        try TableSchema(columns: columns.map { Column(name: $0.0, titleZh: $0.0, titleEn: $0.0, type: $0.1) })
    }
}

extension CheckDefinition {
    /// The verdicts of one run over the tables that play the roles.
    func judge(
        _ tables: [String: Table],
        period: Period,
        asOf: CivilDate,
        oneRowOf keys: [String: [Int]] = [:]
    ) throws -> Judgement {
        try fold(tables, oneRowOf: keys) { begin(schemas: $0, period: period, asOf: asOf) }
    }

    /// The verdicts of one run on every period that there are rows of.
    func judgeAll(_ tables: [String: Table], rule: PeriodRule) throws -> Judgement {
        try fold(tables, oneRowOf: [:]) { try #require(beginAll(schemas: $0, rule: rule)) }
    }

    private func fold(
        _ tables: [String: Table],
        oneRowOf keys: [String: [Int]],
        _ begin: ([String: TableSchema]) throws -> any Check
    ) throws -> Judgement {
        let schemas = try tables.mapValues { try $0.schema() }
        #expect(problems(with: schemas) == [])
        var sink = Folding(check: try begin(schemas))
        for (index, role) in roles.enumerated() {
            guard let table = tables[role.name], let schema = schemas[role.name] else {
                sink.check.awaitFirstTable(role: index)
                continue
            }
            sink.role = index
            var reader = TableReader(schema: schema, file: table.file)
            let bytes = Array(table.text.utf8)
            let rule = keys[role.name].map { DuplicateRule(schema: schema, key: $0, conflicts: .refuse) }
            var gate = DuplicateGate(rule, memory: DuplicateMemory(), file: table.file, next: sink)
            reader.feed(bytes.span, into: &gate)
            reader.finish(into: &gate)
            sink = gate.next
        }
        let assessments = sink.check.finish()
        return Judgement(assessments: assessments, complaints: sink.check.complaints.all, rejects: sink.rejects)
    }
}

private struct Folding: RowSink {
    var check: any Check
    var role = 0
    var rejects: [Diagnostic] = []

    mutating func accept(_ row: borrowing Row) { check.consume(row, role: role) }
    mutating func reject(_ reject: Reject) { rejects.append(reject.diagnostic) }
}

extension Facts {
    func text(_ name: String) -> String? {
        guard case .text(let text)? = self[name] else { return nil }
        return text
    }

    /// The number as it is written in notices and for scripts.
    func number(_ name: String) -> String? {
        switch self[name] {
        case .decimal(let number): number.description
        case .integer(let number): String(number)
        default: nil
        }
    }

    func flag(_ name: String) -> Bool? {
        guard case .flag(let flag)? = self[name] else { return nil }
        return flag
    }

    func entries(_ name: String) -> [Facts] {
        guard case .list(let entries)? = self[name] else { return [] }
        return entries
    }

    /// The facts of one item of a section's verdict.
    func item(_ symbol: String) throws -> Facts {
        try #require(entries("items").first { $0.text("item") == symbol }, "the verdict does not speak of \(symbol)")
    }
}

func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso8601: text), "\(text) is no date") }

func decimal(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text), "\(text) is no number") }
