// Tables that departments owe: there, incomplete, late, or not begun, by the working days that count.

import Almanac
import Checks
import Diagnostics
import Records
import TestKit
import Testing

@Suite struct SubmissionTests {
    private let china: WorkingDayCalendar

    init() throws { china = try .shipped() }

    private static let register = """
        code,river,section,name
        S1,新泾港,天山路桥,甲
        S2,周家浜,双流路桥,乙
        S3,午潮港,午潮港桥,丙

        """

    private func term(
        _ days: String = "*-*-03",
        _ period: PeriodRule = .previousMonth,
        grace: Int = 2
    ) throws -> SubmissionTerm {
        SubmissionTerm(days: try CalendarEvent(days) { _ in false }, period: period, grace: grace, calendar: china)
    }

    private static let byCode = Submission.SubjectKeys(
        column: "code",
        registerColumn: "code",
        otherwise: ["river", "section"],
        calledZh: "断面",
        calledEn: "sections"
    )

    /// Judges as of a day what a run would judge on it; rows of code, river, section and month.
    private func judge(
        _ asOf: String,
        _ rows: [String],
        every: Submission.SubjectKeys? = byCode,
        register: String = register
    ) throws -> Judgement {
        let check = CheckDefinition.submission(
            .init(
                feed: "water",
                titleZh: "水质",
                titleEn: "Water",
                term: try term(),
                datedBy: "month",
                datedByType: .month,
                every: every,
                basis: nil
            )
        )
        let columns: [(String, ColumnType)] = [
            ("code", .code), ("river", .text), ("section", .text), ("month", .month),
        ]
        var tables = [
            "table": Table("water.csv", columns, (["code,river,section,month"] + rows).joined(separator: "\n") + "\n")
        ]
        if every != nil {
            tables["register"] = Table(
                "sections.csv",
                [("code", .code), ("river", .text), ("section", .text), ("name", .text)],
                register
            )
        }
        let date = try day(asOf)
        let period = check.period(.previousMonth, asOf: date)
        return try check.judge(tables, period: period, asOf: date)
    }

    private static let all = ["S1,,,2024-03", "S2,,,2024-03", "S3,,,2024-03"]
    private static let earlier = ["S1,,,2024-02", "S2,,,2024-02", "S3,,,2024-02"]

    @Test(
        "what is there decides",
        arguments: [
            (all, .ok, "complete", "3"), (Array(all.dropLast()), .warning, "partial", "2"),
            (earlier, .critical, "late", "0"),
            // Never anything, and what was handed in for a later period only: it has not begun.
            ([], .unknown, "awaiting-first-file", "0"), (["S1,,,2024-04"], .unknown, "awaiting-first-file", "0"),
            // Whoever begins incompletely has begun.
            (["S3,,,2024-03"], .warning, "partial", "1"),
            // Twice the same is once, and rows of other months do not count.
            (["S1,,,2024-03", "S1,,,2024-03"] + earlier, .warning, "partial", "1"),
            // Strangers are no part of what is owed.
            (["S9,,,2024-03"] + earlier, .critical, "late", "0"), (all + ["S9,,,2024-03"], .ok, "complete", "3"),
            // Without a code by river and section together; with a wrong one not at all.
            ([",新泾港,天山路桥,2024-03"] + all.dropFirst(), .ok, "complete", "3"),
            ([",天山路桥,新泾港,2024-03"] + all.dropFirst(), .warning, "partial", "2"),
            (["S9,新泾港,天山路桥,2024-03"] + all.dropFirst(), .warning, "partial", "2"),
            ([",新泾港,,2024-03"] + all.dropFirst(), .warning, "partial", "2"),
        ] as [([String], Assessment.State, String, String)]
    )
    func stages(rows: [String], state: Assessment.State, stage: String, seen: String) throws {
        let verdict = try judge("2024-04-09", rows).of("water", "submission")
        #expect(verdict.period.label == "2024-03")
        #expect(verdict.state == state)
        #expect(verdict.facts.text("stage") == stage)
        #expect(verdict.facts.number("seen") == seen)
        #expect(verdict.facts.number("expected") == "3")
        #expect(verdict.gaps.map(\.reason) == (stage == "awaiting-first-file" ? [.awaitingFirstFile] : []))
    }

