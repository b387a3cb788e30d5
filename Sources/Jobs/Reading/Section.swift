// One mapping of a YAML file, read key by key; every complaint knows its line, and unknown keys are complaints.

import Diagnostics
import Yams

/// The complaints about one file.
final class Complaints {
    let file: String
    private(set) var all: [Diagnostic] = []
    /// The files, by path, whose own faults keep this one from being used: there the cause is named, once.
    private(set) var lost: Set<String> = []
    /// Where the file says when something recurs; what comes of it is known only when somebody says what day it is.
    var schedule: Position?

    init(file: String) { self.file = file }

    /// Notes that the file needs others that are broken.
    func lose(_ files: Set<String>) { lost.formUnion(files) }

    func add(_ diagnostic: Diagnostic, at mark: Mark?, key: String?) {
        let position = Position(file: file, line: mark?.line, column: mark?.column)
        all.append(diagnostic.located(at: position, key: key))
    }

    var hasErrors: Bool { all.contains { $0.severity == .error } }

    /// Whether neither the file itself nor one that it needs keeps it from being used.
    var areHarmless: Bool { !hasErrors && lost.isEmpty }
}

/// A mapping whose keys are asked for one by one; `close()` complains about the keys that nobody asked for.
final class Section {
    private let node: Node
    private let path: String
    private let entries: [(key: String, keyMark: Mark?, value: Node)]
    private var asked: Set<String> = []
    let complaints: Complaints

    /// The root mapping of a file, or `nil` (with a complaint) when the file holds none.
    static func root(of file: SettingsFile, complaints: Complaints) -> Section? {
        do throws(Diagnostic) {
            return Section(try YAMLText(try file.text(), of: file.displayName).root(), path: "", complaints: complaints)
        } catch {
            complaints.add(error, at: nil, key: nil)
            return nil
        }
    }

    init?(_ node: Node, path: String, complaints: Complaints) {
        guard case .mapping(let mapping) = node else {
            complaints.add(
                Diagnostic(
                    "this must be a list of keys with values",
                    found: Self.brief(node),
                    expected: "key: value",
                    remedy: node.scalar.flatMap { YAMLFault.remedy(forColonIn: $0.string) }
                ),
                at: node.mark,
                key: path.isEmpty ? nil : path
            )
            return nil
        }
        self.node = node
        self.path = path
        self.complaints = complaints
        entries = Self.entries(of: mapping, path: path, complaints: complaints)
    }

    /// The keys as texts, each once: `1` and `"1"` are two keys to YAML and one to a reader.
    private static func entries(
        of mapping: Node.Mapping,
        path: String,
        complaints: Complaints
    ) -> [(key: String, keyMark: Mark?, value: Node)] {
        var known: Set<String> = []
        return mapping.compactMap { key, value in
            let problem: Diagnostic? =
                switch key.string {
                case nil: Diagnostic("a key must be a single word", found: brief(key))
                case let name? where !known.insert(name).inserted:
                    Diagnostic("a key stands twice", found: name, remedy: "keep one of them")
                default: nil
                }
            if let problem { complaints.add(problem, at: key.mark, key: path.isEmpty ? nil : path) }
            return problem == nil ? (key.string ?? "", key.mark, value) : nil
        }
    }

    /// The keys in the file's order.
    var keys: [String] { entries.map(\.key) }

    /// Whether the key stands there with a value.
    func has(_ key: String) -> Bool { value(key) != nil }

    /// The text of a key that must be there; complains when it is not.
    func text(_ key: String) -> String? {
        guard let node = value(key) else {
            complain(Diagnostic("the key \"\(key)\" is missing", remedy: "add it"))
            return nil
        }
        return scalar(node, key)
    }

    /// The text of a key that may be left out.
    func optionalText(_ key: String) -> String? { value(key).flatMap { scalar($0, key) } }

    /// One text or a list of texts for a key that must be there; complains when there is none.
    func neededTexts(_ key: String) -> [(text: String, mark: Mark?)] {
        guard has(key) else {
            _ = text(key)
            return []
        }
        if case .sequence(let sequence)? = value(key), sequence.isEmpty {
            complain(Diagnostic("the list is empty", remedy: "name at least one"), key: key)
        }
        return texts(key)
    }

    /// One text or a list of texts; nothing when the key is left out.
    func texts(_ key: String) -> [(text: String, mark: Mark?)] {
        switch value(key) {
        case nil: []
        case .sequence(let sequence)?: sequence.compactMap { node in scalar(node, key).map { ($0, node.mark) } }
        case let node?: scalar(node, key).map { [($0, node.mark)] } ?? []
        }
    }

