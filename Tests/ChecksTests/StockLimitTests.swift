// What a site has to hold, and what its stock is called.

import Almanac
import Checks
import Records
import Testing

@Suite struct StockLimitTests {
    private static func status(
        _ quantity: String,
        _ more: [String: String] = [:],
        minimum: String = "0",
        monthly: String = "100"
    ) throws -> Assessment {
        var world = StockWorld.needing("A,MMR,\(minimum),dose,,\(monthly)", more)
        world.lots = ["A,MMR,2024-03-14,L1,\(quantity),2026-01-01"]
        return try world.supply()
    }

    @Test(
        "the first that applies names the stock",
        arguments: [
            ("0", "stock-out", Assessment.State.critical), ("49", "below-eop", .critical),
            ("50", "below-min", .warning),
            ("199", "below-min", .warning), ("200", "normal", .ok), ("400", "normal", .ok), ("401", "over-max", .ok),
        ]
    )
    func bands(quantity: String, status: String, state: Assessment.State) throws {
        let verdict = try Self.status(quantity, ["min_months": "2", "max_months": "4", "eop_months": "0.5"])
        #expect(verdict.facts.text("status") == status)
        #expect(verdict.state == state)
        #expect(verdict.facts.number("min") == "200")
        #expect(verdict.facts.number("max") == "400")
        #expect(verdict.facts.number("emergencyOrderPoint") == "50")
    }

    /// A vaccine store that uses 80 doses in two weeks: a quarter of that as least, five quarters as most, and 31.4 as the
    /// point below which an order cannot wait, with deliveries in two days.
    ///
    /// Source: WHO immunisation supply course (Open University, Immunization module, section 5.3).
    @Test func `levels of the immunisation course come out`() throws {
        let verdict = try Self.status(
            "31",
            ["maximum": "100", "emergency_point": "20", "lead_days": "2", "min_months": "0"],
            minimum: "20",
            monthly: "173.928571"
        )
        #expect(verdict.facts.number("min") == "20")
        // 80 × 2 ÷ 14 = 11.43, on top of the least of 20 the critical level is 31.4.
        #expect(verdict.facts.number("reorderPoint") == "11.43")
    }

    @Test(
        "why there is nothing usable",
        arguments: [
            ("2024-03-01", "", "", "only-expired"), ("2026-01-01", "held", "", "only-held"),
            ("2026-01-01", "recalled", "", "only-held"), ("2026-01-01", "", "discard", "only-held"),
        ]
    )
    func reasons(expiry: String, status: String, vvm: String, reason: String) throws {
        var world = StockWorld.needing("A,MMR,10,dose")
        world.lots = ["A,MMR,2024-03-14,L1,50,\(expiry),\(status),,,\(vvm)"]
        let verdict = try world.supply()
        #expect(verdict.facts.text("stockOutReason") == reason)
        #expect(verdict.facts.number("usable") == "0")
    }

    @Test func `recalled, spoiled and negative lots are kept apart`() throws {
        var world = StockWorld.needing("A,MMR,10,dose")
        world.lots = [
            "A,MMR,2024-03-14,L1,50,2026-01-01,recalled", "A,MMR,2024-03-14,L2,30,2026-01-01,,,,discard",
            "A,MMR,2024-03-14,,20,2026-01-01", "A,MMR,2024-03-14,L4,-7,2026-01-01",
        ]
        let facts = try world.supply().facts
        #expect(facts.number("recalled") == "50")
        #expect(facts.number("vvmSpent") == "30")
        #expect(facts.number("usable") == "20")
        #expect(facts.number("negative") == "-7")
        // Without its number nobody can say whether the recall concerns the lot.
        #expect(facts.number("recallUnmatched") == "20")
    }

    // MARK: Safety stock

    /// z × √(L × σd² + d² × σL²), and d × L on top, with numbers that come out whole.
    @Test func `safety stock holds against demand and against late deliveries`() throws {
        // √(9 × 4² + 10² × 2²) = √544 = 23.3238; × 1.6449 = 38.3653.
        let facts = try Self.status(
            "1000",
            ["lead_days": "9", "lead_sd_days": "2", "demand_sd": "4", "service_level": "95"],
            monthly: "304.375"
        ).facts
        #expect(facts.number("safetyStock") == "38.37")
        #expect(facts.number("reorderPoint") == "128.37")
    }

