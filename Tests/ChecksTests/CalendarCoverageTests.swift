// Calendars of working days whose next year is missing: from when somebody is told, and until when.

import Almanac
import Checks
import Diagnostics
import TestKit
import Testing

@Suite struct CalendarCoverageTests {
    private static func calendar(_ years: Int...) throws -> WorkingDayCalendar {
        try WorkingDayCalendar(
            name: "CN",
            days: years.map { year in
                ListedDay(
                    date: CivilMonth(year: year, month: 1).firstDay,
                    name: "元旦",
                    isOff: true,
                    noticeYear: year,
                    position: Position(file: "CN.csv")
                )
            }
        )
    }

    private static func verdict(_ calendar: WorkingDayCalendar?, on date: String) throws -> Assessment {
        let definition = CheckDefinition.calendarCoverage(
            .init(uses: [.init(name: "CN", calendar: calendar, jobs: ["river"])])
        )
        let day = try CivilDate(date)
        var check = definition.begin(schemas: [:], period: definition.period(.year, asOf: day), asOf: day)
        return try #require(check.finish().first)
    }

    private static func stage(_ assessment: Assessment) -> String {
        guard case .text(let stage)? = assessment.facts["stage"] else { return "none" }
        return "\(stage) \(assessment.state.rawValue) \(assessment.period.label)"
    }

    @Test(
        "who has not next year's notice is warned from November and alerted from the middle of December",
        arguments: [
            ("2026-01-01", "early ok 2027"), ("2026-10-31", "early ok 2027"), ("2026-11-01", "missing warning 2027"),
            ("2026-12-14", "missing warning 2027"), ("2026-12-15", "urgent critical 2027"),
            ("2026-12-31", "urgent critical 2027"), ("2027-01-01", "expired critical 2027"),
            ("2027-06-01", "expired critical 2027"), ("2028-02-01", "expired critical 2028"),
        ]
    )
    func missingNotice(date: String, stage: String) throws {
        #expect(Self.stage(try Self.verdict(try Self.calendar(2025, 2026), on: date)) == stage)
    }

    @Test(arguments: ["2026-11-01", "2026-12-15", "2026-12-31"])
    func theNoticeEndsTheMatter(date: String) throws {
        let verdict = try Self.verdict(try Self.calendar(2026, 2027), on: date)
        #expect(Self.stage(verdict) == "covered ok 2027")
        #expect(verdict.facts["knownUntil"] == .date(try CivilDate("2027-11-30")))
    }

    @Test func aHoleOfAYearIsNoCoverage() throws {
        #expect(
            Self.stage(try Self.verdict(try Self.calendar(2025, 2027), on: "2026-03-01")) == "expired critical 2026"
        )
    }

    @Test func aCalendarWithoutDaysOrWithBrokenFilesIsCriticalAtOnce() throws {
        #expect(Self.stage(try Self.verdict(try Self.calendar(), on: "2026-03-01")) == "expired critical 2026")
        #expect(Self.stage(try Self.verdict(nil, on: "2026-03-01")) == "unusable critical 2026")
    }

    @Test func theVerdictSaysHowFarTheCalendarReachesAndWhatGoesByIt() throws {
        let facts = try Self.verdict(.shipped(), on: "2026-11-20").facts
        #expect(facts["knownUntil"] == .date(try CivilDate("2026-11-30")))
        #expect(facts["daysLeft"] == .integer(10))
        #expect(facts["restDays"] == .integer(33))
        #expect(facts["makeUpDays"] == .integer(6))
        #expect(facts["jobs"] == .texts(["river"]))
        #expect(try Self.verdict(.shipped(), on: "2026-12-01").facts["daysLeft"] == nil, "nothing is left")
    }
}
