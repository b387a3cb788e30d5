// What is said of slots that are not accounted for: how bad it is, and which slots are named.

import Almanac
import Checks
import TestKit
import Testing

@Suite struct SlotAccountsTests {
    private static func verdict(lost: [String], held: [String]) throws -> Assessment {
        let standing = SlotAccounts.Standing(
            job: "river",
            titleZh: "水质",
            titleEn: "Water",
            lost: lost,
            held: held,
            problem: "the register cannot be read"
        )
        let day = try CivilDate("2024-03-05")
        var check = CheckDefinition.slotAccounts(.init(standings: [standing]))
            .begin(schemas: [:], period: .day(day), asOf: day)
        return try #require(check.finish().first)
    }

    @Test(
        arguments: [
            ([], [], .ok), ([], ["a"], .warning), (["a"], [], .critical), (["a"], ["b"], .critical),
        ] as [([String], [String], Assessment.State)]
    )
    func aLostSlotIsWorseThanOneThatIsTriedAgain(lost: [String], held: [String], state: Assessment.State) throws {
        let verdict = try Self.verdict(lost: lost, held: held)
        #expect(verdict.state == state)
        #expect(verdict.subject == "river")
        #expect((verdict.facts["problem"] == nil) == held.isEmpty)
    }

    @Test func ofManySlotsTheLatestAreNamedAndTheOthersCounted() throws {
        let facts = try Self.verdict(lost: (1...23).map(String.init), held: []).facts
        #expect(facts["lost"] == .texts((4...23).map(String.init)))
        #expect(facts["moreLost"] == .integer(3))
        #expect(facts["lastLost"] == .text("23"))
        #expect(facts["held"] == nil)
    }
}
