// Goods that came in after a count: they end a shortage without waiting for the next one.

import Checks
import Records
import Testing

@Suite struct StockReceiptTests {
    /// A minimum of 100, of which the latest count finds 40.
    private static func short(_ books: [String], lots: [String] = ["A,MMR,2024-03-10,L1,40,2026-01-01"]) -> StockWorld {
        var world = StockWorld.needing("A,MMR,100,dose")
        world.parameters.clearPercent = 110
        world.lots = lots
        world.consumption = books
        return world
    }

    @Test(
        "what was received after the count is there, what was received before it is counted already",
        arguments: [
            ("2024-03-11", "receipt", "60", Assessment.State.ok, nil), ("2024-03-11", "receipt", "59", .warning, "1"),
            ("2024-03-10", "receipt", "60", .warning, "60"), ("2024-03-11", "issue", "60", .warning, "60"),
            ("2024-03-16", "receipt", "60", .warning, "60"),
        ] as [(String, String, String, Assessment.State, String?)]
    )
    func received(day: String, kind: String, quantity: String, state: Assessment.State, shortfall: String?) throws {
        let verdict = try Self.short(["A,MMR,,\(day),\(quantity),\(kind)"]).supply()
        #expect(verdict.state == state)
        #expect(verdict.facts.number("shortfall") == shortfall)
        #expect(verdict.facts.number("usable") == "40")
    }

    @Test func `a receipt ends an open alert at the limit itself, and the sum says what it is`() throws {
        let verdict = try Self.short(["A,MMR,,2024-03-11,60,receipt"]).supply()
        #expect(verdict.state == .ok && verdict.sustained == nil)
        #expect(verdict.facts.texts("arithmetic").contains("stock = 40 + received 60 = 100"))
        // A count that merely finds as much leaves the alert open below 110; one that lists what was received does not.
        let lots = ["A,MMR,2024-03-03,L1,40,2026-01-01", "A,MMR,2024-03-10,L1,100,2026-01-01"]
        #expect(try Self.short([], lots: lots).supply().sustained == .warning)
        #expect(try Self.short(["A,MMR,,2024-03-08,60,receipt"], lots: lots).supply().sustained == nil)
    }
}
