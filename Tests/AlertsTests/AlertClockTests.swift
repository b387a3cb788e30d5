// What time alone does: reminders, escalation, ends of acknowledgements; and clocks that are set.

import Alerts
import Almanac
import Checks
import Testing

@Suite struct AlertClockTests {
    private static let water: Set = ["water"]
    private static let all: Set = ["water", "office"]
    private static let reminding = AlertPolicy(remindEvery: Term(2, .workingDays))
    /// Three working days for an answer, then the district's office.
    private static let escalating = AlertPolicy(escalation: [.init(after: Term(3, .workingDays), to: ["district"])])

    @Test func remindersComeEveryFewWorkingDaysToThoseWhoHaveToAct() throws {
        // Tomb-sweeping day: 4 to 6 April are off, Sunday 7 April is worked.
        var watch = try Watch("2024-04-02 09:00", Self.reminding)
        watch.judge(["A": .warning])
        try watch.wait(until: "2024-04-12 08:00")
        #expect(
            watch.heard() == [
                .init(.raised, "2024-04-02 09:00", Self.all), .init(.reminder, "2024-04-07 09:00", Self.water),
                .init(.reminder, "2024-04-09 09:00", Self.water), .init(.reminder, "2024-04-11 09:00", Self.water),
            ]
        )
    }

    @Test func nobodyIsRemindedOfWhatHasNotReachedHim() throws {
        var watch = try Watch("2024-03-25 09:00", Self.reminding)
        watch.delivers = false
        watch.judge(["A": .warning])
        try watch.wait(until: "2024-04-01 09:00")
        // Those who are only informed do not start the clock.
        try watch.note(.delivered, by: "office")
        try watch.wait(until: "2024-04-08 09:00")
        #expect(watch.heard().map(\.kind) == [.raised])
        try watch.note(.delivered, by: "water")
        try watch.wait(until: "2024-04-10 09:00")
        #expect(watch.heard() == [.init(.reminder, "2024-04-10 09:00", Self.water)])
    }

    @Test func newsDoNotPutTheReminderOff() throws {
        var watch = try Watch("2024-03-25 09:00", Self.reminding)
        watch.judge(["A": .warning])
        try watch.wait(until: "2024-03-26 15:00")
        watch.judge(["A": .critical])
        try watch.wait(until: "2024-03-27 09:00")
        #expect(watch.heard().map(\.at) == ["2024-03-25 09:00", "2024-03-26 15:00", "2024-03-27 09:00"])
    }

    @Test func missedRemindersAreOneThatSaysThatItIsLate() throws {
        var watch = try Watch("2024-03-25 09:00", Self.reminding)
        watch.judge(["A": .warning])
        _ = watch.heard()
        // The machine was off for three weeks.
        try watch.jump(to: "2024-04-15 10:00")
        let reminders = watch.happened()
        #expect(reminders.map(\.kind) == [.reminder])
        #expect(reminders.first?.due == (try Watch.instant("2024-03-27 09:00")))
        try watch.wait(until: "2024-04-17 10:00")
        let next = watch.happened()
        #expect(next.map(\.kind) == [.reminder])
        #expect(next.first?.due == nil)
    }

    @Test func whoDoesNotAnswerIsEscalatedOnceAfterHisWorkingDays() throws {
        var watch = try Watch("2024-04-02 09:00", Self.escalating)
        watch.judge(["A": .warning])
        _ = watch.heard()
        // Wednesday 3, Sunday 7 and Monday 8 April are worked.
        try watch.wait(until: "2024-04-30 09:00")
        #expect(watch.heard() == [.init(.escalated, "2024-04-08 09:00", ["district", "water"])])
        // Whoever was told by then hears the end.
        watch.judge(["A": .ok])
        #expect(watch.heard().map(\.to) == [["water", "office", "district"]])
    }

    @Test func newsDoNotRestartTheClockOfEscalation() throws {
        var watch = try Watch("2024-03-25 09:00", Self.escalating)
        watch.judge(["A": .warning])
        try watch.wait(until: "2024-03-27 16:00")
        watch.judge(["A": .critical])
        try watch.wait(until: "2024-03-28 09:00")
        #expect(watch.heard().map(\.kind) == [.raised, .worsened, .escalated])
    }

    @Test func aSilenceStopsTheClocksAndLetsThemGoOn() throws {
        let policy = AlertPolicy(
            remindEvery: Term(2, .workingDays),
            escalation: [.init(after: Term(3, .workingDays), to: ["district"])]
        )
        var watch = try Watch("2024-03-25 09:00", policy)
        watch.judge(["A": .warning])
        try watch.wait(until: "2024-03-26 09:00")
        try watch.silence(until: "2024-03-28 09:00")
        _ = watch.heard()
        try watch.wait(until: "2024-04-02 09:00")
        #expect(
            watch.heard() == [
                .init(.reminder, "2024-03-29 09:00", Self.water),
                .init(.escalated, "2024-04-01 09:00", ["district", "water"]),
                .init(.reminder, "2024-04-02 09:00", Self.water),
            ]
        )
    }

    @Test func aSilenceCountsForItsOwnTimeHoweverLateAnybodyLooks() throws {
        var watch = try Watch("2024-03-25 09:00", Self.escalating)
        watch.judge(["A": .warning])
        try watch.silence(from: "2024-03-26 09:00", until: "2024-03-27 09:00")
        // Off from before the silence until after it: three of four working days count.
        try watch.jump(to: "2024-03-29 08:59")
        #expect(watch.heard().map(\.kind) == [.raised])
        try watch.wait(until: "2024-03-29 09:00")
        #expect(watch.heard().map(\.kind) == [.escalated])
    }

    @Test func oneStepWaitsForTheFolderAndAnotherForAnAnswer() throws {
        let policy = AlertPolicy(escalation: [
            .init(after: Term(1, .workingDays), waitsFor: .pickUp, to: ["registry"]),
            .init(after: Term(2, .workingDays), to: ["district"]),
        ])
        var unread = try Watch("2024-03-25 09:00", policy)
        unread.judge(["A": .warning])
        try unread.wait(until: "2024-03-28 09:00")
        let steps = unread.happened().filter { $0.kind == .escalated }
        #expect(steps.map(\.recipients.to) == [["registry"], ["district"]])
        #expect(steps.map(\.occasion) == [.notPickedUp, .notAcknowledged])

        var read = try Watch("2024-03-25 09:00", policy)
        read.judge(["A": .warning])
        try read.note(.pickedUp, by: "water")
        try read.wait(until: "2024-03-28 09:00")
        #expect(read.happened().filter { $0.kind == .escalated }.map(\.recipients.to) == [["district"]])
    }

    @Test func anAcknowledgementHoldsEverythingBackForFiveWorkingDaysAndThenTheMatterComesAgain() throws {
        let policy = AlertPolicy(
            remindEvery: Term(1, .workingDays),
            escalation: [.init(after: Term(1, .workingDays), to: ["district"])]
        )
        var watch = try Watch("2024-03-25 09:00", policy)
        watch.judge(["A": .warning])
        try watch.acknowledge()
        _ = watch.heard()
        try watch.wait(until: "2024-04-01 08:59")
        #expect(watch.heard() == [])
        #expect(try watch.alert.acknowledgement?.note == "pump ordered")
        try watch.wait(until: "2024-04-01 09:00")
        let lapsed = watch.happened()
        #expect(lapsed.map(\.kind) == [.reminder])
        #expect(lapsed.first?.occasion == .acknowledgementEnded)
        #expect(try watch.alert.acknowledgement == nil)
        try watch.wait(until: "2024-04-02 09:00")
        #expect(watch.heard().map(\.kind) == [.escalated])
    }

    @Test func anAcknowledgementThatEndedWhileTheMachineWasOffHasEnded() throws {
        var watch = try Watch("2024-03-25 09:00", Self.escalating)
        watch.judge(["A": .warning])
        try watch.acknowledge(until: "2024-03-26 09:00")
        _ = watch.heard()
        try watch.jump(to: "2024-03-29 09:00")
        #expect(watch.heard().map(\.kind) == [.escalated])
        #expect(try watch.alert.acknowledgement == nil)
    }

    @Test func whereEachDepartmentHasToAnswerOneDoesNotAnswerForAnother() throws {
        let policy = AlertPolicy(remindEvery: Term(1, .workingDays), acknowledgedBy: .each)
        var watch = try Watch("2024-03-25 09:00", policy) { _, _ in Recipients(to: ["water", "health"]) }
        watch.judge(["A": .warning])
        try watch.acknowledge(by: "water")
        _ = watch.heard()
        try watch.wait(until: "2024-03-26 09:00")
        #expect(watch.heard().map(\.to) == [["health"]])
        try watch.acknowledge(by: "health")
        try watch.wait(until: "2024-04-01 09:00")
        #expect(watch.heard() == [])
    }

    @Test func aClockThatWasAYearAheadLeavesNoReminderInThatYear() throws {
        var watch = try Watch("2024-03-25 09:00", Self.reminding)
        watch.judge(["A": .warning])
        try watch.jump(to: "2025-03-25 09:00")
        #expect(watch.heard().map(\.kind) == [.raised, .reminder])
        try watch.jump(to: "2024-03-25 10:00")
        #expect(watch.heard() == [])
        try watch.wait(until: "2024-03-28 00:00")
        #expect(watch.heard() == [.init(.reminder, "2024-03-27 10:00", Self.water)])
    }

    @Test func whatPeopleAskedForOnAWrongClockEndsAllTheSame() throws {
        var watch = try Watch("2030-03-25 09:00", Self.reminding)
        watch.judge(["A": .warning])
        try watch.acknowledge()
        try watch.silence(until: "2030-04-01 09:00")
        try watch.jump(to: "2024-03-25 09:00")
        let bound = try Watch.instant("2024-06-23 09:00")
        #expect(try watch.alert.acknowledgement?.until == bound)
        #expect(watch.book.silences.map(\.until) == [bound])
    }

    @Test func aStepBackTellsNothingTwiceAndKeepsTheOrderOfDocuments() throws {
        var watch = try Watch("2024-03-25 09:00", Self.reminding)
        watch.judge(["A": .warning])
        try watch.jump(to: "2024-03-27 09:00")
        try watch.jump(to: "2024-03-27 08:00")
        try watch.jump(to: "2024-03-27 09:00")
        #expect(watch.heard().map(\.kind) == [.raised, .reminder])
        watch.now = try Watch.instant("2024-03-27 08:00")
        watch.judge(["A": .critical])
        // A later document never seems older than one that it refers to.
        #expect(watch.heard().map(\.at) == ["2024-03-27 09:00"])
    }
}
