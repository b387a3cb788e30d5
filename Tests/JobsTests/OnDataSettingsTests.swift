// What settings say about the inbox: when a file has settled, and which jobs its reception starts.

import Almanac
import Diagnostics
import Jobs
import TestKit
import Testing

@Suite struct OnDataSettingsTests {
    private static func job(_ schedule: String, feeds: String? = nil) throws -> Configuration {
        var files = SettingsFiles.district
        var text = try #require(files.jobs["river.yaml"])
        text = text.replacing("schedule:\n", with: "schedule:\n  \(schedule)\n")
        if let feeds { text = text.replacing("measurements: water", with: feeds) }
        files.jobs["river.yaml"] = text
        return try files.read()
    }

    @Test(arguments: [("on-data: true", true), ("on-data: false", false), ("catch-up: {latest: 30 days}", false)])
    func aJobRunsOnDataWhenItsScheduleSaysSo(schedule: String, expected: Bool) throws {
        var files = SettingsFiles.district
        let text = try #require(files.jobs["river.yaml"])
        files.jobs["river.yaml"] = text.replacing("catch-up: {latest: 30 days}", with: schedule)
        let configuration = try files.read()
        #expect(configuration.problems == [])
        #expect(configuration.job(named: "river")?.runsOnData == expected)
    }

    @Test func anythingElseIsASlip() throws {
        let problem = try #require(try Self.job("on-data: maybe").problems.first)
        #expect(problem.key == "schedule.on-data")
        #expect(problem.found == "maybe")
        #expect(problem.position?.line == 6)
    }

    @Test func aJobThatNobodyHandsAnythingInForIsDeaf() throws {
        let configuration = try Self.job("on-data: true", feeds: "measurements: sections")
        #expect(configuration.problems.contains { $0.severity == .warning && $0.key == "schedule.on-data" })
    }

    @Test(arguments: [(nil, Int64(120)), ("30 s", 30), ("0 s", 0), ("1 day", 86_400)])
    func filesSettleInSoLong(text: String?, expected: Int64) throws {
        var files = SettingsFiles.district
        if let text { files.settings["dutyd.yaml"]?.append("\nsettle: \(text)\n") }
        let configuration = try files.read()
        #expect(configuration.problems == [])
        #expect(configuration.settings.settle == TimeSpan(seconds: expected))
    }

    @Test(arguments: [(nil, Int64(1_096)), ("1 day", 1), ("52 weeks", 364), ("36600 days", 36_600)])
    func copiesAreKeptForSoManyDays(text: String?, expected: Int64) throws {
        var files = SettingsFiles.district
        if let text { files.settings["dutyd.yaml"]?.append("\nkeep-received: \(text)\n") }
        let configuration = try files.read()
        #expect(configuration.problems == [])
        #expect(configuration.settings.keepReceived == TimeSpan(seconds: expected * 86_400))
    }

    @Test(arguments: ["3 years", "0 days", "12 hours", "36601 days"])
    func aTimeOfKeepingThatIsNoneIsNamed(text: String) throws {
        var files = SettingsFiles.district
        files.settings["dutyd.yaml"]?.append("\nkeep-received: \(text)\n")
        let problem = try #require(try files.read().problems.first)
        #expect(problem.key == "keep-received")
        #expect(problem.found == text)
    }

    @Test(arguments: ["2 days", "soon", "2 months"])
    func aSettlingTimeThatIsNoneIsNamed(text: String) throws {
        var files = SettingsFiles.district
        files.settings["dutyd.yaml"]?.append("\nsettle: \(text)\n")
        let problem = try #require(try files.read().problems.first)
        #expect(problem.key == "settle")
        #expect(problem.found == text)
    }
}
