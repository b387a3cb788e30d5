// Settings and jobs as people write them, and what is said about their slips.

import Alerts
import Almanac
import Diagnostics
import Jobs
import Scheduling
import TestKit
import Testing

@Suite struct ConfigurationTests {
    /// The district's job with one piece replaced.
    private static func job(_ piece: String, _ replacement: String) throws -> Configuration {
        var files = SettingsFiles.district
        let text = try #require(files.jobs["river.yaml"])
        let changed = text.replacing(piece, with: replacement)
        try #require(changed != text, "the job has no \(piece)")
        files.jobs["river.yaml"] = changed
        return try files.read()
    }

    /// The district's settings with one piece of one file replaced.
    private static func settings(_ path: String, _ piece: String, _ replacement: String) throws -> Configuration {
        var files = SettingsFiles.district
        let text = try #require(files.settings[path])
        let changed = text.replacing(piece, with: replacement)
        try #require(changed != text, "\(path) has no \(piece)")
        files.settings[path] = changed
        return try files.read()
    }

    @Test func aWellFormedConfigurationHasNoComplaints() throws {
        let configuration = try SettingsFiles.district.read()
        #expect(configuration.problems == [])
        let job = try #require(configuration.job(named: "river"))
        #expect(job.title == Title(zh: "断面核查", en: "Sections"))
        #expect(job.period == .previousMonth)
        #expect(job.feeds == ["sections": "sections", "measurements": "water"])
        #expect(job.recipients.to == ["water"])
        #expect(job.recipients.cc == ["office"])
        #expect(job.commitments == ["C060"])
        #expect(configuration.departments.first { $0.name == "office" }?.formats == [.json])
        #expect(configuration.departments.first { $0.name == "water" }?.formats == [.text, .json])
        #expect(configuration.settings.districtCode == "CN")
    }

