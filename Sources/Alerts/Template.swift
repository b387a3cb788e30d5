// Sentences with holes, as the files of words hold them: small enough that a clerk can change a sentence.

import Almanac
package import Checks
package import Diagnostics
import Records

/// A text with holes that facts fill.
///
/// `{name}` puts a fact in; `{name@table}` looks its value up in a table of words first; `{?name}…{/name}` keeps a part
/// only when the fact is there, `{!name}…{/name}` only when it is not; `{#name|、}…{/name}` repeats a part for each entry
/// of a list, with what stands after `|` between them. `{{` is a brace.
package struct Template: Sendable, Hashable {
    private indirect enum Node: Sendable, Hashable {
        case text(String)
        case fact(name: String, table: String?)
        case present(name: String, [Node])
        case absent(name: String, [Node])
        case each(name: String, separator: String, [Node])
    }

    private let nodes: [Node]
    /// Its holes in the order in which they stand.
    let holes: [Hole]

    /// Reads a template; throws where a part is opened and not closed, or closed and not opened.
    package init(_ text: String) throws(Diagnostic) {
        var rest = text[...]
        var holes: [Hole.Found] = []
        nodes = try Self.parse(&rest, until: nil, within: [], &holes)
        self.holes = Hole.placed(holes, in: text)
    }

    private static func parse(
        _ rest: inout Substring,
        until name: String?,
        within lists: [String],
        _ holes: inout [Hole.Found]
    ) throws(Diagnostic) -> [Node] {
        var nodes: [Node] = []
        while let brace = rest.firstIndex(of: "{") {
            if brace > rest.startIndex { nodes.append(.text(String(rest[..<brace]))) }
            rest = rest[rest.index(after: brace)...]
            if rest.first == "{" {
                nodes.append(.text("{"))
                rest.removeFirst()
                continue
            }
            // A brace within a hole means that the hole's own was forgotten.
            guard let end = rest.firstIndex(where: { $0 == "}" || $0 == "{" }), rest[end] == "}" else {
                throw Diagnostic("a brace is not closed", found: "{" + rest.prefix(30), expected: "}")
            }
            let hole = String(rest[..<end])
            func found(_ name: String, table: String? = nil, isList: Bool = false) {
                holes.append(Hole.Found(name: name, table: table, isList: isList, within: lists, start: brace))
            }
            rest = rest[rest.index(after: end)...]
            switch hole.first {
            case "/":
                guard String(hole.dropFirst()) == name else {
                    throw Diagnostic(
                        "a part is closed that is not open",
                        found: "{\(hole)}",
                        expected: name.map { "{/\($0)}" } ?? "no closing mark"
                    )
                }
                return nodes
            case "?":
                let inner = String(hole.dropFirst())
                found(inner)
                nodes.append(.present(name: inner, try parse(&rest, until: inner, within: lists, &holes)))
            case "!":
                let inner = String(hole.dropFirst())
                found(inner)
                nodes.append(.absent(name: inner, try parse(&rest, until: inner, within: lists, &holes)))
            case "#":
                let parts = hole.dropFirst().split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
                let inner = String(parts[0])
                let separator = parts.count > 1 ? String(parts[1]) : ""
                found(inner, isList: true)
                let part = try parse(&rest, until: inner, within: lists + [inner], &holes)
                nodes.append(.each(name: inner, separator: separator, part))
            default:
                let parts = hole.split(separator: "@", maxSplits: 1)
                guard let first = parts.first else { throw Diagnostic("a hole has no name", found: "{}") }
                let table = parts.count > 1 ? String(parts[1]) : nil
                found(String(first), table: table)
                nodes.append(.fact(name: String(first), table: table))
            }
        }
        if let name { throw Diagnostic("a part is not closed", found: "{…\(name)}", expected: "{/\(name)}") }
        if !rest.isEmpty { nodes.append(.text(String(rest))) }
        rest = ""
        return nodes
    }

    /// The text with the facts put in.
    ///
    /// A fact that is not there leaves its name in 〔brackets〕, so that a slip in the words is seen; what may be missing
    /// belongs in `{?name}…{/name}`.
    package func text(with facts: Facts, tables: [String: [String: String]]) -> String {
        var result = ""
        Self.write(nodes, to: &result, scopes: [facts], tables)
        return result
    }

    private static func write(
        _ nodes: [Node],
        to text: inout String,
        scopes: [Facts],
        _ tables: [String: [String: String]]
    ) {
        for node in nodes {
            switch node {
            case .text(let plain): text += plain
            case .fact(let name, let table):
                guard let value = value(name, scopes) else {
                    text += "〔\(name)〕"
                    continue
                }
                text += plain(value, table: table.flatMap { tables[$0] })
            case .present(let name, let inner):
                if isPresent(name, scopes) { write(inner, to: &text, scopes: scopes, tables) }
            case .absent(let name, let inner):
                if !isPresent(name, scopes) { write(inner, to: &text, scopes: scopes, tables) }
            case .each(let name, let separator, let inner):
                for (index, entry) in entries(value(name, scopes)).enumerated() {
                    if index > 0 { text += separator }
                    write(inner, to: &text, scopes: [entry] + scopes, tables)
                }
            }
        }
    }

    private static func value(_ name: String, _ scopes: [Facts]) -> Facts.Value? {
        for scope in scopes { if let value = scope[name] { return value } }
        return nil
    }

    private static func isPresent(_ name: String, _ scopes: [Facts]) -> Bool {
        switch value(name, scopes) {
        case nil, .flag(false), .text(""): false
        case .list(let entries): !entries.isEmpty
        case .texts(let texts): !texts.isEmpty
        default: true
        }
    }

    /// The entries of a list; the entries of a list of texts answer to `it`.
    private static func entries(_ value: Facts.Value?) -> [Facts] {
        switch value {
        case .list(let entries): entries
        case .texts(let texts): texts.map { Facts(["it": .text($0)]) }
        default: []
        }
    }

    private static func plain(_ value: Facts.Value, table: [String: String]?) -> String {
        let text: String
        switch value {
        case .text(let value): text = value
        case .decimal(let value): text = value.description
        case .integer(let value): text = String(value)
        case .date(let value): text = value.description
        case .flag(let value): text = value ? "true" : "false"
        case .texts(let values): return values.map { table?[$0] ?? $0 }.joined(separator: "、")
        case .list: return ""
        }
        return table?[text] ?? text
    }
}
