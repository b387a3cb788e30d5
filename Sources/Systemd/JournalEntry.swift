// One entry of the journal, before it goes anywhere.

internal import Diagnostics

/// A message with the fields by which it can be found again.
package struct JournalEntry: Sendable {
    /// A sentence for people; line breaks are allowed.
    package let message: String
    package let priority: JournalPriority
    /// Identifies the kind of event, 32 hexadecimal digits; the catalog explains it.
    package let messageID: String?
    /// Names as the journal takes them, and values of any text.
    package let fields: [(name: String, value: String)]

    /// Makes an entry; a field name that the journal would refuse is changed into one that it takes (`fieldName`).
    package init(
        _ message: String,
        priority: JournalPriority = .info,
        messageID: String? = nil,
        fields: [(String, String)] = []
    ) {
        self.message = message
        self.priority = priority
        self.messageID = messageID
        self.fields = fields.map { (Self.fieldName($0.0), $0.1) }
    }

    /// A valid name, `[A-Z][A-Z0-9_]{0,63}`, as near to the given one as possible.
    package static func fieldName(_ name: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in name.uppercased().unicodeScalars {
            switch scalar {
            case "A"..."Z", "0"..."9": result.append(scalar)
            // journald keeps names with a leading underscore for what it knows itself.
            default: if !result.isEmpty { result.append("_") }
            }
        }
        guard let first = result.first, ("A"..."Z").contains(first) else {
            return String(("FIELD_" + String(result)).prefix(64))
        }
        return String(String(result).prefix(64))
    }

    /// Each field as journald takes it: `NAME=value`, whatever bytes the value has.
    package func encoded(identifier: String) -> [[UInt8]] {
        var all = [("MESSAGE", message), ("PRIORITY", String(priority.rawValue)), ("SYSLOG_IDENTIFIER", identifier)]
        if let messageID { all.append(("MESSAGE_ID", messageID)) }
        return (all + fields).map { Array("\($0.0)=\($0.1)".utf8) }
    }

    /// One line for a terminal or for standard error that a journal reads: message and our own fields.
    ///
    /// - Parameter prefix: Begin with `<N>`, which systemd understands, instead of with a word.
    package func line(prefix: Bool) -> String {
        let own = fields.filter { $0.name.hasPrefix("DUTYD_") }.map { "\($0.name)=\(printable($0.value, limit: 200))" }
        return (prefix ? "<\(priority.rawValue)>" : "\(priority): ") + printable(message, limit: 4000)
            + (own.isEmpty ? "" : " [\(own.joined(separator: " "))]")
    }
}
