// Tells plain text from HTML, and makes plain what looks like it: tables hold what people and intruders wrote.

/// Texts without markup.
enum PlainText {
    /// Whether a tag or an entity of HTML stands in the text.
    static func hasMarkup(_ text: String) -> Bool {
        guard mayHaveMarkup(text) else { return false }
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.contains { isMarkup(scalars, at: $0) }
    }

    /// The text with the first character of each tag and entity in its full-width form: it reads the same and is none.
    static func plain(_ text: String) -> String {
        guard mayHaveMarkup(text) else { return text }
        var scalars = Array(text.unicodeScalars)
        // From the end: where a tag was made plain, a "<" before it may begin one.
        for index in scalars.indices.reversed() where isMarkup(scalars, at: index) {
            scalars[index] = scalars[index] == "<" ? "＜" : "＆"
        }
        var result = ""
        result.unicodeScalars.append(contentsOf: scalars)
        return result
    }

    private static func mayHaveMarkup(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
    }

    private static func isMarkup(_ text: [Unicode.Scalar], at index: Int) -> Bool {
        switch text[index] {
        case "<": isTag(text[(index + 1)...])
        case "&": isEntity(text[(index + 1)...])
        default: false
        }
    }

    /// Whether a tag goes on so after its `<`; a limit such as `<0.05` does not.
    private static func isTag(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = rest.first, isLetter(first) || "/!?".unicodeScalars.contains(first) else { return false }
        return rest.first { $0 == ">" || $0 == "<" } == ">"
    }

    /// Whether an entity goes on so after its `&`.
    private static func isEntity(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        // No entity of HTML has a longer name.
        guard let end = rest.prefix(33).firstIndex(of: ";"), end > rest.startIndex else { return false }
        let name = rest[..<end]
        if name.first == "#" { return name.count > 1 && name.dropFirst().allSatisfy { isLetter($0) || isDigit($0) } }
        return isLetter(name[name.startIndex]) && name.allSatisfy { isLetter($0) || isDigit($0) }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { (97...122).contains(scalar.value | 32) }
    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (48...57).contains(scalar.value) }
}
