// Reminders of a last day: who was told a month before is told again a week and a day before.

import Alerts
import Almanac
import Checks
import Testing

@Suite struct LeadReminderTests {
    private static func told(_ stages: [String], acknowledged: Bool = false) throws -> [Change.Kind] {
        var watch = try Watch("2024-03-01 08:00")
        for (index, stage) in stages.enumerated() {
            try watch.wait(until: "2024-03-\(String(101 + index).dropFirst()) 08:00")
            watch.judge([
                Assessment(
                    subject: "U1/R",
                    name: "一中",
                    period: .day(CivilDate(daysSinceEpoch: 19_783 + index)),
                    indicator: "cadence",
                    state: stage == "overdue" ? .critical : .warning,
                    facts: Facts(["stage": .text(stage)])
                )
            ])
            if acknowledged, index == 0 { try watch.acknowledge(by: "water", until: "2024-03-20 08:00") }
        }
        return watch.heard().map(\.kind)
    }

    @Test func anAlertIsToldAgainWhenItsDayComesNearerAndNotInBetween() throws {
        let stages = ["upcoming", "upcoming", "due", "due", "last-day", "last-day", "overdue", "overdue"]
        #expect(try Self.told(stages) == [.raised, .reminder, .reminder, .worsened])
    }

    @Test func aDayThatMovesAwayIsNoReason() throws {
        #expect(try Self.told(["last-day", "upcoming", "gap"]) == [.raised])
    }

    @Test func whoTakesCareIsNotRemindedMeanwhile() throws {
        #expect(try Self.told(["upcoming", "due", "last-day"], acknowledged: true) == [.raised])
    }
}