    @Test func aPartialVerdictNamesWhatIsMissingAndWhatNobodyKnows() throws {
        let verdict = try judge("2024-04-09", ["S2,,,2024-03", "S9,,,2024-03", "S2,,,someday"]).of("water")
        #expect(verdict.facts["missing"] == .texts(["新泾港 天山路桥", "午潮港 午潮港桥"]))
        #expect(verdict.facts["strangers"] == .texts(["S9"]))
        #expect(verdict.facts.number("undated") == "1")
        #expect(verdict.source.map(\.description) == ["water.csv:2"])
        let named = Submission.SubjectKeys(column: "code", registerColumn: "code", namedBy: "name")
        let byName = try judge("2024-04-09", ["S2,,,2024-03"], every: named).of("water")
        #expect(byName.facts["missing"] == .texts(["甲", "丙"]))
        let plain = Submission.SubjectKeys(column: "code", registerColumn: "code")
        #expect(try judge("2024-04-09", [], every: plain).of("water").facts["missing"] == .texts(["S1", "S2", "S3"]))
    }

    @Test func ofManyMissingTwentyAreNamedAndTheOthersCounted() throws {
        let register = "code,river,section,name\n" + (1...64).map { "S\($0),,,\n" }.joined()
        let strangers = (1...31).map { "X\($0),,,2024-03" }
        let verdict = try judge("2024-04-09", ["S1,,,2024-03"] + strangers, register: register).of("water")
        #expect(verdict.facts["missing"] == .texts((2...21).map { "S\($0)" }))
        #expect(verdict.facts.number("moreMissing") == "43")
        #expect(verdict.facts["strangers"] == .texts((1...20).map { "X\($0)" }))
        #expect(verdict.facts.number("moreStrangers") == "11")
    }

    @Test(
        "without a register, or with an empty one, any row of the period suffices",
        arguments: [nil, byCode] as [Submission.SubjectKeys?]
    )
    func withoutARegister(every: Submission.SubjectKeys?) throws {
        let register = "code,river,section,name\n"
        let there = try judge("2024-04-09", [",,,2024-03"], every: every, register: register).of("water")
        #expect(there.state == .ok)
        #expect(there.facts["expected"] == nil)
        let late = try judge("2024-04-09", Self.earlier, every: every, register: register).of("water")
        #expect(late.state == .critical)
        #expect(late.facts.text("last") == "2024-02")
    }

