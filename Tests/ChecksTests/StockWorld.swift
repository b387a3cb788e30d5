// A small district's stock tables, written row by row, and the verdicts on them.

import Almanac
import Checks
import Records

/// Tables of a stock job; each row as it would stand in the file.
struct StockWorld {
    static let policyColumns: [(String, ColumnType)] = [
        ("site", .text), ("item", .text), ("minimum", .decimal), ("unit", .text), ("minimum_days", .decimal),
        ("monthly_consumption", .decimal), ("category", .text), ("rules", .text), ("rotation_from", .date),
        ("rotation_until", .date), ("cold_chain", .text), ("store", .flag), ("maximum", .decimal),
        ("emergency_point", .decimal), ("min_months", .decimal), ("max_months", .decimal), ("eop_months", .decimal),
        ("lead_days", .decimal), ("lead_sd_days", .decimal), ("review_days", .decimal), ("service_level", .decimal),
        ("demand_sd", .decimal), ("population", .decimal),
    ]
    static let ruleColumns: [(String, ColumnType)] = [
        ("rule", .text), ("kind", .text), ("value", .decimal), ("per_person", .decimal), ("from", .date),
        ("until", .date), ("document", .text), ("article", .text), ("basis", .text),
    ]
    static let itemColumns: [(String, ColumnType)] = [
        ("item", .text), ("group", .text), ("equivalent", .decimal), ("pack", .decimal), ("no_expiry", .flag),
        ("cold_chain", .text), ("surge_series", .text), ("surge_factor", .decimal),
    ]
    static let unitColumns: [(String, ColumnType)] = [("item", .text), ("unit", .text), ("factor", .decimal)]
    static let lotColumns: [(String, ColumnType)] = [
        ("site", .code), ("item", .code), ("date", .date), ("lot", .code), ("quantity", .decimal), ("expiry", .expiry),
        ("status", .text), ("unit", .text), ("location", .text), ("vvm", .text),
    ]
    static let consumptionColumns: [(String, ColumnType)] = [
        ("site", .code), ("item", .code), ("from", .date), ("date", .date), ("quantity", .decimal), ("kind", .text),
        ("unit", .text), ("stockout_days", .integer),
    ]

    /// `site,item,minimum`, and what else the row says by column.
    var policies: [(row: String, more: [String: String])] = []
    var rules: [String] = []
    var items: [String] = []
    var units: [String] = []
    /// `site,item,date,lot,quantity,expiry,status,unit,location,vvm`; what is left out is blank.
    var lots: [String] = []
    /// `site,item,from,date,quantity,kind,unit,stockout_days`.
    var consumption: [String] = []
    /// `site,series,date,count` of the one sentinel site S with its series "fever".
    var counts: [String] = []
    var parameters = Stock.Parameters(expiryHorizonDays: 30, staleAfterDays: 10)

    static func needing(_ row: String, _ more: [String: String] = [:]) -> StockWorld {
        var world = StockWorld()
        world.policies = [(row, more)]
        return world
    }

    func judge(asOf text: String = "2024-03-15") throws -> Judgement {
        var tables = [
            "policies": Self.table(
                "policies.csv",
                Self.policyColumns,
                policies.map { row, more in
                    let given = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                    return Self.policyColumns.enumerated().map { index, column in
                        index < given.count ? given[index] : more[column.0] ?? ""
                    }
                    .joined(separator: ",")
                }
            ),
            "lots": Self.table("lots.csv", Self.lotColumns, lots),
        ]
        if !rules.isEmpty { tables["rules"] = Self.table("rules.csv", Self.ruleColumns, rules) }
        if !items.isEmpty { tables["items"] = Self.table("items.csv", Self.itemColumns, items) }
        if !units.isEmpty { tables["units"] = Self.table("units.csv", Self.unitColumns, units) }
        if !consumption.isEmpty {
            tables["consumption"] = Self.table("consumption.csv", Self.consumptionColumns, consumption)
        }
        if !counts.isEmpty {
            tables["sentinels"] = Self.table("sentinels.csv", [("site", .text), ("series", .text)], ["S,fever"])
            tables["counts"] = Self.table(
                "counts.csv",
                [("site", .code), ("series", .text), ("date", .date), ("count", .decimal)],
                counts
            )
        }
        let today = try day(text)
        return try CheckDefinition.stock(parameters).judge(tables, period: .day(today), asOf: today)
    }

    /// The verdict on whether there is enough.
    func supply(_ subject: String = "A/MMR", asOf: String = "2024-03-15") throws -> Assessment {
        try judge(asOf: asOf).of(subject, "availability")
    }

    /// The verdict on what is lost.
    func loss(_ subject: String = "A/MMR", asOf: String = "2024-03-15") throws -> Assessment {
        try judge(asOf: asOf).of(subject, "expiry")
    }

    private static func table(_ file: String, _ columns: [(String, ColumnType)], _ rows: [String]) -> Table {
        let padded = rows.map { row in
            row
                + String(
                    repeating: ",",
                    count: max(0, columns.count - row.split(separator: ",", omittingEmptySubsequences: false).count)
                )
        }
        return Table(file, columns, ([columns.map(\.0).joined(separator: ",")] + padded).joined(separator: "\n") + "\n")
    }
}

extension Facts {
    func texts(_ name: String) -> [String] {
        guard case .texts(let texts)? = self[name] else { return [] }
        return texts
    }
}
