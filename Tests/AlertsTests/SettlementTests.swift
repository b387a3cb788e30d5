// A receipt says that a matter is settled, and the evidence that comes after says otherwise.

import Alerts
import Almanac
import Checks
import Testing

@Suite struct SettlementTests {
    private typealias Told = Watch.Told

    /// The water department was told on Monday 25 March at nine and answers at noon that the matter is settled.
    private static func answered() throws -> Watch {
        var watch = try Watch("2024-03-25 09:00")
        watch.judge(["A": .warning])
        try watch.wait(until: "2024-03-25 12:00")
        try watch.acknowledge(by: "water", saysSettled: true)
        _ = watch.heard()
        return watch
    }

    @Test func aVerdictOfALaterDayThatFindsOtherwiseIsToldOnceToWhoeverKnowsOfTheMatter() throws {
        var watch = try Self.answered()
        try watch.wait(until: "2024-03-25 18:00")
        watch.judge(["A": .warning])
        #expect(watch.heard() == [], "the table may be on its way")
        try watch.wait(until: "2024-03-26 09:00")
        watch.judge(["A": .warning])
        let changes = watch.happened()
        #expect(changes.map(\.kind) == [.reminder] && changes.first?.occasion == .contradicted)
        #expect(changes.first?.recipients == Recipients(to: ["water"], cc: ["office"]))
        #expect(changes.first?.alert.state == .warning, "it stays open")
        try watch.wait(until: "2024-03-27 09:00")
        watch.judge(["A": .warning])
        #expect(watch.heard() == [])
        // Who says so again is told again.
        try watch.acknowledge(by: "water", saysSettled: true)
        try watch.wait(until: "2024-03-28 09:00")
        watch.judge(["A": .warning])
        #expect(watch.heard() == [Told(.reminder, "2024-03-28 09:00", ["water", "office"])])
    }

    @Test func whatTheEvidenceBearsOutIsClearedAndNothingElse() throws {
        var watch = try Self.answered()
        try watch.wait(until: "2024-03-26 09:00")
        watch.judge(["A": .ok])
        #expect(watch.heard() == [Told(.cleared, "2024-03-26 09:00", ["water", "office"])])
    }

    @Test func whatIsNotKnownContradictsNobody() throws {
        var watch = try Self.answered()
        try watch.wait(until: "2024-03-26 09:00")
        watch.judge(["A": .unknown])
        watch.judge(["B": .ok])
        #expect(watch.heard() == [])
    }

    @Test func whoOnlyTakesCareIsNotContradicted() throws {
        var watch = try Watch("2024-03-25 09:00")
        watch.judge(["A": .warning])
        try watch.acknowledge(by: "water")
        _ = watch.heard()
        try watch.wait(until: "2024-03-26 09:00")
        watch.judge(["A": .warning])
        #expect(watch.heard() == [])
    }

    @Test func aSilenceKeepsItBackUntilItsEnd() throws {
        var watch = try Self.answered()
        try watch.silence(until: "2024-03-27 12:00")
        try watch.wait(until: "2024-03-26 09:00")
        watch.judge(["A": .warning])
        #expect(watch.heard() == [])
        try watch.wait(until: "2024-03-28 09:00")
        #expect(watch.heard() == [Told(.reminder, "2024-03-27 12:00", ["water", "office"])])
    }
}
