// What will expire unused, who could still use it, and what a site has to hold.

import Almanac
import Checks
import Records
import Testing

@Suite struct StockForecastTests {
    private static func world(_ lots: [String], monthly: String = "30.4375", _ more: [String: String] = [:])
        -> StockWorld
    {
        var world = StockWorld.needing("A,MMR,0,dose,,\(monthly)", more)
        world.lots = lots
        return world
    }

    @Test func `what expires first is used first, and the rest of a lot is lost on its last day`() throws {
        // One a day: by day 10 ten of L1's 25 are used; L2 has 90 days more and loses nothing.
        let verdict = try Self.world(
            ["A,MMR,2024-03-15,L2,50,2024-06-23", "A,MMR,2024-03-15,L1,25,2024-03-25"]
        ).loss()
        let lost = verdict.facts.entries("wastingLots")
        #expect(lost.map { $0.text("lot") } == ["L1"])
        #expect(lost.first?.number("wasted") == "15")
        #expect(lost.first?["expiry"] == .date(try day("2024-03-25")))
        #expect(lost.first?.number("daysLost") == "15.0")
        #expect(verdict.facts.number("willExpire") == "15")
        #expect(verdict.facts.text("loss") == "will-waste")
        #expect(verdict.facts.number("effectiveDays") == "60.0")
        #expect(verdict.state == .warning)
    }

    @Test func `a single lot that outlasts its use loses the rest, as the mSupply example has it`() throws {
        // Open mSupply's own example: 550 with an expiry four months on, 50 a month used: 350 are lost.
        var world = Self.world(["A,MMR,2024-01-01,L1,550,2024-05-01"], monthly: "50")
        world.parameters.daysPerMonth = try decimal("30.25")
        #expect(try world.loss(asOf: "2024-01-01").facts.number("willExpire") == "350")
    }

    @Test(arguments: [("11", "0"), ("10.5", "0"), ("12", "2")])
    func `less than a day's use is no loss worth a word`(quantity: String, wasted: String) throws {
        let facts = try Self.world(["A,MMR,2024-03-15,L1,\(quantity),2024-03-25"]).loss().facts
        #expect(facts.number("willExpire") == (quantity == "11" ? "1" : wasted))
    }

    @Test func `the last day on which a lot is given out may come before its last day`() throws {
        var world = Self.world(["A,MMR,2024-03-15,L1,25,2024-03-25"])
        world.parameters.cutoffDays = 4
        let lost = try #require(world.loss().facts.entries("wastingLots").first)
        #expect(lost.number("window") == "6")
        #expect(lost.number("wasted") == "19")
    }

    @Test func `expired stands before what will be lost, and that before what is near its end`() throws {
        let loss = { (lots: [String]) in try Self.world(lots).loss().facts.text("loss") }
        #expect(try loss(["A,MMR,2024-03-15,L0,5,2024-03-14", "A,MMR,2024-03-15,L1,25,2024-03-25"]) == "expired")
        #expect(try loss(["A,MMR,2024-03-15,L1,5,2024-03-25"]) == "near-expiry")
        #expect(try loss(["A,MMR,2024-03-15,L1,5,2024-12-25"]) == "none")
    }

    @Test func `an item that never expires may have a day beyond all reason, and any other is held to it`() throws {
        var world = Self.world(["A,MMR,2024-03-15,L1,50000,2099-12-31"])
        #expect(try world.loss().facts.number("willExpire") != "0")
        world.items = ["MMR,,,,yes"]
        #expect(try world.loss().facts.number("willExpire") == "0")
        #expect(try world.supply().facts.number("usable") == "50000")
    }

    // MARK: Redistribution

    private static func pair(_ more: [String: String] = [:], lots: [String] = [], pack: String = "") -> StockWorld {
        var world = StockWorld()
        world.policies = [
            ("A,MMR,0,dose,,30.4375", [:]), ("B,MMR,0,dose,,304.375", ["maximum": "400"].merging(more) { $1 }),
        ]
        world.items = ["MMR,,,\(pack),,refrigerated"]
        world.policies[0].more["cold_chain"] = "refrigerated"
        world.lots = ["A,MMR,2024-03-15,L1,200,2024-04-24"] + lots
        return world
    }

    @Test func `what one site will not use is offered to the one that can, with both sums`() throws {
        let world = Self.pair(["cold_chain": "refrigerated"], lots: ["B,MMR,2024-03-15,K1,100,2024-04-01"])
        let judged = try world.judge()
        let offer = try #require(judged.of("A/MMR", "expiry").facts.entries("transfers").first)
        // A uses 40 by 24 April and loses 160. B uses 10 a day for 40 − 1 days, less 100 of its own, and has room for 300.
        #expect(offer.text("siteCode") == "B")
        #expect(offer.text("lot") == "L1")
        #expect(offer.number("quantity") == "160")
        #expect(offer["useBefore"] == .date(try day("2024-04-24")))
        #expect(offer.text("arithmetic") == "10 × (40 − 1 − 0) − 100 = 290; 400 − 100 = 300")
        #expect(try judged.of("B/MMR", "availability").facts.entries("offers").first?.text("siteCode") == "A")
    }

    @Test(
        "nobody is offered what cannot be kept, used, stored, or is less than a box",
        arguments: [
            ("it cannot keep it cold", ["cold_chain": "room"], [], ""),
            (
                "it has no room", ["cold_chain": "refrigerated", "maximum": "100"],
                ["B,MMR,2024-03-15,K1,100,2024-04-01"], ""
            ),
            (
                "it has enough that expires earlier", ["cold_chain": "refrigerated", "maximum": "9000"],
                ["B,MMR,2024-03-15,K1,395,2024-04-24"], ""
            ),
            ("less than a box is left", ["cold_chain": "refrigerated"], ["B,MMR,2024-03-15,K1,100,2024-04-01"], "161"),
            ("it did not report", ["cold_chain": "refrigerated"], ["B,MMR,2024-02-15,K1,100,2024-04-01"], ""),
        ] as [(String, [String: String], [String], String)]
    )
    func noTransfer(why: String, more: [String: String], lots: [String], pack: String) throws {
        let judged = try Self.pair(more, lots: lots, pack: pack).judge()
        #expect(try judged.of("A/MMR", "expiry").facts.entries("transfers").isEmpty, "\(why)")
    }

    @Test func `only whole boxes change hands`() throws {
        let world = Self.pair(["cold_chain": "refrigerated"], lots: ["B,MMR,2024-03-15,K1,100,2024-04-01"], pack: "50")
        let offer = try #require(world.loss().facts.entries("transfers").first)
        #expect(offer.number("quantity") == "150")
    }
}
