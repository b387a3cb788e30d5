// The words of return slips as files, and what is said about what they lack.

import Alerts
import Diagnostics
import Jobs
import Records
import TestKit
import Testing

@Suite struct SlipWordsTests {
    private static let path = "words/zh-CN/slip.yaml"

    /// The district's settings with the words of Chinese slips changed.
    private static func read(_ change: (String) -> String) throws -> Configuration {
        var files = SettingsFiles.district
        let text = try #require(files.settings[path])
        let changed = change(text)
        try #require(changed != text)
        files.settings[path] = changed
        return try files.read()
    }

    private static let names =
        Slip.Outcome.allCases.flatMap { [("summary", $0.rawValue), ("action", $0.rawValue)] }
        + Reject.Reason.allCases.map { ("reasons", $0.rawValue) }
        + ColumnType.allCases.map { ("accepted", $0.rawValue) }

    @Test(arguments: names)
    func `a sentence that is missing is named with file, section and key, and costs itself`(
        section: String,
        name: String
    ) throws {
        let configuration = try Self.read { text in
            var current = ""
            return text.split(separator: "\n").filter { line in
                if !line.hasPrefix(" ") { current = String(line.dropLast()) }
                return current != section || !line.hasPrefix("  \(name):")
            }.joined(separator: "\n")
        }
        #expect(configuration.problems.map(\.problem) == ["the key \"\(name)\" is missing"])
        let problem = try #require(configuration.problems.first)
        #expect(problem.severity == .error)
        #expect(problem.key == section)
        #expect(problem.position?.file == Self.path)
        #expect(problem.position?.line != nil)
        let words = try #require(configuration.words.first?.slip)
        let present = words.summaries.count + words.actions.count + words.reasons.count + words.accepted.count
        #expect(present == Self.names.count - 1)
        #expect(configuration.jobs.map(\.name) == ["river"])
    }

    @Test(arguments: ["slip.txt", "slip.yaml"])
    func `a file that is missing is named`(name: String) throws {
        var files = SettingsFiles.district
        files.settings["words/zh-CN/\(name)"] = nil
        let configuration = try files.read()
        #expect(configuration.problems.map(\.position) == [Position(file: "words/zh-CN/\(name)")])
        #expect(configuration.problems.allSatisfy { $0.severity == .error && $0.remedy != nil })
        // Notices are written all the same, and slips in the other language.
        #expect(configuration.words.map { $0.slip != nil } == [false, true])
        #expect(configuration.jobs.map(\.name) == ["river"])
    }

    @Test(arguments: ["summary", "action", "reasons", "accepted"])
    func `a section that is missing is named`(section: String) throws {
        let configuration = try Self.read { $0.replacing("\(section):\n", with: "other-\(section):\n") }
        #expect(
            Set(configuration.problems.map(\.problem)) == ["the key \"\(section)\" is missing", "unknown key"]
        )
        #expect(configuration.problems.allSatisfy { $0.position?.file == Self.path })
    }

    @Test func `a sentence for a reason that there is not is named`() throws {
        let configuration = try Self.read { $0.replacing("reasons:\n", with: "reasons:\n  notANumbr: x\n") }
        #expect(configuration.problems.map(\.found) == ["notANumbr"])
        #expect(configuration.problems.first?.remedy == "did you mean \"notANumber\"?")
    }

    @Test func `a sentence that is not well formed is named with its place`() throws {
        let configuration = try Self.read { $0.replacing("\"notADate\"", with: "\"{?value}{value\"") }
        let problem = try #require(configuration.problems.first)
        #expect(problem.key == "reasons.notADate")
        #expect(problem.found == "{value")
        #expect(problem.position?.line != nil)
    }

    @Test func `a layout that is not well formed is named`() throws {
        var files = SettingsFiles.district
        files.settings["words/en/slip.txt"] = "{?isFine}fine"
        let configuration = try files.read()
        #expect(configuration.problems.map(\.position?.file) == ["words/en/slip.txt"])
        #expect(configuration.words.map { $0.slip != nil } == [true, false])
    }

    @Test func `what is shipped has no complaints`() throws {
        let configuration = try Configuration.shipped()
        #expect(configuration.problems == [])
        #expect(configuration.words.map(\.language) == ["zh-CN", "en"])
        #expect(configuration.words.allSatisfy { $0.slip != nil })
        #expect(configuration.feeds.count >= 7 && configuration.jobs.count >= 3)
    }
}
