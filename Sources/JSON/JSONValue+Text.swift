// The one JSON writer for what people and scripts read: notices, verdicts, listings.

extension JSONValue {
    /// How the text is laid out.
    package enum Layout: Sendable {
        /// One line, for scripts and JSON Lines.
        case line
        /// Two spaces of indentation a level, for people.
        case indented
    }

    /// The document as UTF-8 text without a final newline; characters beyond ASCII are written as they are.
    package func text(_ layout: Layout) -> String {
        var result = ""
        write(to: &result, indentation: layout == .indented ? 0 : nil)
        return result
    }

    private func write(to text: inout String, indentation: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .double(let value): text += value.isFinite ? String(value) : "null"
        case .string(let value): Self.quote(value, to: &text)
        case .array(let values):
            Self.list(values, "[", "]", to: &text, indentation) { value, text, inner in
                value.write(to: &text, indentation: inner)
            }
        case .object(let members):
            Self.list(members, "{", "}", to: &text, indentation) { member, text, inner in
                Self.quote(member.name, to: &text)
                text += inner == nil ? ":" : ": "
                member.value.write(to: &text, indentation: inner)
            }
        }
    }

    private static func list<Element>(
        _ elements: [Element],
        _ opening: String,
        _ closing: String,
        to text: inout String,
        _ indentation: Int?,
        each write: (Element, inout String, Int?) -> Void
    ) {
        text += opening
        let inner = indentation.map { $0 + 2 }
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            newline(inner, to: &text)
            write(element, &text, inner)
        }
        if !elements.isEmpty { newline(indentation, to: &text) }
        text += closing
    }

    private static func newline(_ indentation: Int?, to text: inout String) {
        guard let indentation else { return }
        text += "\n" + String(repeating: " ", count: indentation)
    }

    private static func quote(_ value: String, to text: inout String) {
        text += "\""
        defer { text += "\"" }
        // Nearly every text goes as it is, which need not be found out scalar by scalar.
        guard !value.utf8.allSatisfy(isPlain) else { return text += value }
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            // Beside what JSON demands, what a terminal would obey or show in another order.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{200E}", "\u{200F}",
                "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    /// Whether the byte is an ASCII character that a string holds unescaped.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
