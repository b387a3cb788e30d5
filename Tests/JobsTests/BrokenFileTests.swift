// What a broken file costs: one message at the cause, with the jobs that hang on it.

import Diagnostics
import Jobs
import TestKit
import Testing

@Suite struct BrokenFileTests {
    /// The shipped configuration with one piece of one file replaced.
    private static func read(_ file: String, _ piece: String, _ replacement: String) throws -> Configuration {
        var files = try SettingsFiles.shipped()
        let text = try #require(files.settings[file])
        let changed = text.replacing(piece, with: replacement)
        try #require(changed != text, "\(file) has no \(piece)")
        files.settings[file] = changed
        return try files.read()
    }

    struct Slip: Sendable, CustomTestStringConvertible {
        let file: String
        let piece: String
        let replacement: String
        let message: String
        let broken: Set<String>

        var testDescription: String { "\(file) \(replacement)" }
    }

    private static let water: Set<String> = ["river-sections", "submission-water-measurements"]
    private static let stock: Set<String> = stockJobs.union(["submission-stock-lots"])
    private static let stockJobs: Set<String> = [
        "grain-reserve", "medical-stock", "medical-supplies", "pharmacy-supply", "vaccine-stock",
    ]

    @Test(
        arguments: [
            Slip(
                file: "feeds/water-measurements.yaml",
                piece: "month:     {type: month",
                replacement: "month:     {type: mouth",
                message:
                    "columns.month.type: unknown value; the jobs river-sections, submission-water-measurements are not used: found \"mouth\"",
                broken: water
            ),
            Slip(
                file: "feeds/water-measurements.yaml",
                piece: "source: inbox",
                replacement: "source: inbx",
                message:
                    "source: unknown value; the jobs river-sections, submission-water-measurements are not used: found \"inbx\"",
                broken: water
            ),
            // A register that many hang on.
            Slip(
                file: "feeds/stock-policies.yaml",
                piece: "minimum:   {type: decimal",
                replacement: "minimum:   {type: number",
                message:
                    "columns.minimum.type: unknown value; the jobs grain-reserve, medical-stock, medical-supplies, pharmacy-supply, submission-stock-lots, vaccine-stock are not used: found \"number\"",
                broken: stock
            ),
            Slip(
                file: "feeds/site-aliases.yaml",
                piece: "feed: site-aliases",
                replacement: "feed: site-alias",
                message:
                    "feed: the feed's name and its file's name differ; the jobs grain-reserve, medical-stock, medical-supplies, pharmacy-supply, submission-stock-lots, vaccine-stock are not used: found \"site-alias\"",
                broken: stock
            ),
            Slip(
                file: "feeds/drill-rules.yaml",
                piece: "feed: drill-rules",
                replacement: "\tfeed: drill-rules",
                message: "a tab stands in the indentation; the jobs emergency-drills, inspections are not used: found ",
                broken: ["emergency-drills", "inspections"]
            ),
            Slip(
                file: "standards/GB3838-2002.yaml",
                piece: "valid-from: 2002-06-01",
                replacement: "valid-from: 2002-06-31",
                message: "valid-from: this is no date; the job river-sections is not used: found \"2002-06-31\"",
                broken: ["river-sections"]
            ),
            Slip(
                file: "words/en/stock.yaml",
                piece: "availability:",
                replacement: "\tavailability:",
                message:
                    "a tab stands in the indentation; the jobs grain-reserve, medical-stock, medical-supplies, pharmacy-supply, vaccine-stock are not used: found \"\\t\"",
                broken: stockJobs
            ),
            Slip(
                file: "departments.yaml",
                piece: "ecology-environment:",
                replacement: "\tecology-environment:",
                message:
                    "a tab stands in the indentation; the jobs cold-chain, deadlines, emergency-drills, ",
                broken: []
            ),
        ]
    )
    func `a broken file is named once, with the jobs that hang on it`(slip: Slip) throws {
        let configuration = try Self.read(slip.file, slip.piece, slip.replacement)
        let problem = try #require(configuration.problems.first)
        #expect(configuration.problems.count == 1, "\(configuration.problems)")
        #expect(problem.message.hasPrefix(slip.message), "\(problem)")
        #expect(problem.position?.file == slip.file)
        let all = Set(try Configuration.shipped().jobs.map(\.name))
        // Without a department no job is left that goes by a calendar, so none is made that watches calendars, nor one
        // that watches the spool.
        let made: Set = ["calendar-coverage", "delivery"]
        let broken = slip.file == "departments.yaml" ? all.subtracting(made) : slip.broken
        #expect(Set(configuration.brokenJobs.keys) == broken)
        // Whoever asks for one of the jobs hears the cause.
        #expect(configuration.brokenJobs.values.allSatisfy { $0 == [problem] })
        #expect(configuration.jobs.count + broken.count == all.count - (broken == slip.broken ? 0 : made.count))
    }

    @Test func `of many jobs that hang on a file the first ones are named`() throws {
        var files = SettingsFiles.district
        let text = try #require(files.jobs["river.yaml"])
        files.jobs["river.yaml"] = nil
        for number in 10..<40 {
            files.jobs["river-\(number).yaml"] = text.replacing("job: river", with: "job: river-\(number)")
        }
        files.settings["standards/GB3838-2002.yaml"] = "standard: [GB3838-2002"
        let configuration = try files.read()
        #expect(configuration.brokenJobs.count == 30)
        let problem = try #require(configuration.problems.first?.problem)
        #expect(problem.contains("; the jobs river-10, river-11,"), "\(problem)")
        #expect(problem.hasSuffix("river-29 and 10 more are not used"), "\(problem)")
    }

    @Test func `what is wrong with the job itself is said beside the cause`() throws {
        var files = SettingsFiles.district
        files.settings["feeds/water.yaml"] = "feed: [water"
        files.jobs["river.yaml"] = files.jobs["river.yaml"]?.replacing("serial: RIV", with: "serial: river")
        let configuration = try files.read()
        #expect(configuration.problems.map { $0.position?.file } == ["feeds/water.yaml", "river.yaml"])
        #expect(configuration.brokenJobs["river"]?.map { $0.position?.file } == ["river.yaml", "feeds/water.yaml"])
    }

    @Test func `a feed that nobody declared is still a slip of the job`() throws {
        var files = SettingsFiles.district
        files.settings["feeds/water.yaml"] = nil
        let configuration = try files.read()
        #expect(configuration.problems.map(\.problem) == ["unknown feed"])
        #expect(configuration.problems.first?.position?.file == "river.yaml")
    }
}
