// Drills before the first table of drills: nobody is late who was never asked.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct AwaitedRecordsTests {
    private static let rules = """
        rule,applies_to,kinds,period,count,clock,basis,source,article,title_zh,title_en
        TURN,school,fire,P2Y,1,rolling,法定,law,1,规则,rule
        YEAR,school,fire,P1Y,1,bucket,法定,law,1,规则,rule

        """

    private static func judge(_ asOf: String, since: String, records: String?) throws -> Judgement {
        let texts: (String) -> [(String, ColumnType)] = { $0.split(separator: ",").map { (String($0), .text) } }
        let ruleColumns =
            texts("rule,applies_to,kinds,period").map { $0 } + [("count", .integer)]
            + texts("clock,basis,source,article,title_zh,title_en")
        var tables = [
            "rules": Table("rules.csv", ruleColumns, rules),
            "units": Table(
                "units.csv",
                texts("unit,unit_name,tags") + [("since", .date)],
                "unit,unit_name,tags,since\nU1,一中,school,\(since)\n"
            ),
        ]
        if let records {
            let columns = texts("unit,kind") + [("date", .date)]
            tables["records"] = Table("records.csv", columns, "unit,kind,date\n" + records)
        }
        let date = try day(asOf)
        return try CheckDefinition.cadence(.monthAndWeek)
            .judge(tables, period: .day(date), asOf: date)
    }

    @Test(arguments: ["U1/TURN", "U1/YEAR"])
    func `without any table nobody is overdue, and what is missing is said`(subject: String) throws {
        let verdict = try Self.judge("2024-06-01", since: "2020-01-01", records: nil).of(subject)
        #expect(verdict.state == .unknown)
        #expect(verdict.facts.text("stage") == "awaiting-first-file")
        #expect(verdict.gaps.map(\.description) == ["awaiting-first-file records"])
        #expect(verdict.facts["since"] == .date(try day("2020-01-01")))
    }

    @Test(arguments: ["", "U2,fire,2024-05-01\n", "U1,flood,2024-05-01\n"])
    func `with a table that has no row of the unit the unit is overdue`(records: String) throws {
        let verdict = try Self.judge("2024-06-01", since: "2020-01-01", records: records).of("U1/YEAR")
        #expect(verdict.state == .critical)
        #expect(verdict.facts.text("stage") == "overdue")
        #expect(verdict.facts["last"] == nil)
        // By which notices say that nothing was ever recorded, and from when they count.
        #expect(verdict.facts["since"] == .date(try day("2020-01-01")))
    }

    @Test func `what is not due yet needs no table to be said`() throws {
        let verdict = try Self.judge("2024-06-01", since: "2024-01-01", records: nil).of("U1/TURN")
        #expect(verdict.facts.text("stage") == "not-due")
        #expect(verdict.state == .ok)
    }

    @Test(arguments: ["2024-12-05", "2024-12-30"])
    func `reminders wait for the first table, too`(asOf: String) throws {
        let verdict = try Self.judge(asOf, since: "2024-01-01", records: nil).of("U1/YEAR")
        #expect(verdict.facts.text("stage") == "awaiting-first-file")
        #expect(try Self.judge(asOf, since: "2024-01-01", records: "").of("U1/YEAR").state == .warning)
    }

    @Test func `a unit with a drill has no start in its facts`() throws {
        let facts = try Self.judge("2024-06-01", since: "2020-01-01", records: "U1,fire,2024-05-01\n").of("U1/YEAR")
            .facts
        #expect(facts["since"] == nil)
        #expect(facts["last"] == .date(try day("2024-05-01")))
    }
}
