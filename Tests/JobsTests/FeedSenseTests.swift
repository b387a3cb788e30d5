// Settings of a feed that can be read and cannot be meant.

import Diagnostics
import Jobs
import TestKit
import Testing

@Suite struct FeedSenseTests {
    struct Nonsense: Sendable, CustomTestStringConvertible {
        let piece: String
        let replacement: String
        let message: String

        init(_ piece: String, _ replacement: String, _ message: String) {
            self.piece = piece
            self.replacement = replacement
            self.message = message
        }

        var testDescription: String { replacement }
    }

    private static let keyTypes = "expected columns of the types text, code, integer, date, expiry, month, flag"

    @Test(
        arguments: [
            Nonsense(
                "key: [code, month]",
                "key: [code, TP]",
                "feeds/water-measurements.yaml:39:13: error: key: a measured value does not say what a row speaks of, so no correction would ever be known as one"
            ),
            Nonsense(
                "key: [code, month]",
                "key: [code, month, code]",
                "feeds/water-measurements.yaml:39:20: error: key: the column stands twice in the key"
            ),
            Nonsense(
                "river:     {type: text, use: required",
                "river:     {type: text, unit: mg/L, use: required",
                "feeds/water-measurements.yaml:56:33: error: columns.river.unit: only numbers have a unit"
            ),
            Nonsense(
                "DO:    {type: measurement,",
                "DO:    {type: measurement, fill-down: yes,",
                "feeds/water-measurements.yaml:74:41: error: columns.DO.fill-down: a value that was not measured would be taken from the row above"
            ),
            Nonsense(
                "names: [river, section]\n    register: river-sections",
                "names: [code, section]\n    register: river-sections",
                "feeds/water-measurements.yaml:25:3: error: identity[1].names: a column cannot be the code and the name beside it"
            ),
            Nonsense(
                "identity:\n",
                "identity:\n  - {code: code, register: river-sections, register-code: code}\n",
                "feeds/water-measurements.yaml:25:3: error: identity[2].code: this code already says of another subject"
            ),
        ]
    )
    func `what cannot be meant is named with what may be written`(nonsense: Nonsense) throws {
        var files = try SettingsFiles.shipped()
        let path = "feeds/water-measurements.yaml"
        let text = try #require(files.settings[path])
        let changed = text.replacing(nonsense.piece, with: nonsense.replacement, maxReplacements: 1)
        try #require(changed != text, "the feed has no \(nonsense.piece)")
        files.settings[path] = changed
        let configuration = try files.read()
        let problem = try #require(configuration.problems.first)
        #expect(configuration.problems.count == 1, "\(configuration.problems)")
        #expect(problem.description.hasPrefix(nonsense.message), "\(problem)")
        #expect(configuration.feeds["water-measurements"] == nil)
    }

    @Test func `a key says which columns it may have`() throws {
        var files = SettingsFiles.district
        files.settings["feeds/water.yaml"]?.append("\nkey: [river, DO]\n")
        let problem = try #require(try files.read().problems.first)
        #expect(problem.found == "DO (decimal)")
        #expect("expected \(problem.expected ?? "")" == Self.keyTypes)
        #expect(problem.remedy == "name what stays the same when a row is corrected, such as a code and a month")
    }

    @Test func `a feed without a column that is read is named`() throws {
        var files = SettingsFiles.district
        files.settings["feeds/empty.yaml"] = """
            feed: empty
            title: {zh: 空, en: Empty}
            source: register
            columns: {}
            """
        #expect(try files.read().problems.map(\.problem) == ["no column is ever read"])
    }
}
