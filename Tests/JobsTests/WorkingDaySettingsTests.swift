// Calendars of working days and the keys that use them, and what is said about slips in them.

import Alerts
import Almanac
import Checks
import Diagnostics
import Foundation
import Jobs
import Scheduling
import TestKit
import Testing

@Suite struct WorkingDaySettingsTests {
    private static let table = """
        date,name,is_off_day,notice_year
        2024-04-04,清明节,true,2024
        2024-04-05,清明节,true,2024
        2024-04-06,清明节,true,2024
        2024-04-07,清明节,false,2024

        """

    /// The district with calendars, lines in its job's schedule and a line in the daemon's settings.
    private static func read(
        _ calendars: [String: String] = ["CN": table],
        schedule lines: String = "",
        settings line: String = ""
    ) throws -> Configuration {
        var files = SettingsFiles.district
        for (name, text) in calendars { files.settings["calendars/\(name).csv"] = text }
        let job = try #require(files.jobs["river.yaml"])
        files.jobs["river.yaml"] = job.replacing("\n  catch-up:", with: lines + "\n  catch-up:")
        files.settings["dutyd.yaml", default: ""] += "\n" + line
        return try files.read()
    }

    /// The job's slot of April 2024, which is planned for a holiday.
    private static func slot(_ configuration: Configuration) throws -> DueSlot {
        let schedule = try #require(configuration.job(named: "river")?.schedule)
        return try #require(schedule.next(after: try Instant(rfc3339: "2024-04-01T00:00:00Z")))
    }

    @Test(
        "the rule decides what becomes of a slot in the holidays",
        arguments: [
            ("next", "2024-04-07T09:00:00Z", nil), ("previous", "2024-04-03T09:00:00Z", nil),
            ("only", "2024-04-05T09:00:00Z", .restDay), ("any", "2024-04-05T09:00:00Z", nil),
        ] as [(String, String, SlotReason.Skip?)]
    )
    func rules(rule: String, instant: String, skip: SlotReason.Skip?) throws {
        let configuration = try Self.read(schedule: "\n  working-day: \(rule)")
        #expect(configuration.errors == [])
        let slot = try Self.slot(configuration)
        #expect(slot.instant == (try Instant(rfc3339: instant)))
        #expect(slot.skip == skip)
    }

    @Test(
        "an offset counts working days on or back",
        arguments: [
            ("offset: 1 working day", "2024-04-08T09:00:00Z"), ("offset: 2 working days", "2024-04-09T09:00:00Z"),
            ("offset: -1 working day", "2024-04-03T09:00:00Z"), ("offset: 0 working days", "2024-04-07T09:00:00Z"),
        ]
    )
    func offsets(line: String, instant: String) throws {
        let configuration = try Self.read(schedule: "\n  working-day: next\n  \(line)")
        #expect(configuration.errors == [])
        #expect(try Self.slot(configuration).instant == (try Instant(rfc3339: instant)))
    }

    @Test(
        "an offset that is none, or without its rule, is named with its place",
        arguments: [
            ("\n  working-day: next\n  offset: 2 days", "2 days"), ("\n  working-day: next\n  offset: 2", "2"),
            ("\n  working-day: next\n  offset: two working days", "two working days"),
            ("\n  working-day: next\n  offset: 251 working days", "251 working days"),
            ("\n  working-day: next\n  offset: -9223372036854775808 working days", "-9223372036854775808 working days"),
            ("\n  offset: 2 working days", nil), ("\n  working-day: any\n  offset: 2 working days", nil),
        ] as [(String, String?)]
    )
    func badOffsets(lines: String, found: String?) throws {
        let problems = try #require(try Self.read(schedule: lines).brokenJobs["river"])
        #expect(problems.map(\.key) == ["schedule.offset"])
        #expect(problems.first?.found == found)
    }

    @Test func withoutTheKeyAllDaysAreAlike() throws {
        #expect(try Self.slot(Self.read()).instant == (try Instant(rfc3339: "2024-04-05T09:00:00Z")))
    }

