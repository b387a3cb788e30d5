// Rules on a message's name and on the chain of messages to which it belongs.

import Diagnostics

extension CAPRules {
    static let identity = [identifierCharacters]
    static let chain = [
        chainedReferences, firstWithoutReferences, referenceForm, selfReference, laterReference, orderedReferences,
    ]

    /// No blank, comma, `<` or `&` in what names a message (CAP 1.2 §3.2.1, identifier and sender).
    static let identifierCharacters = CAPRule("identifier-characters") { message in
        [("identifier", message.identifier), ("sender", message.sender)].filter { !isName($1) }.map { element, text in
            Diagnostic("the \(element) has characters that no name of a message can have", found: text, expected: name)
        }
    }

    /// What changes, withdraws, answers or refuses a message says which (CAP 1.2 §3.2.1, references).
    static let chainedReferences = CAPRule("references-needed") { message in
        guard message.type != .alert, message.references.isEmpty else { return [] }
        return [
            Diagnostic(
                "the message says of no earlier one that it follows it",
                expected: "references to earlier messages"
            )
        ]
    }

    /// The first message of a chain follows none.
    static let firstWithoutReferences = CAPRule("references-not-allowed") { message in
        guard message.type == .alert, let first = message.references.first else { return [] }
        return [
            Diagnostic("the first message of a chain follows another", found: first.text, expected: "no references")
        ]
    }

    /// A triple can be taken apart again at its commas and blanks.
    static let referenceForm = CAPRule("reference-form") { message in
        message.references.filter { !isName($0.sender) || !isName($0.identifier) }.map { reference in
            Diagnostic("a reference cannot be taken apart", found: reference.text, expected: "sender,identifier,sent")
        }
    }

    /// No message follows itself.
    static let selfReference = CAPRule("self-reference") { message in
        message.references.filter { $0.identifier == message.identifier && $0.sender == message.sender }.map {
            Diagnostic("the message follows itself", found: $0.text)
        }
    }

    /// Nothing is followed before it was sent.
    static let laterReference = CAPRule("later-reference") { message in
        guard let sent = message.sent.instant else { return [] }
        return message.references.filter { reference in reference.sent.instant.map { $0 > sent } ?? false }.map {
            Diagnostic(
                "a message is followed that was sent later",
                found: $0.text,
                expected: "before \(message.sent.text)"
            )
        }
    }

    /// Each earlier message once, the oldest first.
    static let orderedReferences = CAPRule("reference-order") { message in
        zip(message.references, message.references.dropFirst()).filter { earlier, later in
            if earlier.identifier == later.identifier, earlier.sender == later.sender { return true }
            guard let first = earlier.sent.instant, let second = later.sent.instant else { return false }
            return first > second
        }.map {
            Diagnostic(
                "references stand twice or not in order",
                found: $1.text,
                expected: "each once, the oldest first"
            )
        }
    }

    private static let name = "printing characters, and no blank, comma, < or & among them"

    /// Whether the text can name a message or its sender.
    package static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                !scalar.properties.isWhitespace && !",<&".unicodeScalars.contains(scalar)
                    && printable(String(scalar), limit: 1) == String(scalar)
            }
    }
}
