// Deadlines: terms, chains, promises, and which side of a day is the right one.

import Almanac
import Checks
import Diagnostics
import Records
import TestKit
import Testing

@Suite struct DeadlineTests {
    @Test(
        "the last day of a term, as Civil Code articles 201 to 203 and each statute's working days give it",
        arguments: [
            // The eve of the Spring Festival was a working day in 2024.
            ("20,working days", "2024-01-15", "2024-02-09", "2024-02-09"),
            // The start lies on a Sunday that was worked.
            ("5,working days", "2020-01-19", "2020-02-03", "2020-02-03"),
            ("90,days", "2026-07-03", "2026-10-01", "2026-10-08"),
            // A Saturday that is worked needs no moving.
            ("3,months", "2025-11-30", "2026-02-28", "2026-02-28"),
            ("1,months", "2024-01-31", "2024-02-29", "2024-02-29"),
            ("60,days", "2024-12-01", "2025-01-30", "2025-02-05"),
            ("1,years", "2024-03-05", "2025-03-05", "2025-03-05"),
        ]
    )
    func lastDays(term: String, start: String, raw: String, due: String) throws {
        let facts = try Matters.judge(start, rules: ["R,at-most,\(term),,,"], cases: ["M1,R,,\(start),,,,"])
            .of("M1/R").facts
        #expect(facts["start"] == .date(try day(start)))
        #expect(facts["rawDue"] == .date(try day(raw)))
        #expect(facts["due"] == .date(try day(due)))
        #expect(facts.flag("provisional") == false)
        #expect(facts.text("rule") == "R")
    }

    /// Clocks in China went forward and back from 1986 to 1991, which makes no day longer or shorter in law.
    @Test(arguments: [
        ("10,days", "1986-04-30", "1986-05-10"), ("10,days", "1986-09-10", "1986-09-20"),
        ("60,days", "1991-04-01", "1991-05-31"), ("1,months", "1991-08-31", "1991-09-30"),
    ])
    func `days are counted as dates, whatever clocks did`(term: String, start: String, raw: String) throws {
        let facts = try Matters.judge(start, rules: ["R,at-most,\(term),,,"], cases: ["M1,R,,\(start),,,,"])
            .of("M1/R").facts
        #expect(facts["rawDue"] == .date(try day(raw)))
    }

    @Test(
        "beyond the notices about working days a last day is provisional",
        arguments: [("90,days", "2026-11-02"), ("3,months", "2026-11-02"), ("20,working days", "2026-11-20")]
    )
    func provisional(term: String, start: String) throws {
        let facts = try Matters.judge("2026-11-20", rules: ["R,at-most,\(term),,,"], cases: ["M1,R,,\(start),,,,"])
            .of("M1/R").facts
        #expect(facts.flag("provisional") == true)
    }

    @Test(
        "a term of 60 days from 2 January 2024, which ends on Saturday 2 March and so on Monday the 4th",
        arguments: [
            ("2024-02-22", "running", Assessment.State.ok, "11"), ("2024-02-23", "upcoming", .warning, "10"),
            ("2024-02-28", "due", .warning, "5"), ("2024-03-03", "last-day", .warning, "1"),
            ("2024-03-04", "last-day", .warning, "0"), ("2024-03-05", "overdue", .critical, "-1"),
        ]
    )
    func stages(asOf: String, stage: String, state: Assessment.State, remaining: String) throws {
        let verdict = try Matters.judge(asOf, rules: ["R,at-most,60,days,,,"], cases: ["M1,R,,2024-01-02,,,,"])
            .of("M1/R")
        #expect(verdict.facts.text("stage") == stage)
        #expect(verdict.state == state)
        #expect(verdict.facts.number("remaining") == remaining)
    }

    @Test func timeLeftOfWorkingDaysIsCountedInWorkingDays() throws {
        let facts = try Matters.judge(
            "2024-02-01",
            rules: ["R,at-most,20,working days,,,"],
            cases: ["M1,R,,2024-01-15,,,,"]
        ).of("M1/R").facts
        // 2, 4 (a worked Sunday), 5, 6, 7, 8 and 9 February.
        #expect(facts.number("remaining") == "7")
        #expect(facts.text("remainingUnit") == "working day")
    }

    @Test func remindersMayGoByTheEarlierDayAndTheLawNever() throws {
        func stage(_ asOf: String) throws -> String? {
            try Matters.judge(
                asOf,
                rules: ["R,at-most,90,days,,,"],
                cases: ["M1,R,,2026-07-03,,,,"],
                remindsByRawDay: true
            ).of("M1/R").facts.text("stage")
        }
        #expect(try stage("2026-09-30") == "last-day")
        #expect(try stage("2026-10-08") == "last-day")
        #expect(try stage("2026-10-09") == "overdue")
    }

    @Test(
        "a least term: 30 days of public comment from 1 March",
        arguments: [
            ("2024-03-20", "", "open", Assessment.State.ok), ("2024-03-31", "", "free", .ok),
            ("2024-04-10", "2024-03-29", "too-short", .critical), ("2024-04-10", "2024-03-31", "done", .ok),
        ]
    )
    func leastTerms(asOf: String, done: String, stage: String, state: Assessment.State) throws {
        let verdict = try Matters.judge(
            asOf,
            rules: ["R,at-least,30,days,,,"],
            cases: ["M1,R,,2024-03-01,,\(done),,"]
        ).of("M1/R")
        #expect(verdict.facts.text("stage") == stage)
        #expect(verdict.state == state)
    }

