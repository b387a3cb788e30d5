// The life of alerts: raised, worsened, eased, cleared; each change told once.

import Alerts
import Almanac
import Checks
import TestKit
import Testing

@Suite struct AlertBookTests {
    /// Enters verdicts on one subject, one run after the other, and gives the kinds of change.
    private static func life(_ states: [Assessment.State]) -> [[Change.Kind]] {
        var book = AlertBook()
        return states.map { state in book.enter([.verdict(state)]).map(\.kind) }
    }

    @Test(
        "a change is told once",
        arguments: [
            ([.ok, .ok], [[], []]), ([.warning, .warning, .warning], [[.raised], [], []]),
            ([.critical, .ok, .ok], [[.raised], [.cleared], []]),
            ([.warning, .critical, .critical, .warning], [[.raised], [.worsened], [], [.eased]]),
            ([.warning, .ok, .warning], [[.raised], [.cleared], [.raised]]),
        ] as [([Assessment.State], [[Change.Kind]])]
    )
    func changesAreToldOnce(states: [Assessment.State], changes: [[Change.Kind]]) {
        #expect(Self.life(states) == changes)
    }

    @Test(
        "what is not known neither raises nor clears",
        arguments: [
            ([.unknown], [[]]), ([.warning, .unknown, .warning], [[.raised], [], []]),
            ([.critical, .unknown, .ok], [[.raised], [], [.cleared]]),
            ([.ok, .unknown, .warning], [[], [], [.raised]]),
        ] as [([Assessment.State], [[Change.Kind]])]
    )
    func unknownChangesNothing(states: [Assessment.State], changes: [[Change.Kind]]) {
        #expect(Self.life(states) == changes)
    }

    @Test func aSubjectThatARunDoesNotMentionKeepsItsAlert() {
        var book = AlertBook()
        _ = book.enter([.verdict(.warning, of: "A"), .verdict(.warning, of: "B")])
        let later = book.enter([.verdict(.ok, of: "B")])
        #expect(later.map(\.alert.key.subject) == ["B"])
        #expect(book.open.keys.map(\.subject) == ["A"])
    }

    @Test func nextMonthsFailureIsTheSameAlertGoingOn() throws {
        var book = AlertBook()
        _ = book.enter([.verdict(.warning, month: 1)])
        let again = book.enter([.verdict(.warning, month: 2)])
        #expect(again == [])
        let alert = try #require(book.open.values.first)
        #expect(book.open.count == 1)
        // It says which month was judged last, and stays what it was.
        #expect(alert.period == "2024-02")
        #expect(alert.revision == 1)
    }

    @Test func indicatorsAndJobsHaveAlertsOfTheirOwn() {
        var book = AlertBook()
        let first = book.enter([.verdict(.warning, indicator: "availability"), .verdict(.warning, indicator: "expiry")])
        let second = book.enter([.verdict(.warning, indicator: "expiry")], job: "another")
        #expect((first + second).map(\.kind) == [.raised, .raised, .raised])
        #expect(Set(book.open.keys.map(\.digest)).count == 3)
    }

    @Test func serialsCountByYearAndPrefix() {
        var book = AlertBook()
        var serials: [String] = []
        func raise(_ subject: String, prefix: String, year: Int) {
            serials += book.enter([.verdict(.warning, of: subject)], prefix: prefix, year: year).map(\.alert.serial)
        }
        raise("A", prefix: "CN-RIV", year: 2024)
        raise("B", prefix: "CN-RIV", year: 2024)
        raise("C", prefix: "CN-MED", year: 2024)
        raise("D", prefix: "CN-RIV", year: 2025)
        raise("E", prefix: "CN-RIV", year: 2024)
        #expect(
            serials == [
                "CN-RIV-2024-000001", "CN-RIV-2024-000002", "CN-MED-2024-000001", "CN-RIV-2025-000001",
                "CN-RIV-2024-000003",
            ]
        )
    }

    @Test func countingGoesOnAfterARestart() {
        var book = AlertBook(open: [], serials: ["CN-RIV-2024": 999_999], sequence: 41)
        let raised = book.enter([.verdict(.warning)], prefix: "CN-RIV", year: 2024)
        #expect(raised.map(\.alert.serial) == ["CN-RIV-2024-1000000"])
        #expect(book.nextSequence() == 42)
    }

    @Test func whatIsRaisedAgainGetsANewSerial() {
        var book = AlertBook()
        let first = book.enter([.verdict(.warning)])
        let clear = book.enter([.verdict(.ok)])
        let second = book.enter([.verdict(.warning)])
        #expect(clear.first?.alert.serial == first.first?.alert.serial)
        #expect(clear.first?.alert.revision == 2)
        #expect(second.first?.alert.serial != first.first?.alert.serial)
        #expect(second.first?.alert.revision == 1)
        // The key, and with it the files' name, stays the same.
        #expect(second.first?.alert.key.digest == first.first?.alert.key.digest)
    }

    @Test func whoeverGotTheRaiseGetsTheClear() {
        var book = AlertBook()
        _ = book.enter([.verdict(.warning)], to: Recipients(to: ["water"], cc: ["office"]))
        let clear = book.enter([.verdict(.ok)], to: Recipients(to: ["health"]))
        #expect(clear.first?.alert.recipients == Recipients(to: ["water"], cc: ["office"]))
    }

    @Test func whoIsInBothListsGetsOneCopy() {
        #expect(Recipients(to: ["water", "office"], cc: ["office", "health"]).all == ["water", "office", "health"])
    }
}

extension AlertBook {
    fileprivate mutating func enter(
        _ assessments: [Assessment],
        job: String = "river-sections",
        prefix: String = "CN-RIV",
        to recipients: Recipients = Recipients(to: ["water"]),
        year: Int = 2024
    ) -> [Change] {
        apply(
            assessments,
            from: Origin(
                job: job,
                checkKind: "section-compliance",
                serialPrefix: prefix,
                run: 1,
                asOf: Instant(seconds: 1_709_600_400)
            ),
            rules: Rules(zone: .utc, calendar: .weekdays, policy: { _ in AlertPolicy() }) { _, _ in recipients },
            at: CivilDateTime(date: CivilMonth(year: year, month: 3).firstDay).instant(utcOffset: 0)
        )
    }
}

extension Assessment {
    /// A verdict of that state, when nothing else about it matters.
    static func verdict(
        _ state: State,
        of subject: String = "A",
        indicator: String = "class",
        month: Int = 2,
        facts: Facts = Facts(),
        gaps: [Gap] = []
    ) -> Assessment {
        Assessment(
            subject: subject,
            name: "name of \(subject)",
            period: .month(CivilMonth(year: 2024, month: month)),
            indicator: indicator,
            state: state,
            facts: facts,
            gaps: gaps
        )
    }
}
