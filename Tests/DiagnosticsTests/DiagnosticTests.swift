// Messages about input: what they say, where, and what was probably meant.

import Diagnostics
import Testing

@Suite struct DiagnosticTests {
    @Test func aMessageSaysWhereWhatAndHowToMend() {
        let diagnostic = Diagnostic(
            "unknown department",
            at: Position(file: "river.yaml", line: 12, column: 8),
            key: "notify.to",
            found: "water-affair",
            expected: "a department of departments.yaml",
            remedy: "did you mean \"water-affairs\"?"
        )
        #expect(
            diagnostic.description == """
                river.yaml:12:8: error: notify.to: unknown department: found "water-affair", \
                expected a department of departments.yaml; did you mean "water-affairs"?
                """
        )
    }

    @Test(
        "what is not known is left out",
        arguments: [
            (Diagnostic("it is empty"), "error: it is empty"),
            (Diagnostic("it is odd", severity: .warning, at: Position(file: "a.csv")), "a.csv: warning: it is odd"),
            (
                Diagnostic("no", at: Position(file: "a.csv", line: 3), expected: "yes"),
                "a.csv:3: error: no: expected yes"
            ),
        ]
    )
    func briefMessages(diagnostic: Diagnostic, text: String) {
        #expect(diagnostic.description == text)
    }

    @Test func whoeverKnowsThePlaceFirstKeepsIt() {
        let inner = Position(file: "a.yaml", line: 2)
        let outer = Position(file: "a.yaml", line: 9)
        #expect(Diagnostic("x").located(at: outer, key: "k").position == outer)
        #expect(Diagnostic("x").located(at: outer, key: "k").key == "k")
        #expect(Diagnostic("x", at: inner, key: "i").located(at: outer, key: "k").position == inner)
        #expect(Diagnostic("x", at: inner, key: "i").located(at: outer, key: "k").key == "i")
    }

    @Test(
        "hostile input cannot forge a line or hide",
        arguments: [
            ("a\nb", "a\\nb"), ("a\r\nb", "a\\r\\nb"), ("\t", "\\t"), ("\u{1B}[31m", "\\u{1b}[31m"),
            ("\u{202E}txt", "\\u{202e}txt"), ("\u{2028}", "\\u{2028}"), ("\u{85}", "\\u{85}"), ("氨氮", "氨氮"),
        ]
    )
    func controlCharacters(text: String, shown: String) {
        #expect(printable(text, limit: 80) == shown)
        #expect(Diagnostic("p", found: text).description == "error: p: found \"\(shown)\"")
    }

    @Test func longInputIsCut() {
        #expect(printable("abcdef", limit: 6) == "abcdef")
        #expect(printable("abcdefg", limit: 6) == "abcdef…")
        #expect(Diagnostic("p", found: String(repeating: "x", count: 100_000)).description.utf8.count < 200)
    }

    @Test func placesSortAsAnEditorShowsThem() {
        let places = [
            Position(file: "a"), Position(file: "a", line: 1, column: 9), Position(file: "a", line: 2, column: 1),
            Position(file: "a", line: 10), Position(file: "b", line: 1),
        ]
        #expect(places.reversed().sorted() == places)
    }
}

@Suite struct NearestNameTests {
    private static let known = ["river-sections", "stock-lots", "drill-records", "stock-policies"]

    @Test(
        "a slip of the finger is understood",
        arguments: [
            ("river-section", "river-sections"), ("rvier-sections", "river-sections"),
            ("River-Sections", "river-sections"), ("stock_lots", "stock-lots"), ("drill-recodrs", "drill-records"),
        ]
    )
    func slips(name: String, meant: String) {
        #expect(nearestName(to: name, among: Self.known) == meant)
    }

    @Test("another word is not", arguments: ["", "x", "vaccines", "sections"])
    func otherWords(name: String) {
        #expect(nearestName(to: name, among: Self.known) == nil)
    }

    @Test func theSwapOfTwoLettersIsOneSlip() {
        #expect(nearestName(to: "ot", among: ["to"]) == "to")
        #expect(nearestName(to: "ab", among: ["cd"]) == nil)
    }

    @Test func amongEquallyNearNamesTheChoiceIsAlwaysTheSame() {
        #expect(nearestName(to: "S3", among: ["S2", "S1"]) == "S1")
        #expect(nearestName(to: "S3", among: ["S1", "S2"]) == "S1")
    }

    @Test func withoutANearNameAShortListIsGiven() {
        #expect(suggestion(for: "vaccines", among: ["b", "a"]) == "known: a, b")
        #expect(suggestion(for: "stock-lot", among: Self.known) == "did you mean \"stock-lots\"?")
        #expect(suggestion(for: "vaccines", among: [String]()) == nil)
        #expect(suggestion(for: "vaccines", among: (1...13).map { "name-\($0)" }) == nil)
    }
}
