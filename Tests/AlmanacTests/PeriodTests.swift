// Periods, the rules that choose them, and lengths of time by the calendar and by the clock.

import Almanac
import Diagnostics
import Testing

private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso8601: text)) }

@Suite struct PeriodTests {
    @Test(arguments: [
        (PeriodRule.day, "2024-03-05", "2024-03-05", "2024-03-05", "2024-03-05"),
        (.week, "2024-03-05", "2024-W10", "2024-03-04", "2024-03-10"),
        (.week, "2024-03-04", "2024-W10", "2024-03-04", "2024-03-10"),
        (.previousWeek, "2024-03-10", "2024-W09", "2024-02-26", "2024-03-03"),
        (.previousWeek, "2024-03-11", "2024-W10", "2024-03-04", "2024-03-10"),
        (.month, "2024-02-10", "2024-02", "2024-02-01", "2024-02-29"),
        (.previousMonth, "2024-03-31", "2024-02", "2024-02-01", "2024-02-29"),
        (.previousMonth, "2024-01-05", "2023-12", "2023-12-01", "2023-12-31"),
        (.quarter, "2024-12-31", "2024-Q4", "2024-10-01", "2024-12-31"),
        (.previousQuarter, "2024-03-31", "2023-Q4", "2023-10-01", "2023-12-31"),
        (.previousQuarter, "2024-04-01", "2024-Q1", "2024-01-01", "2024-03-31"),
        (.year, "2024-07-01", "2024", "2024-01-01", "2024-12-31"),
        (.previousYear, "2024-07-01", "2023", "2023-01-01", "2023-12-31"),
    ])
    func ruleChoosesThePeriod(rule: PeriodRule, asOf: String, label: String, first: String, last: String) throws {
        let period = rule.period(asOf: try day(asOf))
        #expect(period.label == label)
        #expect(period.first == (try day(first)))
        #expect(period.last == (try day(last)))
        #expect(period.contains(period.first) && period.contains(period.last))
        #expect(!period.contains(period.first.adding(days: -1)) && !period.contains(period.last.adding(days: 1)))
    }

    @Test(arguments: [
        (Period.halfYear(year: 2024, 1), "2023-H2", "2024-H1", "2024-H2"),
        (.halfYear(year: 2024, 2), "2024-H1", "2024-H2", "2025-H1"),
        (.quarter(year: 2024, 1), "2023-Q4", "2024-Q1", "2024-Q2"),
        (.quarter(year: 2024, 5), "2024-Q4", "2025-Q1", "2025-Q2"),
        (.month(CivilMonth(year: 2024, month: 12)), "2024-11", "2024-12", "2025-01"),
        (.year(2024), "2023", "2024", "2025"),
        (Period.week(of: CivilDate(daysSinceEpoch: 20_088)), "2024-W52", "2025-W01", "2025-W02"),
    ])
    func neighboursAreOfTheSameKind(period: Period, previous: String, label: String, next: String) {
        #expect([period.previous, period, period.next].map(\.label) == [previous, label, next])
        #expect(period.next.previous == period)
        #expect(period.next.first == period.last.adding(days: 1))
    }

    @Test(
        "weeks around the new year, as ISO 8601 numbers them",
        arguments: [
            ("2024-12-29", "2024-W52"), ("2024-12-30", "2025-W01"), ("2025-01-05", "2025-W01"),
            ("2020-12-31", "2020-W53"), ("2021-01-03", "2020-W53"), ("2021-01-04", "2021-W01"),
            ("2022-01-01", "2021-W52"), ("2026-12-31", "2026-W53"), ("1969-12-29", "1970-W01"),
        ]
    )
    func weeksOfTheNewYear(date: String, label: String) throws {
        let week = Period.containing(try day(date), unit: .week)
        #expect(week.label == label)
        #expect(week.first.weekday == .monday && week.last.weekday == .sunday)
    }

    @Test func ruleNamesAreTheWordsOfTheSettings() {
        let names = [
            "day", "week", "previous-week", "month", "previous-month", "quarter", "previous-quarter", "year",
            "previous-year",
        ]
        #expect(PeriodRule.allCases.map(\.rawValue) == names)
    }
}

@Suite struct CalendarDurationTests {
    @Test(arguments: [
        ("P6M", "P6M"), ("P1Y", "P1Y"), ("P2W", "P2W"), ("P30D", "P30D"), ("P1Y6M", "P1Y6M"), ("P0D", "P0D"),
        ("P0Y3D", "P3D"), ("P1Y2M3W4D", "P1Y2M3W4D"), ("P06M", "P6M"),
    ])
    func iso8601IsReadAndWritten(text: String, normalForm: String) throws {
        #expect(try CalendarDuration(iso8601: text).description == normalForm)
    }

    @Test(arguments: [
        "", "P", "6M", "P6", "PM", "p6m", "P6M1Y", "P6M6M", "P-6M", "P1.5Y", "PT6M", "P1DT", "P1DT6H", "P99999D",
        "P6M ", "-P6M",
    ])
    func anythingElseIsRefused(text: String) {
        let refusal = #expect(throws: Diagnostic.self) { try CalendarDuration(iso8601: text) }
        #expect(refusal?.found == text)
    }

    @Test(arguments: [
        ("2023-08-31", "P6M", 1, "2024-02-29"),
        ("2022-08-31", "P6M", 1, "2023-02-28"),
        ("2022-08-31", "P6M", 2, "2023-08-31"),
        ("2022-08-31", "P6M", 0, "2022-08-31"),
        ("2024-02-29", "P1Y", 1, "2025-02-28"),
        ("2024-02-29", "P1Y", 4, "2028-02-29"),
        ("2024-03-31", "P1M", -1, "2024-02-29"),
        ("2024-12-25", "P2W", 1, "2025-01-08"),
        ("2024-01-31", "P1M1D", 1, "2024-03-01"),
        ("2024-01-31", "P1Y6M", 2, "2027-01-31"),
    ])
    func everyDurationIsReckonedFromTheAnchor(anchor: String, text: String, times: Int, expected: String) throws {
        let date = try day(anchor).adding(CalendarDuration(iso8601: text), times: times)
        #expect(date == (try day(expected)))
    }
}

@Suite struct TimeSpanTests {
    @Test(arguments: [
        ("30 days", 2_592_000, "30 days"), ("12 hours", 43_200, "12 hours"), ("5 minutes", 300, "5 minutes"),
        ("90 s", 90, "90 seconds"), ("2 weeks", 1_209_600, "14 days"), ("1 day", 86_400, "1 day"),
        ("36h", 129_600, "36 hours"), ("1 Hour", 3_600, "1 hour"), ("60 sec", 60, "1 minute"), ("0 s", 0, "0 seconds"),
    ])
    func spanIsReadAndWritten(text: String, seconds: Int64, normalForm: String) throws {
        let span = try TimeSpan(text)
        #expect(span.seconds == seconds)
        #expect(span.description == normalForm)
        #expect(try TimeSpan(normalForm) == span)
    }

    @Test(arguments: [
        "", "days", "5", "-5 days", "1.5 hours", "5 m", "3 months", "1 year", "5 days ago", "1234567890 s", " 5 days",
    ])
    func anythingElseIsRefused(text: String) {
        let refusal = #expect(throws: Diagnostic.self) { try TimeSpan(text) }
        #expect(refusal?.found == text)
    }

    @Test func aSlipOfTheFingerIsMended() {
        let refusal = #expect(throws: Diagnostic.self) { try TimeSpan("12 huors") }
        #expect(refusal?.remedy == #"did you mean "hours"?"#)
    }
}
