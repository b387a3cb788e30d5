// Beds: how full, how soon full, shares of intensive care by the rule in force, and referrals.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct OccupancyTests {
    private static let bedColumns: [(String, ColumnType)] = [
        ("hospital", .text), ("date", .date), ("kind", .text), ("open_beds", .decimal), ("occupied", .decimal),
        ("admissions", .decimal), ("discharges", .decimal), ("convertible", .decimal), ("referrals", .decimal),
        ("accepted", .decimal), ("wait_hours", .decimal),
    ]

    private static func judge(
        _ beds: [String],
        _ indicators: [Occupancy.Indicator] = [.occupancy],
        asOf: String = "2024-03-05"
    ) throws -> Judgement {
        var parameters = Occupancy.Parameters(indicators: indicators, staleAfterDays: 2)
        parameters.acceptancePercent = ExactDecimal(90)
        parameters.waitHours = ExactDecimal(24)
        let tables = [
            "hospitals": Table("hospitals.csv", [("hospital", .text)], "hospital\nH\n"),
            "rules": Table(
                "rules.csv",
                [
                    ("kind", .text), ("value", .decimal), ("document", .text), ("from", .date), ("until", .date),
                ],
                """
                kind,value,document,from,until
                icu-share,2,an older paper,,2022-12-08
                icu-share,4,the paper of 2022,2022-12-09,
                convertible-share,4,the paper of 2022,2022-12-09,

                """
            ),
            "beds": Table(
                "beds.csv",
                bedColumns,
                ([bedColumns.map(\.0).joined(separator: ",")]
                    + beds.map { $0 + String(repeating: ",", count: 10 - $0.count(where: { $0 == "," })) })
                    .joined(separator: "\n") + "\n"
            ),
        ]
        let today = try day(asOf)
        return try CheckDefinition.occupancy(parameters).judge(tables, period: .day(today), asOf: today)
    }

    @Test(
        "beds are nearly full at 85 percent and full at 92",
        arguments: [
            ("849", "84.9", Assessment.State.ok), ("850", "85.0", .warning), ("919", "91.9", .warning),
            ("920", "92.0", .critical), ("1010", "101.0", .critical),
        ]
    )
    func bands(occupied: String, percent: String, state: Assessment.State) throws {
        let verdict = try Self.judge(["H,2024-03-05,general,1000,\(occupied)"]).of("H/general")
        #expect(verdict.facts.number("occupancy") == percent)
        #expect(verdict.state == state)
    }

    @Test func `without staffed open beds nobody knows how full they are`() throws {
        let verdict = try Self.judge(["H,2024-03-05,general,,80"]).of("H/general")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.what) == ["open_beds"])
    }

    @Test(arguments: [(40, "2.0", Assessment.State.warning), (20, "4.0", .ok)])
    func `beds that will soon be full are reported before they are`(
        net: Int,
        days: String,
        state: Assessment.State
    ) throws {
        let rows = (1...5).map { "H,2024-03-0\($0),general,400,320,\(net + 10),10" }
        let verdict = try Self.judge(rows).of("H/general")
        #expect(verdict.facts.number("daysToFull") == days)
        #expect(verdict.state == state)
    }

    @Test func `beds that become emptier are full on no day`() throws {
        let verdict = try Self.judge(["H,2024-03-05,general,400,320,5,10"]).of("H/general")
        #expect(verdict.facts["daysToFull"] == nil)
    }

    @Test(
        "intensive care is four percent of the open beds, and as much again can be turned into it",
        arguments: [(40, 40, Assessment.State.ok), (39, 40, .warning), (40, 39, .warning)]
    )
    func intensiveCare(icu: Int, convertible: Int, state: Assessment.State) throws {
        let verdict = try Self.judge(
            ["H,2024-03-05,general,\(1000 - icu),700,,,\(convertible)", "H,2024-03-05,icu,\(icu),20"],
            [.icu]
        ).of("H", "icu")
        #expect(verdict.state == state)
        #expect(verdict.facts.text("basis") == "the paper of 2022；the paper of 2022")
        #expect(verdict.facts.number("icuShort") == (icu < 40 ? "1" : nil))
        #expect(verdict.facts.number("convertibleShort") == (convertible < 40 ? "1" : nil))
    }

    @Test func `the rule of the day judges a past day`() throws {
        let rows = ["H,2022-12-01,general,980,700,,,40", "H,2022-12-01,icu,20,10"]
        let verdict = try Self.judge(rows, [.icu], asOf: "2022-12-01").of("H", "icu")
        #expect(verdict.facts.number("icuRequired") == "2")
        #expect(verdict.state == .ok)
    }

    @Test(
        "referrals have to be taken, and soon",
        arguments: [
            (90, "24", Assessment.State.ok), (89, "24", .warning), (90, "25", .warning),
        ]
    )
    func referrals(accepted: Int, wait: String, state: Assessment.State) throws {
        let verdict = try Self.judge(
            ["H,2024-03-05,general,400,300,,,,100,\(accepted),\(wait)"],
            [.referral]
        ).of("H", "referral")
        #expect(verdict.facts.number("acceptance") == "\(accepted).0")
        #expect(verdict.state == state)
    }

    @Test func `an old census and one that two rows contradict say nothing`() throws {
        let old = try Self.judge(["H,2024-03-02,general,100,99"]).of("H/general")
        #expect(old.state == .unknown)
        #expect(old.gaps.map(\.reason) == [.stale])
        let twice = try Self.judge(["H,2024-03-05,general,100,99", "H,2024-03-05,general,100,9"]).of("H/general")
        #expect(twice.state == .unknown)
        #expect(twice.gaps.map(\.reason) == [.conflicting])
    }
}
