// The small grammar in which sentences are written.

import Alerts
import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct TemplateTests {
    private static let facts = Facts([
        "name": .text("彭越浦"), "class": .text("IV"), "value": ExactDecimal("1.20").map(Facts.Value.decimal),
        "count": .integer(3), "on": CivilDate(year: 2024, month: 3, day: 5).map(Facts.Value.date),
        "yes": .flag(true), "no": .flag(false), "blank": .text(""), "none": .list([]), "nobody": .texts([]),
        "who": .texts(["water", "office"]),
        "items": .list([
            Facts(["item": .text("NH3-N"), "class": .text("V")]), Facts(["item": .text("TP")]),
        ]),
    ])
    private static let tables = ["classes": ["IV": "Ⅳ类", "V": "Ⅴ类"], "departments": ["water": "水务"]]

    @Test(
        "a template with the facts put in",
        arguments: [
            ("", ""), ("plain } text", "plain } text"),
            ("{name}: {value} on {on}, {count}", "彭越浦: 1.20 on 2024-03-05, 3"),
            ("[{missing}]", "[〔missing〕]"), ("{class@classes}", "Ⅳ类"), ("{name@classes}", "彭越浦"),
            ("{class@missing}", "IV"),
            ("{who}", "water、office"), ("{who@departments}", "水务、office"), ("{yes} {no}", "true false"),
            ("{?name}yes{/name}{!name}no{/name}", "yes"), ("{?missing}yes{/missing}{!missing}no{/missing}", "no"),
            ("{?blank}yes{/blank}{?no}yes{/no}{?none}yes{/none}{?nobody}yes{/nobody}", ""), ("{?yes}a{/yes}", "a"),
            ("{#items|、}{item}{/items}", "NH3-N、TP"), ("{#items}{item};{/items}", "NH3-N;TP;"),
            ("{#who| and }{it@departments}{/who}", "水务 and office"), ("{#name}x{/name}", ""),
            // What an entry does not know, the notice may.
            ("{#items|,}{item} {class@classes}{/items}", "NH3-N Ⅴ类,TP Ⅳ类"),
            ("{?items}{#items|,}{?class}{item}{/class}{/items}{/items}", "NH3-N,TP"), ("{{name}}", "{name}}"),
            ("{items}", ""),
        ]
    )
    func filling(template: String, text: String) throws {
        #expect(try Template(template).text(with: Self.facts, tables: Self.tables) == text)
    }

    @Test(
        "a template that is not well formed is refused with what stands there",
        arguments: [
            ("{name", "{name"), ("{name {class}", "{name {class}"), ("{?a{/a}", "{?a{/a}"), ("{}", "{}"),
            ("{?a}text", "{…a}"), ("{#a|,}text", "{…a}"), ("text{/a}", "{/a}"),
            ("{?a}{?b}{/a}{/b}", "{/a}"), ("{?a}{!a}{/b}", "{/b}"),
        ]
    )
    func malformed(template: String, found: String) {
        let error = #expect(throws: Diagnostic.self) { _ = try Template(template) }
        #expect(error?.found == found)
        #expect(error?.expected != nil || template == "{}")
    }
}
