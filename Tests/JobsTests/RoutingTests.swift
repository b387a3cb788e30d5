// What routes.yaml says, and what it gets wrong.

import Alerts
import Checks
import Diagnostics
import Jobs
import TestKit
import Testing

@Suite struct RoutingTests {
    private static func routing(_ text: String, notify: String? = nil) throws -> Configuration {
        var files = SettingsFiles.district
        files.settings["routes.yaml"] = text
        if let notify { files.replaceNotify(notify) }
        return try files.read()
    }

    private static func recipients(_ configuration: Configuration, _ state: Assessment.State) -> Recipients {
        configuration.routing.recipients(
            of: AlertKey(job: "river", subject: "JA-01", indicator: "class"),
            state,
            job: configuration.job(named: "river")
        )
    }

    @Test func withoutTheFileTheJobSaysWhomItTells() throws {
        let configuration = try SettingsFiles.district.read()
        #expect(Self.recipients(configuration, .critical) == Recipients(to: ["water"], cc: ["office"]))
        #expect(configuration.routing.quiet == nil)
    }

    @Test func aRouteBySeveritySendsElsewhere() throws {
        let configuration = try Self.routing(
            """
            routes:
              - {job: "riv*", severity: critical, to: office, cc: []}
            quiet: {daily: 20:00-07:00, rest-days: true, except: critical}
            cases:
              - {job: river, severity: critical, to: office}
              - {job: river, severity: warning, to: water, cc: office}
            """
        )
        #expect(configuration.problems == [])
        #expect(Self.recipients(configuration, .critical) == Recipients(to: ["office"]))
        #expect(Self.recipients(configuration, .warning) == Recipients(to: ["water"], cc: ["office"]))
        let daily = QuietTime.Daily(start: 72_000_000_000, end: 25_200_000_000)
        #expect(configuration.routing.quiet == QuietTime(daily: daily, restDays: true, except: [.critical]))
    }

    @Test func aCaseThatComesOutOtherwiseIsAnError() throws {
        let configuration = try Self.routing("cases:\n  - {job: river, severity: warning, to: office}\n")
        let problem = try #require(configuration.problems.first)
        #expect(configuration.problems.count == 1)
        #expect(problem.severity == .error)
        #expect(problem.position?.line == 2)
        #expect(problem.found == "to water; cc office")
        #expect(problem.expected == "to office")
    }

    @Test(arguments: [
        ("routes:\n  - {job: river, to: watter}", "routes[1].to", "watter"),
        ("routes:\n  - {jobb: river, to: water}", "routes[1]", "jobb"),
        ("routes:\n  - {severity: bad, to: water}", "routes[1].severity", "bad"),
        ("routes:\n  - {job: river}", "routes[1]", nil), ("routes:\n  - {job: river, to: []}", "routes[1].to", nil),
        ("quiet: {daily: 20-7}", "quiet.daily", "20-7"),
        ("quiet: {daily: 24:00-07:00}", "quiet.daily", "24:00-07:00"),
        ("quiet: {daily: 07:00-07:00}", "quiet.daily", "07:00-07:00"), ("quiet: {rest-days: false}", "quiet", nil),
        ("quiet: {rest-days: true, except: [ok]}", "quiet.except", "ok"),
        ("otherwise: [nobody]", "otherwise", "nobody"),
    ])
    func eachSlipIsNamed(text: String, key: String, found: String?) throws {
        let configuration = try Self.routing(text)
        let problem = try #require(configuration.problems.first { $0.severity == .error })
        #expect(problem.position?.file == "routes.yaml")
        #expect(problem.key == key)
        #expect(problem.found == found)
        #expect(Self.recipients(configuration, .warning) == Recipients(to: ["water"], cc: ["office"]))
    }

    @Test(arguments: ["routes:\n  - {job: rivers, to: water}", "cases:\n  - {job: rivers, severity: warning}"])
    func whatIsSaidOfNoJobIsAWarning(text: String) throws {
        let configuration = try Self.routing(text)
        let problem = try #require(configuration.problems.first)
        #expect(problem.severity == .warning)
        #expect(problem.remedy == "did you mean \"river\"?")
    }

    @Test func whoeverIsNamedOtherwiseGetsWhatNobodyGets() throws {
        let configuration = try Self.routing("otherwise: office", notify: "")
        #expect(configuration.problems == [])
        #expect(Self.recipients(configuration, .warning) == Recipients(to: ["office"]))
    }

    @Test func whatWouldBeToldToNobodyIsAnError() throws {
        var files = SettingsFiles.district
        files.replaceNotify("")
        let problem = try #require(try files.read().problems.first)
        #expect(problem.severity == .error)
        #expect(problem.position?.file == "river.yaml")
        #expect(problem.key == "notify.to")
    }

    @Test func theShippedRoutesAreRight() throws {
        let configuration = try Configuration.shipped()
        #expect(configuration.problems.filter { $0.position?.file.hasSuffix("routes.yaml") ?? false } == [])
        #expect(configuration.routing.routes.otherwise == ["operators"])
    }
}

extension SettingsFiles {
    /// Writes another line in the place of the job's rule whom to tell.
    fileprivate mutating func replaceNotify(_ line: String) {
        jobs["river.yaml"] = jobs["river.yaml"]?.replacing("notify: {to: [water], cc: [office]}", with: line)
    }
}