    @Test(
        "counted back from a hearing: seven days before Saturday 12 October 2024 is in the holidays, so the day before them",
        arguments: [
            ("2024-09-30", "", "last-day"), ("2024-10-01", "", "overdue"), ("2024-10-01", "2024-09-30", "done"),
        ]
    )
    func countedBack(asOf: String, done: String, stage: String) throws {
        let facts = try Matters.judge(
            asOf,
            rules: ["R,before,7,days,,,"],
            cases: ["M1,R,,2024-10-12,,\(done),,"]
        ).of("M1/R").facts
        #expect(facts["rawDue"] == .date(try day("2024-10-05")))
        #expect(facts["due"] == .date(try day("2024-09-30")))
        #expect(facts.text("stage") == stage)
    }

    @Test func theSecondClockOfAChainStartsWhenTheFirstIsDone() throws {
        let rules = ["A,at-most,3,working days,,,", "B,at-most,3,working days,A,,"]
        let waiting = try Matters.judge(
            "2024-03-06",
            rules: rules,
            cases: ["M1,A,,2024-03-04,,,,", "M1,B,,,,,,"]
        ).of("M1/B")
        #expect(waiting.facts.text("stage") == "waiting")
        #expect(waiting.state == .ok)
        let going = try Matters.judge(
            "2024-03-07",
            rules: rules,
            cases: ["M1,A,,2024-03-04,,2024-03-06,,", "M1,B,,,,,,"]
        ).of("M1/B")
        #expect(going.facts["start"] == .date(try day("2024-03-06")))
        #expect(going.facts["due"] == .date(try day("2024-03-11")))
    }

    @Test func twoClocksOfOnePetitionRunSideBySide() throws {
        let judged = try Matters.judge(
            "2024-03-12",
            rules: ["OBJ,at-most,5,working days,,,", "CLOSE,at-most,60,days,,30,days"],
            cases: ["P1,OBJ,,2024-03-04,,,,", "P1,CLOSE,,2024-03-04,,,,"]
        )
        #expect(try judged.of("P1/OBJ").state == .critical)
        #expect(try judged.of("P1/CLOSE").state == .ok)
    }

    @Test func aCoHandlersMissedMonthIsItsOwnWhileTheLeadsTermIsOpen() throws {
        let judged = try Matters.judge(
            "2024-04-10",
            rules: ["LEAD,at-most,3,months,,3,months", "CO,at-most,1,months,,,"],
            cases: [
                "N1,LEAD,office,2024-03-04,,,,", "N1,CO,education,2024-03-04,,,,",
                "N1,CO,water,2024-03-04,,2024-04-01,,",
            ]
        )
        #expect(try judged.of("N1/LEAD/office").state == .ok)
        #expect(try judged.of("N1/CO/education").state == .critical)
        #expect(try judged.of("N1/CO/water").state == .ok)
    }

    @Test func whatAnAnswerPromisedIsASecondDeadlineThatOutlivesTheFirst() throws {
        let rule = "R,at-most,3,months,,3,months"
        func judge(_ asOf: String, kept: String = "") throws -> Judgement {
            try Matters.judge(asOf, rules: [rule], cases: ["N1,R,,2024-03-04,,2024-05-23,2026-12-31,\(kept)"])
        }
        let early = try judge("2025-06-01")
        #expect(try early.of("N1/R", "deadline").facts.text("stage") == "done")
        #expect(try early.of("N1/R", "promise").facts.text("stage") == "running")
        #expect(try judge("2027-01-01").of("N1/R", "promise").state == .critical)
        #expect(try judge("2027-01-01", kept: "2026-12-30").of("N1/R", "promise").facts.text("stage") == "done")
    }

    @Test func aDayThatThePaperSetsGoesBeforeTheRules() throws {
        let facts = try Matters.judge(
            "2024-03-28",
            rules: ["R,at-most,90,days,,,"],
            cases: ["M1,R,,2024-03-04,2024-04-20,,,"]
        ).of("M1/R").facts
        #expect(facts["due"] == .date(try day("2024-04-20")))
    }

    @Test func aRuleWithoutANumberNeedsTheDayInTheList() throws {
        let judged = try Matters.judge(
            "2024-03-28",
            rules: ["R,at-most,,stated,,,"],
            cases: ["M1,R,,2024-03-04,,,,", "M2,R,,2024-03-04,2024-03-20,,,"]
        )
        #expect(try judged.of("M1/R").state == .unknown)
        #expect(try judged.of("M1/R").gaps.map(\.description) == ["blank due cases.csv:2"])
        #expect(try judged.of("M2/R").state == .critical)
    }

    @Test func aDateThatCannotBeReadIsNoDateThatIsMissing() throws {
        let verdict = try Matters.judge(
            "2024-06-28",
            rules: ["R,at-most,60,days,,,"],
            cases: ["M1,R,,2024-03-04,,soon,,"]
        ).of("M1/R")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["unreadable done cases.csv:2"])
    }

    @Test func anUnknownRuleIsNamedWithTheNearestOne() throws {
        let judged = try Matters.judge(
            "2024-03-28",
            rules: ["DL-XF-04,at-most,60,days,,,"],
            cases: ["M1,DL-XF-40,,2024-03-04,,,,"]
        )
        #expect(judged.complaints.map(\.remedy) == ["did you mean \"DL-XF-04\"?"])
        #expect(judged.assessments == [])
    }

    @Test(
        "a rule that cannot be read is named and not used",
        arguments: [
            ("R,sometime,60,days,,,", "sense"), ("R,at-most,60,fortnights,,,", "unit"), ("R,at-most,,days,,,", "count"),
            ("R,at-most,0,days,,,", "count"), ("R,at-most,60,days,,30,moons", "extension_unit"),
        ]
    )
    func brokenRules(rule: String, key: String) throws {
        let judged = try Matters.judge("2024-03-28", rules: [rule], cases: [])
        #expect(judged.complaints.map(\.key) == [key])
    }
}
