// Matters with terms, for tests that write rules, cases and events as rows.

import Almanac
import Checks
import Records
import TestKit

/// Judges matters by rules written in a test.
enum Matters {
    private static let ruleColumns: [(String, ColumnType)] = [
        ("rule", .text), ("sense", .text), ("count", .integer), ("unit", .text), ("after", .text),
        ("extension_count", .integer), ("extension_unit", .text), ("basis", .text), ("source", .text),
        ("article", .text), ("title_zh", .text), ("title_en", .text),
    ]
    private static let caseColumns: [(String, ColumnType)] = [
        ("case", .text), ("rule", .text), ("party", .text), ("start", .date), ("due", .date), ("done", .date),
        ("promised", .date), ("kept", .date),
    ]
    private static let eventColumns: [(String, ColumnType)] = [
        ("case", .text), ("rule", .text), ("event", .text), ("date", .date), ("until", .date), ("approved_by", .text),
        ("told", .date),
    ]

    /// Rules of rule, sense, count, unit, after, extension; cases and events as their columns above.
    static func judge(
        _ asOf: String,
        rules: [String],
        cases: [String],
        events: [String]? = nil,
        remindsByRawDay: Bool = false
    ) throws -> Judgement {
        func table(_ file: String, _ columns: [(String, ColumnType)], _ rows: [String]) -> Table {
            Table(file, columns, ([columns.map(\.0).joined(separator: ",")] + rows).joined(separator: "\n") + "\n")
        }
        let check = CheckDefinition.deadline(
            .init(
                leads: LeadTimes(lead: Term(10, .days), due: Term(5, .days), last: Term(1, .days)),
                calendar: try .shipped(),
                remindsByRawDay: remindsByRawDay
            )
        )
        var tables = [
            "rules": table("rules.csv", ruleColumns, rules.map { "\($0),法定,law,1,规则,rule" }),
            "cases": table("cases.csv", caseColumns, cases),
        ]
        tables["events"] = events.map { table("events.csv", eventColumns, $0) }
        return try check.judge(tables, period: .day(try day(asOf)), asOf: try day(asOf))
    }
}