    @Test(arguments: [("90", "12.82"), ("95", "16.45"), ("98", "20.54"), ("99", "23.26")])
    func `a higher service level holds more`(level: String, safety: String) throws {
        let facts = try Self.status(
            "1000",
            ["lead_days": "4", "demand_sd": "5", "service_level": level],
            monthly: "304.375"
        ).facts
        #expect(facts.number("safetyStock") == safety)
        // The demand of the lead time, not of its square root, as one library prints it.
        #expect(try decimal(try #require(facts.number("reorderPoint"))) == decimal("40").adding(decimal(safety)))
    }

    @Test func `under periodic review the stock lasts until the delivery after the next review`() throws {
        let facts = try Self.status(
            "1000",
            ["lead_days": "4", "review_days": "12", "demand_sd": "5", "service_level": "95"],
            monthly: "304.375"
        ).facts
        #expect(facts.number("safetyStock") == "32.9")
        #expect(facts.number("reorderPoint") == "192.9")
    }

    @Test func `where use is erratic the sums of real days count and no bell curve`() throws {
        var world = StockWorld.needing("A,MMR,0,dose", ["lead_days": "2", "service_level": "95"])
        world.lots = ["A,MMR,2024-03-15,L1,1000,2026-01-01"]
        world.parameters.windowDays = 40
        world.consumption = ["A,MMR,,2024-02-05,0,issue", "A,MMR,,2024-02-20,100,issue", "A,MMR,,2024-03-15,100,issue"]
        let verdict = try world.supply()
        #expect(verdict.facts.number("reorderPoint") == "100")
        #expect(verdict.facts.texts("arithmetic").contains { $0.contains("quantile 95 % of 2-day sums") })
    }

    // MARK: Rules on reserves

    private static let rules = [
        "PPE-30D,days-of-supply,20,,2021-01-01,2022-01-03,the old paper,1,规范性文件",
        "PPE-30D,days-of-supply,30,,2022-01-04,,the new paper,2,规范性文件",
        "POP,population-share,15,2,,,the share paper,,规范性文件", "GRAIN,months-of-supply,6,,,,the grain paper,,规范性文件",
    ]

    @Test(
        "the edition in force on the day judges, and is cited",
        arguments: [("2022-01-03", "20", "the old paper"), ("2022-01-04", "30", "the new paper")]
    )
    func editions(asOf: String, min: String, paper: String) throws {
        var world = StockWorld.needing("A,MMR,0,dose,,30.4375", ["rules": "PPE-30D"])
        world.rules = Self.rules
        world.lots = ["A,MMR,\(asOf),L1,5,2026-01-01"]
        let facts = try world.supply(asOf: asOf).facts
        #expect(facts.number("min") == min)
        #expect(facts.text("ruleDocument") == paper)
        #expect(facts.text("ruleClause") == (asOf == "2022-01-03" ? "1" : "2"))
        #expect(facts.text("ruleRank") == "规范性文件")
        #expect(facts.number("shortfall") == (min == "20" ? "15" : "25"))
    }

    @Test func `of several demands the largest decides`() throws {
        var world = StockWorld.needing("A,MMR,1000,dose,,100", ["rules": "POP;GRAIN", "population": "40000"])
        world.rules = Self.rules
        world.lots = ["A,MMR,2024-03-14,L1,11999,2026-01-01"]
        let facts = try world.supply().facts
        // 40 000 × 15 % × 2 each = 12 000, against 1 000 and 6 × 100.
        #expect(facts.number("min") == "12000")
        #expect(facts.number("shortfall") == "1")
        #expect(facts.texts("arithmetic").contains("min = POP 15 % × 2 × population 40000 = 12000"))
    }

