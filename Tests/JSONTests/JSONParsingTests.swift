// What is accepted as JSON, what is refused, and that neither takes long or crashes.

import Foundation
import JSON
import TestKit
import Testing

@Suite struct JSONParsingTests {
    @Test(
        arguments: [
            ("null", JSONValue.null), (" true ", true), ("-0", 0), ("9223372036854775807", .integer(.max)),
            ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("1.5e3", .double(1500)),
            ("1E-2", .double(0.01)),
            ("\"\"", ""), (#""a\"\\\/\b\f\n\r\t\u6cb3\uD83D\uDE00河""#, "a\"\\/\u{8}\u{C}\n\r\t河😀河"),
            ("[]", .array([])), ("[1, [2]]", .array([1, .array([2])])),
            (#"{"b":1,"a":{}}"#, .object(["b": 1, "a": .object([])])),
        ]
    )
    func documentsAreRead(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
    }

    @Test(
        arguments: [
            "", " ", "nul", "tru e", "01", "-", "1.", ".5", "1e", "+1", "1e999", "NaN", "\"", "\"\\", "\"\\x\"",
            "\"\\u12\"", "\"\\u+123\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\u{1}\"", "[", "[1",
            "[1,]", "[,]", "{", "{\"a\"}", "{\"a\":1,}", "{a:1}", "{\"a\":1 \"b\":2}", "{\"a\":1,\"a\":2}", "1 2",
            "[]]",
            "\u{FEFF}1", "// c\n1",
        ]
    )
    func whatIsNoJSONIsRefused(text: String) {
        #expect(throws: JSONSyntaxError.self) { _ = try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test func invalidUTF8IsRefused() {
        #expect(throws: JSONSyntaxError.self) { _ = try JSONValue(parsing: [0x22, 0xBA, 0xD3, 0x22]) }
    }

    @Test func depthIsBounded() throws {
        let nested = { (depth: Int) in
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSONValue(parsing: nested(64))
        let error = #expect(throws: JSONSyntaxError.self) { _ = try JSONValue(parsing: nested(65)) }
        #expect(error?.offset == 64)
        #expect(throws: JSONSyntaxError.self) { _ = try JSONValue(parsing: [UInt8](repeating: 0x5B, count: 1_000_000)) }
    }

    @Test func whatTheWriterWritesIsReadBack() throws {
        let value = JSONValue.object([
            "text": "a\u{0}\u{7F}\u{2028}\"\\河", "numbers": .array([.integer(.min), .double(-0.1), .double(1e300)]),
            "nothing": .null, "flag": false, "empty": .object([]),
        ])
        #expect(try JSONValue(parsing: Array(value.text(.line).utf8)) == value)
        #expect(try JSONValue(parsing: Array(value.text(.indented).utf8)) == value)
    }

    /// Whatever Foundation accepts of mutated documents, we read alike; the rest must not crash.
    @Test func mutatedDocumentsAgreeWithFoundation() throws {
        var generator = SystemRandomNumberGenerator()
        let seed = Array(#"{"method":"a.b.C","parameters":{"n":[1,-2.5,true,null,"\u00e9x"]},"more":false}"#.utf8)
        let letters = Array(#"{}[]",:0123456789.eE+-\utrfn "#.utf8)
        for _ in 0..<20_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = letters.randomElement(using: &generator) ?? 0
                case 1: bytes.remove(at: index)
                default: bytes.insert(letters.randomElement(using: &generator) ?? 0, at: index)
                }
            }
            let theirs = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
            guard let ours = try? JSONValue(parsing: bytes) else { continue }
            let accepted = String(decoding: bytes, as: UTF8.self)
            // Through our writer and Foundation again, since Foundation forgets the order of members.
            let again = try JSONDecoder().decode(JSONValue.self, from: Data(ours.text(.line).utf8))
            #expect(theirs == again, "we read otherwise than Foundation: \(accepted)")
        }
    }
}
