// Duties that come round: counted in calendar buckets or rolling from the last one done.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct CadenceTests {
    private static let ruleColumns: [(String, ColumnType)] = [
        ("rule", .text), ("applies_to", .text), ("kinds", .text), ("period", .text), ("count", .integer),
        ("clock", .text), ("lead_days", .integer), ("exempt_months", .text), ("basis", .text), ("source", .text),
        ("article", .text), ("title_zh", .text), ("title_en", .text),
    ]
    private static let unitColumns: [(String, ColumnType)] = [
        ("unit", .text), ("unit_name", .text), ("tags", .text), ("since", .date),
    ]
    private static let recordColumns: [(String, ColumnType)] = [("unit", .text), ("kind", .text), ("date", .date)]

    /// Judges one day: rules of rule, tags, kinds, period, count, clock, lead days, exempt months.
    private static func judge(
        _ asOf: String,
        rules: [String],
        units: [String] = ["U1,一中,school,2020-01-01"],
        records: [String] = []
    ) throws -> Judgement {
        let check = CheckDefinition.cadence(.monthAndWeek)
        let header = ruleColumns.map(\.0).joined(separator: ",")
        let date = try day(asOf)
        return try check.judge(
            [
                "rules": Table(
                    "rules.csv",
                    ruleColumns,
                    ([header] + rules.map { "\($0),法定,law,1,规则,rule" }).joined(separator: "\n") + "\n"
                ),
                "units": Table(
                    "units.csv",
                    unitColumns,
                    (["unit,unit_name,tags,since"] + units).joined(separator: "\n") + "\n"
                ),
                "records": Table(
                    "records.csv",
                    recordColumns,
                    (["unit,kind,date"] + records).joined(separator: "\n") + "\n"
                ),
            ],
            period: .day(date),
            asOf: date
        )
    }

    private static func stage(
        _ asOf: String,
        rule: String,
        unit: String = "U1,一中,school,2020-01-01",
        records: [String] = []
    ) throws -> String? {
        try judge(asOf, rules: [rule], units: [unit], records: records.map { "U1,fire,\($0)" })
            .of("U1/R").facts.text("stage")
    }

    @Test(
        "a bucket is a calendar month, quarter, half-year or year",
        arguments: [
            ("P1M", "2024-06-01", "2024-06"), ("P3M", "2024-06-01", "2024-Q2"), ("P6M", "2024-06-01", "2024-H1"),
            ("P1Y", "2024-06-01", "2024"), ("P12M", "2024-06-01", "2024"),
        ]
    )
    func buckets(period: String, done: String, label: String) throws {
        let facts = try Self.judge(
            "2024-06-10",
            rules: ["R,school,fire,\(period),1,bucket,,"],
            records: ["U1,fire,\(done)"]
        ).of("U1/R").facts
        #expect(facts.text("slot") == label)
        #expect(facts.text("stage") == "done")
    }

    @Test(
        "within a half-year that was owed and the one before kept",
        arguments: [
            ("2024-05-30", "not-due", Assessment.State.ok), ("2024-05-31", "upcoming", .warning),
            ("2024-06-22", "upcoming", .warning), ("2024-06-23", "due", .warning), ("2024-06-28", "due", .warning),
            ("2024-06-29", "last-day", .warning), ("2024-06-30", "last-day", .warning),
            ("2024-07-01", "overdue", .critical),
        ]
    )
    func bucketEdges(asOf: String, stage: String, state: Assessment.State) throws {
        let verdict = try Self.judge(
            asOf,
            rules: ["R,school,fire,P6M,1,bucket,,"],
            records: ["U1,fire,2023-12-31"]
        ).of("U1/R")
        #expect(verdict.facts.text("stage") == stage)
        #expect(verdict.state == state)
    }

    @Test(
        "two years rolling from the last one done",
        arguments: [
            ("2025-01-31", "not-due", "31"), ("2025-02-01", "upcoming", "30"), ("2025-02-23", "upcoming", "8"),
            ("2025-02-24", "due", "7"), ("2025-03-01", "due", "2"),
            ("2025-03-02", "last-day", "1"), ("2025-03-03", "last-day", "0"), ("2025-03-04", "overdue", "-1"),
        ]
    )
    func rollingEdges(asOf: String, stage: String, daysLeft: String) throws {
        let facts = try Self.judge(
            asOf,
            rules: ["R,school,fire,P2Y,1,rolling,,"],
            records: ["U1,fire,2021-06-01", "U1,fire,2023-03-03"]
        ).of("U1/R").facts
        #expect(facts.text("stage") == stage)
        #expect(facts["due"] == .date(try day("2025-03-03")))
        #expect(facts.number("daysLeft") == daysLeft)
        #expect(facts.text("lastRow") == "records.csv:3")
    }

    @Test func rollingFromALeapDayEndsWithTheShorterMonth() throws {
        let facts = try Self.judge(
            "2025-06-01",
            rules: ["R,school,fire,P2Y,1,rolling,,"],
            records: ["U1,fire,2024-02-29"]
        ).of("U1/R").facts
        #expect(facts["due"] == .date(try day("2026-02-28")))
    }

    @Test(
        "two a year",
        arguments: [
            ([], "due", "0"), (["2024-03-01"], "due", "1"), (["2024-03-01", "2024-09-01"], "done", "2"),
            // Last year's second one does not count for this year.
            (["2023-03-01", "2023-12-31", "2024-03-01"], "due", "1"),
        ] as [([String], String, String)]
    )
    func twoAYear(records: [String], stage: String, done: String) throws {
        let facts = try Self.judge(
            "2024-12-28",
            rules: ["R,school,fire,P1Y,2,bucket,,"],
            units: ["U1,一中,school,2024-01-01"],
            records: records.map { "U1,fire,\($0)" }
        ).of("U1/R").facts
        #expect(facts.text("stage") == stage)
        #expect(facts.number("done") == done)
        #expect(facts.number("owed") == "2")
    }

    @Test func aMissedBucketStaysOverdueUntilTheUnitDrillsAgain() throws {
        let rule = "R,school,fire,P3M,1,bucket,,"
        #expect(try Self.stage("2024-05-20", rule: rule, records: ["2023-12-01"]) == "overdue")
        #expect(try Self.stage("2024-05-20", rule: rule, records: ["2023-12-01", "2024-05-19"]) == "done")
    }

    @Test("never recorded is not the same as overdue", arguments: ["P6M,1,bucket,,", "P2Y,1,rolling,,"])
    func neverRecorded(rule: String) throws {
        let verdict = try Self.judge(
            "2024-04-01",
            rules: ["R,school,fire,\(rule)"],
            units: ["U1,一中,school,"]
        ).of("U1/R")
        #expect(verdict.facts.text("stage") == "never-recorded")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["never-recorded R units.csv:2"])
    }

    @Test func aRegisteredStartIsWhereTheClockBegins() throws {
        let rule = "R,school,fire,P2Y,1,rolling,,"
        #expect(try Self.stage("2024-04-01", rule: rule, unit: "U1,一中,school,2022-03-31") == "overdue")
        #expect(try Self.stage("2024-04-01", rule: rule, unit: "U1,一中,school,2023-03-31") == "not-due")
    }

    @Test func anExemptMonthOwesNothing() throws {
        let rule = "R,school,fire,P1M,1,bucket,7,7;8"
        #expect(try Self.stage("2024-07-31", rule: rule, records: ["2024-06-03"]) == "exempt")
        #expect(try Self.stage("2024-06-28", rule: rule, records: ["2024-05-03"]) == "due")
        // September is not made overdue by August.
        #expect(try Self.stage("2024-09-02", rule: rule, records: ["2024-06-03"]) == "not-due")
    }

    @Test func aVacationDoesNotSettleWhatWasMissedBefore() throws {
        let rule = "R,school,fire,P1M,1,bucket,7,7;8"
        for day in ["2024-07-20", "2024-08-31", "2024-09-02"] {
            #expect(try Self.stage(day, rule: rule, records: ["2024-05-03"]) == "overdue")
            #expect(try Self.stage(day, rule: rule, records: ["2024-05-03", "2024-07-05"]) != "overdue")
        }
    }

    @Test func aKindThatNoRuleKnowsIsNamedAndDoesNotCount() throws {
        let judged = try Self.judge(
            "2024-06-30",
            rules: ["R,school,fire-evacuation,P6M,1,bucket,,"],
            records: ["U1,fire-evacuation,2023-12-01", "U1,fire-evacuaton,2024-06-01"]
        )
        #expect(judged.complaints.map(\.found) == ["fire-evacuaton"])
        #expect(judged.complaints.first?.remedy == "did you mean \"fire-evacuation\"?")
        #expect(try judged.of("U1/R").facts.text("stage") == "last-day")
    }

    @Test func theRulesOwnLeadGoesBeforeTheJobs() throws {
        let rule = "R,school,fire,P6M,1,bucket,60,"
        #expect(try Self.stage("2024-05-01", rule: rule, records: ["2023-12-01"]) == "upcoming")
        #expect(try Self.stage("2024-04-30", rule: rule, records: ["2023-12-01"]) == "not-due")
    }

    @Test func aRecordDatedLaterDoesNotCountYet() throws {
        let rule = "R,school,fire,P6M,1,bucket,,"
        #expect(try Self.stage("2024-06-29", rule: rule, records: ["2023-12-01", "2024-06-30"]) == "last-day")
        #expect(try Self.stage("2024-06-30", rule: rule, records: ["2023-12-01", "2024-06-30"]) == "done")
    }

    @Test func aDrillOfAnotherKindDoesNotCount() throws {
        let verdict = try Self.judge(
            "2024-06-30",
            rules: ["R,school,fire;evacuation,P6M,1,bucket,,", "Q,mall,earthquake,P1Y,1,bucket,,"],
            records: ["U1,fire,2023-12-01", "U1,earthquake,2024-06-01"]
        ).of("U1/R")
        #expect(verdict.facts.text("stage") == "last-day")
    }

    @Test func oneDrillMaySatisfySeveralRules() throws {
        let judged = try Self.judge(
            "2024-06-30",
            rules: ["A,school;mall,fire,P6M,1,bucket,,", "B,school,evacuation；fire,P1Y,1,bucket,,"],
            records: ["U1,fire,2024-06-01"]
        )
        #expect(judged.assessments.map(\.subject) == ["U1/A", "U1/B"])
        #expect(judged.assessments.map(\.state) == [.ok, .ok])
        #expect(judged.assessments.map { $0.source.first?.description } == ["records.csv:2", "records.csv:2"])
    }

    @Test func aRuleAppliesOnlyToUnitsWithItsTag() throws {
        let judged = try Self.judge(
            "2024-06-30",
            rules: ["R,mall,fire,P6M,1,bucket,,"],
            units: ["U1,一中,school,2020-01-01", "U2,商场,mall;fire-key,2020-01-01"]
        )
        #expect(judged.assessments.map(\.subject) == ["U2/R"])
    }

    @Test func aRuleWithoutANumberInLawIsNeverJudged() throws {
        let verdict = try Self.judge("2024-06-30", rules: ["R,school,fire,,1,bucket,,"]).of("U1/R")
        #expect(verdict.state == .unknown)
        #expect(verdict.facts.text("stage") == "unnumbered")
    }

    @Test func aBucketOfALengthThatNoCalendarHasIsNamed() throws {
        let judged = try Self.judge("2024-06-30", rules: ["R,school,fire,P2Y,1,bucket,,"])
        #expect(judged.complaints.map(\.found) == ["P2Y"])
        #expect(judged.complaints.first?.key == "period")
    }

    @Test func aDrillOfAKindThatNoRuleKnowsIsNamedWithTheNearestOne() throws {
        let judged = try Self.judge(
            "2024-06-30",
            rules: ["R,school,fire,P6M,1,bucket,,"],
            records: ["U1,fier,2024-06-01"]
        )
        #expect(judged.complaints.map(\.found) == ["fier"])
        #expect(judged.complaints.first?.remedy == "did you mean \"fire\"?")
    }

    @Test func aMissedMonthStaysOverdueOverTheVacationThatFollows() throws {
        let rule = "R,school,fire,P1M,1,bucket,,7;8"
        let missed = try Self.judge("2024-08-15", rules: [rule], records: ["U1,fire,2024-05-20"]).of("U1/R")
        #expect(missed.facts.text("stage") == "overdue")
        #expect(missed.facts.text("slot") == "2024-06")
        let made = try Self.judge("2024-08-15", rules: [rule], records: ["U1,fire,2024-07-02"]).of("U1/R")
        #expect(made.facts.text("stage") == "exempt")
    }

    @Test func aDrillThatIsReportedTwiceIsOneDrill() throws {
        let judged = try Self.judge(
            "2024-06-30",
            rules: ["R,school,fire,P1Y,2,bucket,,"],
            records: ["U1,fire,2024-03-01", "U1,fire,2024-03-01"]
        )
        #expect(try judged.of("U1/R").facts.number("done") == "1")
        #expect(judged.complaints.map(\.position?.line) == [3])
    }

    @Test(arguments: ["R,school,fire,P1Y,-1,bucket,,", "R,school,fire,P1Y,0,bucket,,", "R,school,fire,P1Y,2,rolling,,"])
    func aCountThatNoUnitCanOweIsNamed(rule: String) throws {
        let judged = try Self.judge("2024-06-30", rules: [rule], records: ["U1,fire,2024-03-01"])
        #expect(judged.assessments == [])
        #expect(judged.complaints.first?.key == "count")
    }

    @Test func anUnknownUnitIsNamedWithTheNearestOne() throws {
        let judged = try Self.judge(
            "2024-06-30",
            rules: ["R,school,fire,P6M,1,bucket,,"],
            units: ["SCH-001,一中,school,2020-01-01"],
            records: ["SCH-010,fire,2024-06-01"]
        )
        #expect(judged.complaints.map(\.found) == ["SCH-010"])
        #expect(judged.complaints.first?.remedy == "did you mean \"SCH-001\"?")
        #expect(judged.complaints.first?.position == Position(file: "records.csv", line: 2))
        #expect(try judged.of("SCH-001/R").state != .ok)
    }

    @Test func aRecordWithoutAReadableDateIsNamedAndDoesNotCount() throws {
        let verdict = try Self.judge(
            "2024-06-30",
            rules: ["R,school,fire,P6M,1,bucket,,"],
            records: ["U1,fire,2023-12-01", "U1,fire,June"]
        ).of("U1/R")
        #expect(verdict.state == .warning)
        #expect(verdict.gaps.map(\.description) == ["unreadable date records.csv:3"])
    }

    @Test(
        "a rule that cannot be read is named and not used",
        arguments: [
            ("R,school,fire,P6M,1,weekly,,", 6, "clock", "weekly"),
            ("R,school,fire,6 months,1,bucket,,", 4, "period", "6 months"),
            ("R,school,fire,P6M,two,bucket,,", 5, "count", nil),
            ("R,school,fire,P1M,1,bucket,,7-8", 8, "exempt_months", "7-8"),
        ] as [(String, Int, String, String?)]
    )
    func brokenRules(rule: String, column: Int, key: String, found: String?) throws {
        let judged = try Self.judge("2024-06-30", rules: [rule])
        #expect(judged.assessments == [])
        let complaint = try #require(judged.complaints.first)
        #expect(complaint.position == Position(file: "rules.csv", line: 2, column: column))
        #expect(complaint.found == found)
        #expect(complaint.key == key)
        // What the rule applies to is known all the same.
        #expect(judged.complaints.count == 1)
    }

    @Test func whatARegisterHasTwiceIsJudgedOnceAndNamed() throws {
        let judged = try Self.judge(
            "2024-06-30",
            rules: ["R,school,fire,P6M,1,bucket,,", "R,school,fire,P1Y,2,bucket,,"],
            units: ["U1,一中,school,2020-01-01", "U1,二中,school,2020-01-01"]
        )
        #expect(judged.assessments.map(\.subject) == ["U1/R"])
        #expect(judged.complaints.map(\.found) == ["R", "U1"])
    }
}

extension Cadence.Parameters {
    /// Reminders a month, a week and a day before.
    static let monthAndWeek = Cadence.Parameters(
        leads: LeadTimes(lead: Term(30, .days), due: Term(7, .days), last: Term(1, .days)),
        calendar: .weekdays
    )
}
