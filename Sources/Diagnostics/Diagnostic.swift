// What is wrong, and how to mend it: the one shape of every message about input that dutyd gives.

/// One complaint about one piece of input, complete enough to act on at three in the morning.
package struct Diagnostic: Error, Sendable, Hashable {
    /// How much of the input is lost.
    package enum Severity: String, Sendable {
        /// The named piece was not used.
        case error
        /// The named piece was used, but its author should look.
        case warning
        /// Nothing is lost and nobody need look; told so that nobody wonders.
        case note
    }

    package var severity: Severity
    /// Where it was found; `nil` for input that is no file.
    package var position: Position?
    /// The key or the column that it is about.
    package var key: String?
    /// What is wrong, as a clause without a full stop.
    package var problem: String
    /// What stood there.
    package var found: String?
    /// What would have been right.
    package var expected: String?
    /// What to do about it.
    package var remedy: String?

    /// Makes a complaint; `problem` is a clause without a full stop.
    package init(
        _ problem: String,
        severity: Severity = .error,
        at position: Position? = nil,
        key: String? = nil,
        found: String? = nil,
        expected: String? = nil,
        remedy: String? = nil
    ) {
        self.severity = severity
        self.position = position
        self.key = key
        self.problem = problem
        self.found = found
        self.expected = expected
        self.remedy = remedy
    }

    /// The same complaint with its place, when whoever found it did not know the place.
    package func located(at position: Position, key: String? = nil) -> Diagnostic {
        var copy = self
        copy.position = copy.position ?? position
        copy.key = copy.key ?? key
        return copy
    }
}

extension Diagnostic: CustomStringConvertible {
    /// One line: `file:line:column: error: key: problem: found "…", expected …; remedy`.
    package var description: String {
        (position.map { "\($0): " } ?? "") + "\(severity.rawValue): \(message)"
    }

    /// The same line without place and severity, for where both are plain.
    package var message: String {
        var text = key.map { "\(printable($0, limit: 80)): " } ?? ""
        text += problem
        if let found { text += ": found \"\(printable(found, limit: 80))\"" }
        if let expected { text += (found == nil ? ": expected " : ", expected ") + printable(expected, limit: 2000) }
        if let remedy { text += "; " + printable(remedy, limit: 2000) }
        return text
    }
}

/// The text with control characters made visible and its length bounded, so that hostile input cannot forge a line.
package func printable(_ text: String, limit: Int) -> String {
    // Nearly every text is short and plain, which is seen without a look at its scalars.
    if text.utf8.count <= limit, text.utf8.allSatisfy(isSurelyPlain) { return text }
    var result = ""
    for scalar in text.unicodeScalars.prefix(limit) {
        switch scalar {
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{200E}", "\u{200F}",
            "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
            result += "\\u{\(String(scalar.value, radix: 16))}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return text.unicodeScalars.count > limit ? result + "…" : result
}

/// Whether the byte belongs to a character that is surely shown as it is; those beyond ASCII that may not be begin with C2
/// or E2.
private func isSurelyPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F && byte != 0xC2 && byte != 0xE2 }
