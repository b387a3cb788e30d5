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
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        write(to: &bytes, indentation: layout == .indented ? 0 : nil)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(to bytes: inout [UInt8], indentation: Int?) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .double(let value): bytes += (value.isFinite ? String(value) : "null").utf8
        case .string(let value): Self.quote(value, to: &bytes)
        case .array(let values):
            Self.list(values, "[", "]", to: &bytes, indentation) { value, bytes, inner in
                value.write(to: &bytes, indentation: inner)
            }
        case .object(let members):
            Self.list(members, "{", "}", to: &bytes, indentation) { member, bytes, inner in
                Self.quote(member.name, to: &bytes)
                bytes += (inner == nil ? ":" : ": ").utf8
                member.value.write(to: &bytes, indentation: inner)
            }
        }
    }

    private static func list<Element>(
        _ elements: [Element],
        _ opening: Unicode.Scalar,
        _ closing: Unicode.Scalar,
        to bytes: inout [UInt8],
        _ indentation: Int?,
        each write: (Element, inout [UInt8], Int?) -> Void
    ) {
        bytes.append(UInt8(ascii: opening))
        let inner = indentation.map { $0 + 2 }
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            newline(inner, to: &bytes)
            write(element, &bytes, inner)
        }
        if !elements.isEmpty { newline(indentation, to: &bytes) }
        bytes.append(UInt8(ascii: closing))
    }

    private static func newline(_ indentation: Int?, to bytes: inout [UInt8]) {
        guard let indentation else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: indentation)
    }

    private static func quote(_ value: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        defer { bytes.append(UInt8(ascii: "\"")) }
        // Nearly every text goes as it is, which need not be found out scalar by scalar.
        guard !isPlain(value.utf8.span) else { return bytes.append(contentsOf: value.utf8) }
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": bytes += "\\\"".utf8
            case "\\": bytes += "\\\\".utf8
            case "\n": bytes += "\\n".utf8
            case "\r": bytes += "\\r".utf8
            case "\t": bytes += "\\t".utf8
            // Beside what JSON demands, what a terminal would obey or show in another order.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{200E}", "\u{200F}",
                "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                let digits = String(scalar.value, radix: 16)
                bytes += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
            default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
    }

    private static func isPlain(_ text: Span<UInt8>) -> Bool {
        for index in text.indices where !isPlain(text[index]) { return false }
        return true
    }

    /// Whether the byte belongs to a character that a string surely holds unescaped; those beyond ASCII that may not be begin
    /// with C2 or E2.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != 0x7F && byte != 0xC2
            && byte != 0xE2
    }
}
