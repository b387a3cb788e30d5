// Reminders of a last day: who was told a month before is told again a week and a day before.

import Alerts
import Almanac
import Checks
import Testing

@Suite struct LeadReminderTests {
    private static func told(_ stages: [String], acknowledged: Bool = false) throws -> [Change.Kind] {
        try changes(stages, acknowledged: acknowledged).map(\.kind)
    }

    private static func changes(
        _ stages: [String],
        acknowledged: Bool = false,
        _ policy: AlertPolicy = AlertPolicy()
    ) throws -> [Watch.Told] {
        var watch = try Watch("2024-03-01 08:00", policy)
        for (index, stage) in stages.enumerated() {
            try watch.wait(until: "2024-03-\(String(101 + index).dropFirst()) 08:00")
            watch.judge([
                Assessment(
                    subject: "U1/R",
                    name: "一中",
                    period: .day(CivilDate(daysSinceEpoch: 19_783 + index)),
                    indicator: "cadence",
                    state: ["overdue", "escalated", "red-slip"].contains(stage) ? .critical : .warning,
                    facts: Facts(["stage": .text(stage)])
                )
            ])
            if acknowledged, index == 0 { try watch.acknowledge(by: "water", until: "2024-03-20 08:00") }
        }
        return watch.heard()
    }

    @Test func anAlertIsToldAgainWhenItsDayComesNearerAndNotInBetween() throws {
        let stages = ["upcoming", "upcoming", "due", "due", "last-day", "last-day", "overdue", "overdue"]
        #expect(try Self.told(stages) == [.raised, .reminder, .reminder, .worsened])
    }

    @Test func whatIsOverdueForLongIsToldAgainToThoseWhoHaveToActAndOnceToThoseAboveThem() throws {
        let stages = ["overdue", "escalated", "escalated", "red-slip", "red-slip"]
        #expect(try Self.told(stages) == [.raised, .reminder, .reminder])
        let policy = AlertPolicy(stages: ["escalated": ["leaders"], "red-slip": ["leaders", "mayor"]])
        #expect(
            try Self.changes(stages, policy) == [
                .init(.raised, "2024-03-01 08:00", ["water", "office"]),
                .init(.escalated, "2024-03-02 08:00", ["leaders", "water"]),
                .init(.escalated, "2024-03-04 08:00", ["leaders", "mayor", "water"]),
            ]
        )
        // Whoever takes care spares them that.
        #expect(
            try Self.changes(["last-day"] + stages, acknowledged: true, policy).map(\.kind) == [.raised, .worsened]
        )
    }

    @Test func aDayThatMovesAwayIsNoReason() throws {
        #expect(try Self.told(["last-day", "upcoming", "gap"]) == [.raised])
    }

    @Test func whoTakesCareIsNotRemindedMeanwhile() throws {
        #expect(try Self.told(["upcoming", "due", "last-day"], acknowledged: true) == [.raised])
    }
}