    @Test(
        "a slip in a job is named with its place, what stood there and what was meant",
        arguments: [
            Slip("serial: RIV", "serail: RIV", at: (3, 1), found: "serail", remedy: "did you mean \"serial\"?"),
            Slip("to: [water]", "to: [watr]", at: (11, 15), found: "watr", remedy: "did you mean \"water\"?"),
            Slip("cc: [office]", "cc: [offcie]", at: (11, 28), found: "offcie", remedy: "did you mean \"office\"?"),
            Slip(
                "measurements: water",
                "measurements: watre",
                at: (9, 43),
                found: "watre",
                remedy: "did you mean \"water\"?"
            ),
            Slip(
                "GB3838-2002",
                "GB3838-2020",
                at: (10, 40),
                found: "GB3838-2020",
                remedy: "did you mean \"GB3838-2002\"?"
            ),
            Slip(
                "section-compliance",
                "section-complience",
                at: (10, 8),
                found: "section-complience",
                remedy: "did you mean \"section-compliance\"?"
            ),
            Slip(
                "previous-month",
                "previous-mouth",
                at: (8, 9),
                found: "previous-mouth",
                remedy: "did you mean \"previous-month\"?"
            ),
            Slip(
                "alerts: []",
                "alerts: [near-limit]",
                at: (10, 80),
                found: "near-limit",
                remedy: "did you mean \"near_limit\"?"
            ),
            Slip("alerts: []", "near-limit: 9%", at: (10, 83), found: "9%"),
            Slip("alerts: []", "trend-points: [20, 10]", at: (10, 85), found: "20, 10"),
            Slip(
                "mode: assessment",
                "mode: mean",
                at: (10, 59),
                found: "mean",
                expected: "one of assessment, realtime"
            ),
            Slip("\"*-*-05 09:00\"", "\"*-*-05 9 Uhr\"", at: (6, 7)),
            Slip("\"*-*-05 09:00\"", "\"*-13-05 09:00\"", at: (6, 7)),
            Slip(
                "\"*-*-05 09:00\"",
                "\"*-02-30 09:00\"",
                at: (6, 7),
                remedy: "look for a day that its month does not have"
            ),
            Slip("30 days", "30 dyas", at: (7, 22), found: "30 dyas", remedy: "did you mean \"days\"?"),
            Slip("serial: RIV", "serial: river", at: (3, 9), found: "river", expected: "2 to 6 letters A–Z"),
            Slip("job: river", "job: rivers", at: (1, 6), found: "rivers", expected: "river"),
            Slip("to: [water]", "to: []", at: (11, 14), remedy: "name at least one"),
            Slip("on: \"*-*-05 09:00\"", "on: []", at: (6, 7), remedy: "name at least one"),
            Slip("period: previous-month", "period: [month]", at: (8, 9), found: "a list"),
            Slip(
                "catch-up: {latest: 30 days}",
                "catch-up: 30 days",
                at: (7, 13),
                found: "30 days",
                expected: "none, {latest: 30 days} or {all: 30 days}"
            ),
            Slip("title: {zh: 断面核查, en: Sections}", "title: 断面核查", at: (2, 8), found: "断面核查", expected: "key: value"),
        ]
    )
    func slips(slip: Slip) throws {
        let configuration = try Self.job(slip.piece, slip.replacement)
        // The job is out of use, and listed as broken with the reason.
        #expect(configuration.jobs == [])
        let problems = try #require(configuration.brokenJobs["river"])
        #expect(problems == configuration.problems)
        let position = Position(file: "river.yaml", line: slip.line, column: slip.column)
        let problem = try #require(problems.first { $0.position == position }, "\(problems)")
        #expect(problem.severity == .error)
        if let found = slip.found { #expect(problem.found == found) }
        if let expected = slip.expected { #expect(problem.expected == expected) }
        if let remedy = slip.remedy { #expect(problem.remedy == remedy) }
    }

    struct Slip: Sendable, CustomTestStringConvertible {
        let piece: String
        let replacement: String
        let line: Int
        let column: Int
        var found: String?
        var expected: String?
        var remedy: String?

        init(
            _ piece: String,
            _ replacement: String,
            at place: (Int, Int),
            found: String? = nil,
            expected: String? = nil,
            remedy: String? = nil
        ) {
            self.piece = piece
            self.replacement = replacement
            (line, column) = place
            self.found = found
            self.expected = expected
            self.remedy = remedy
        }

        var testDescription: String { replacement }
    }

    @Test(
        "a missing key is named",
        arguments: ["serial: RIV", "period: previous-month"]
    )
    func missingKeys(piece: String) throws {
        let configuration = try Self.job(piece, "")
        let key = try #require(piece.split(separator: ":").first)
        #expect(configuration.problems.map(\.problem) == ["the key \"\(key)\" is missing"])
        #expect(configuration.problems.first?.position?.file == "river.yaml")
    }

    @Test(
        "a key that stands twice is named",
        arguments: [
            "serial: RIV\nserial: MED", "serial: RIV\n\"serial\": MED",
        ]
    )
    func duplicateKeys(replacement: String) throws {
        let configuration = try Self.job("serial: RIV", replacement)
        #expect(configuration.jobs == [])
        let problem = try #require(configuration.problems.first)
        #expect(problem.problem == "a key stands twice")
        #expect(problem.found == "serial")
        #expect(problem.position?.file == "river.yaml")
        #expect(problem.position?.line != nil)
    }

    @Test(
        "keys that only YAML tells apart stop nothing but their file",
        arguments: [
            "1: a\n\"1\": b", "yes: a\n\"yes\": b", "[a]: b\n[c]: d", "{a: b}: c\n{d: e}: f",
        ]
    )
    func strangeKeys(terms: String) throws {
        var files = SettingsFiles.district
        files.settings["words/en/terms.yaml"] = "states:\n" + terms.split(separator: "\n").map { "  \($0)\n" }.joined()
        let configuration = try files.read()
        #expect(configuration.problems.allSatisfy { $0.position?.file == "words/en/terms.yaml" })
        #expect(!configuration.problems.isEmpty)
        #expect(configuration.jobs.map(\.name) == ["river"])
    }

    @Test(
        "YAML that cannot be read is named with its place",
        arguments: [
            ("job: river\ntitle: {zh: 断面核查", 2), ("job: \"river", 1), ("job: a: b", 1),
        ]
    )
    func brokenYAML(text: String, line: Int) throws {
        var files = SettingsFiles.district
        files.jobs["other.yaml"] = text
        let configuration = try files.read()
        // The other job is not touched by it.
        #expect(configuration.jobs.map(\.name) == ["river"])
        let problem = try #require(configuration.brokenJobs["other"]?.first)
        #expect(problem.problem.hasPrefix("this is not readable YAML"))
        #expect(problem.position?.file == "other.yaml")
        #expect((problem.position?.line ?? 0) >= line)
    }

    @Test("a file that holds no job", arguments: ["", "# nothing\n", "- a\n- b\n", "river", "---\na: b\n---\nc: d\n"])
    func noMapping(text: String) throws {
        var files = SettingsFiles.district
        files.jobs["other.yaml"] = text
        let configuration = try files.read()
        #expect(configuration.jobs.map(\.name) == ["river"])
        #expect(configuration.brokenJobs["other"]?.isEmpty == false)
    }

    @Test func whatIsNotUTF8IsSaid() throws {
        let files = SettingsFiles.district
        let settings = files.settings.map { path, text in
            SettingsFile(path: path, displayName: path, bytes: Array(text.utf8))
        }
        // 断面 in GB18030
        let job = SettingsFile(
            path: "river.yaml",
            displayName: "river.yaml",
            bytes: [0x61, 0x3A, 0x20, 0xB6, 0xCF, 0xC3, 0xE6]
        )
        let configuration = try Configuration(settings: settings, jobs: [job], zone: SettingsFiles.zone)
        let problem = try #require(configuration.brokenJobs["river"]?.first)
        #expect(problem.problem == "the file is not UTF-8 text")
        #expect(problem.remedy?.hasPrefix("save it as UTF-8") == true)
        #expect(problem.position?.file == "river.yaml")
    }

    @Test func brokenSettingsOfTheDaemonAreAnError() throws {
        var files = SettingsFiles.district
        files.settings["dutyd.yaml"] =
            "district: {code: CN, zh: 某区, en: A District}\nzone: Asia/Shangri-La\ncontrol: {look: a, act: b}\n"
        let unknown = #expect(throws: Diagnostic.self) { _ = try files.read() }
        #expect(unknown?.found == "Asia/Shangri-La")
        #expect(unknown?.position == Position(file: "dutyd.yaml", line: 2, column: 7))
        files.settings["dutyd.yaml"] = "zone: [UTC"
        #expect(throws: Diagnostic.self) { _ = try files.read() }
        files.settings["dutyd.yaml"] = nil
        let missing = #expect(throws: Diagnostic.self) { _ = try files.read() }
        #expect(missing?.problem == "the daemon's settings are missing")
    }

    @Test(
        "a name that cannot be a folder is refused",
        arguments: [
            "inbox", "Water", "../etc", "a/b", "-x", "水务", "a b", "\"\"",
        ]
    )
    func departmentNames(name: String) throws {
        let configuration = try Self.settings(
            "departments.yaml",
            "office:",
            "\(name): {zh: x, en: x, group: x}\noffice:"
        )
        let problem = try #require(configuration.problems.first)
        #expect(problem.problem == "this name cannot be a folder in the spool")
        #expect(problem.position == Position(file: "departments.yaml", line: 2, column: name.count + 3))
        #expect(configuration.departments.map(\.name) == ["water", "office"])
    }

    @Test func aDepartmentWithoutAnyFormatWouldNeverBeTold() throws {
        let configuration = try Self.settings("departments.yaml", "formats: [json]", "formats: []")
        #expect(configuration.departments.first { $0.name == "office" } == nil)
        #expect(configuration.problems.first?.problem == "the list is empty")
        let unknown = try Self.settings("departments.yaml", "formats: [json]", "formats: [jsn]")
        #expect(unknown.problems.first?.remedy == "did you mean \"json\"?")
    }

    @Test(
        "words that YAML takes for something else are the words that stand there",
        arguments: [
            "no", "on", "yes", "null", "~", "1.0", "0x10", "2024-03-05", "1e3",
        ]
    )
    func yamlTraps(word: String) throws {
        let configuration = try Self.job("title: {zh: 断面核查, en: Sections}", "title: {zh: \(word), en: Sections}")
        #expect(configuration.problems == [])
        #expect(configuration.job(named: "river")?.title.zh == word)
    }

    @Test func aScheduleMayBeAListInSeveralZones() throws {
        let configuration = try Self.job(
            "on: \"*-*-05 09:00\"",
            "on: [\"*-*-05 09:00 Asia/Shanghai\", \"*-*-20 09:00\"]"
        )
        let schedule = try #require(configuration.job(named: "river")?.schedule)
        let first = try #require(schedule.next(after: try Instant(rfc3339: "2024-03-04T00:00:00Z"))?.instant)
        #expect(first == (try Instant(rfc3339: "2024-03-05T09:00:00+08:00")))
        #expect(schedule.next(after: first)?.instant == (try Instant(rfc3339: "2024-03-20T09:00:00Z")))
    }

    @Test(
        "a feed whose file is broken costs the jobs that need it",
        arguments: [
            ("type: month", "type: mouth", "did you mean \"month\"?"),
            ("use: required", "use: requird", "did you mean \"required\"?"),
            ("source: inbox", "source: inbx", "did you mean \"inbox\"?"),
        ]
    )
    func brokenFeeds(piece: String, replacement: String, remedy: String) throws {
        let configuration = try Self.settings("feeds/water.yaml", piece, replacement)
        #expect(configuration.problems.first?.position?.file == "feeds/water.yaml")
        #expect(configuration.problems.first?.remedy == remedy)
        #expect(configuration.brokenJobs["river"] == configuration.problems)
        #expect(configuration.problems.count == 1)
    }

    @Test func aSupplierThatIsNoDepartmentIsNamedAndTheFeedStillWorks() throws {
        let configuration = try Self.settings("feeds/water.yaml", "supplied-by: water", "supplied-by: watr")
        #expect(configuration.problems.map(\.severity) == [.warning])
        #expect(configuration.problems.first?.remedy == "did you mean \"water\"?")
        #expect(configuration.job(named: "river") != nil)
    }

    @Test func aFeedThatCannotPlayItsRoleIsNamed() throws {
        let configuration = try Self.settings("feeds/water.yaml", "month: {type: month", "month: {type: text")
        let problem = try #require(configuration.brokenJobs["river"]?.first)
        #expect(problem.found == "text")
        #expect(problem.expected == "month")
        let without = try Self.settings("feeds/sections.yaml", "  target: {type: text, zh: 目标, en: Target}", "")
        #expect(without.brokenJobs["river"]?.first?.expected == "a column \"target\" of type text")
    }

    @Test func aStandardNeedsALimitForEachClass() throws {
        let configuration = try Self.settings("standards/GB3838-2002.yaml", "[7.5, 6, 5, 3, 2]", "[7.5, 6, 5, 3]")
        #expect(configuration.problems.first?.found == "4")
        #expect(
            configuration.problems.first?.position == Position(file: "standards/GB3838-2002.yaml", line: 22, column: 44)
        )
    }

    @Test func `standards of an unknown kind, and tables of rules that no feed reads, are named`() throws {
        let path = "standards/GB3838-2002.yaml"
        let known = try Self.settings(path, "standard: GB3838-2002", "kind: water-quality\nstandard: GB3838-2002")
        #expect(known.problems == [])
        let unknown = try Self.settings(path, "standard: GB3838-2002", "kind: water-qualty\nstandard: GB3838-2002")
        #expect(unknown.problems.first?.found == "water-qualty")
        #expect(unknown.problems.first?.remedy == "did you mean \"water-quality\"?")
        var files = try SettingsFiles.shipped()
        files.settings["standards/stock-ruls.csv"] = "rule,kind\n"
        let unread = try files.read().problems
        #expect(unread.map(\.found) == ["stock-ruls"])
        #expect(unread.map(\.remedy) == ["did you mean \"stock-rules\"?"])
    }

    @Test func missingWordsAreNamed() throws {
        var files = SettingsFiles.district
        files.settings["words/en/section-compliance.yaml"] = nil
        let configuration = try files.read()
        #expect(
            configuration.problems.map(\.expected)
                == ["a file words/en/section-compliance.yaml beside notice.txt"]
        )
        // A job that could only send empty notices does not run.
        #expect(configuration.jobs.isEmpty)
        #expect(configuration.brokenJobs["river"]?.first?.position?.file == "river.yaml")
        files.settings["words/en/notice.txt"] = nil
        #expect(try files.read().jobs.isEmpty)
    }

    @Test func aTemplateThatIsNotWellFormedIsNamedWithItsPlace() throws {
        let configuration = try Self.settings(
            "words/en/section-compliance.yaml",
            "\"{name} {class}\"",
            "\"{name {class}\""
        )
        let problem = try #require(configuration.problems.first)
        #expect(problem.position?.file == "words/en/section-compliance.yaml")
        #expect(problem.position?.line == 6)
    }
}