    @Test func aRowThatNoPeriodCanClaimIsNoFirstTable() throws {
        let verdict = try judge("2024-04-09", ["S1,,,", "S2,,,someday"]).of("water")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.reason) == [.awaitingFirstFile, .blank, .unreadable])
    }

    @Test(
        "the grace is counted in working days from the due day, which holidays move",
        arguments: [
            // Sunday the 3rd moves; Tuesday the 3rd is the due day, Thursday the last of grace.
            ("2024-12-05", "2024-10", "2024-11-03", "2024-11-04", "2024-11-06", "2024-11-07"),
            ("2024-12-06", "2024-11", nil, "2024-12-03", "2024-12-05", "2024-12-06"),
            // Spring Festival of 2025: the 3rd and 4th of February are off.
            ("2025-02-07", "2024-12", nil, "2025-01-03", "2025-01-07", "2025-01-08"),
            ("2025-02-08", "2025-01", "2025-02-03", "2025-02-05", "2025-02-07", "2025-02-08"),
            // National Day: due on the 8th; Saturday the 12th is worked.
            ("2024-10-10", "2024-08", nil, "2024-09-03", "2024-09-05", "2024-09-06"),
            ("2024-10-11", "2024-09", "2024-10-03", "2024-10-08", "2024-10-10", "2024-10-11"),
            // Qingming lies within the grace, and Sunday the 7th is worked.
            ("2024-04-08", "2024-02", "2024-03-03", "2024-03-04", "2024-03-06", "2024-03-07"),
            ("2024-04-09", "2024-03", nil, "2024-04-03", "2024-04-08", "2024-04-09"),
        ] as [(String, String, String?, String, String, String)]
    )
    func deadlines(
        asOf: String,
        period: String,
        planned: String?,
        due: String,
        graceUntil: String,
        lateFrom: String
    ) throws {
        let facts = try judge(asOf, ["S1,,,2020-01"]).of("water")
        #expect(facts.period.label == period)
        #expect(facts.state == .critical)
        #expect(facts.facts["planned"] == (try planned.map { .date(try day($0)) }))
        #expect(facts.facts["due"] == .date(try day(due)))
        #expect(facts.facts["graceUntil"] == .date(try day(graceUntil)))
        #expect(facts.facts["lateFrom"] == .date(try day(lateFrom)))
        #expect(facts.facts["provisional"] == nil)
    }

    @Test func daysLateAreCountedFromTheDueDayBothWays() throws {
        let verdict = try judge("2024-10-14", ["S1,,,2024-08"]).of("water")
        // Due on Tuesday the 8th: six days, of which five were worked, Saturday the 12th among them.
        #expect(verdict.facts.number("daysLate") == "6")
        #expect(verdict.facts.number("workingDaysLate") == "5")
        #expect(
            try judge("2024-10-14", ["S1,,,2024-09", "S2,,,2024-09", "S3,,,2024-09"]).of("water").facts["daysLate"]
                == nil
        )
    }

    @Test func beyondTheNoticesTheDaysAreProvisional() throws {
        let verdict = try judge("2027-02-20", ["S1,,,2026-08"]).of("water")
        #expect(verdict.period.label == "2027-01")
        #expect(verdict.facts.flag("provisional") == true)
    }

    @Test func beforeTheGraceHasEndedNothingIsBad() throws {
        let check = CheckDefinition.submission(
            .init(
                feed: "water",
                titleZh: "水质",
                titleEn: "Water",
                term: try term(),
                datedBy: "month",
                datedByType: .month,
                every: nil,
                basis: nil
            )
        )
        func state(_ rows: String, _ asOf: String) throws -> Assessment.State {
            let table = Table("water.csv", [("month", .month)], "month\n" + rows)
            let march = Period.month(CivilMonth(year: 2024, month: 3))
            return try check.judge(["table": table], period: march, asOf: try day(asOf)).of("water").state
        }
        #expect(try state("2024-02\n", "2024-04-08") == .unknown)
        #expect(try state("2024-02\n", "2024-04-09") == .critical)
        #expect(try state("2024-03\n", "2024-03-20") == .ok)
    }

    @Test(
        "whatever the rule, a run on the first late day judges what was due, and the day before it judges what was before",
        arguments: [
            ("*-*-03", .previousMonth, 0), ("*-*-03", .previousMonth, 20), ("*-*-25", .month, 10),
            ("*-*-31", .month, 1),
            ("*-01,04,07,10-15", .previousQuarter, 5), ("*-02-01", .previousYear, 30), ("Mon *-*-*", .day, 2),
            ("*-*-03", .previousMonth, 60),
        ] as [(String, PeriodRule, Int)]
    )
    func periodsFollowTheirDays(days: String, rule: PeriodRule, grace: Int) throws {
        let term = try term(days, rule, grace: grace)
        var expected: [CivilDate: Period] = [:]
        var planned = try at("2021-01-01T00:00:00Z")
        while let next = term.days.next(after: planned, in: .utc), next < (try at("2026-03-01T00:00:00Z")) {
            planned = next
            let date = Zone.utc.civil(at: next).date
            var late = china.adjusted(date, .next)?.to ?? date
            for _ in 0...grace {
                repeat { late = late.adding(days: 1) } while china.isWorkingDay(late) == false
            }
            // Of days that become late together, the last planned one counts.
            expected[late] = rule.period(asOf: date)
            #expect(try #require(term.lateFrom(rule.period(asOf: date))) <= late)
        }
        #expect(expected.count >= 5)
        let sorted = expected.sorted { $0.key < $1.key }
        for (before, (date, period)) in zip(sorted, sorted.dropFirst()) {
            #expect(term.period(lateOn: date) == period)
            #expect(term.period(lateOn: date.adding(days: -1)) == before.value)
        }
    }

    private func at(_ text: String) throws -> Instant { try Instant(rfc3339: text) }
}
