// Indicators with a target: the way between, what counts as behind, and where it will end.

import Almanac
import Checks
import Diagnostics
import Records
import TestKit
import Testing

/// Judges indicators whose columns a test names.
private struct Indicators {
    var indicator: [String: String] = [:]
    /// As of, value, done, total, definition version, reported.
    var values: [String] = []

    private static let indicatorColumns: [(String, ColumnType)] = [
        ("indicator", .text), ("indicator_name", .text), ("definition", .text), ("trajectory", .text),
        ("baseline", .decimal), ("baseline_date", .date), ("target", .decimal), ("target_date", .date),
        ("steps", .text), ("amber", .decimal), ("red", .decimal), ("every", .text), ("least", .decimal),
        ("most", .decimal), ("latch", .flag), ("withdrawn", .date), ("former_target", .decimal),
        ("adjusted_by", .text),
    ]
    private static let valueColumns: [(String, ColumnType)] = [
        ("indicator", .text), ("as_of", .date), ("value", .decimal), ("done", .decimal), ("total", .decimal),
        ("definition_version", .text), ("reported", .date),
    ]

    func judge(_ asOf: String) throws -> Judgement {
        let usual = [
            "indicator": "K", "indicator_name": "托幼一体占比", "definition": "设托班的幼儿园数÷幼儿园总数",
            "trajectory": "linear", "baseline": "0", "baseline_date": "2024-01-01", "target": "100",
            "target_date": "2024-12-31",
        ]
        let all = usual.merging(indicator) { $1 }
        let row = Self.indicatorColumns.map { all[$0.0] ?? "" }.joined(separator: ",")
        let header = Self.indicatorColumns.map(\.0).joined(separator: ",")
        let rows = values.map { value in
            let cells = value.split(separator: ",", omittingEmptySubsequences: false)
            return "K," + value + String(repeating: ",", count: 6 - cells.count)
        }
        return try CheckDefinition.target(.init(calendar: .shipped())).judge(
            [
                "indicators": Table("indicators.csv", Self.indicatorColumns, "\(header)\n\(row)\n"),
                "values": Table(
                    "values.csv",
                    Self.valueColumns,
                    ([Self.valueColumns.map(\.0).joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
                ),
            ],
            period: .day(try day(asOf)),
            asOf: try day(asOf)
        )
    }

    func facts(_ asOf: String) throws -> Facts { try judge(asOf).of("K").facts }
}

@Suite struct TargetTests {
    @Test(
        "what should have been reached by a day",
        arguments: [
            // 182 of 365 days.
            (["trajectory": "linear"], "2024-07-01", "49.86"),
            // Of the 18 working days of February 2024, two of them Sundays that are worked, eight have passed by the eve
            // of the Spring Festival, and no more a week later.
            (
                [
                    "trajectory": "linear-working-days", "baseline_date": "2024-01-31", "target_date": "2024-02-29",
                    "target": "18",
                ], "2024-02-09", "8"
            ),
            (
                [
                    "trajectory": "linear-working-days", "baseline_date": "2024-01-31", "target_date": "2024-02-29",
                    "target": "18",
                ], "2024-02-17", "8"
            ),
            (["trajectory": "steps", "steps": "2024-03-31:10;2024-06-30:40;2024-09-30:80"], "2024-06-29", "10"),
            (["trajectory": "steps", "steps": "2024-03-31:10;2024-06-30:40;2024-09-30:80"], "2024-06-30", "40"),
            // Half of the time is over, and 40 percent of the way; a quarter more brings 40 points.
            (
                ["trajectory": "s-curve", "baseline_date": "2024-01-01", "target_date": "2025-01-01"], "2024-07-02",
                "40.00"
            ),
            (
                ["trajectory": "s-curve", "baseline_date": "2024-01-01", "target_date": "2025-01-01"], "2024-04-01",
                "9.95"
            ),
            // One of two terms has begun, and all summer nothing is owed.
            (["trajectory": "term-step"], "2024-02-01", "50.00"), (["trajectory": "term-step"], "2024-08-31", "50.00"),
            (["trajectory": "term-step"], "2024-09-01", "100.00"),
        ] as [([String: String], String, String)]
    )
    func trajectories(plan: [String: String], asOf: String, planned: String) throws {
        let facts = try Indicators(indicator: plan, values: ["\(asOf),0"]).facts(asOf)
        #expect(facts.number("planned").map { ExactDecimal($0) } == ExactDecimal(planned))
    }

    @Test(
        "percentage points behind the plan: 10 and 30",
        arguments: [
            ("40", "on-track", Assessment.State.ok), ("39.86", "at-risk", .warning), ("19.87", "at-risk", .warning),
            ("19.80", "off-track", .critical), ("60", "on-track", .ok),
        ]
    )
    func colours(actual: String, stage: String, state: Assessment.State) throws {
        let verdict = try Indicators(values: ["2024-07-01,\(actual)"]).judge("2024-07-01").of("K")
        #expect(verdict.facts.text("stage") == stage)
        #expect(verdict.state == state)
    }

    @Test func aHealthyGoalIsNotRedInMarchBecauseTheYearIsNotOver() throws {
        let facts = try Indicators(values: ["2024-03-31,24.6"]).facts("2024-03-31")
        #expect(facts.text("stage") == "on-track")
    }

    @Test func halfOfFortyEightIsFiftyPercentAndMet() throws {
        let facts = try Indicators(indicator: ["target": "50"], values: ["2024-10-01,,24,48"]).facts("2024-10-02")
        #expect(facts.text("stage") == "met")
        #expect(facts.text("parts") == "24/48")
        #expect(facts.text("definition") == "设托班的幼儿园数÷幼儿园总数")
        let short = try Indicators(indicator: ["target": "50"], values: ["2024-10-01,,23,48"]).facts("2024-10-02")
        #expect(short.text("stage") != "met")
    }

    @Test(
        "after the day",
        arguments: [
            (["2025-01-20,100"], "met-late", Assessment.State.ok), (["2024-12-31,99"], "missed", .critical),
            (["2024-12-20,100"], "met", .ok),
        ] as [([String], String, Assessment.State)]
    )
    func afterTheDay(values: [String], stage: String, state: Assessment.State) throws {
        let verdict = try Indicators(values: values).judge("2025-02-01").of("K")
        #expect(verdict.facts.text("stage") == stage)
        #expect(verdict.state == state)
    }

    @Test(
        "what was met once stays met only where the register says so",
        arguments: [("yes", "met"), ("", "off-track")]
    )
    func latch(latch: String, stage: String) throws {
        let facts = try Indicators(indicator: ["latch": latch], values: ["2024-05-01,100", "2024-11-30,50"])
            .facts("2024-11-30")
        #expect(facts.text("stage") == stage)
    }

    @Test func whatHasToBeKeptIsNotAveraged() throws {
        let plan = ["trajectory": "maintain", "target": "9", "baseline": ""]
        let verdict = try Indicators(
            indicator: plan,
            values: ["2024-01-31,9", "2024-02-29,8", "2024-03-31,10"]
        ).judge("2024-04-01").of("K")
        #expect(verdict.state == .critical)
        #expect(verdict.facts["missed"] == .texts(["2024-02-29 8"]))
        #expect(
            try Indicators(indicator: plan, values: ["2024-01-31,9"]).facts("2024-02-01").text("stage") == "on-track"
        )
    }

    @Test(arguments: [("2024-06-30,55", "on-track"), ("2024-06-30,101", "off-track")])
    func aCapIsNotToBeExceeded(value: String, stage: String) throws {
        #expect(
            try Indicators(indicator: ["trajectory": "cap", "baseline": ""], values: [value]).facts("2024-07-01").text(
                "stage"
            ) == stage
        )
    }

