// Rules on whom a message is for and on what its texts say.

import Diagnostics

extension CAPRules {
    static let audience = [restriction, addresses, explainedExercise]
    static let texts = [
        contents, categories, wordlessTexts, headlineLength, distinctDescription, markup, absoluteAddress, statedLevels,
        namedSender,
    ]

    /// So many characters, counted as UTF-16 does, are shown of a headline everywhere.
    package static let longestHeadline = 140

    /// The restricted scope says how it is restricted, and no other does (CAP 1.2 §3.2.1, restriction).
    static let restriction = CAPRule("restriction") { message in
        guard (message.scope == .restricted) != (message.restriction != nil) else { return [] }
        return [
            Diagnostic(
                message.restriction == nil ? "a restricted message does not say how" : "a restriction stands there",
                found: message.restriction,
                expected: "a restriction with the scope Restricted and with no other"
            )
        ]
    }

    /// The private scope says for whom it is (CAP 1.2 §3.2.1, addresses).
    static let addresses = CAPRule("addresses") { message in
        guard message.scope == .private, message.addresses.isEmpty else { return [] }
        return [Diagnostic("a private message does not say for whom it is", expected: "addresses")]
    }

    /// A note says which exercise it is, or what is refused and why (CAP 1.2 §3.2.1, note).
    static let explainedExercise = CAPRule("note") { message in
        guard message.status == .exercise || message.type == .error, message.note == nil else { return [] }
        return [Diagnostic("an exercise or an error is not explained", expected: "a note")]
    }

    /// Only what withdraws or answers a message may say nothing of its own.
    static let contents = CAPRule("info") { message in
        guard message.infos.isEmpty, message.type == .alert || message.type == .update else { return [] }
        return [Diagnostic("the message says nothing in any language", expected: "an info block")]
    }

    /// Each block has a category (CAP 1.2 §3.2.2, category).
    static let categories = CAPRule("category") { message in
        message.infos.filter(\.categories.isEmpty).map {
            Diagnostic("an info block has no category", found: $0.language, expected: "one or more")
        }
    }

    /// No element stands there and says nothing.
    static let wordlessTexts = CAPRule("empty-text") { message in
        message.texts.filter { $0.text.allSatisfy(\.isWhitespace) }.map { element, text in
            Diagnostic("\(element) is empty", found: text, expected: "a text")
        }
    }

    /// A headline is read on small screens (CAP 1.2 §3.2.2, headline; 140 characters is what profiles ask).
    static let headlineLength = CAPRule("headline-length") { message in
        message.infos.compactMap(\.headline).filter { $0.utf16.count > longestHeadline }.map {
            Diagnostic("the headline is too long", found: $0, expected: "at most \(longestHeadline) characters")
        }
    }

    /// The description says more than the headline.
    static let distinctDescription = CAPRule("description") { message in
        message.infos.filter { $0.headline != nil && $0.headline == $0.description }.map {
            Diagnostic("the description repeats the headline", found: $0.headline, expected: "something more")
        }
    }

    /// Texts are plain.
    static let markup = CAPRule("markup") { message in
        message.texts.filter { PlainText.hasMarkup($0.text) }.map { element, text in
            Diagnostic("\(element) has tags or entities of HTML in it", found: text, expected: "plain text")
        }
    }

    /// An address on the web can be followed from anywhere (CAP 1.2 §3.2.2, web: a full, absolute URI).
    static let absoluteAddress = CAPRule("web") { message in
        message.infos.compactMap(\.web).filter { !isAbsolute($0) }.map {
            Diagnostic("this address leads nowhere", found: $0, expected: "an absolute address, such as https://…/")
        }
    }

    /// Urgency, severity and certainty are known to whoever sends the message.
    static let statedLevels = CAPRule("unknown-level", severity: .warning) { message in
        message.infos.filter { $0.urgency == .unknown || $0.severity == .unknown || $0.certainty == .unknown }.map {
            Diagnostic("urgency, severity or certainty is Unknown", found: $0.language, expected: "a known one")
        }
    }

    /// People see who tells them.
    static let namedSender = CAPRule("sender-name") { message in
        message.infos.filter { $0.senderName == nil }.map {
            Diagnostic("an info block does not name its sender", found: $0.language, expected: "senderName")
        }
    }

    /// Whether the text is a URI with a scheme (RFC 3986 §3.1) and something after it.
    package static func isAbsolute(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let scheme = text.utf8[..<colon]
        let rest = text.utf8[colon...].dropFirst()
        func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
        return scheme.first.map(isLetter) ?? false && !rest.isEmpty
            && scheme.allSatisfy { isLetter($0) || (48...57).contains($0) || "+-.".utf8.contains($0) }
            && rest.allSatisfy { (33...126).contains($0) && !"<>\"\\^`{|}".utf8.contains($0) }
    }
}
