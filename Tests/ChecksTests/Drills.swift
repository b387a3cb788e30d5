// Recurring duties, for tests that name the columns of their rules.

import Almanac
import Checks
import Records
import TestKit

/// Judges one unit, or several, by rules whose columns a test names.
struct Drills {
    var rule: [String: String] = [:]
    var moreRules: [[String: String]] = []
    var units = ["U1,一中,school,2020-01-01,,"]
    /// Unit, kind, date, scenario, tags, minutes, km, reported, evaluated, improved.
    var records: [String] = []
    /// Unit, tag, from, to, approver.
    var exemptions: [String] = []
    var leads = LeadTimes(lead: Term(30, .days), due: Term(7, .days), last: Term(1, .days))
    var compliance = false
    var escalatedAfter = Term(7, .days)

    private static let ruleColumns: [(String, ColumnType)] = [
        ("rule", .text), ("applies_to", .text), ("kinds", .text), ("period", .text), ("count", .integer),
        ("clock", .text), ("basis", .text), ("source", .text), ("article", .text), ("title_zh", .text),
        ("title_en", .text), ("lead_days", .integer), ("exempt_months", .text), ("default_period", .text),
        ("per", .text), ("topics", .text), ("sub_quota", .text), ("distinct", .integer), ("min_spacing", .text),
        ("early_grace", .integer), ("late_grace", .integer), ("max_gap", .text), ("substitutes", .text),
        ("windows", .text), ("min_minutes", .decimal), ("min_km", .decimal), ("follow_up", .text),
        ("partial_slot", .flag),
    ]
    private static let unitColumns: [(String, ColumnType)] = [
        ("unit", .text), ("unit_name", .text), ("tags", .text), ("since", .date), ("plans", .integer),
        ("event_date", .date),
    ]
    private static let recordColumns: [(String, ColumnType)] = [
        ("unit", .text), ("kind", .text), ("date", .date), ("scenario", .text), ("tags", .text),
        ("minutes", .decimal), ("km", .decimal), ("reported", .date), ("evaluated", .date), ("improved", .date),
    ]
    private static let exemptionColumns: [(String, ColumnType)] = [
        ("unit", .text), ("tag", .text), ("from", .date), ("to", .date), ("approved_by", .text),
    ]

    func judge(_ asOf: String) throws -> Judgement {
        let usual = [
            "rule": "R", "applies_to": "school", "kinds": "fire", "period": "P6M", "count": "1", "clock": "bucket",
            "basis": "法定", "source": "law", "article": "1", "title_zh": "规则", "title_en": "rule",
        ]
        let rules = ([rule] + moreRules).map { own in
            let all = usual.merging(own) { $1 }
            return Self.ruleColumns.map { all[$0.0] ?? "" }.joined(separator: ",")
        }
        func table(_ file: String, _ columns: [(String, ColumnType)], _ rows: [String]) -> Table {
            Table(file, columns, ([columns.map(\.0).joined(separator: ",")] + rows).joined(separator: "\n") + "\n")
        }
        let filled = records.map { row in
            row
                + String(
                    repeating: ",",
                    count: Self.recordColumns.count - row.split(separator: ",", omittingEmptySubsequences: false).count
                )
        }
        return try CheckDefinition.cadence(
            .init(
                leads: leads,
                calendar: try .shipped(),
                tellsCompliance: compliance,
                escalatedAfter: escalatedAfter,
                redSlipAfter: Term(30, .days)
            )
        ).judge(
            [
                "rules": table("rules.csv", Self.ruleColumns, rules),
                "units": table("units.csv", Self.unitColumns, units),
                "records": table("records.csv", Self.recordColumns, filled),
                "exemptions": table("exemptions.csv", Self.exemptionColumns, exemptions),
            ],
            period: .day(try day(asOf)),
            asOf: try day(asOf)
        )
    }

    func facts(_ asOf: String) throws -> Facts { try judge(asOf).of("U1/R", "cadence").facts }
    func stage(_ asOf: String) throws -> String? { try facts(asOf).text("stage") }
}