    /// The section under a key that must be there.
    func section(_ key: String) -> Section? {
        guard let node = value(key) else {
            complain(Diagnostic("the key \"\(key)\" is missing", remedy: "add it"))
            return nil
        }
        return Section(node, path: joined(key), complaints: complaints)
    }

    /// The section under a key that may be left out.
    func optionalSection(_ key: String) -> Section? {
        value(key).flatMap { Section($0, path: joined(key), complaints: complaints) }
    }

    /// The sections of a list under a key; nothing when the key is left out.
    func sections(_ key: String) -> [Section] {
        guard let node = value(key) else { return [] }
        guard case .sequence(let sequence) = node else {
            complain(Diagnostic("a list is needed here", found: Self.brief(node), expected: "- key: value"), key: key)
            return []
        }
        return sequence.enumerated().compactMap { index, node in
            Section(node, path: "\(joined(key))[\(index + 1)]", complaints: complaints)
        }
    }

    /// Whether a section stands under the key.
    func isSection(_ key: String) -> Bool { if case .mapping? = value(key) { true } else { false } }

    /// A text under a key with its place, since what it names may be read only later.
    func reference(_ key: String, _ text: String, mark: Mark? = nil) -> Reference {
        let place = mark ?? entries.first { $0.key == key }?.value.mark ?? node.mark
        return Reference(
            text: text,
            position: Position(file: complaints.file, line: place?.line, column: place?.column),
            key: joined(key)
        )
    }

    /// A key's text made into a value; what is thrown becomes a complaint with the key's place.
    func parsed<Value>(_ key: String, _ parse: (String) throws(Diagnostic) -> Value) -> Value? {
        guard let text = text(key) else { return nil }
        return read(key, text, parse)
    }

    /// As `parsed`, for a key that may be left out.
    func optionallyParsed<Value>(_ key: String, _ parse: (String) throws(Diagnostic) -> Value) -> Value? {
        guard let text = optionalText(key) else { return nil }
        return read(key, text, parse)
    }

    /// A key's text as one of some known words.
    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, of type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        parsed(key) { text throws(Diagnostic) in
            if let choice = Choice(rawValue: text) { return choice }
            let known = Choice.allCases.map(\.rawValue)
            throw Diagnostic(
                "unknown value",
                found: text,
                expected: "one of " + known.joined(separator: ", "),
                remedy: nearestName(to: text, among: known).map { "did you mean \"\($0)\"?" }
            )
        }
    }

    /// Complains about a line of a text under a key; in a block after `|` each line has its own.
    func complain(_ diagnostic: Diagnostic, key: String, line: Int) {
        guard let value = entries.first(where: { $0.key == key })?.value, case .scalar(let scalar) = value,
            let mark = value.mark, scalar.style == .literal
        else { return complain(diagnostic, key: key) }
        let position = Position(file: complaints.file, line: mark.line + line)
        complaints.add(diagnostic.located(at: position), at: nil, key: joined(key))
    }

    /// Complains about this section, or about one of its keys.
    func complain(_ diagnostic: Diagnostic, key: String? = nil, mark: Mark? = nil) {
        let place = mark ?? key.flatMap { key in entries.first { $0.key == key }?.value.mark } ?? node.mark
        let name = key.map(joined) ?? (path.isEmpty ? nil : path)
        complaints.add(diagnostic, at: place, key: name)
    }

    /// Complains about every key that was never asked for, with the name that was probably meant.
    func close() {
        for entry in entries where !asked.contains(entry.key) {
            complaints.add(
                Diagnostic("unknown key", found: entry.key, remedy: suggestion(for: entry.key, among: asked)),
                at: entry.keyMark,
                key: path.isEmpty ? nil : path
            )
        }
    }

    private func value(_ key: String) -> Node? {
        asked.insert(key)
        guard let node = entries.first(where: { $0.key == key })?.value else { return nil }
        if case .scalar(let scalar) = node, scalar.string.isEmpty, scalar.style == .plain { return nil }
        return node
    }

    private func scalar(_ node: Node, _ key: String) -> String? {
        if case .scalar(let scalar) = node { return scalar.string }
        complaints.add(
            Diagnostic("a single value is needed here", found: Self.brief(node)),
            at: node.mark,
            key: joined(key)
        )
        return nil
    }

    private func read<Value>(_ key: String, _ text: String, _ parse: (String) throws(Diagnostic) -> Value) -> Value? {
        do throws(Diagnostic) {
            return try parse(text)
        } catch {
            complain(error, key: key)
            return nil
        }
    }

    private func joined(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private static func brief(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): scalar.string
        case .mapping: "a list of keys with values"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}
