// The end of a calendar of working days, as its operators live through it.

import Alerts
import Almanac
import Checks
import Engine
import Jobs
import TestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct CalendarCoverageTests {
    private static let job = "calendar-coverage"

    /// A district that goes by the shipped calendar, which ends with 2026.
    private static func district() throws -> District {
        var district = try District(now: "2027-01-03T12:00:00Z", water: "")
        let files = ["calendars/CN.csv", "words/zh-CN/notice.txt", "words/en/notice.txt"]
        let words = ["zh-CN", "en"].flatMap { language in
            ["calendar-coverage", "general", "slot-accounts", "terms"].map { file in "words/\(language)/\(file).yaml" }
        }
        for path in files + words { district.files.settings[path] = try SettingsFiles.shipped(path) }
        district.files.settings["departments.yaml", default: ""] +=
            "\noperators: {zh: 值守员, en: Duty operators, group: watch, formats: [text]}\n"
        district.files.jobs["river.yaml"]?.replace("\n  catch-up:", with: "\n  working-day: next\n  catch-up:")
        return district
    }

    private static func story(_ engine: DutyEngine, _ dates: String...) async throws -> [String] {
        var story: [String] = []
        for date in dates {
            let instant = try Instant(rfc3339: date + "T08:00:00Z")
            let report = try await engine.run(job: job, asOf: instant, isDryRun: false)
            #expect(report.findings.rejects == [])
            story += report.changes.map { "\(date) \($0.kind.rawValue) \($0.assessment.state.rawValue)" }
        }
        return story
    }

    @Test func theOperatorsAreWarnedThenAlertedAndToldWhenNextYearIsThere() async throws {
        var district = try Self.district()
        let before = try await district.engine()
        let dates = try await Self.story(before, "2026-10-31", "2026-11-01", "2026-11-02", "2026-12-15", "2027-01-01")
        #expect(dates == ["2026-11-01 raised warning", "2026-12-15 worsened critical"])
        await before.stop()
        district.files.settings["calendars/CN/2027.json"] =
            "{\"year\": 2027, \"days\": [{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}]}"
        let after = try await district.engine()
        #expect(try await Self.story(after, "2027-01-02", "2027-01-03") == ["2027-01-02 cleared ok"])
        await after.stop()
        let notices = district.spool.delivered.sorted { $0.sequence < $1.sequence }
        #expect(notices.map(\.department) == ["operators", "operators", "operators"])
        #expect(notices.map(\.serial).allSatisfy { $0.hasPrefix("CN-CAL-2027-") })
        let texts = notices.map { String(decoding: $0.documents[0].bytes, as: UTF8.self) }
        #expect(texts.flatMap(\.unfilledHoles) == [])
        let expected = [
            (0, "事由：工作日历 CN 缺 2027 年的放假安排。"), (0, "日历的安排已知至 2026-11-30，还有 29 天。"),
            (0, "使用该日历的任务：river。"), (0, "Subject: Calendar CN lacks the holidays of 2027."),
            (1, "事由：工作日历 CN 仍缺 2027 年的放假安排。"), (1, "时限：立即。"),
            (2, "事由：工作日历 CN 已有"),
        ]
        for (index, text) in expected { #expect(texts[index].contains(text), "\(texts[index])") }
    }

    @Test func ofACalendarThatCannotBeUsedTheyAreToldAtOnce() async throws {
        var district = try Self.district()
        district.files.settings["calendars/CN.csv"]?.replace("2026-10-10,", with: "2026-10-32,")
        let engine = try await district.engine()
        #expect(try await Self.story(engine, "2026-03-01") == ["2026-03-01 raised critical"])
        await engine.stop()
        let text = String(decoding: try #require(district.spool.delivered.first).documents[0].bytes, as: UTF8.self)
        #expect(text.contains("事由：工作日历 CN 的文件有错，不能使用。"), "\(text)")
        #expect(text.unfilledHoles == [])
    }
}
