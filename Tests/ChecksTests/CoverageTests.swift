// Coverage: n of N by the authoritative list, what is left, and whose task that is.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct CoverageTests {
    private static let requirementColumns: [(String, ColumnType)] = [
        ("requirement", .text), ("requirement_name", .text), ("applies_to", .text), ("due", .date),
        ("count", .integer), ("at_most", .decimal), ("owner", .text),
    ]
    private static let unitColumns: [(String, ColumnType)] = [
        ("unit", .text), ("unit_name", .text), ("tags", .text), ("owner", .text), ("since", .date), ("until", .date),
    ]
    private static let recordColumns: [(String, ColumnType)] = [
        ("unit", .text), ("requirement", .text), ("date", .date), ("value", .decimal), ("item", .text),
    ]

    private static func judge(
        _ asOf: String,
        requirement: String = "R,全覆盖,street,2024-12-31,,,",
        units: [String] = ["S1,一街道,street,一街道办,,", "S2,二街道,street,,,", "M1,商场,mall,,,"],
        records: [String]? = []
    ) throws -> Judgement {
        func table(_ file: String, _ columns: [(String, ColumnType)], _ rows: [String]) -> Table {
            Table(file, columns, ([columns.map(\.0).joined(separator: ",")] + rows).joined(separator: "\n") + "\n")
        }
        var tables = [
            "requirements": table("requirements.csv", requirementColumns, [requirement]),
            "units": table("units.csv", unitColumns, units),
        ]
        tables["records"] = records.map { table("records.csv", recordColumns, $0) }
        return try CheckDefinition.coverage(
            .init(
                leads: LeadTimes(lead: Term(60, .days), due: Term(14, .days), last: Term(1, .days)),
                calendar: .weekdays
            )
        ).judge(tables, period: .day(try day(asOf)), asOf: try day(asOf))
    }

    @Test(
        arguments: [
            ("2024-06-01", "under-way", Assessment.State.ok), ("2024-11-15", "upcoming", .warning),
            ("2024-12-20", "due", .warning), ("2024-12-31", "last-day", .warning), ("2025-01-01", "overdue", .critical),
        ]
    )
    func oneOfTwo(asOf: String, stage: String, state: Assessment.State) throws {
        let verdict = try Self.judge(asOf, records: ["S1,R,2024-03-01,,"]).of("R")
        #expect(verdict.facts.text("stage") == stage)
        #expect(verdict.state == state)
        #expect(verdict.facts.number("done") == "1")
        #expect(verdict.facts.number("expected") == "2")
        #expect(verdict.facts.entries("left").map { $0.text("unit") } == ["二街道"])
    }

    @Test func whoseTaskIsLeftIsSaid() throws {
        let facts = try Self.judge("2024-06-01", requirement: "R,全覆盖,street,2024-12-31,,,绿化市容局").of("R").facts
        #expect(facts.entries("left").map { $0.text("owner") } == ["一街道办", "绿化市容局"])
    }

    @Test func everyUnitOfTheListIsComplete() throws {
        let facts = try Self.judge("2025-02-01", records: ["S1,R,2024-03-01,,", "S2,R,2024-05-01,,"]).of("R").facts
        #expect(facts.text("stage") == "complete")
        #expect(facts["left"] == nil)
    }

    @Test func aMergedUnitLeavesTheListOnItsDay() throws {
        let units = ["S1,一街道,street,,,", "S2,二街道,street,,,2024-06-30"]
        let records = ["S1,R,2024-03-01,,"]
        #expect(try Self.judge("2024-06-30", units: units, records: records).of("R").facts.number("expected") == "2")
        #expect(try Self.judge("2024-07-01", units: units, records: records).of("R").facts.text("stage") == "complete")
    }

    @Test("ten minutes on foot", arguments: [("10", "complete"), ("10.5", "under-way")])
    func limits(minutes: String, stage: String) throws {
        let facts = try Self.judge(
            "2024-06-01",
            requirement: "R,十分钟文化圈,street,2024-12-31,,10,",
            units: ["S1,一街坊,street,,,"],
            records: ["S1,R,2024-03-01,\(minutes),"]
        ).of("R").facts
        #expect(facts.text("stage") == stage)
    }

    @Test func aUnitMayNeedSeveralDifferentThings() throws {
        let facts = try Self.judge(
            "2024-06-01",
            requirement: "R,五社联动,street,2024-12-31,2,,",
            units: ["S1,一街道,street,,,"],
            records: ["S1,R,2024-03-01,,社工", "S1,R,2024-03-02,,社工"]
        ).of("R").facts
        #expect(facts.number("done") == "0")
        #expect(facts.entries("left").map { $0.number("has") } == ["1"])
    }

    @Test func anEmptyListIsNotAHundredPercent() throws {
        let verdict = try Self.judge("2024-06-01", units: []).of("R")
        #expect(verdict.state == .unknown)
        #expect(verdict.facts.text("stage") == "no-units")
    }

    @Test func beforeTheFirstTableNobodyIsLate() throws {
        #expect(try Self.judge("2025-01-01", records: nil).of("R").facts.text("stage") == "awaiting-first-file")
    }

    @Test func aStrangerIsNamedAndNotCounted() throws {
        let judged = try Self.judge("2024-06-01", records: ["S9,R,2024-03-01,,", "S1,Q,2024-03-01,,"])
        #expect(judged.complaints.map(\.found) == ["S9", "Q"])
        #expect(try judged.of("R").facts.number("done") == "0")
    }
}
