// How consumption is found out: from a ledger, from reports of periods, corrected for days without stock.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct StockDemandTests {
    /// A ledger over February 2024 that gives out so much every day of some days.
    private static func ledger(_ days: ClosedRange<Int>, _ quantity: Int, month: String = "2024-02") -> [String] {
        days.map { "A,MMR,,\(month)-\($0 < 10 ? "0" : "")\($0),\(quantity),issue" }
    }

    private static func world(_ consumption: [String], onHand: String = "300", window: Int = 29) -> StockWorld {
        var world = StockWorld.needing("A,MMR,0,dose")
        world.lots = ["A,MMR,2024-02-29,L1,\(onHand),2026-01-01"]
        world.consumption = consumption
        world.parameters.windowDays = window
        world.parameters.staleAfterDays = 30
        return world
    }

    @Test func `a ledger gives the monthly consumption over the days of its window`() throws {
        let facts = try Self.world(Self.ledger(1...29, 10)).supply().facts
        #expect(facts.number("consumed") == "290")
        #expect(facts.number("inStockDays") == "29")
        #expect(facts.text("window") == "2024-02-01/2024-02-29")
        // 290 ÷ 29 × 30.4375
        #expect(facts.number("amc") == "304.38")
        #expect(facts.number("daysPerMonth") == "30.4375")
        #expect(facts.number("daysOfSupply") == "30.0")
        #expect(facts.number("monthsOfStock") == "1.0")
        #expect(facts.texts("arithmetic").contains("amc = 290 ÷ 29 d × 30.4375 = 304.38"))
        #expect(facts["weak"] == nil)
    }

    @Test func `days without stock are rolled back from the count and do not count as days without need`() throws {
        // Used up on the 10th, nothing until the delivery of the 20th: nine days out, which 30-day months would miss.
        let rows =
            Self.ledger(1...10, 10) + ["A,MMR,,2024-02-20,400,receipt"] + Self.ledger(20...29, 10)
        let facts = try Self.world(rows, onHand: "300").supply().facts
        #expect(facts.number("stockOutDays") == "9")
        #expect(facts.number("inStockDays") == "20")
        #expect(facts.number("consumed") == "200")
        #expect(facts.number("amc") == "304.38")
    }

    @Test func `a stock-out that began before the window is carried into it`() throws {
        let rows = ["A,MMR,,2024-01-20,50,issue", "A,MMR,,2024-02-15,300,receipt"] + Self.ledger(15...29, 10)
        let facts = try Self.world(rows, onHand: "150").supply().facts
        #expect(facts.number("stockOutDays") == "14")
        #expect(facts.number("inStockDays") == "15")
    }

    @Test(
        "too few days with stock make the estimate weak, and it looks at twice the window",
        arguments: [(6, "true"), (8, nil), (29, nil)] as [(Int, String?)]
    )
    func weak(daysIn: Int, weak: String?) throws {
        let rows =
            ["A,MMR,,2024-01-01,1,issue", "A,MMR,,2024-02-\(30 - daysIn),1000,receipt"]
            + Self.ledger((30 - daysIn)...29, 10)
        let facts = try Self.world(rows, onHand: "\(1000 - daysIn * 10)", window: 29).supply().facts
        #expect(facts.flag("weak") == weak.map { $0 == "true" })
        #expect(facts.text("window") == (weak == nil ? "2024-02-01/2024-02-29" : "2024-01-03/2024-02-29"))
    }

    @Test func `without a single day with stock nobody knows the consumption, which is not nothing`() throws {
        let rows = ["A,MMR,,2024-02-01,0,issue", "A,MMR,,2024-02-29,0,issue"]
        let facts = try Self.world(rows, onHand: "0").supply().facts
        #expect(facts["amc"] == nil)
        #expect(facts["daysOfSupply"] == nil)
    }

    @Test func `stock that nobody uses is called unused and lasts for no number of days`() throws {
        let verdict = try Self.world(["A,MMR,,2024-02-01,0,issue", "A,MMR,,2024-02-29,0,issue"]).supply()
        #expect(verdict.facts.text("status") == "unused")
        #expect(verdict.facts["daysOfSupply"] == nil)
        #expect(verdict.state == .ok)
    }

    /// The consumption of a period with days without stock as OpenLMIS adjusts it, to whole units in months of 30 days.
    ///
    /// Source: openlmis-requisition, LineItemFieldsCalculator.calculateAdjustedConsumption; there the result is rounded up.
    @Test(arguments: [(100, 30, 0, 100), (100, 30, 15, 200), (90, 30, 10, 135)])
    func `a report's days without stock raise the consumption as OpenLMIS adjusts it`(
        consumed: Int,
        days: Int,
        out: Int,
        adjusted: Int
    ) throws {
        var world = Self.world(["A,MMR,2024-01-31,2024-02-29,\(consumed),issue,,\(out)"], window: 30)
        world.parameters.daysPerMonth = ExactDecimal(days)
        #expect(try decimal(try #require(world.supply().facts.number("amc"))) == ExactDecimal(adjusted))
    }

    @Test func `reports of several lengths weigh by their days and not by their number`() throws {
        // 80 over two, three and four months of 2023: per day, not per report.
        let rows = [
            "A,MMR,2023-05-01,2023-06-30,20,issue", "A,MMR,2023-07-01,2023-09-30,30,issue",
            "A,MMR,2023-10-01,2024-01-31,30,issue",
        ]
        var world = Self.world(rows, window: 366)
        world.parameters.windowDays = 276
        let facts = try world.supply().facts
        #expect(facts.number("consumed") == "80")
        #expect(facts.number("windowDays") == "276")
        #expect(facts.text("amcSource") == "period")
    }

    @Test func `days that no report covers are not days without use`() throws {
        let rows = ["A,MMR,2024-01-01,2024-01-10,100,issue", "A,MMR,2024-02-20,2024-02-29,100,issue"]
        let facts = try Self.world(rows, window: 60).supply().facts
        #expect(facts.number("windowDays") == "20")
        #expect(facts.number("daysOfSupply") == "30.0")
    }

    @Test(
        "what is passed on is the consumption of a store alone, and corrections are nobody's",
        arguments: [("", "100"), ("yes", "150")]
    )
    func kinds(store: String, consumed: String) throws {
        var world = Self.world(
            [
                "A,MMR,2024-02-01,2024-02-29,100,issue", "A,MMR,2024-02-01,2024-02-29,50,transfer",
                "A,MMR,2024-02-01,2024-02-29,700,adjustment", "A,MMR,2024-02-01,2024-02-29,30,loss",
            ]
        )
        world.policies = [("A,MMR,0,dose", ["store": store])]
        #expect(try world.supply().facts.number("consumed") == consumed)
    }

    @Test func `a report far out of line whose reason nobody states is named, and the middle rate counts`() throws {
        let months = [
            "2023-10-01,2023-10-31,31", "2023-11-01,2023-11-30,33", "2023-12-01,2023-12-31,30",
            "2024-01-01,2024-01-31,32", "2024-02-01,2024-02-29,900",
        ]
        let facts = try Self.world(months.map { "A,MMR,\($0)," }, window: 152).supply().facts
        #expect(facts.texts("spikes") == ["consumption.csv:6"])
        // The middle of 1, 1.1, 0.967742, 1.032258 and 31.03 a day is 1.032258… ordered: 0.97, 1, 1.03, 1.1, 31.
        #expect(facts.number("amc") == "31.42")
    }

    @Test func `without books the register's consumption counts, and says so`() throws {
        var world = StockWorld.needing("A,MMR,0,dose,,60")
        world.lots = ["A,MMR,2024-03-14,L1,90,2026-01-01"]
        let facts = try world.supply().facts
        #expect(facts.text("amcSource") == "stated")
        #expect(facts.number("amc") == "60")
        #expect(facts.number("monthsOfStock") == "1.5")
    }

    @Test func `an item that the books never mention has the register's consumption, and not none`() throws {
        var world = Self.world(["A,BCG,,2024-02-01,5,issue", "A,BCG,,2024-02-29,5,issue"])
        world.policies = [("A,MMR,0,dose,,60", [:]), ("A,BCG,0,dose", [:])]
        let facts = try world.supply().facts
        #expect(facts.number("amc") == "60")
        #expect(facts.text("amcSource") == "stated")
        world.policies[0].row = "A,MMR,0,dose"
        #expect(try world.supply().facts["amc"] == nil)
        // Months of stock are demanded of a consumption that nobody knows.
        world.policies[0].more = ["min_months": "1"]
        #expect(try world.supply().state == .unknown)
    }

    @Test func `a district uses what its sites use together, each over its own days`() throws {
        var world = StockWorld()
        world.policies = [("D,MMR,0,dose", [:]), ("A,MMR,0,dose", [:]), ("B,MMR,0,dose", [:])]
        world.lots = ["A,MMR,2024-02-29,L1,100,2026-01-01", "B,MMR,2024-02-29,L1,200,2026-01-01"]
        world.consumption = ["A,MMR,2024-02-01,2024-02-29,29,issue", "B,MMR,2024-02-01,2024-02-29,58,issue"]
        world.parameters.district = "D"
        world.parameters.staleAfterDays = 30
        let facts = try world.supply("D/MMR").facts
        #expect(facts.number("daysOfSupply") == "100.0")
        #expect(facts.texts("arithmetic").contains("amc = Σ 2 sites = 91.31"))
    }

    @Test func `reports about items of one group count their days once`() throws {
        var world = StockWorld()
        world.policies = [("A,FEVER,0,片", [:]), ("A,IBU,0,片", [:]), ("A,PARA,0,片", [:])]
        world.items = ["IBU,FEVER", "PARA,FEVER"]
        world.lots = ["A,IBU,2024-02-29,L1,60,2026-01-01"]
        world.consumption = [
            "A,IBU,2024-02-01,2024-02-29,29,issue,,10", "A,PARA,2024-02-01,2024-02-29,29,issue,,0",
        ]
        world.parameters.staleAfterDays = 30
        let facts = try world.supply("A/FEVER").facts
        #expect(facts.number("inStockDays") == "29")
        #expect(facts.number("daysOfSupply") == "30.0")
    }

    @Test func `consumption in boxes counts in base units, and of an unknown unit nothing is guessed`() throws {
        var world = Self.world(["A,MMR,,2024-02-01,2,issue,box", "A,MMR,,2024-02-29,3,issue,crate"])
        world.units = ["MMR,box,10"]
        let judged = try world.judge()
        #expect(try judged.of("A/MMR", "availability").facts.number("consumed") == "20")
        #expect(judged.complaints.map(\.found) == ["crate"])
    }
}