    @Test(
        "the job's calendar goes before the daemon's, and that before the only one",
        arguments: [
            ("\n  calendar: SH", "", "SH"), ("\n  calendar: SH", "calendar: CN", "SH"), ("", "calendar: CN", "CN"),
        ]
    )
    func chosenCalendar(line: String, setting: String, name: String) throws {
        let configuration = try Self.read(
            ["CN": Self.table, "SH": Self.table],
            schedule: "\n  working-day: next\(line)",
            settings: setting
        )
        #expect(configuration.errors == [])
        #expect(configuration.job(named: "river")?.schedule.workingDays?.calendar.name == name)
    }

    @Test func aTableFromASpreadsheetIsReadToo() throws {
        let text = "\u{FEFF}日期,节日,是否放假,通知年份\r\n2024/4/5,清明节,是,2024\r\n"
        let configuration = try Self.read(["CN": text], schedule: "\n  working-day: next")
        #expect(configuration.errors == [])
        #expect(try Self.slot(configuration).shift?.holiday == "清明节")
    }

    @Test(
        "a line that is wrong takes its calendar, and the jobs that need it, out of use",
        arguments: [
            ("2024-04-05,清明节,true,2024", "2024-04-31,清明节,true,2024", 3),
            ("2024-04-05,清明节,true,2024", "2024-04-05,清明节,maybe,2024", 3),
            ("2024-04-05,清明节,true,2024", "2024-04-05,,true,2024", 3),
            ("2024-04-05,清明节,true,2024", "2024-04-05,清明节,true,2042", 3),
            ("2024-04-05,清明节,true,2024", "2024-04-04,清明节,false,2024", 3),
            ("2024-04-05,清明节,true,2024", "2024-04-05,清明节,true", 3),
        ]
    )
    func brokenCalendars(piece: String, replacement: String, line: Int) throws {
        let text = Self.table.replacing(piece, with: replacement)
        try #require(text != Self.table)
        let configuration = try Self.read(["CN": text], schedule: "\n  working-day: next")
        #expect(configuration.errors.first?.position?.file == "calendars/CN.csv")
        #expect(configuration.errors.first?.position?.line == line)
        #expect(configuration.brokenJobs["river"]?.map(\.key) == ["schedule.working-day"])
        #expect(try Self.read(["CN": text]).job(named: "river") != nil, "a job that needs no calendar")
    }

    @Test func aContradictionNamesBothLines() throws {
        let text = Self.table + "2024-04-07,清明节,true,2024\n"
        let problem = try #require(try Self.read(["CN": text]).errors.first)
        #expect(problem.position?.line == 6)
        #expect(problem.expected == "a working day, as calendars/CN.csv:5 says")
    }

    @Test func anUnclearCalendarIsNotGuessed() throws {
        for calendars in [[:], ["CN": Self.table, "SH": Self.table]] {
            let configuration = try Self.read(calendars, schedule: "\n  working-day: next")
            #expect(configuration.brokenJobs["river"]?.map(\.key) == ["schedule.working-day"])
        }
    }

    @Test func anotherCalendarDoesNotStandInForOneThatCannotBeUsed() throws {
        let broken = Self.table.replacing("2024-04-05", with: "2024-04-31")
        for setting in ["", "calendar: CN"] {
            let configuration = try Self.read(
                ["CN": broken, "SH": Self.table],
                schedule: "\n  working-day: next",
                settings: setting
            )
            #expect(configuration.brokenJobs["river"]?.map(\.key) == ["schedule.working-day"])
        }
    }

    @Test func misspelledNamesAreNamedWithTheirPlace() throws {
        let rule = try Self.read(schedule: "\n  working-day: nxt").brokenJobs["river"]
        #expect(rule?.first?.remedy == "did you mean \"next\"?")
        let calendar = try Self.read(schedule: "\n  working-day: next\n  calendar: CM").brokenJobs["river"]
        #expect(calendar?.map(\.remedy) == ["did you mean \"CN\"?"])
        let settings = try Self.read(settings: "calendar: CM")
        #expect(settings.errors.map(\.remedy) == ["did you mean \"CN\"?"])
        #expect(settings.errors.first?.position?.file == "dutyd.yaml")
    }

