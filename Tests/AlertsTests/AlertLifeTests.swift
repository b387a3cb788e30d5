// How verdicts and people move alerts: confirmation, limits, departments, withdrawal, other names.

import Alerts
import Almanac
import Checks
import Testing

@Suite struct AlertLifeTests {
    @Test(
        arguments: [
            (AlertPolicy(confirmRaise: 2), [.warning, .ok, .warning, .warning], [[], [], [], [.raised]]),
            (AlertPolicy(confirmRaise: 2), [.warning, .unknown, .critical], [[], [], [.raised]]),
            (AlertPolicy(confirmRaise: 2), [.warning, .warning, .critical, .warning], [[], [.raised], [], []]),
            (
                AlertPolicy(confirmRaise: 2), [.warning, .warning, .critical, .critical],
                [[], [.raised], [], [.worsened]]
            ),
            (
                AlertPolicy(confirmClear: 3), [.critical, .ok, .ok, .critical, .ok, .ok],
                [[.raised], [], [], [], [], []]
            ),
            (AlertPolicy(confirmClear: 3), [.critical, .ok, .warning, .ok], [[.raised], [], [], [.cleared]]),
            (AlertPolicy(confirmClear: 2), [.warning, .ok, .unknown, .ok], [[.raised], [], [], [.cleared]]),
        ] as [(AlertPolicy, [Assessment.State], [[Change.Kind]])]
    )
    func enoughRunsInARowConfirm(_ policy: AlertPolicy, _ states: [Assessment.State], _ kinds: [[Change.Kind]]) throws {
        var watch = try Watch("2024-03-25 09:00", policy)
        let heard = states.map { state -> [Change.Kind] in
            watch.judge(["A": state])
            return watch.heard().map(\.kind)
        }
        #expect(heard == kinds)
    }

    /// Verdicts by the limits that raise and by those that clear, and what is told.
    @Test(
        arguments: [
            ([(.ok, .warning)], []), ([(.warning, .warning), (.ok, .warning)], [.raised]),
            ([(.warning, .warning), (.ok, .ok)], [.raised, .cleared]),
            ([(.critical, .critical), (.ok, .critical), (.warning, .warning)], [.raised, .eased]),
            ([(.warning, .critical), (.warning, .critical)], [.raised]),
            ([(.warning, .critical), (.critical, .critical), (.ok, .warning)], [.raised, .worsened, .eased]),
            ([(.warning, .warning), (.ok, .unknown)], [.raised]),
        ] as [([(Assessment.State, Assessment.State)], [Change.Kind])]
    )
    func betweenItsTwoLimitsAnAlertStaysWhatItIs(
        _ verdicts: [(Assessment.State, Assessment.State)],
        _ kinds: [Change.Kind]
    )
        throws
    {
        var watch = try Watch()
        for (state, sustained) in verdicts {
            var assessment = Assessment.verdict(state)
            assessment.sustained = sustained
            watch.judge([assessment])
        }
        #expect(watch.heard().map(\.kind) == kinds)
    }

