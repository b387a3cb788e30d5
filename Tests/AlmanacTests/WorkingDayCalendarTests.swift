// China's working days as the notices give them, their corrections and their end.

import Almanac
import Diagnostics
import TestKit
import Testing

@Suite struct WorkingDayCalendarTests {
    private let china: WorkingDayCalendar

    init() throws { china = try .shipped() }

    @Test(
        "a day is what the notice says, else what its weekday says",
        arguments: [
            ("2026-10-01", .restDay("国庆节")), ("2026-10-08", .workday), ("2026-10-10", .makeUpWorkday("国庆节")),
            ("2026-10-11", .restDay(nil)), ("2024-02-09", .workday), ("2020-02-03", .workday),
            ("2026-11-30", .workday), ("2019-12-31", nil), ("2026-12-01", nil), ("2027-01-04", nil),
        ] as [(String, WorkingDayCalendar.Day?)]
    )
    func days(date: String, day: WorkingDayCalendar.Day?) throws {
        #expect(china.day(try CivilDate(date)) == day)
    }

    @Test func aYearHasTheWorkingDaysThatItsNoticesLeave() throws {
        let published = [2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248]
        for (year, count) in published {
            let eve = try CivilDate("\(year - 1)-12-31")
            let counted = china.workingDays(after: eve, through: try CivilDate("\(year)-12-31"))
            #expect(counted.value == count, "\(year)")
            #expect(counted.isProvisional == (year == 2020), "the day before 2020 is beyond the notices")
        }
        // Who counts Monday to Friday is wrong by about two weeks a year.
        let weekdays = (0..<366).filter { !CivilDate(daysSinceEpoch: 19_723 + $0).weekday.isWeekend }
        #expect(weekdays.count == 262)
    }

    @Test(
        "a term in working days leaves out its start, weekends and holidays",
        arguments: [
            ("2024-02-07", 3, "2024-02-18", false), ("2024-02-07", 0, "2024-02-07", false),
            ("2024-02-10", 1, "2024-02-18", false), ("2024-02-19", -2, "2024-02-09", false),
            ("2024-02-17", -1, "2024-02-09", false), ("2026-11-30", 1, "2026-12-01", true),
            ("2026-12-05", 0, "2026-12-05", true), ("2020-01-02", -1, "2019-12-31", true),
        ]
    )
    func terms(start: String, count: Int, end: String, isProvisional: Bool) throws {
        let reckoned = china.date(workingDays: count, after: try CivilDate(start))
        #expect(reckoned == Reckoned(try CivilDate(end), isProvisional: isProvisional))
    }

    @Test func aTermBeyondAllTimeEndsWithTheCalendar() throws {
        let start = try CivilDate("2024-01-01")
        #expect(china.date(workingDays: .max, after: start).value == CivilDate(daysSinceEpoch: .max))
        #expect(china.date(workingDays: .min, after: start).value == CivilDate(daysSinceEpoch: .min))
    }

    @Test(
        "a rest day moves to a working day, and says why",
        arguments: [
            ("2026-10-03", .next, "moved from Sat 2026-10-03 to Thu 2026-10-08: 国庆节"),
            ("2026-10-03", .previous, "moved from Sat 2026-10-03 to Wed 2026-09-30: 国庆节"),
            ("2026-10-03", .nearest, "moved from Sat 2026-10-03 to Wed 2026-09-30: 国庆节"),
            ("2026-10-05", .nearest, "moved from Mon 2026-10-05 to Thu 2026-10-08: 国庆节"),
            ("2024-03-09", .nearest, "moved from Sat 2024-03-09 to Fri 2024-03-08: weekend"),
            ("2025-02-01", .nearest, "moved from Sat 2025-02-01 to Wed 2025-02-05: 春节"),
            ("2026-10-10", .next, "Sat 2026-10-10"), ("2026-12-05", .next, nil),
            ("2026-11-29", .next, "moved from Sun 2026-11-29 to Mon 2026-11-30: weekend"),
            ("2020-01-01", .previous, nil), ("2020-01-01", .nearest, "moved from Wed 2020-01-01 to Thu 2020-01-02: 元旦"),
        ] as [(String, WorkingDayAdjustment, String?)]
    )
    func adjustments(date: String, adjustment: WorkingDayAdjustment, explained: String?) throws {
        #expect(china.adjusted(try CivilDate(date), adjustment)?.description == explained)
    }