    @Test func theShippedCalendarIsReadWithoutComplaint() throws {
        let shipped = try WorkingDayCalendar.shipped()
        let path = "Config/calendars/CN.csv"
        let root = String(#filePath.dropLast("Tests/JobsTests/WorkingDaySettingsTests.swift".count))
        let text = try String(contentsOfFile: root + path, encoding: .utf8)
        let configuration = try Self.read(["CN": text], schedule: "\n  working-day: next")
        #expect(configuration.errors == [])
        #expect(configuration.job(named: "river")?.schedule.workingDays?.calendar.coverage == shipped.coverage)
    }

    // MARK: Working days of the month

    @Test(
        "a working day of the month is named by its number",
        arguments: [("3", "2024-04-03T09:00:00Z"), ("last", "2024-04-30T09:00:00Z"), ("-2", "2024-04-29T09:00:00Z")]
    )
    func workingDaysOfTheMonth(number: String, instant: String) throws {
        let configuration = try Self.monthly("working-day: {of-month: \(number)}")
        #expect(configuration.errors == [])
        #expect(try Self.slot(configuration).instant == (try Instant(rfc3339: instant)))
    }

    @Test(
        "a working day that no month surely has, or a day named twice, is named with its key",
        arguments: [
            ("*-*-* 09:00", "working-day: {of-month: 0}", "schedule.working-day.of-month"),
            ("*-*-* 09:00", "working-day: {of-month: 16}", "schedule.working-day.of-month"),
            ("*-*-* 09:00", "working-day: {of-month: -9223372036854775808}", "schedule.working-day.of-month"),
            ("*-*-* 09:00", "working-day: {of-month: third}", "schedule.working-day.of-month"),
            ("*-*-* 09:00", "working-day: {of-moth: 3}", "schedule.working-day"),
            ("*-*-* 09:00", "working-day: {of-month: 3}\n  offset: 1 working day", "schedule.offset"),
            ("*-*-* 09:00", "working-day: {of-month: 3}\n  every: {weeks: 2, anchor: 2024-01-01}", "schedule.every"),
            ("*-*-05 09:00", "working-day: {of-month: 3}", "schedule.on"),
            ("Mon *-*-* 09:00", "working-day: {of-month: 3}", "schedule.on"),
            ("*-*~01 09:00", "working-day: {of-month: last}", "schedule.on"),
        ]
    )
    func badWorkingDaysOfTheMonth(event: String, lines: String, key: String) throws {
        let problems = try #require(try Self.monthly(lines, on: event).brokenJobs["river"])
        #expect(problems.map(\.key).contains(key), "\(problems)")
    }

    private static func monthly(_ lines: String, on event: String = "*-*-* 09:00") throws -> Configuration {
        var files = SettingsFiles.district
        files.settings["calendars/CN.csv"] = table
        let job = try #require(files.jobs["river.yaml"])
        files.jobs["river.yaml"] = job.replacing("*-*-05 09:00", with: event)
            .replacing("\n  catch-up:", with: "\n  \(lines)\n  catch-up:")
        return try files.read()
    }

    // MARK: The job that watches the calendars

    private static func watched(_ change: (inout SettingsFiles) -> Void = { _ in }) throws -> Configuration {
        var files = SettingsFiles.district
        files.settings["calendars/CN.csv"] = table
        files.settings["departments.yaml", default: ""] += "\noperators: {zh: 值守员, en: Operators, group: watch}\n"
        for language in ["zh-CN", "en"] {
            for file in ["calendar-coverage.yaml", "slot-accounts.yaml", "terms.yaml"] {
                files.settings["words/\(language)/\(file)"] = try SettingsFiles.shipped("words/\(language)/\(file)")
            }
        }
        let job = try #require(files.jobs["river.yaml"])
        files.jobs["river.yaml"] = job.replacing("\n  catch-up:", with: "\n  working-day: next\n  catch-up:")
        change(&files)
        return try files.read()
    }

    @Test func aCalendarInUseIsWatchedForTheOperators() throws {
        let configuration = try Self.watched()
        #expect(configuration.errors == [])
        let job = try #require(configuration.job(named: "calendar-coverage"))
        #expect(job.recipients.to == ["operators"])
        #expect(job.title.zh == "工作日历是否齐备")
        let slot = try #require(job.schedule.next(after: try Instant(rfc3339: "2024-11-01T09:00:00Z")))
        #expect(slot.instant == (try Instant(rfc3339: "2024-11-02T08:00:00Z")))
        guard case .calendarCoverage(let parameters) = job.check else { Issue.record("another check"); return }
        #expect(parameters.uses.map(\.name) == ["CN"])
        #expect(parameters.uses.map(\.jobs) == [["river"]])
    }

    @Test func aCalendarThatNobodyGoesByIsNotWatchedAndABrokenOneIs() throws {
        let idle = try Self.watched { $0.jobs["river.yaml"]?.replace("working-day: next", with: "working-day: any") }
        #expect(idle.errors == [])
        #expect(idle.job(named: "calendar-coverage") == nil)
        let broken = try Self.watched { $0.settings["calendars/CN.csv"]?.replace("2024-04-05", with: "2024-04-31") }
        #expect(broken.brokenJobs["river"] != nil)
        guard case .calendarCoverage(let parameters)? = broken.job(named: "calendar-coverage")?.check else {
            Issue.record("the broken calendar is not watched")
            return
        }
        #expect(parameters.uses == [.init(name: "CN", calendar: nil, jobs: [])])
    }

    @Test func withoutOperatorsItIsSaidThatNobodyIsTold() throws {
        let configuration = try Self.watched { $0.settings["departments.yaml"]?.replace("operators:", with: "watch:") }
        #expect(configuration.job(named: "calendar-coverage") == nil)
        let problem = try #require(configuration.problems.first { $0.position?.file == "departments.yaml" })
        #expect(problem.severity == .warning)
    }

    @Test func theNameOfThatJobIsNotForJobFiles() throws {
        let configuration = try Self.watched {
            $0.jobs["calendar-coverage.yaml"] = $0.jobs["river.yaml"]?
                .replacing("job: river", with: "job: calendar-coverage")
        }
        #expect(configuration.brokenJobs["calendar-coverage"]?.map(\.key) == ["job"])
        #expect(configuration.jobs.map(\.name) == ["calendar-coverage", "river", "slot-accounts"])
    }

    // MARK: The job that audits the slots

    @Test func theSlotsAreAuditedForTheOperatorsWhetherOrNotThereAreCalendars() throws {
        let configuration = try Self.watched {
            $0.jobs["river.yaml"]?.replace("working-day: next", with: "working-day: any")
        }
        #expect(configuration.errors == [])
        let job = try #require(configuration.job(named: "slot-accounts"))
        #expect(job.recipients.to == ["operators"])
        #expect(job.title.en == "Runs that were due")
        let slot = try #require(job.schedule.next(after: try Instant(rfc3339: "2024-11-01T09:00:00Z")))
        #expect(slot.instant == (try Instant(rfc3339: "2024-11-02T08:10:00Z")))
        let unattended = try Self.watched { $0.settings["departments.yaml"]?.replace("operators:", with: "watch:") }
        #expect(unattended.job(named: "slot-accounts") == nil)
    }

    @Test func itsNameIsNotForJobFilesEither() throws {
        let configuration = try Self.watched {
            $0.jobs["slot-accounts.yaml"] = $0.jobs["river.yaml"]?
                .replacing("job: river", with: "job: slot-accounts")
        }
        #expect(configuration.brokenJobs["slot-accounts"]?.map(\.key) == ["job"])
    }
}
