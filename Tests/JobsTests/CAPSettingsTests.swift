// What the settings say of messages of the Common Alerting Protocol, and what is said of it when they are wrong.

import Alerts
import Diagnostics
import Jobs
import TestKit
import Testing

@Suite struct CAPSettingsTests {
    private static func shipped(_ path: String, _ piece: String, _ replacement: String) throws -> Configuration {
        var files = try SettingsFiles.shipped()
        let text = try #require(files.settings[path])
        let changed = text.replacing(piece, with: replacement)
        try #require(changed != text, "\(path) has no \(piece)")
        files.settings[path] = changed
        return try files.read()
    }

    @Test func whatIsShippedIsSound() throws {
        let configuration = try Configuration.shipped()
        let profile = try #require(configuration.cap)
        #expect(configuration.errors == [])
        #expect(profile.violations == [])
        #expect(profile.sender == "dutyd@310105.invalid")
        #expect(profile.division == "310105")
        #expect(configuration.words.map { $0.cap?.tag } == ["zh-CN", "en-US"])
        #expect(configuration.jobs.allSatisfy { !$0.isExercise })
    }

    @Test(
        "a slip is named with its place and its remedy",
        arguments: [
            ("cap.yaml", "[Env]", "[env]", "did you mean \"Env\"?"),
            (
                "cap.yaml", "certainty: Observed, response: [Execute]", "certainty: Very Likely, response: [Execute]",
                "Very Likely"
            ),
            ("cap.yaml", "  stock: {", "  stocks: {", "did you mean \"stock\"?"),
            ("cap.yaml", "life: 30 days", "life: 400 days", "at most 366 days"),
            (
                "cap.yaml", "# web: https://duty.example.org/", "web: duty.example.org",
                "web: this address leads nowhere"
            ),
            ("cap.yaml", "# polygons: [\"31.24,121.33", "polygons: [\"31.25,121.33", "polygon-form: "),
            ("cap.yaml", "# contact: 021-00000000", "contact: <a>021</a>", "markup: "),
            (
                "dutyd.yaml", "# cap-sender: dutyd@example.org", "cap-sender: \"dutyd, Changning\"",
                "cannot name the sender"
            ),
            ("dutyd.yaml", "division: 310105", "division: 31010", "six digits of GB/T 2260"),
            ("dutyd.yaml", "code: CN", "code: C,N", "cannot begin a serial number"),
            ("words/en/cap.yaml", "language: en-US", "language: en_US", "no tag of a language"),
            ("words/en/cap.yaml", "{slip}", "{slipp}", "no fact has this name"),
            ("words/en/cap.yaml", "sender:", "senders:", "sender"),
        ]
    )
    func slips(path: String, piece: String, replacement: String, expected: String) throws {
        let problems: [Diagnostic]
        do {
            problems = try Self.shipped(path, piece, replacement).errors
        } catch let problem as Diagnostic {
            problems = [problem]
        }
        #expect(problems.contains { $0.position?.file == path && $0.description.contains(expected) })
        #expect(problems.allSatisfy { $0.position?.file == path })
    }

    @Test func sendersAndPlacesAreTheDistrictsOwn() throws {
        let sender = try Self.shipped("dutyd.yaml", "# cap-sender: dutyd@example.org", "cap-sender: duty@example.org")
        #expect(sender.cap?.sender == "duty@example.org")
        let code = try Self.shipped("dutyd.yaml", "  division: 310105\n", "")
        #expect(code.cap?.sender == "dutyd@cn.invalid")
    }

    @Test func whoWantsMessagesHasToHaveTheirFiles() throws {
        var files = SettingsFiles.district
        #expect(try files.read().errors == [])
        files.settings["departments.yaml"]?.replace("formats: [json]", with: "formats: [json, cap]")
        let errors = try files.read().errors
        #expect(errors.map { $0.position?.file } == Array(repeating: "departments.yaml", count: 3))
        #expect(errors.allSatisfy { $0.description.contains("cap.yaml") })
        #expect(try files.read().departments.first { $0.name == "office" }?.formats == [.json, .cap])
        #expect(try files.read().departments.first { $0.name == "water" }?.formats == [.text, .json])
    }

    @Test func aJobCanBeAnExercise() throws {
        var files = SettingsFiles.district
        files.jobs["river.yaml"]?.append("\nexercise: true\n")
        #expect(try files.read().job(named: "river")?.isExercise == true)
        files.jobs["river.yaml"]?.replace("exercise: true", with: "exercise: perhaps")
        #expect(try files.read().errors.contains { $0.key == "exercise" })
    }
}
