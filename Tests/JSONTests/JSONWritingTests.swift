// The one JSON writer, read back by another program's parser.

import Foundation
import JSON
import TestKit
import Testing

@Suite struct JSONWritingTests {
    private static let document: JSONValue = .object([
        "name": "彭越浦 \"汶水路桥\"", "count": 3, "good": true, "none": .null, "absent": nil,
        "list": .array([1, "two", .array([]), .object([JSONValue.Member]())]), "half": .double(0.5),
    ])

    @Test func oneLineForScripts() {
        #expect(
            Self.document.text(.line)
                == #"{"name":"彭越浦 \"汶水路桥\"","count":3,"good":true,"none":null,"list":[1,"two",[],{}],"half":0.5}"#
        )
    }

    @Test func indentedForPeople() {
        #expect(
            JSONValue.object(["a": .array([1, 2]), "b": .object([JSONValue.Member]())]).text(.indented) == """
                {
                  "a": [
                    1,
                    2
                  ],
                  "b": {}
                }
                """
        )
    }

    @Test(
        "every text survives, and never breaks a line",
        arguments: [
            "", "\"", "\\", "/", "\n\r\t", "\u{0}\u{1F}\u{7F}", "\u{2028}\u{2029}", "𝄞 氨氮", "\u{8}\u{C}",
        ]
    )
    func textsSurvive(text: String) throws {
        let line = JSONValue.object(["text": .string(text)]).text(.line)
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x2028 || $0.value == 0x2029 })
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        // Compared by code points: equal characters may differ in them.
        #expect(object["text"].map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }

    @Test(
        "numbers keep their value",
        arguments: [
            (.integer(.min), "-9223372036854775808"), (.integer(0), "0"), (.double(1e300), "1e+300"),
            (.double(-0.25), "-0.25"), (.double(.infinity), "null"), (.double(.nan), "null"),
        ] as [(JSONValue, String)]
    )
    func numbers(value: JSONValue, text: String) {
        #expect(value.text(.line) == text)
    }

    @Test func codersCarryFreeForms() throws {
        let data = try JSONEncoder().encode(Self.document)
        let decoded = try JSONDecoder().decode(JSONValue.self, from: data)
        #expect(decoded["name"]?.text == "彭越浦 \"汶水路桥\"")
        #expect(decoded["count"] == 3)
        #expect(decoded["good"] == true)
        #expect(decoded["none"] == .null)
        #expect(decoded["half"] == .double(0.5))
        #expect(decoded["list"] == .array([1, "two", .array([]), .object([JSONValue.Member]())]))
        #expect(decoded["absent"] == nil)
    }
}
