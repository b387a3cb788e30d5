// XML as text: elements below each other, whatever stands in them.

import Diagnostics

/// Writes an XML document, one element a line.
struct XMLText {
    private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private var depth = 0

    /// An element with a text; nothing when there is none.
    mutating func write(_ name: String, _ content: String?) {
        guard let content else { return }
        indent()
        text += "<\(name)>"
        Self.escape(content, into: &text)
        text += "</\(name)>\n"
    }

    /// An element with elements in it.
    mutating func write(_ name: String, attributes: String = "", _ inner: (inout XMLText) -> Void) {
        indent()
        text += "<\(name)\(attributes)>\n"
        depth += 1
        inner(&self)
        depth -= 1
        indent()
        text += "</\(name)>\n"
    }

    private mutating func indent() { text += String(repeating: "  ", count: depth) }

    /// Adds the text as XML can carry it.
    ///
    /// Characters that XML 1.0 forbids (§2.2), and others that show nothing or turn the line around, become visible
    /// instead, as they are in every text of a notice.
    static func escape(_ content: String, into result: inout String) {
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case "\u{FFFE}", "\u{FFFF}": result += "\\u{\(String(scalar.value, radix: 16))}"
            // Nothing in these ranges is hidden, and nearly all text is of them.
            case " "..."~", "\u{A0}"..."\u{1FFF}", "\u{3000}"..."\u{FFFD}": result.unicodeScalars.append(scalar)
            default: result += printable(String(scalar), limit: 1)
            }
        }
    }
}
