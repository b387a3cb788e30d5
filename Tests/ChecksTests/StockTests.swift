// Stock by lot against each site's policy: what is usable today, how long it lasts, what expires soon.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct StockTests {
    private static let policyColumns: [(String, ColumnType)] = [
        ("site", .text), ("item", .text), ("minimum", .decimal), ("unit", .text), ("minimum_days", .decimal),
        ("monthly_consumption", .decimal),
    ]
    private static let lotColumns: [(String, ColumnType)] = [
        ("site", .code), ("item", .code), ("date", .date), ("lot", .code), ("quantity", .decimal), ("expiry", .expiry),
        ("status", .text),
    ]

    /// Judges 15 March 2024: lots of site, item, date, lot, quantity, expiry, status.
    private static func judge(
        policies: [String] = ["A,MMR,100,dose,,"],
        _ lots: [String],
        horizon: Int = 30,
        stale: Int = 7,
        clear: Int = 100,
        oneRowOf keys: [String: [Int]] = [:]
    ) throws -> Judgement {
        let check = CheckDefinition.stock(
            .init(expiryHorizonDays: horizon, staleAfterDays: stale, clearPercent: clear)
        )
        return try check.judge(
            [
                "policies": Table(
                    "policies.csv",
                    policyColumns,
                    (["site,item,minimum,unit,minimum_days,monthly_consumption"] + policies).joined(separator: "\n")
                        + "\n"
                ),
                "lots": Table(
                    "lots.csv",
                    lotColumns,
                    (["site,item,date,lot,quantity,expiry,status"] + lots).joined(separator: "\n") + "\n"
                ),
            ],
            period: .day(try day("2024-03-15")),
            asOf: try day("2024-03-15"),
            oneRowOf: keys
        )
    }

    @Test(
        "an alert that is open ends only at its own limit",
        arguments: [
            ("119", "A,MMR,100,dose,,", .ok, .warning),
            ("120", "A,MMR,100,dose,,", .ok, nil), ("99", "A,MMR,100,dose,,", .warning, nil),
            ("0", "A,MMR,100,dose,,", .critical, nil),
            // 60 of 50 a month last for 36.5 days, 59 for 35.9; 30 days are demanded, 36 end an alert.
            ("60", "A,MMR,0,dose,30,50", .ok, nil), ("59", "A,MMR,0,dose,30,50", .ok, .warning),
        ] as [(String, String, Assessment.State, Assessment.State?)]
    )
    func clearLimit(_ usable: String, _ policy: String, _ state: Assessment.State, _ sustained: Assessment.State?)
        throws
    {
        let lots = ["A,MMR,2024-03-14,L1,\(usable),2025-01-01,"]
        let verdict = try Self.judge(policies: [policy], lots, clear: 120).of("A/MMR", "availability")
        #expect(verdict.state == state)
        #expect(verdict.sustained == sustained)
        // Without a limit of its own the one that raises ends it.
        #expect(try Self.availability(lots, policy: policy).sustained == nil)
    }

    private static func availability(_ lots: [String], policy: String = "A,MMR,100,dose,,") throws -> Assessment {
        try judge(policies: [policy], lots).of("A/MMR", "availability")
    }

    private static func expiry(_ lots: [String]) throws -> Assessment { try judge(lots).of("A/MMR", "expiry") }

    @Test(
        "a lot is usable on its last day and expired the day after",
        arguments: [("2024-03-16", "150", "0"), ("2024-03-15", "150", "0"), ("2024-03-14", "0", "150")]
    )
    func lastUsableDay(expiry: String, usable: String, expired: String) throws {
        let facts = try Self.availability(["A,MMR,2024-03-14,L1,150,\(expiry),"]).facts
        #expect(facts.number("usable") == usable)
        #expect(facts.number("expired") == expired)
    }

    @Test(
        "only what is called usable counts, and of an unknown status nobody knows",
        arguments: [("", "150", "0"), ("usable", "150", "0"), ("held", "0", "150"), ("召回", "0", "0")]
    )
    func heldLots(status: String, usable: String, held: String) throws {
        let facts = try Self.availability(["A,MMR,2024-03-14,L1,150,2025-01-01,\(status)"]).facts
        #expect(facts.number("usable") == usable)
        #expect(facts.number("held") == held)
    }

    @Test(
        "less than the minimum warns, nothing left is critical",
        arguments: [
            ("100", Assessment.State.ok, nil), ("99.5", .warning, "0.5"), ("0", .critical, "100"),
        ] as [(String, Assessment.State, String?)]
    )
    func minimum(quantity: String, state: Assessment.State, shortfall: String?) throws {
        let verdict = try Self.availability(["A,MMR,2024-03-14,L1,\(quantity),2025-01-01,"])
        #expect(verdict.state == state)
        #expect(verdict.facts.number("shortfall") == shortfall)
    }

    @Test func onlyExpiredStockIsNoStock() throws {
        #expect(try Self.availability(["A,MMR,2024-03-14,L1,150,2024-03-01,"]).state == .critical)
    }

    @Test func lotsAddUpExactly() throws {
        let verdict = try Self.availability(
            ["A,MMR,2024-03-14,L1,0.1,2025-01-01,", "A,MMR,2024-03-14,L2,0.2,2025-01-01,"],
            policy: "A,MMR,0.3,dose,,"
        )
        #expect(verdict.facts.number("usable") == "0.3")
        #expect(verdict.state == .ok)
    }

    @Test func whoIsBelowTheMinimumIsToldTheDaysOfSupplyToo() throws {
        let verdict = try Self.availability(
            ["A,MMR,2024-03-14,L1,50,2025-01-01,"],
            policy: "A,MMR,100,dose,30,60"
        )
        #expect(verdict.state == .warning)
        #expect(verdict.facts.number("shortfall") == "50")
        #expect(verdict.facts.number("daysOfSupply") == "25.4")
        #expect(verdict.facts.number("minimumDays") == "30")
    }

    @Test func aNegativeBalanceCancelsNothingAndIsNamed() throws {
        let verdict = try Self.availability(
            ["A,MMR,2024-03-14,L1,120,2025-01-01,", "A,MMR,2024-03-14,L2,-50,2025-01-01,"]
        )
        #expect(verdict.facts.number("usable") == "120")
        #expect(verdict.gaps.map(\.description) == ["unreadable negative quantity lots.csv:3"])
        // A book that is wrong about one lot may be wrong about the other.
        #expect(verdict.state == .unknown)
    }

    @Test(
        "a quantity or an expiry that cannot be read is named; what is enough without it stays enough, the rest is unknown",
        arguments: [
            ("12o", "2025-01-01", "unreadable quantity lots.csv:3"), ("", "2025-01-01", "blank quantity lots.csv:3"),
            ("50", "soon", "unreadable expiry lots.csv:3"), ("50", "", "blank expiry lots.csv:3"),
        ]
    )
    func unreadableLots(quantity: String, expiry: String, gap: String) throws {
        for (readable, state) in [("100", Assessment.State.ok), ("99", .unknown), ("0", .unknown)] {
            let judged = try Self.judge(
                ["A,MMR,2024-03-14,L1,\(readable),2025-01-01,", "A,MMR,2024-03-14,L2,\(quantity),\(expiry),"]
            )
            let verdict = try judged.of("A/MMR", "availability")
            #expect(verdict.state == state, "\(readable) readable")
            #expect(verdict.gaps.map(\.description) == [gap])
            #expect(verdict.facts.number("usable") == readable)
            // Whether the unread lot expires soon, nobody can say.
            #expect(try judged.of("A/MMR", "expiry").state == .unknown)
        }
    }

    @Test(
        "days of supply: usable × 30.4375 ÷ monthly consumption, shown to one decimal, compared unrounded",
        arguments: [
            ("90", "60", "45.7", Assessment.State.ok), ("60", "60", "30.4", .ok), ("59", "60", "29.9", .warning),
            // 29.95… days show as 30.0, but are fewer than 30.
            ("59.05", "60", "30.0", .warning),
        ]
    )
    func daysOfSupply(usable: String, consumption: String, days: String, state: Assessment.State) throws {
        let verdict = try Self.availability(
            ["A,MMR,2024-03-14,L1,\(usable),2025-01-01,"],
            policy: "A,MMR,10,dose,30,\(consumption)"
        )
        #expect(verdict.facts.number("daysOfSupply") == days)
        #expect(verdict.state == state)
    }

    @Test func nothingUsedIsNotReckonedInDays() throws {
        let verdict = try Self.availability(
            ["A,MMR,2024-03-14,L1,120,2025-01-01,"],
            policy: "A,MMR,100,dose,30,0"
        )
        #expect(verdict.facts["daysOfSupply"] == nil)
        #expect(verdict.state == .ok)
    }

    @Test func nothingLeftIsCriticalWhereOnlyDaysAreDemanded() throws {
        let verdict = try Self.availability(["A,MMR,2024-03-14,L1,0,2025-01-01,"], policy: "A,MMR,0,dose,30,60")
        #expect(verdict.state == .critical)
    }

    @Test func `where each item has one row, two that differ are not added up`() throws {
        let judged = try Self.judge(
            ["A,MMR,2024-03-14,L1,500,2025-01-01,", "A,MMR,2024-03-14,L2,600,2025-01-01,"],
            oneRowOf: ["lots": [0, 1, 2]]
        )
        let verdict = try judged.of("A/MMR", "availability")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.reason) == [.conflicting])
    }

    @Test(
        arguments: [
            // By itself it is certainly there, and so it is beside lots of other expiries, or beside what is held.
            (["2.02401E+11 2025-01-01"], "100", 0), (["2.02401E+11 2025-01-01", "L1 2025-01-02"], "200", 0),
            (["2.02401E+11 2025-01-01", "L1 2025-01-01 held"], "100", 0),
            (["2.02401E+11 2025-01-01", "2.02401E+11 2025-02-01"], "200", 0),
            // Else it may be the other lot.
            (["2.02401E+11 2025-01-01", "2.02401E+11 2025-01-01"], "0", 2),
            (["2.02401E+11 2025-01-01", "L1 2025-01-01"], "100", 1),
            (["2.02401E+11 2025-01-01", " 2025-01-01", " 2025-01-01"], "100", 1),
        ]
    )
    func `a lot whose number Excel has spoiled counts when it can be no other`(
        lots: [String],
        usable: String,
        gaps: Int
    ) throws {
        let rows = lots.map { lot in
            let parts = lot.split(separator: " ", omittingEmptySubsequences: false)
            return "A,MMR,2024-03-14,\(parts[0]),100,\(parts[1]),\(parts.count > 2 ? parts[2] : "")"
        }
        let verdict = try Self.judge(rows).of("A/MMR", "availability")
        #expect(verdict.facts.number("usable") == usable)
        #expect(verdict.gaps.map(\.what) == Array(repeating: "lot", count: gaps))
        // What is enough without it stays enough, and a shortage may be none.
        #expect(verdict.state == (usable == "0" ? .unknown : .ok))
    }

    @Test func onlyTheSitesLatestReportCounts() throws {
        let lots = [
            "A,MMR,2024-03-10,L1,500,2025-01-01,", "A,MMR,2024-03-14,L2,80,2025-01-01,",
            "A,MMR,2024-03-12,L3,300,2025-01-01,", "A,MMR,2024-03-16,L4,900,2025-01-01,",
        ]
        for order in [lots, lots.reversed()] {
            let verdict = try Self.availability(order)
            #expect(verdict.facts.number("usable") == "80")
            #expect(verdict.facts["reported"] == .date(try day("2024-03-14")))
            #expect(verdict.state == .warning)
        }
    }

    @Test func anItemThatTheLatestReportLeavesOutIsUnknown() throws {
        let judged = try Self.judge(
            policies: ["A,MMR,100,dose,,", "A,BCG,10,dose,,"],
            ["A,MMR,2024-03-10,L1,500,2025-01-01,", "A,BCG,2024-03-14,L2,20,2025-01-01,"]
        )
        let absent = try judged.of("A/MMR", "availability")
        #expect(absent.state == .unknown)
        #expect(absent.gaps.map(\.description) == ["no-row 2024-03-14"])
        #expect(try judged.of("A/BCG", "availability").state == .ok)
    }

    @Test func aSiteWithoutAnyReportIsUnknown() throws {
        let verdict = try Self.availability([])
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.reason) == [.noRow])
    }

    @Test(
        "a report older than the job allows no longer speaks for today",
        arguments: [
            ("2024-03-08", Assessment.State.warning, []), ("2024-03-07", .unknown, [Gap.Reason.stale]),
        ] as [(String, Assessment.State, [Gap.Reason])]
    )
    func staleReports(reported: String, state: Assessment.State, gaps: [Gap.Reason]) throws {
        let verdict = try Self.availability(["A,MMR,\(reported),L1,80,2025-01-01,"])
        #expect(verdict.state == state)
        #expect(verdict.gaps.map(\.reason) == gaps)
    }

    @Test func aRowWithoutADateIsAGapOfItsSite() throws {
        let verdict = try Self.availability(
            ["A,MMR,2024-03-14,L1,120,2025-01-01,", "A,MMR,,L2,50,2025-01-01,"]
        )
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["unreadable date lots.csv:3"])
    }

    @Test(
        "lots are reported whose last day lies within the horizon",
        arguments: [
            ("2024-04-14", Assessment.State.warning), ("2024-04-15", .ok), ("2024-03-15", .warning),
            ("2024-03-14", .warning),
        ]
    )
    func expiryHorizon(expiry: String, state: Assessment.State) throws {
        #expect(try Self.expiry(["A,MMR,2024-03-14,L1,150,\(expiry),"]).state == state)
    }

    @Test func whatExpiresIsListedByLotWithItsDays() throws {
        let verdict = try Self.expiry(
            [
                "A,MMR,2024-03-14,L3,5,2024-04-01,", "A,MMR,2024-03-14,L1,7,2024-03-20,",
                "A,MMR,2024-03-14,L0,9,2024-03-01,", "A,MMR,2024-03-14,L9,90,2025-01-01,",
            ]
        )
        let expiring = verdict.facts.entries("expiringLots")
        #expect(expiring.map { $0.text("lot") } == ["L1", "L3"])
        #expect(expiring.map { $0.number("daysLeft") } == ["5", "17"])
        let expired = verdict.facts.entries("expiredLots")
        #expect(expired.map { $0.text("lot") } == ["L0"])
        #expect(expired.map { $0.number("daysLeft") } == ["-14"])
        #expect(expired.first?.text("row") == "lots.csv:4")
    }

    @Test func aCountThatIsHandedInTwiceCountsOnce() throws {
        let judged = try Self.judge(
            ["A,MMR,2024-03-14,L1,60,2025-01-01,", "A,MMR,2024-03-14,L1,60,2025-01-01,"]
        )
        let verdict = try judged.of("A/MMR", "availability")
        #expect(verdict.facts.number("usable") == "60")
        #expect(verdict.state == .warning)
        #expect(judged.complaints.map(\.position?.line) == [3])
    }

    @Test func countsThatContradictEachOtherAreNotBelieved() throws {
        let judged = try Self.judge(
            [
                "A,MMR,2024-03-14,L1,60,2025-01-01,", "A,MMR,2024-03-14,L1,600,2025-01-01,",
                "A,MMR,2024-03-14,L2,200,2025-01-01,",
            ]
        )
        let verdict = try judged.of("A/MMR", "availability")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["conflicting quantity lots.csv:2"])
        #expect(judged.complaints.first?.problem.contains("lots.csv:2") == true)
    }

    @Test func anUnknownSiteAndAnUnknownItemAreNamed() throws {
        let judged = try Self.judge(
            ["B,MMR,2024-03-14,L1,120,2025-01-01,", "A,MMRR,2024-03-14,L1,120,2025-01-01,"]
        )
        #expect(judged.complaints.map(\.found) == ["B", "MMRR"])
        #expect(judged.complaints.map(\.position?.line) == [2, 3])
        #expect(judged.complaints.last?.remedy == "did you mean \"MMR\"?")
        #expect(try judged.of("A/MMR", "availability").state == .unknown)
    }

    @Test func aPolicyThatStandsTwiceIsJudgedOnce() throws {
        // Two verdicts on one subject would raise and clear its alert at every run.
        let judged = try Self.judge(
            policies: ["A,MMR,100,dose,,", "A,MMR,10,dose,,"],
            ["A,MMR,2024-03-14,L1,50,2025-01-01,"]
        )
        #expect(try judged.of("A/MMR", "availability").state == .warning)
        #expect(judged.complaints.map(\.position) == [Position(file: "policies.csv", line: 3)])
    }

    @Test func anUnreadableMinimumIsUnknown() throws {
        let verdict = try Self.availability(
            ["A,MMR,2024-03-14,L1,120,2025-01-01,"],
            policy: "A,MMR,many,dose,,"
        )
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["unreadable minimum policies.csv:2"])
    }

    @Test(
        "a quantity or an expiry that somebody left out on purpose is a gap with their reason",
        arguments: [
            ("A,MMR,2024-03-14,L1,未测,2025-01-01,", "not-measured quantity"),
            ("A,MMR,2024-03-14,L1,-,2025-01-01,", "not-measured quantity"),
            ("A,MMR,2024-03-14,L1,150,/,", "not-measured expiry"), ("A,MMR,2024-03-14,L1,150,,", "blank expiry"),
            ("A,MMR,2024-03-14,L1,150,长期,", "unreadable expiry"),
            ("A,MMR,2024-03-14,L1,150,2025-01-01,\u{FFFD}", "unreadable status"),
        ]
    )
    func absentCells(lot: String, gap: String) throws {
        let verdict = try Self.availability([lot])
        #expect(verdict.gaps.map(\.description) == ["\(gap) lots.csv:2"])
        #expect(verdict.state == .unknown)
        #expect(verdict.facts.number("usable") == "0")
    }

    @Test func aQuantityInTenThousandsCounts() throws {
        #expect(try Self.availability(["A,MMR,2024-03-14,L1,1.2万,2025-01-01,"]).facts.number("usable") == "12000")
    }
}
