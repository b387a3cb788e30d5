// What is not told, and what becomes of it: silences, quiet times, and alerts that explain others.

import Alerts
import Almanac
import Checks
import Testing

@Suite struct AlertMutingTests {
    /// What befalls an alert while nobody may be told, and what is told at the end.
    struct Passage: CustomTestStringConvertible {
        let before: Assessment.State?
        let meanwhile: [Assessment.State]
        let settled: [Change.Kind]
        var testDescription: String { "\(before?.rawValue ?? "-") then \(meanwhile.map(\.rawValue))" }
    }

    private static let passages = [
        Passage(before: nil, meanwhile: [.warning], settled: [.raised]),
        Passage(before: nil, meanwhile: [.warning, .critical, .warning], settled: [.raised]),
        Passage(before: nil, meanwhile: [.critical, .ok], settled: []),
        Passage(before: .warning, meanwhile: [.critical], settled: [.worsened]),
        Passage(before: .critical, meanwhile: [.warning], settled: [.eased]),
        Passage(before: .warning, meanwhile: [.critical, .warning], settled: []),
        Passage(before: .warning, meanwhile: [.ok], settled: [.cleared]),
        Passage(before: .warning, meanwhile: [.ok, .warning], settled: []),
        Passage(before: .warning, meanwhile: [.ok, .critical], settled: [.worsened]),
        Passage(before: .warning, meanwhile: [.ok, .ok, .unknown], settled: [.cleared]),
    ]

    @Test(arguments: passages)
    func whatChangedInASilenceIsSettledOnceAtItsEnd(_ passage: Passage) throws {
        var watch = try Watch()
        if let state = passage.before { watch.judge(["A": state]) }
        _ = watch.heard()
        try watch.silence(until: "2024-03-26 09:00")
        for state in passage.meanwhile { watch.judge(["A": state]) }
        #expect(watch.heard() == [])
        try watch.wait(until: "2024-03-27 09:00")
        #expect(watch.heard().map(\.kind) == passage.settled)
        let isOpen = passage.meanwhile.last { $0 != .unknown }?.isBad ?? false
        #expect(watch.book.open.count == (isOpen ? 1 : 0))
    }

    @Test(arguments: passages)
    func whatChangedInQuietTimeIsSettledOnceAtItsEnd(_ passage: Passage) throws {
        var watch = try Watch("2024-03-25 09:00")
        watch.quiet = QuietTime(daily: .init(start: 18 * 3_600_000_000, end: 8 * 3_600_000_000), restDays: true)
        if let state = passage.before { watch.judge(["A": state]) }
        _ = watch.heard()
        // A Friday evening.
        try watch.wait(until: "2024-03-29 20:00")
        for state in passage.meanwhile { watch.judge(["A": state]) }
        #expect(watch.heard() == [])
        try watch.wait(until: "2024-04-02 09:00")
        let heard = watch.heard()
        #expect(heard.map(\.kind) == passage.settled)
        #expect(heard.allSatisfy { $0.at == "2024-04-01 08:00" })
    }

    @Test func whatIsNotToldIsRecordedWithItsReason() throws {
        var watch = try Watch()
        try watch.silence(until: "2024-03-26 09:00")
        watch.judge(["A": .warning])
        watch.judge(["A": .ok])
        let changes = watch.happened()
        #expect(changes.map(\.kind) == [.raised, .cleared])
        #expect(changes.allSatisfy { !$0.isTold && $0.occasion == .silenced && $0.alert.revision == 0 })
    }

    @Test func whatIsCriticalPassesASilenceOfWarningsAndIsClearedThroughIt() throws {
        var watch = try Watch()
        try watch.silence(AlertMatcher(severity: .warning), until: "2024-04-10 09:00")
        watch.judge(["A": .warning])
        watch.judge(["A": .critical])
        watch.judge(["A": .ok])
        #expect(watch.heard().map(\.kind) == [.raised, .cleared])
    }

    @Test func aSilenceThatSomebodyEndsIsSettledAtOnce() throws {
        var watch = try Watch()
        let id = try watch.silence(AlertMatcher(job: Glob("riv*"), subject: Glob("A")), until: "2024-04-10 09:00")
        watch.judge(["A": .warning, "B": .warning])
        #expect(watch.happened().filter(\.isTold).map(\.alert.key.subject) == ["B"])
        try watch.unsilence(id)
        let told = watch.happened()
        #expect(told.map(\.alert.key.subject) == ["A"])
        #expect(told.first?.occasion == .unmuted)
        #expect(watch.book.silences == [])
    }

    @Test func anotherSilenceGoesOnWhenOneEnds() throws {
        var watch = try Watch()
        try watch.silence(until: "2024-03-26 09:00")
        try watch.silence(AlertMatcher(job: Glob("river")), until: "2024-03-27 09:00")
        watch.judge(["A": .warning])
        try watch.wait(until: "2024-03-28 09:00")
        #expect(watch.heard().map(\.at) == ["2024-03-27 09:00"])
    }

    @Test func anAlertThatExplainsOthersHoldsThemBackEvenInTheSameRun() throws {
        let policy = AlertPolicy(heldBackBy: [AlertMatcher(job: Glob("river"), subject: Glob("Z"))])
        var watch = try Watch("2024-03-25 09:00", policy)
        watch.judge(["A": .critical, "Z": .warning])
        #expect(watch.happened().filter(\.isTold).map(\.alert.key.subject) == ["Z"])
        watch.judge(["B": .warning])
        #expect(watch.heard() == [])
        watch.judge(["Z": .ok])
        #expect(watch.happened().filter(\.isTold).map(\.alert.key.subject) == ["Z", "A", "B"])
    }

    @Test func anAlertThatIsHeldBackHoldsItsOwnBack() throws {
        let others = [
            "middle": AlertPolicy(heldBackBy: [AlertMatcher(job: Glob("river"))]),
            "leaf": AlertPolicy(heldBackBy: [AlertMatcher(job: Glob("middle"))]),
        ]
        var watch = try Watch(others: others)
        for job in ["river", "middle", "leaf"] { watch.judge(["A": .warning], job: job) }
        #expect(watch.happened().filter(\.isTold).map(\.alert.key.job) == ["river"])
        watch.judge(["A": .ok])
        #expect(watch.happened().filter(\.isTold).map(\.alert.key.job) == ["river", "middle"])
    }

    @Test func ofAlertsThatHoldEachOtherBackTheOldestIsTold() throws {
        let everything = AlertPolicy(heldBackBy: [AlertMatcher(job: Glob("*"))])
        var watch = try Watch("2024-03-25 09:00", everything, others: ["other": everything])
        watch.judge(["A": .warning])
        watch.judge(["A": .warning], job: "other")
        #expect(watch.happened().filter(\.isTold).map(\.alert.key.job) == ["river"])
    }
}
