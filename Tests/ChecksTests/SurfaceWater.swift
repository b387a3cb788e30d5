// The part of GB 3838-2002 (table 1) that the tests judge by, and sections on one river.

import Almanac
import Checks
import Records

enum SurfaceWater {
    /// Limits of classes I to V and the decimals of an assessed mean, for rivers.
    static func standard() throws -> WaterQualityStandard {
        WaterQualityStandard(
            name: "GB3838-2002",
            items: [
                try item("pH", .range, "9 9 9 9 9", lower: "6", decimals: 0),
                try item("DO", .min, "7.5 6 5 3 2", decimals: 1),
                try item("CODMn", .max, "2 4 6 10 15", decimals: 1),
                try item("COD", .max, "15 15 20 30 40", decimals: 1),
                try item("BOD5", .max, "3 3 4 6 10", decimals: 1),
                try item("NH3-N", .max, "0.15 0.5 1.0 1.5 2.0", decimals: 2),
                try item("TP", .max, "0.02 0.1 0.2 0.3 0.4", decimals: 3),
                try item("TN", .max, "0.2 0.5 1.0 1.5 2.0", decimals: 2, decides: false),
                try item("VP", .max, "0.002 0.002 0.005 0.01 0.1", decimals: 4),
                try item("oil", .max, "0.05 0.05 0.05 0.5 1.0", decimals: 2),
            ],
            method: method,
            plausibility: plausibility
        )
    }

    /// 环办〔2011〕22号.
    static let method = AssessmentMethod(
        document: "环办〔2011〕22号",
        validFrom: CivilMonth(year: 2011, month: 3).firstDay.adding(days: 8),
        leastMonthsOfYear: 8,
        leastSections: 5,
        excellentFrom: 90,
        goodFrom: 75,
        moderateFrom: 20,
        heavyFrom: 40,
        mostPollutants: 3
    )

    static let plausibility = PlausibilityLimits(
        timesClassV: ExactDecimal(100),
        frozenPeriods: 3,
        frozenDigits: 3,
        mostSaturation: ExactDecimal(coefficient: 15, scale: 1),
        mostIndexOfDemand: ExactDecimal(coefficient: 11, scale: 1)
    )

    static func check() throws -> CheckDefinition { .sectionCompliance(.init(standard: try standard())) }

    static let february2024 = Period.month(CivilMonth(year: 2024, month: 2))

    private static func item(
        _ symbol: String,
        _ direction: WaterQualityStandard.Direction,
        _ limits: String,
        lower: String? = nil,
        decimals: Int,
        decides: Bool = true
    ) throws -> WaterQualityStandard.Item {
        WaterQualityStandard.Item(
            symbol: symbol,
            unit: symbol == "pH" ? "" : "mg/L",
            direction: direction,
            limits: try limits.split(separator: " ").map { try decimal(String($0)) },
            lower: try lower.map(decimal),
            decimals: decimals,
            decides: decides
        )
    }

    private static let registerColumns: [(String, ColumnType)] = [
        ("code", .text), ("river", .text), ("section", .text), ("target", .text), ("expected_items", .text),
    ]

    /// The columns of a register that says all it can.
    private static let fullRegister: [(String, ColumnType)] =
        registerColumns + [
            ("valid_from", .month), ("start", .month), ("suspended_from", .month), ("suspended_until", .month),
            ("suspended_reason", .text), ("water_body", .text), ("drinking_water", .flag),
        ]

    /// Judges one section, or several, over months.
    ///
    /// - Parameters:
    ///   - register: Rows of code, river, section, target, expected items, from when the target holds, first month,
    ///     suspended from, until and why, kind of water, whether it is a source of drinking water; what is left out at the
    ///     end is blank.
    ///   - rows: Rows of code, month, and then the items.
    static func watch(
        register: [String] = ["S1,新泾港,天山路桥,Ⅲ"],
        items: [String],
        rows: [String],
        in period: Period,
        asOf: String? = nil,
        setting change: (inout SectionCompliance.Parameters) -> Void = { _ in }
    ) throws -> Judgement {
        var parameters = SectionCompliance.Parameters(standard: try standard())
        parameters.indicators = SectionIndicator.optional
        change(&parameters)
        let header = (["code", "month", "river", "section"] + items).joined(separator: ",")
        let columns: [(String, ColumnType)] =
            [("code", .text), ("month", .month), ("river", .text), ("section", .text)]
            + items.map { ($0, .measurement) }
        let body = rows.map { row in
            let cells = row.split(separator: ",", omittingEmptySubsequences: false)
            return ([cells[0], cells[1], "", ""] + cells.dropFirst(2)).joined(separator: ",")
        }
        let width = fullRegister.count
        let known = register.map { $0 + String(repeating: ",", count: width - 1 - $0.count { $0 == "," }) }
        let names = fullRegister.map(\.0).joined(separator: ",")
        return try CheckDefinition.sectionCompliance(parameters).judge(
            [
                "sections": Table("sections.csv", fullRegister, ([names] + known).joined(separator: "\n") + "\n"),
                "measurements": Table("water.csv", columns, ([header] + body).joined(separator: "\n") + "\n"),
            ],
            period: period,
            asOf: try asOf.map(day) ?? period.last.adding(days: 5)
        )
    }

    static func month(_ year: Int, _ month: Int) -> Period { .month(CivilMonth(year: year, month: month)) }

    /// Judges February 2024: a register and measurements, both without their header's fixed part.
    ///
    /// - Parameters:
    ///   - sections: Rows of code, river, section, target, expected items.
    ///   - items: The items that the measurements have columns for.
    ///   - rows: Rows of river, section, month, target, and then the items.
    static func judge(
        sections: [String] = ["S1,新泾港,天山路桥,Ⅲ,"],
        items: [String],
        rows: [String]
    ) throws -> Judgement {
        let header = (["river", "section", "month", "target"] + items).joined(separator: ",")
        let columns: [(String, ColumnType)] =
            [("river", .text), ("section", .text), ("month", .month), ("target", .text)]
            + items.map { ($0, .measurement) }
        return try check().judge(
            [
                "sections": Table(
                    "sections.csv",
                    registerColumns,
                    (["code,river,section,target,expected_items"] + sections).joined(separator: "\n") + "\n"
                ),
                "measurements": Table("water.csv", columns, ([header] + rows).joined(separator: "\n") + "\n"),
            ],
            period: february2024,
            asOf: try day("2024-03-05")
        )
    }

    /// The verdict on one section (target III) of which one item was measured once in February 2024.
    static func verdict(_ item: String, _ value: String) throws -> Assessment {
        try judge(items: [item], rows: ["新泾港,天山路桥,2024-02,,\(value)"]).of("S1")
    }
}
