// What feeds say is due, the jobs that come of it, and what is said about slips in it.

import Alerts
import Almanac
import Checks
import Diagnostics
import Jobs
import Scheduling
import TestKit
import Testing

@Suite struct SubmissionDueTests {
    private static let due = """
        on: "*-*-03"
        period: previous-month
        grace: 2 working days
        calendar: CN
        dated-by: month
        every: {register: sections, column: section, called: {zh: 断面, en: sections}}
        """

    private static func read(_ piece: String = "", _ replacement: String = "", due: String = due) throws
        -> Configuration
    {
        var files = SettingsFiles.district
        let changed = piece.isEmpty ? due : due.replacing(piece, with: replacement)
        try #require(piece.isEmpty || changed != due, "nothing says \(piece)")
        try files.setDue(changed)
        return try files.read()
    }

    @Test func aFeedWithADueDayHasAJobThatTellsItsSupplier() throws {
        let configuration = try Self.read()
        #expect(configuration.errors == [])
        #expect(configuration.jobs.map(\.name) == ["river", "submission-water"])
        let job = try #require(configuration.job(named: "submission-water"))
        #expect(job.title == Title(zh: "水质报送", en: "Submission of Water quality"))
        #expect(job.serial == "SUB")
        #expect(job.recipients == Recipients(to: ["water"]))
        #expect(job.feeds == ["table": "water", "register": "sections"])
        #expect(job.check.kind == "submission")
        #expect(job.schedule.catchUp == .latest(within: try TimeSpan("30 days")))
    }

    @Test(
        "it runs at the first instant at which the table is late, and says why then",
        arguments: [
            ("2024-03-10", "2024-04-09", "moved from Wed 2024-04-03 to Tue 2024-04-09: 3 working days later"),
            ("2024-09-20", "2024-10-11", "moved from Thu 2024-10-03 to Fri 2024-10-11: 国庆节, then 3 working days later"),
            ("2025-01-20", "2025-02-08", "moved from Mon 2025-02-03 to Sat 2025-02-08: 春节, then 3 working days later"),
            (
                "2026-11-20", "2026-12-08",
                "moved from Thu 2026-12-03 to Tue 2026-12-08: 3 working days later; "
                    + "provisional: the calendar of working days does not reach so far"
            ),
        ]
    )
    func slots(after: String, instant: String, remark: String) throws {
        let schedule = try #require(try Self.read().job(named: "submission-water")?.schedule)
        let slot = try #require(schedule.next(after: try Instant(rfc3339: after + "T00:00:00Z")))
        #expect(slot.instant == (try Instant(rfc3339: instant + "T00:00:00Z")))
        #expect(slot.remark == remark)
    }

    @Test func theRunJudgesThePeriodOfItsDueDay() throws {
        // With so much grace it runs in the month after, and still asks for the month before the due day.
        let job = try #require(try Self.read("2 working days", "42 working days").job(named: "submission-water"))
        let slot = try #require(job.schedule.next(after: try Instant(rfc3339: "2024-05-01T00:00:00Z")))
        let day = Zone.utc.civil(at: slot.instant).date
        #expect(slot.shift?.from == (try CivilDate("2024-03-03")))
        #expect(day == (try CivilDate("2024-05-07")))
        #expect(job.period(asOf: day).label == "2024-02")
        #expect(job.period(asOf: day.adding(days: -1)).label == "2024-01")
    }

    @Test func graceRegisterAndCalendarMayBeLeftOut() throws {
        let configuration = try Self.read(due: "on: \"*-*-03\"\nperiod: previous-month\ndated-by: month")
        #expect(configuration.errors == [])
        let job = try #require(configuration.job(named: "submission-water"))
        #expect(job.feeds == ["table": "water"])
        #expect(job.schedule.workingDays?.offset == 1)
    }

