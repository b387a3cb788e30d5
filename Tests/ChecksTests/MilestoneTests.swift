// Projects with nodes: what slips, what that pulls along, and lists that may still grow.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct MilestoneTests {
    private static let programmeColumns: [(String, ColumnType)] = [
        ("programme", .text), ("programme_name", .text), ("at_least", .integer),
    ]
    private static let nodeColumns: [(String, ColumnType)] = [
        ("programme", .text), ("project", .text), ("node", .text), ("planned", .date), ("actual", .date),
        ("planned_start", .date), ("started", .date), ("expected", .date), ("after", .text), ("entered", .date),
    ]

    /// Nodes as their columns, all of programme P.
    private static func judge(_ asOf: String, _ nodes: [String], atLeast: String = "") throws -> Judgement {
        let check = CheckDefinition.milestone(
            .init(
                leads: LeadTimes(lead: Term(30, .days), due: Term(7, .days), last: Term(1, .days)),
                calendar: .weekdays
            )
        )
        let rows = nodes.map { node in
            let cells = node.split(separator: ",", omittingEmptySubsequences: false)
            return "P,\(node)" + String(repeating: ",", count: nodeColumns.count - 1 - cells.count)
        }
        return try check.judge(
            [
                "programmes": Table(
                    "programmes.csv",
                    programmeColumns,
                    "programme,programme_name,at_least\nP,城市更新,\(atLeast)\n"
                ),
                "nodes": Table(
                    "nodes.csv",
                    nodeColumns,
                    ([nodeColumns.map(\.0).joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
                ),
            ],
            period: .day(try day(asOf)),
            asOf: try day(asOf)
        )
    }

    @Test(
        arguments: [
            ("2024-05-30", "", "not-due", Assessment.State.ok), ("2024-05-31", "", "upcoming", .warning),
            ("2024-06-23", "", "due", .warning), ("2024-06-30", "", "last-day", .warning),
            ("2024-07-01", "", "overdue", .critical), ("2024-07-10", "2024-06-30", "done", .ok),
            ("2024-07-10", "2024-07-05", "done-late", .ok),
        ]
    )
    func nodes(asOf: String, actual: String, stage: String, state: Assessment.State) throws {
        let verdict = try Self.judge(asOf, ["A,open,2024-06-30,\(actual)"]).of("P/A/open")
        #expect(verdict.facts.text("stage") == stage)
        #expect(verdict.state == state)
    }

    @Test func slippageCountsDaysAlsoOfWhatIsNotDoneYet() throws {
        let judged = try Self.judge(
            "2024-07-10",
            ["A,one,2024-06-30,2024-07-05", "A,two,2024-06-30,", "A,three,2024-08-30,,,,2024-09-10"]
        )
        #expect(try judged.of("P/A/one").facts.number("slippage") == "5")
        #expect(try judged.of("P/A/two").facts.number("slippage") == "10")
        #expect(try judged.of("P/A/three").facts.text("stage") == "slipping")
    }

    @Test func whatSlipsPullsAlongWhatWaitsForIt() throws {
        let judged = try Self.judge(
            "2024-07-10",
            ["A,design,2024-06-10,", "A,build,2024-10-31,,,,,design", "B,open,2024-12-20,,,,,A/build"]
        )
        let build = try judged.of("P/A/build")
        #expect(build.facts.text("stage") == "knock-on")
        #expect(build.facts["expected"] == .date(try day("2024-11-30")))
        #expect(build.facts.text("waitsFor") == "P/A/design")
        #expect(try judged.of("P/B/open").facts["expected"] == .date(try day("2025-01-19")))
    }

    @Test func nodesThatWaitForEachOtherAreNamed() throws {
        let judged = try Self.judge("2024-07-10", ["A,one,2024-10-31,,,,,two", "A,two,2024-11-30,,,,,one"])
        #expect(judged.complaints.map(\.key) == ["after"])
    }

    @Test func anUnknownNodeBeforeIsNamed() throws {
        let judged = try Self.judge("2024-07-10", ["A,one,2024-10-31,,,,,tow", "A,two,2024-09-30"])
        #expect(judged.complaints.map(\.found) == ["P/A/tow"])
        #expect(judged.complaints.first?.remedy == "did you mean \"P/A/two\"?")
    }

    @Test(
        "work that has not begun: yellow after its month, red after three months",
        arguments: [
            ("2024-03-31", "", "not-due"), ("2024-04-01", "", "not-started"), ("2024-06-15", "", "long-not-started"),
            ("2024-06-15", "2024-04-02", "not-due"),
        ]
    )
    func starts(asOf: String, started: String, stage: String) throws {
        let facts = try Self.judge(asOf, ["A,build,2024-12-31,,2024-03-15,\(started)"]).of("P/A/build").facts
        #expect(facts.text("stage") == stage)
    }

    @Test func aListThatMayGrowIsCountedAndNeverAShare() throws {
        let old = (1...60).map { "A\($0),open,2024-12-31,\($0 <= 30 ? "2024-05-01" : ""),,,,,2023-01-01" }
        let new = (61...64).map { "A\($0),open,2024-12-31,,,,,,2024-06-20" }
        let facts = try Self.judge("2024-07-10", old + new, atLeast: "60").of("P").facts
        #expect(facts.number("done") == "30")
        #expect(facts.number("known") == "64")
        #expect(facts.number("atLeast") == "60")
        #expect(facts.number("knownBefore") == "60")
        #expect(facts.number("added") == "4")
    }

    @Test func aListShorterThanPromisedIsAWarning() throws {
        #expect(try Self.judge("2024-07-10", ["A,open,2024-12-31"], atLeast: "60").of("P").state == .warning)
        #expect(try Self.judge("2024-07-10", [], atLeast: "60").of("P").state == .unknown)
    }

    @Test func aDateThatCannotBeReadIsNoDateThatIsMissing() throws {
        let verdict = try Self.judge("2024-07-10", ["A,open,2024-06-30,soon"]).of("P/A/open")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["unreadable actual nodes.csv:2"])
    }
}
