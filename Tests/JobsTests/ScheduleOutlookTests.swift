// Schedules that never come, seldom come or come too often, and zones that nobody can be sure of.

import Almanac
import Diagnostics
import Jobs
import TestKit
import Testing

@Suite struct ScheduleOutlookTests {
    private static func read(on event: String) throws -> Configuration {
        var files = SettingsFiles.district
        files.jobs["river.yaml"] = try #require(files.jobs["river.yaml"]).replacing("\"*-*-05 09:00\"", with: event)
        return try files.read()
    }

    private static let now = "2024-03-05T00:00:00Z"

    @Test(
        arguments: [
            ("\"*-02-30 09:00\"", "this schedule never elapses"),
            ("\"2023-02-29 09:00\"", "this schedule never elapses"),
            ("[\"*-04-31\", \"*-06-31\"]", "this schedule never elapses"),
        ]
    )
    func `a schedule that can never elapse breaks its job`(event: String, problem: String) throws {
        let configuration = try Self.read(on: event)
        #expect(configuration.problems.map(\.problem) == [problem])
        #expect(configuration.problems.first?.position == Position(file: "river.yaml", line: 6, column: 7))
        #expect(configuration.job(named: "river") == nil)
    }

    @Test(
        arguments: [
            ("\"2024-03-04 09:00\"", "the last time of this schedule has passed, so the job never runs by itself", nil),
            ("\"2024-06-01 09:00\"", "this schedule elapses less than once in ten years", "its only day is 2024-06-01"),
            (
                "\"Mon *-02-29\"", "this schedule elapses less than once in ten years",
                "its next days are 2044-02-29 and 2072-02-29"
            ),
            ("\"2024..2030-12-31\"", nil, nil), ("\"*-02-29\"", nil, nil), ("\"*-*-05 09:00\"", nil, nil),
        ] as [(String, String?, String?)]
    )
    func `a schedule that comes seldom or not any more is a warning`(
        event: String,
        problem: String?,
        remedy: String?
    ) throws {
        let configuration = try Self.read(on: event)
        #expect(configuration.problems == [])
        let problems = configuration.scheduleProblems(from: try Instant(rfc3339: Self.now))
        #expect(problems.map(\.problem) == [problem].compactMap(\.self))
        #expect(problems.allSatisfy { $0.severity == .warning && $0.key == "schedule.on" })
        #expect(problems.allSatisfy { $0.position == Position(file: "river.yaml", line: 6, column: 7) })
        if let remedy { #expect(problems.first?.remedy == remedy) }
    }

    @Test(
        arguments: [
            ("\"*:*\"", false), ("\"*:*:00\"", false), ("\"*:*:0/30\"", true), ("\"*:*:*\"", true),
            ("\"9:0:*\"", false), ("[\"*:*\", \"12:00\"]", true), ("\"*:*:0.5/0.000001\"", true),
        ]
    )
    func `more than one run a minute is a warning`(event: String, isTooOften: Bool) throws {
        let configuration = try Self.read(on: event)
        #expect(configuration.problems.map(\.severity) == (isTooOften ? [.warning] : []))
        #expect(configuration.job(named: "river") != nil)
        guard isTooOften else { return }
        #expect(configuration.problems.first?.expected == "at most 1440 times a day, which is once a minute")
        #expect(configuration.problems.first?.position == Position(file: "river.yaml", line: 6, column: 7))
    }

    private static let refusals = [
        ("CEST", "write Europe/Berlin or a city nearer by"), ("cest", "write Europe/Berlin or a city nearer by"),
        ("CET", "write Europe/Berlin or a city nearer by"), ("CST", "write Asia/Shanghai or America/Chicago"),
        ("BJT", "write Asia/Shanghai"), ("EST", "write America/New_York"), ("SGT", "write Asia/Singapore"),
        ("UTC+8", "write Asia/Shanghai"), ("GMT+08:00", "write Asia/Shanghai"),
        ("UTC-5", "write the name of the zone that has it"), ("+08:00", "write Asia/Shanghai"),
    ]

    @Test(arguments: refusals)
    func `an abbreviation is refused with the names that could be meant`(name: String, remedy: String) throws {
        let job = try #require(try Self.read(on: "\"*-*-05 09:00 \(name)\"").problems.first)
        #expect(job.found == name)
        #expect(job.remedy == remedy)
        #expect(job.position == Position(file: "river.yaml", line: 6, column: 7))
        var files = SettingsFiles.district
        files.settings["dutyd.yaml"] = files.settings["dutyd.yaml"]?.replacing("zone: UTC", with: "zone: \(name)")
        let settings = try #require(throws: Diagnostic.self) { _ = try files.read() }
        #expect(settings.found == name)
        #expect(settings.remedy == remedy)
        #expect(settings.position == Position(file: "dutyd.yaml", line: 2, column: 7))
    }

    @Test func `an unknown zone is refused with what the database says of it`() throws {
        let problem = try #require(try Self.read(on: "\"09:00 Asia/Shanghia\"").problems.first)
        #expect(problem.problem == "not a calendar event: unknown time zone at character 7")
        #expect(problem.found == "Asia/Shanghia")
    }
}
