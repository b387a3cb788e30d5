// What moves a deadline: extensions, pauses and new starts.

import Checks
import Diagnostics
import TestKit
import Testing

@Suite struct DeadlineEventsTests {
    @Test func anExtensionInTimeCountsBesideTheOriginalDay() throws {
        let facts = try Matters.judge(
            "2024-05-10",
            rules: ["R,at-most,60,days,,30,days"],
            cases: ["M1,R,,2024-03-04,,,,"],
            events: ["M1,R,extension,2024-04-28,2024-06-02,局长,2024-04-29"]
        ).of("M1/R").facts
        #expect(facts["originalDue"] == .date(try day("2024-05-06")))
        #expect(facts["due"] == .date(try day("2024-06-02")))
        #expect(facts["extendedOn"] == .date(try day("2024-04-28")))
        #expect(facts.text("extendedBy") == "局长")
        #expect(facts.text("stage") == "running")
    }

    @Test func anExtensionAfterTheTermHasEndedChangesNothing() throws {
        let rule = "R,at-most,60,days,,30,days"
        let event = "M1,R,extension,2024-05-08,2024-06-05,局长,"
        let open = try Matters.judge("2024-05-10", rules: [rule], cases: ["M1,R,,2024-03-04,,,,"], events: [event])
            .of("M1/R")
        #expect(open.state == .critical)
        #expect(open.facts["lateExtension"] == .date(try day("2024-05-08")))
        let done = try Matters.judge(
            "2024-05-20",
            rules: [rule],
            cases: ["M1,R,,2024-03-04,,2024-05-15,,"],
            events: [event]
        ).of("M1/R")
        #expect(done.facts.text("stage") == "done-late")
        #expect(done.facts.number("daysOver") == "9")
    }

    @Test func noExtensionGoesBeyondWhatTheRuleAllows() throws {
        let facts = try Matters.judge(
            "2024-05-10",
            rules: ["R,at-most,3,months,,3,months"],
            cases: ["M1,R,,2024-03-04,,,,"],
            events: ["M1,R,extension,2024-05-08,2024-12-31,政府办公厅,"]
        ).of("M1/R").facts
        // Six months in all from the assignment.
        #expect(facts["due"] == .date(try day("2024-09-04")))
        #expect(facts.flag("isExtensionCut") == true)
    }

    @Test(
        "an extension without approver or end is none, and named",
        arguments: [
            ("M1,R,extension,2024-05-08,2024-06-05,,", "approved_by"), ("M1,R,extension,2024-05-08,,局长,", "until"),
        ]
    )
    func incompleteExtensions(event: String, key: String) throws {
        let judged = try Matters.judge(
            "2024-05-10",
            rules: ["R,at-most,60,days,,30,days"],
            cases: ["M1,R,,2024-03-04,,,,"],
            events: [event]
        )
        #expect(judged.complaints.map(\.key) == [key])
        #expect(try judged.of("M1/R").state == .critical)
    }

    @Test func daysOfAPauseAreNotCounted() throws {
        let rule = "R,at-most,20,working days,,20,working days"
        let paused = try Matters.judge(
            "2024-03-20",
            rules: [rule],
            cases: ["M1,R,,2024-03-04,,,,"],
            events: ["M1,R,pause,2024-03-11,,,"]
        ).of("M1/R")
        #expect(paused.facts.text("stage") == "paused")
        let resumed = try Matters.judge(
            "2024-03-28",
            rules: [rule],
            cases: ["M1,R,,2024-03-04,,,,"],
            events: ["M1,R,pause,2024-03-11,2024-03-22,,"]
        ).of("M1/R").facts
        // 20 working days end on 1 April; the ten of the pause move that past the holiday of 4 to 6 April.
        #expect(resumed.number("paused") == "10")
        #expect(resumed["due"] == .date(try day("2024-04-16")))
    }

    @Test func aTermThatBeginsAnewIsCountedFromThen() throws {
        let facts = try Matters.judge(
            "2024-03-28",
            rules: ["R,at-most,20,working days,,,"],
            cases: ["M1,R,,2024-03-04,,,,"],
            events: ["M1,R,restart,2024-03-11,,,"]
        ).of("M1/R").facts
        #expect(facts["start"] == .date(try day("2024-03-11")))
    }
}
