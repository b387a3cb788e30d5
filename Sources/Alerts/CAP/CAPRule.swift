// What a message of the Common Alerting Protocol has to keep beside the order of its elements.

package import Diagnostics

/// One rule, and how to tell whether a message keeps it.
package struct CAPRule: Sendable {
    /// The name by which the journal calls it.
    package let name: String
    /// An error keeps a message back; a warning tells of what is allowed and discouraged.
    package let severity: Diagnostic.Severity
    private let check: @Sendable (CAPMessage) -> [Diagnostic]

    init(
        _ name: String,
        severity: Diagnostic.Severity = .error,
        check: @escaping @Sendable (CAPMessage) -> [Diagnostic]
    ) {
        self.name = name
        self.severity = severity
        self.check = check
    }

    /// Where the message breaks the rule; each complaint has the rule's name as its key.
    package func violations(in message: CAPMessage) -> [Diagnostic] {
        check(message).map { complaint in
            var complaint = complaint
            complaint.key = name
            complaint.severity = severity
            return complaint
        }
    }
}

/// The rules that the standard states in words, and those of its common profiles.
///
/// The standard's schema sees few of them. What it does see is kept by the types here: the order of elements, how often
/// they stand, and the words that some may hold; what is left of it has rules of its own.
package enum CAPRules {
    package static let all: [CAPRule] = identity + chain + audience + texts + times + places + languages

    /// Everything in which the message breaks a rule.
    package static func violations(of message: CAPMessage) -> [Diagnostic] {
        all.flatMap { $0.violations(in: message) }
    }
}

extension CAPMessage {
    /// The texts for people, with the elements in which they stand.
    var texts: [(element: String, text: String)] {
        let own: [(String, String?)] = [("source", source), ("restriction", restriction), ("note", note)]
        return own.compactMap { element, text in text.map { (element, $0) } } + infos.flatMap(\.texts)
    }

    /// All times, with the elements in which they stand.
    var times: [(element: String, time: CAPTime)] {
        let own = [("sent", sent)] + references.map { ("references", $0.sent) }
        let others = infos.flatMap { info in
            [("effective", info.effective), ("onset", info.onset), ("expires", info.expires)]
        }
        return own + others.compactMap { element, time in time.map { (element, $0) } }
    }
}

extension CAPMessage.Info {
    fileprivate var texts: [(element: String, text: String)] {
        let own: [(String, String?)] = [
            ("event", event), ("audience", audience), ("senderName", senderName), ("headline", headline),
            ("description", description), ("instruction", instruction), ("contact", contact),
        ]
        let named =
            eventCodes.map { ("eventCode", $0) } + parameters.map { ("parameter", $0) }
            + areas.flatMap(\.geocodes).map { ("geocode", $0) }
        return own.compactMap { element, text in text.map { (element, $0) } }
            + named.flatMap { [("\($0) valueName", $1.name), ("\($0) value", $1.value)] }
            + resources.map { ("resourceDesc", $0.description) } + areas.map { ("areaDesc", $0.description) }
    }
}