    @Test(
        "a shifted day says from where, to where and why",
        arguments: [
            ("2026-10-03", 2, "moved from Sat 2026-10-03 to Sat 2026-10-10: 国庆节, then 2 working days later", false),
            ("2024-04-03", 2, "moved from Wed 2024-04-03 to Mon 2024-04-08: 2 working days later", false),
            ("2024-03-09", 1, "moved from Sat 2024-03-09 to Tue 2024-03-12: weekend, then 1 working day later", false),
            ("2024-02-19", -1, "moved from Mon 2024-02-19 to Sun 2024-02-18: 1 working day earlier", false),
            ("2024-02-12", 0, "moved from Mon 2024-02-12 to Sun 2024-02-18: 春节", false),
            ("2024-02-20", 0, "Tue 2024-02-20", false),
            // Friday the 27th and the Monday are known, the first of December is not.
            ("2026-11-27", 1, "moved from Fri 2026-11-27 to Mon 2026-11-30: 1 working day later", false),
            ("2026-11-27", 2, "moved from Fri 2026-11-27 to Tue 2026-12-01: 2 working days later", true),
            ("2026-12-05", 1, "moved from Sat 2026-12-05 to Mon 2026-12-07: 1 working day later", true),
            ("2026-12-05", 0, "Sat 2026-12-05", true),
        ] as [(String, Int, String, Bool)]
    )
    func shifts(date: String, offset: Int, explained: String, isProvisional: Bool) throws {
        let day = china.shifted(try CivilDate(date), .next, by: offset)
        #expect(day.description == explained)
        #expect(day.isProvisional == isProvisional)
    }

    @Test func shiftedDaysKeepTheirOrderBeyondTheNoticesToo() throws {
        let first = try CivilDate("2019-11-01")
        let last = try CivilDate("2027-03-01")
        for adjustment in [nil, .next, .previous, .nearest] as [WorkingDayAdjustment?] {
            for offset in [-30, -2, -1, 0, 1, 2, 30] {
                var before = china.shifted(first, adjustment, by: offset).to
                for step in 1...first.days(to: last) {
                    let to = china.shifted(first.adding(days: step), adjustment, by: offset).to
                    #expect(to >= before)
                    before = to
                }
            }
        }
    }

    @Test func aLegalTermThatEndsOnARestDayEndsOnTheNextWorkingDay() throws {
        // Two months from 1 August 2024 end on National Day.
        let end = try CivilDate("2024-08-01").adding(months: 2)
        #expect(china.lastDay(ofTermEnding: end)?.to == (try CivilDate("2024-10-08")))
    }