    @Test func theForecastRestsOnTheMedianOfSlopesAndSaysItsShortfall() throws {
        // 2 points a month since April; one odd value does not turn it.
        let facts = try Indicators(
            indicator: ["target": "50", "baseline": "20", "most": "100", "least": "0"],
            values: ["2024-04-01,26", "2024-05-01,28", "2024-05-31,30", "2024-06-30,29", "2024-07-30,34"]
        ).facts("2024-07-31")
        // Slopes of 1/15 a day: a month is 30.4375 days, and 154 days are left.
        #expect(facts.number("recentRate") == "2.03")
        #expect(facts.number("forecast") == "44.27")
        #expect(facts.number("shortfall") == "5.73")
        #expect(facts.number("requiredRate") == "3.16")
        #expect(facts.text("stage") == "at-risk")
    }

    @Test(
        "nothing is drawn into the future from two values, from values of two definitions, or where it says nothing",
        arguments: [
            (["2024-04-01,26", "2024-05-01,28"], "linear"),
            (["2024-04-01,26,,,a", "2024-05-01,28,,,a", "2024-06-01,30,,,b"], "linear"),
            (["2024-04-01,26", "2024-05-01,28", "2024-06-01,30"], "term-step"),
        ] as [([String], String)]
    )
    func noForecast(values: [String], trajectory: String) throws {
        let facts = try Indicators(indicator: ["trajectory": trajectory], values: values).facts("2024-06-02")
        #expect(facts["forecast"] == nil)
    }

