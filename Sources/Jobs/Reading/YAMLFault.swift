// What is said of a text that is no YAML: in words of whoever wrote it, at the place to be mended.

import Diagnostics
import Yams

/// The text of a file that could not be read as YAML, by lines.
struct YAMLFault {
    private let file: String
    private let lines: [Substring]

    init(_ text: String, of file: String) {
        self.file = file
        lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    }

    /// What to write where a colon stands that is none to YAML.
    static func remedy(forColonIn text: String) -> String? {
        guard let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let key = text[..<colon].prefix(40)
        let value = text[text.index(after: colon)...].prefix { !$0.isNewline }.drop { $0 == " " }.prefix(40)
        let right = value.isEmpty ? "\(key):" : "\(key): \(value)"
        return text[colon] == "："
            ? "write a half-width colon with a blank behind it: \(right)" : "write a blank behind the colon: \(right)"
    }

    /// What keeps the text from being read, and where.
    func diagnostic(of error: YamlError) -> Diagnostic {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return tab(near: mark) ?? wideColon(near: mark)
                ?? place(
                    mark.line,
                    mark.column,
                    Diagnostic("this is not readable YAML: \(problem)", remedy: "check indentation, colons and quotes")
                )
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            let mark = secondPlace(of: key, from: context.mark) ?? (context.mark.line, context.mark.column)
            return place(
                mark.line,
                mark.column,
                Diagnostic("a key stands twice", found: keys.joined(separator: ", "), remedy: "keep one of them")
            )
        case .reader: return controlCharacter() ?? Diagnostic("this is not readable YAML: \(error)")
        default: return Diagnostic("this is not readable YAML: \(error)")
        }
    }

    /// A tab in front of a line, which looks like an indentation and is none.
    private func tab(near mark: Mark) -> Diagnostic? {
        for number in [mark.line, mark.line - 1] where lines.indices.contains(number - 1) {
            let blanks = lines[number - 1].prefix { $0 == " " || $0 == "\t" }
            guard let tab = blanks.firstIndex(of: "\t") else { continue }
            return place(
                number,
                blanks[..<tab].count + 1,
                Diagnostic(
                    "a tab stands in the indentation",
                    found: "\t",
                    expected: "blanks",
                    remedy: "replace each tab by two blanks; most editors can do so for the whole file"
                )
            )
        }
        return nil
    }

    /// A full-width colon where a key should end.
    private func wideColon(near mark: Mark) -> Diagnostic? {
        for number in [mark.line, mark.line - 1] where lines.indices.contains(number - 1) {
            let line = lines[number - 1]
            guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "：" }), line[colon] == "：",
                !line[..<colon].contains(where: { "\"'#".contains($0) })
            else { continue }
            return place(
                number,
                line[..<colon].unicodeScalars.count + 1,
                Diagnostic(
                    "a full-width colon ends no key",
                    found: "：",
                    expected: "key: value",
                    remedy: Self.remedy(forColonIn: line.drop { $0 == " " }.description)
                )
            )
        }
        return nil
    }

    /// The second line that begins with a key, within the keys of a block that begins at a mark.
    private func secondPlace(of key: String, from mark: Mark) -> (line: Int, column: Int)? {
        var places = 0
        for number in mark.line...max(mark.line, lines.count) where lines.indices.contains(number - 1) {
            let scalars = lines[number - 1].unicodeScalars
            let indentation = scalars.prefix { $0 == " " }.count
            // Within a list the first key stands behind a dash.
            guard number == mark.line || indentation >= mark.column - 1 || indentation == scalars.count else { break }
            guard number == mark.line || indentation == mark.column - 1 else { continue }
            var rest = String(scalars.dropFirst(mark.column - 1))[...]
            if let quote = rest.first, "\"'".contains(quote) { rest = rest.dropFirst() }
            guard rest.hasPrefix(key), let next = rest.dropFirst(key.count).first, ":\"' ".contains(next) else {
                continue
            }
            places += 1
            if places == 2 { return (number, mark.column) }
        }
        return nil
    }

    /// The first character that no text file has.
    private func controlCharacter() -> Diagnostic? {
        for (index, line) in lines.enumerated() {
            let scalars = line.unicodeScalars
            guard let bad = scalars.firstIndex(where: Self.isForeign) else { continue }
            return place(
                index + 1,
                scalars[..<bad].count + 1,
                Diagnostic(
                    "a control character stands in the text",
                    found: String(scalars[bad]),
                    remedy: "remove it; an editor may show it as a box, or not at all"
                )
            )
        }
        return nil
    }

    private static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x85: false
        case 0..<0x20, 0x7F...0x9F, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    private func place(_ line: Int, _ column: Int, _ diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.located(at: Position(file: file, line: line, column: column))
    }
}