    @Test(
        "the working days of a month",
        arguments: [
            ("2024-02", 5, "2024-02-06"), ("2024-02", 9, "2024-02-18"), ("2024-02", 18, "2024-02-29"),
            ("2024-02", 19, nil), ("2024-02", 0, nil), ("2024-10", 1, "2024-10-08"),
        ] as [(String, Int, String?)]
    )
    func workingDaysOfAMonth(month: String, number: Int, date: String?) throws {
        let month = try #require(CivilMonth(iso8601: month))
        #expect(
            china.workingDay(number, of: month) == (try date.map { Reckoned(try CivilDate($0), isProvisional: false) })
        )
    }

    @Test(
        "a term ends as its unit says, and rest days give way",
        arguments: [
            ("15 working days", "2024-09-25", "2024-10-21", nil), ("60 days", "2024-08-02", "2024-10-08", "国庆节"),
            ("1 month", "2024-01-31", "2024-02-29", nil), ("2 months", "2024-08-01", "2024-10-08", "国庆节"),
            ("7 days", "2024-03-02", "2024-03-11", nil), ("1 day", "2024-02-03", "2024-02-04", nil),
            ("0 working days", "2024-03-09", "2024-03-09", nil),
        ] as [(String, String, String, String?)]
    )
    func legalTerms(term: String, start: String, end: String, holiday: String?) throws {
        let term = try Term(term)
        let found = china.end(of: term, from: try CivilDate(start))
        #expect(found.date == (try CivilDate(end)))
        #expect(found.day.holiday == holiday)
        #expect(!found.isProvisional)
        #expect(try Term(term.description) == term)
    }

    @Test(
        "a term before a day ends early rather than late",
        arguments: [
            ("5 working days", "2024-10-08", "2024-09-25"), ("30 days", "2024-11-01", "2024-09-30"),
            ("1 month", "2024-03-31", "2024-02-29"), ("1 month", "2024-11-04", "2024-09-30"),
        ]
    )
    func backwardTerms(term: String, day: String, latest: String) throws {
        #expect(china.latestDay(try Term(term), before: try CivilDate(day)).date == (try CivilDate(latest)))
    }

    @Test func beyondTheNoticesTermsAreProvisional() throws {
        for term in [Term(30, .workingDays), Term(45, .days), Term(2, .months)] {
            #expect(china.end(of: term, from: try CivilDate("2026-11-01")).isProvisional)
            #expect(china.latestDay(term, before: try CivilDate("2020-01-05")).isProvisional)
        }
        // The calendar does not reach the Saturday, so that nobody knows where it moves.
        let end = china.end(of: Term(4, .days), from: try CivilDate("2026-12-01"))
        #expect(end.date == (try CivilDate("2026-12-05")))
    }

    @Test(arguments: ["", "15", "15 workdays", "-1 days", "1.5 months", "days", "10001 days", "5  days", "2 years"])
    func whatIsNoTermIsRefused(text: String) {
        #expect(throws: Diagnostic.self) { try Term(text) }
    }

    @Test func theLastWorkingDayOfAMonthIsProvisionalWhereItsMonthIs() throws {
        #expect(
            china.lastWorkingDay(of: CivilMonth(year: 2026, month: 5))
                == Reckoned(try CivilDate("2026-05-29"), isProvisional: false)
        )
        #expect(china.lastWorkingDay(of: CivilMonth(year: 2026, month: 12))?.isProvisional == true)
    }

    @Test func aLaterNoticeWinsWhereverItStands() throws {
        let days = [
            try listed("2018-12-31", off: true, notice: 2019, line: 2),
            try listed("2018-12-31", off: false, notice: 2018),
            try listed("2019-01-01", off: true, notice: 2019),
        ]
        for order in [days, days.reversed()] {
            let calendar = try WorkingDayCalendar(name: "x", days: order)
            #expect(calendar.isWorkingDay(try CivilDate("2018-12-31")) == false)
        }
    }

    @Test func twoLinesThatContradictEachOtherAreBothNamed() throws {
        let days = [
            try listed("2026-10-10", off: false, notice: 2026, line: 7),
            try listed("2026-10-10", off: true, notice: 2026, line: 9),
        ]
        let complaint = try #require(throws: Diagnostic.self) { try WorkingDayCalendar(name: "x", days: days) }
        #expect(complaint.position?.line == 9)
        #expect(complaint.expected == "a working day, as x.csv:7 says")
    }

    @Test func nothingIsKnownOfAYearThatNoNoticeIsAbout() throws {
        // The notice of 2024 lists a day of 2023; nothing else is known of 2023.
        let calendar = try WorkingDayCalendar(
            name: "x",
            days: [
                try listed("2023-12-30", off: true, notice: 2024), try listed("2024-01-01", off: true, notice: 2024),
                try listed("2026-01-01", off: true, notice: 2026), try listed("2025-01-01", off: true, notice: 2025),
            ]
        )
        #expect(calendar.coverage == [try CivilDate("2024-01-01")...(try CivilDate("2026-11-30"))])
        #expect(calendar.isWorkingDay(try CivilDate("2023-12-30")) == nil)
        #expect(try WorkingDayCalendar(name: "x", days: []).isWorkingDay(try CivilDate("2024-03-05")) == nil)
    }

    @Test func aMissingYearLeavesAHole() throws {
        let calendar = try WorkingDayCalendar(
            name: "x",
            days: [
                try listed("2022-01-03", off: true, notice: 2022), try listed("2024-01-01", off: true, notice: 2024),
            ]
        )
        let known = try ["2022-11-30", "2022-12-01", "2023-06-01", "2024-01-02"].map {
            calendar.covers(try CivilDate($0))
        }
        #expect(known == [true, false, false, true])
        #expect(
            calendar.workingDays(after: try CivilDate("2022-11-01"), through: try CivilDate("2024-02-01")).isProvisional
        )
    }

    @Test func whatIsAddedIsCountedAgain() throws {
        var generator = SeededGenerator(seed: 11)
        let first = try CivilDate("2020-02-01")
        for _ in 0..<5_000 {
            let start = first.adding(days: Int.random(in: 0..<2_300, using: &generator))
            let count = Int.random(in: 1...200, using: &generator)
            let end = china.date(workingDays: count, after: start)
            #expect(china.workingDays(after: start, through: end.value).value == count)
            #expect(end.isProvisional == !china.covers(end.value))
            guard !end.isProvisional else { continue }
            #expect(china.isWorkingDay(end.value) == true)
            // Back again: to the start, or to the working day that stands for it.
            #expect(
                china.date(workingDays: -count, after: end.value).value == china.adjusted(start, .previous)?.to
            )
        }
    }

    private func listed(_ date: String, off: Bool, notice: Int, line: Int = 1) throws -> ListedDay {
        ListedDay(
            date: try CivilDate(date),
            name: "节",
            isOff: off,
            noticeYear: notice,
            position: Position(file: "x.csv", line: line)
        )
    }
}