    @Test func aForecastStaysWithinWhatAShareCanBe() throws {
        let facts = try Indicators(
            indicator: ["target": "99", "most": "100"],
            values: ["2024-01-31,20", "2024-02-29,50", "2024-03-31,80"]
        ).facts("2024-04-01")
        #expect(facts.number("forecast") == "100")
    }

    @Test func aRevisedValueKeepsWhatWasSaidFirst() throws {
        let facts = try Indicators(values: ["2024-06-30,55,,,,2024-07-03", "2024-06-30,45,,,,2024-07-20"])
            .facts("2024-07-31")
        #expect(facts.number("actual") == "45")
        #expect(facts.number("revisedFrom") == "55")
        // As of a day before the revision nobody knew it.
        #expect(
            try Indicators(values: ["2024-06-30,55,,,,2024-07-03", "2024-06-30,45,,,,2024-07-20"])
                .facts("2024-07-10").number("actual") == "55"
        )
    }

    @Test(
        "states that are no colour",
        arguments: [
            ([:], [], "no-data", Assessment.State.unknown), (["every": "P1M"], ["2024-05-01,90"], "stale", .unknown),
            (["every": "P1M"], ["2024-06-10,90"], "on-track", .ok),
            (["baseline_date": "2024-09-01"], [], "not-due", .ok), (["withdrawn": "2024-06-01"], [], "withdrawn", .ok),
            (["trajectory": "", "target": "", "target_date": ""], [], "unmeasured", .unknown),
        ] as [([String: String], [String], String, Assessment.State)]
    )
    func otherStates(plan: [String: String], values: [String], stage: String, state: Assessment.State) throws {
        let verdict = try Indicators(indicator: plan, values: values).judge("2024-07-01").of("K")
        #expect(verdict.facts.text("stage") == stage)
        #expect(verdict.state == state)
    }

    @Test func aChangedTargetKeepsTheFormerOne() throws {
        let facts = try Indicators(
            indicator: ["former_target": "120", "adjusted_by": "调整文件"],
            values: ["2024-07-01,50"]
        )
        .facts("2024-07-01")
        #expect(facts.number("formerTarget") == "120")
        #expect(facts.text("adjustedBy") == "调整文件")
    }

    @Test(
        "a plan that says too little is named and not used",
        arguments: [
            ("trajectory", "straight", "trajectory"), ("baseline", "", "baseline"), ("target_date", "", "target_date"),
            ("baseline", "100", "target"), ("baseline_date", "2025-01-01", "baseline_date"),
            ("trajectory", "steps", "steps"),
        ]
    )
    func brokenPlans(column: String, value: String, key: String) throws {
        let judged = try Indicators(indicator: [column: value]).judge("2024-07-01")
        #expect(judged.complaints.map(\.key) == [key])
        #expect(judged.assessments == [])
    }
}
