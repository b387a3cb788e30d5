// A verdict that is written down comes back as it was, with the types of its facts.

import Almanac
import Checks
import JSON
import Records
import Testing

@Suite struct AssessmentRecordTests {
    private static let verdict = Assessment(
        subject: "JA-01",
        name: "彭越浦 \"汶水路桥\"",
        period: .quarter(year: 2024, 3),
        indicator: "class",
        state: .ok,
        sustained: .warning,
        facts: Facts([
            "text": .text("2024-03-05"), "decimal": .decimal(ExactDecimal(coefficient: -1_200, scale: 3)),
            "integer": .integer(.min), "date": .date(CivilMonth(year: 2024, month: 3).lastDay), "flag": .flag(false),
            "texts": .texts(["", "a,b"]), "none": .texts([]),
            "list": .list([Facts(), Facts(["inner": .list([Facts(["deep": .decimal(ExactDecimal(7))])])])]),
        ]),
        gaps: [
            Gap(.coarseDetectionLimit, "Hg"), Gap(.blank, "a b", at: RowReference(file: "x:1.csv", line: 2, column: 3)),
        ],
        source: [RowReference(file: "水质.csv", line: 1)]
    )

    @Test func everythingComesBackThroughText() throws {
        let text = Self.verdict.record.text(.line)
        let back = try #require(Assessment(record: try JSONValue(parsing: Array(text.utf8))))
        #expect(back == Self.verdict)
        // Equal numbers may be written differently; these are not.
        #expect(back.facts.json == Self.verdict.facts.json)
    }

    @Test(arguments: [
        "null", "{}", #"{"subject":"A"}"#,
        #"{"subject":"A","name":"A","period":"2024-02","indicator":"i","state":"bad","facts":[],"gaps":[],"source":[]}"#,
        #"{"subject":"A","name":"A","period":"2024-02","indicator":"i","state":"ok","facts":[["a","decimal","x"]],"gaps":[],"source":[]}"#,
        #"{"subject":"A","name":"A","period":"2024-02","indicator":"i","state":"ok","sustained":"?","facts":[],"gaps":[],"source":[]}"#,
    ])
    func whatIsNoRecordIsRefused(_ text: String) throws {
        #expect(Assessment(record: try JSONValue(parsing: Array(text.utf8))) == nil)
    }
}