    @Test func whatIsWorseMayConcernMoreDepartmentsWhoThenHearEverything() throws {
        var watch = try Watch { _, state in
            Recipients(to: ["water"], cc: state == .critical ? ["office"] : [])
        }
        for state in [Assessment.State.warning, .critical, .warning, .ok] { watch.judge(["A": state]) }
        #expect(
            watch.heard().map(\.to) == [["water"], ["water", "office"], ["water", "office"], ["water", "office"]]
        )
    }

    @Test func whoeverGotTheRaiseGetsTheEndWhateverTheRulesSayByThen() throws {
        var watch = try Watch()
        watch.judge(["A": .warning])
        watch.recipients = { _, _ in Recipients(to: ["health"]) }
        watch.judge(["A": .ok])
        #expect(watch.heard().map(\.to) == [["water", "office"], ["water", "office"]])
    }

    @Test func whatIsToldToNobodyIsToldWhenSomebodyIsNamed() throws {
        var watch = try Watch { _, _ in .none }
        watch.judge(["A": .warning])
        #expect(watch.heard() == [])
        #expect(try watch.alert.revision == 0)
        watch.recipients = { _, _ in Recipients(to: ["health"]) }
        try watch.jump(to: "2024-03-25 10:00")
        #expect(watch.heard() == [.init(.raised, "2024-03-25 10:00", ["health"])])
    }

    @Test func whatWasRaisedInErrorIsWithdrawnFromThoseWhoGotIt() throws {
        var watch = try Watch()
        watch.judge(["A": .critical])
        try watch.withdraw()
        let changes = watch.happened()
        #expect(changes.map(\.kind) == [.raised, .withdrawn])
        #expect(changes.last?.reason == "wrong unit")
        #expect(changes.last?.previous == .critical)
        #expect(watch.book.open.isEmpty)
    }

    @Test func aWithdrawalWaitsForTheEndOfASilence() throws {
        var watch = try Watch()
        watch.judge(["A": .critical])
        try watch.silence(until: "2024-03-26 09:00")
        _ = watch.happened()
        try watch.withdraw()
        #expect(watch.heard() == [])
        try watch.wait(until: "2024-03-26 09:00")
        #expect(watch.heard().map(\.kind) == [.withdrawn])
    }

    @Test func alertsOfAJobThatIsGoneAreWithdrawn() throws {
        var watch = try Watch()
        watch.judge(["A": .critical])
        watch.judge(["A": .warning], job: "stock")
        watch.adopt(["stock"])
        let last = try #require(watch.happened().last)
        #expect(last.kind == .withdrawn)
        #expect(last.occasion == .watchEnded)
        #expect(last.alert.key.job == "river")
        #expect(watch.book.open.keys.map(\.job) == ["stock"])
        watch.adopt(["stock"])
        #expect(watch.happened() == [])
    }

    @Test func alertsOfAJobWithANewNameGoOn() throws {
        let confirming = AlertPolicy(confirmRaise: 2)
        var watch = try Watch("2024-03-25 09:00", confirming, others: ["rivers": confirming])
        watch.judge(["A": .critical, "B": .warning])
        watch.judge(["A": .critical])
        let serial = try watch.alert.serial
        _ = watch.happened()
        watch.adopt(["rivers"], formerly: ["rivers": "river"])
        #expect(watch.happened() == [])
        watch.judge(["A": .critical, "B": .warning], job: "rivers")
        #expect(watch.happened().map(\.alert.key.subject) == ["B"])
        watch.judge(["A": .ok], job: "rivers")
        #expect(watch.happened().map(\.alert.serial) == [serial])
    }

    @Test func verdictsLeaveAloneWhatPeopleWrote() throws {
        var watch = try Watch()
        watch.judge(["A": .warning])
        try watch.acknowledge(by: "water", until: "2024-04-10 09:00")
        let given = try watch.alert.acknowledgement
        for state in [Assessment.State.critical, .unknown, .warning] { watch.judge(["A": state]) }
        #expect(try watch.alert.acknowledgement == given)
        #expect(given?.department == "water")
    }

    @Test func whatCannotBeAskedForIsRefusedWithAReason() throws {
        var watch = try Watch()
        watch.judge(["A": .warning])
        let (rules, now) = (watch.rules, watch.now)
        let serial = try watch.alert.serial
        func refusal(_ act: (inout AlertBook) throws -> Void) throws -> AlertBook.Refusal {
            var book = watch.book
            let error = #expect(throws: AlertBook.Refusal.self) { try act(&book) }
            return try #require(error)
        }
        func acknowledge(_ serial: String, _ note: String, _ days: Int64, for department: String? = nil)
            throws -> AlertBook.Refusal
        {
            try refusal {
                _ = try $0.acknowledge(
                    serial,
                    for: department,
                    author: "Wang",
                    note: note,
                    until: now.adding(seconds: days * 86_400),
                    rules: rules,
                    at: now
                )
            }
        }
        func silence(_ reason: String, _ days: Int64) throws -> AlertBook.Refusal {
            try refusal {
                _ = try $0.silence(
                    AlertMatcher(),
                    author: "Wang",
                    reason: reason,
                    until: now.adding(seconds: days * 86_400),
                    rules: rules,
                    at: now
                )
            }
        }
        #expect(try acknowledge("CN-RIVER-2024-000009", "x", 1) == .unknownAlert("CN-RIVER-2024-000009"))
        #expect(try acknowledge(serial, " ", 1) == .unsigned("note"))
        #expect(try acknowledge(serial, "x", 0) == .endsTooSoon)
        #expect(try acknowledge(serial, "x", 91) == .lastsTooLong(longest: TimeSpan(seconds: 90 * 86_400)))
        #expect(
            try acknowledge(serial, "x", 1, for: "health")
                == .neverTold(department: "health", told: ["water", "office"])
        )
        #expect(try silence("", 1) == .unsigned("note"))
        #expect(try silence("x", 0) == .endsTooSoon)
        #expect(try silence("x", 31) == .lastsTooLong(longest: TimeSpan(seconds: 30 * 86_400)))
        #expect(try refusal { _ = try $0.unsilence(7, rules: rules, at: now) } == .unknownSilence(7))
        #expect("\(try silence("x", 31))" == "it would last too long; name an end within 30 days")
    }
}