    @Test(
        "a slip is named with its key, costs the job and leaves the feed in use",
        arguments: [
            ("\"*-*-03\"", "\"*-*-03 18:00\"", "due.on"), ("\"*-*-03\"", "\"*-*-03 Asia/Shanghai\"", "due.on"),
            ("\"*-*-03\"", "\"*-02-30\"", "due.on"), ("\"*-*-03\"", "\"third\"", "due.on"),
            ("on: \"*-*-03\"\n", "", "due"), ("previous-month", "last-month", "due.period"),
            ("2 working days", "2 days", "due.grace"), ("2 working days", "-1 working days", "due.grace"),
            ("calendar: CN", "calendar: CM", "due.calendar"), ("dated-by: month", "dated-by: moth", "due.dated-by"),
            ("dated-by: month", "dated-by: river", "due.dated-by"),
            ("period: previous-month", "period: day", "due.dated-by"),
            ("register: sections", "register: section", "due.every.register"),
            ("register: sections", "register: water", "due.every.register"),
            ("column: section", "column: sectoin", "due.every.column"),
            ("column: section", "column: section, register-column: place", "due.every.register-column"),
            ("column: section", "column: section, otherwise: [river, place]", "due.every.otherwise"),
            ("column: section", "column: section, otherwise: [code]", "due.every.otherwise"),
            ("column: section", "column: section, named-by: office", "due.every.named-by"),
            ("called: {zh: 断面, en: sections}", "called: {zh: 断面}", "due.every.called"),
            // A column that the table has and the register has not.
            ("column: section", "column: month", "due"), ("column: section,", "", "due.every"),
            ("grace:", "grase:", "due"), ("every:", "evry:", "due"),
        ]
    )
    func slips(piece: String, replacement: String, key: String) throws {
        let configuration = try Self.read(piece, replacement)
        let problems = try #require(configuration.brokenJobs["submission-water"])
        #expect(problems.map(\.key).contains(key), "\(problems)")
        #expect(problems.allSatisfy { $0.position?.file == "feeds/water.yaml" && $0.position?.line != nil })
        #expect(configuration.errors == problems)
        #expect(configuration.jobs.map(\.name) == ["river"])
    }

    @Test(
        "without a department that owes it nothing is due",
        arguments: [
            ("supplied-by: water", "supplied-by: wasser"), ("source: inbox\nsupplied-by: water", "source: register"),
        ]
    )
    func nobodyToTell(piece: String, replacement: String) throws {
        var files = SettingsFiles.district
        try files.setDue(Self.due)
        files.settings["feeds/water.yaml"] = files.settings["feeds/water.yaml"]?.replacing(piece, with: replacement)
        let configuration = try files.read()
        #expect(configuration.brokenJobs["submission-water"]?.map(\.key) == ["due"])
        #expect(configuration.feeds["water"] != nil)
    }

    @Test func theNamesOfTheseJobsAreNotForJobFiles() throws {
        var files = SettingsFiles.district
        let job = try #require(files.jobs["river.yaml"])
        files.jobs["submission-river.yaml"] = job.replacing("job: river", with: "job: submission-river")
        let configuration = try files.read()
        #expect(configuration.brokenJobs["submission-river"]?.map(\.key) == ["job"])
        #expect(configuration.jobs.map(\.name) == ["river"])
    }

    @Test func aJobFileCannotHaveThisKindOfCheck() throws {
        var files = SettingsFiles.district
        let job = try #require(files.jobs["river.yaml"])
        files.jobs["river.yaml"] = job.replacing("section-compliance:", with: "submission:")
        #expect(try files.read().brokenJobs["river"]?.first?.remedy == "set \"due\" in the feed's file")
    }

    @Test func withoutWordsOrTitlesTheJobIsBrokenOrPlain() throws {
        var files = SettingsFiles.district
        try files.setDue(Self.due)
        files.settings["words/en/terms.yaml"] = nil
        #expect(try files.read().job(named: "submission-water")?.title.en == "Water quality")
        files.settings["words/en/terms.yaml"] = "titles: {submission: \"Submission of {feed\"}"
        let malformed = try files.read()
        #expect(malformed.job(named: "submission-water")?.title.en == "Water quality")
        let ofTerms = malformed.errors.filter { $0.position?.file == "words/en/terms.yaml" }
        #expect(ofTerms.map(\.problem) == ["a brace is not closed"])
        files.settings["words/en/submission.yaml"] = nil
        let wordless = try files.read()
        #expect(
            wordless.brokenJobs["submission-water"]?.last?.expected
                == "a file words/en/submission.yaml beside notice.txt"
        )
    }

    @Test func theShippedFeedsWithADueDayAreReadWithoutComplaint() throws {
        var files = try SettingsFiles.shipped()
        files.jobs = [:]
        let configuration = try files.read()
        #expect(configuration.errors == [])
        #expect(
            configuration.jobs.map(\.name) == [
                "calendar-coverage", "delivery", "slot-accounts", "submission-stock-lots",
                "submission-water-measurements",
            ]
        )
    }
}