    @Test func `a rule without an edition in force is a gap and no silence`() throws {
        var world = StockWorld.needing("A,MMR,0,dose,,100", ["rules": "PPE-30D"])
        world.rules = ["PPE-30D,days-of-supply,30,,2025-01-01,,a paper to come,,规范性文件"]
        world.lots = ["A,MMR,2024-03-14,L1,50,2026-01-01"]
        let verdict = try world.supply()
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.what) == ["rule PPE-30D"])
    }

    // MARK: Grain, groups, districts

    @Test(arguments: [("2024-03-15", "rotating", Assessment.State.ok), ("2024-07-01", "below-min", .warning)])
    func `a reserve that is being rotated is not called short`(asOf: String, status: String, state: Assessment.State)
        throws
    {
        var world = StockWorld.needing("A,MMR,500,t", ["rotation_from": "2024-03-01", "rotation_until": "2024-06-30"])
        world.lots = ["A,MMR,\(asOf),L1,300,2026-01-01"]
        let verdict = try world.supply(asOf: asOf)
        #expect(verdict.facts.text("status") == status)
        #expect(verdict.state == state)
    }

    @Test func `grain counts in its equivalents, and lasts for days of the market's supply`() throws {
        var world = StockWorld()
        world.policies = [("A,GRAIN,0,t,20,3043.75", [:]), ("A,PADDY,0,t", [:]), ("A,RICE,0,t", [:])]
        world.items = ["PADDY,GRAIN,0.7", "RICE,GRAIN,1"]
        world.lots = ["A,PADDY,2024-03-14,P,2000,2026-01-01", "A,RICE,2024-03-14,R,500,2026-01-01"]
        let verdict = try world.supply("A/GRAIN")
        #expect(verdict.facts.number("usable") == "1900")
        #expect(verdict.facts.number("daysOfSupply") == "19.0")
        #expect(verdict.state == .warning)
    }

    @Test func `items that can stand in for each other last together`() throws {
        var world = StockWorld()
        world.policies = [("A,FEVER,0,片,7,304.375", [:]), ("A,IBU,0,片", [:]), ("A,PARA,0,片", [:])]
        world.items = ["IBU,FEVER", "PARA,FEVER"]
        world.lots = ["A,IBU,2024-03-14,L1,0,2026-01-01", "A,PARA,2024-03-14,L2,100,2026-01-01"]
        let group = try world.supply("A/FEVER")
        #expect(group.facts.number("daysOfSupply") == "10.0")
        #expect(group.state == .ok)
    }

    @Test(arguments: [(["A", "B"], "2", "2", Assessment.State.warning), (["A"], "1", "2", .unknown)])
    func `a district's sum says how many of its sites reported, and is not believed without the others`(
        sites: [String],
        reported: String,
        expected: String,
        state: Assessment.State
    ) throws {
        var world = StockWorld()
        world.policies = [("D,MMR,500,dose", [:]), ("A,MMR,0,dose", [:]), ("B,MMR,0,dose", [:])]
        world.parameters.district = "D"
        world.lots = sites.map { "\($0),MMR,2024-03-14,L1,100,2026-01-01" }
        let verdict = try world.supply("D/MMR")
        #expect(verdict.facts.number("usable") == "\(100 * sites.count)")
        #expect(verdict.facts.number("sitesReported") == reported)
        #expect(verdict.facts.number("sitesExpected") == expected)
        #expect(verdict.facts.texts("missingSites") == (sites.count == 2 ? [] : ["B"]))
        #expect(verdict.state == state)
    }

    @Test func `each job judges the rows of its own category`() throws {
        var world = StockWorld()
        world.policies = [("A,MMR,10,dose", ["category": "vaccine"]), ("A,N95,10,只", [:])]
        world.lots = ["A,MMR,2024-03-14,L1,100,2026-01-01", "A,N95,2024-03-14,L1,100,2026-01-01"]
        #expect(try world.judge().assessments.map(\.subject) == ["A/N95", "A/N95"])
        world.parameters.category = "vaccine"
        let judged = try world.judge()
        #expect(judged.assessments.map(\.subject) == ["A/MMR", "A/MMR"])
        #expect(judged.complaints.isEmpty)
    }

    // MARK: Hysteresis and stale reports

    @Test func `a limit is broken only by as many reports in a row as the job asks for`() throws {
        var world = StockWorld.needing("A,MMR,100,dose")
        world.parameters.raiseAfter = 2
        world.lots = ["A,MMR,2024-03-07,L1,150,2026-01-01", "A,MMR,2024-03-14,L1,80,2026-01-01"]
        let first = try world.supply()
        #expect(first.state == .ok)
        // An alert that is open already does not end by it.
        #expect(first.sustained == .warning)
        #expect(first.facts.number("reportsBelow") == "1")
        world.lots[0] = "A,MMR,2024-03-07,L1,90,2026-01-01"
        #expect(try world.supply().state == .warning)
        // Nothing at all needs no second report.
        world.lots = ["A,MMR,2024-03-07,L1,150,2026-01-01", "A,MMR,2024-03-14,L1,0,2026-01-01"]
        #expect(try world.supply().state == .critical)
    }

    @Test func `without a new report the state is frozen and says what it was`() throws {
        var world = StockWorld.needing("A,MMR,100,dose")
        world.lots = ["A,MMR,2024-03-01,L1,80,2026-01-01"]
        let verdict = try world.supply()
        #expect(verdict.state == .unknown)
        #expect(verdict.facts.text("status") == "stale")
        #expect(verdict.facts.text("lastStatus") == "below-min")
        #expect(try StockWorld.needing("A,MMR,100,dose").supply().facts.text("status") == "no-report")
    }
}
