// A fever alarm of the sentinels raises the consumption of linked items, so that a stock-out is foretold.

import Almanac
import Checks
import Records
import Testing

@Suite struct StockSurgeTests {
    /// Ten days of fever counts up to the judged day, the last one as given.
    private static func world(fever: Int) throws -> StockWorld {
        var detector = Detector(method: .c2)
        detector.minimumDeviation = 1
        var surge = Surveillance.Parameters(detector: detector)
        surge.reportLag = 1
        var world = StockWorld.needing("A,IBU,0,片,10,304.375")
        world.items = ["IBU,,,,,,fever,3"]
        world.lots = ["A,IBU,2024-03-15,L1,150,2026-01-01"]
        world.parameters.surge = surge
        let judged = try day("2024-03-14")
        world.counts = (0..<10).map { "S,fever,\(judged.adding(days: $0 - 9)),\($0 == 9 ? fever : 4)" }
        return world
    }

    @Test func `an alarm multiplies the consumption of linked items on the same day`() throws {
        let verdict = try Self.world(fever: 20).supply("A/IBU")
        // 10 a day become 30, so 15 days of supply become 5, and ten are demanded.
        #expect(verdict.facts.number("daysOfSupply") == "5.0")
        #expect(verdict.facts.number("surgeFactor") == "3")
        #expect(verdict.facts.text("surgeSeries") == "fever")
        #expect(verdict.facts["surgeSince"] == .date(try day("2024-03-14")))
        #expect(verdict.facts.texts("arithmetic").contains("amc = 304.38 × surge 3 = 913.12"))
        #expect(verdict.state == .warning)
    }

    @Test func `without an alarm, or for an item that is not linked, consumption is as usual`() throws {
        let calm = try Self.world(fever: 5).supply("A/IBU")
        #expect(calm.facts.number("daysOfSupply") == "15.0")
        #expect(calm.facts["surgeFactor"] == nil)
        #expect(calm.state == .ok)
        var other = try Self.world(fever: 20)
        other.items = ["IBU"]
        #expect(try other.supply("A/IBU").state == .ok)
    }

    @Test func `an alarm goes on raising for as many days as the job says`() throws {
        var world = try Self.world(fever: 20)
        world.counts += ["S,fever,2024-03-15,4", "S,fever,2024-03-16,4", "S,fever,2024-03-17,4"]
        world.parameters.surgeDays = 3
        #expect(try world.supply("A/IBU", asOf: "2024-03-17").facts["surgeFactor"] != nil)
        #expect(try world.supply("A/IBU", asOf: "2024-03-18").facts["surgeFactor"] == nil)
    }
}
