// One matter told to one department, as one document in each format that the department chose.

import Almanac
package import Diagnostics

/// The formats a department can choose.
package enum NoticeFormat: String, Sendable, CaseIterable {
    /// Text for people, Chinese first, English alongside.
    case text
    /// The same document for machines.
    case json
    /// A message of the Common Alerting Protocol, of alerts only.
    case cap

    /// The formats of a department that does not choose.
    package static let standard: [NoticeFormat] = [.text, .json]

    /// What the file's name ends with.
    package var fileExtension: String {
        switch self {
        case .text: "txt"
        case .json: "json"
        case .cap: "cap.xml"
        }
    }
}

/// A notice ready to be delivered.
package struct Notice: Sendable, Hashable {
    /// What the notice tells.
    package enum Matter: Sendable, Hashable {
        /// A step in an alert's life.
        case alert(serial: String, revision: Int, key: AlertKey, change: Change.Kind)
        /// What became of a file that the department handed in: a return slip.
        case slip(feed: String, file: String)
    }

    /// One file of the notice.
    package struct Document: Sendable, Hashable {
        package let fileName: String
        package let bytes: [UInt8]

        package init(fileName: String, bytes: [UInt8]) {
            self.fileName = fileName
            self.bytes = bytes
        }
    }

    /// Orders all notices; never given twice.
    package let sequence: Int64
    package let department: String
    package let matter: Matter
    package let documents: [Document]
    /// Why there is no message of the Common Alerting Protocol among them although the department wants one; the ledger
    /// does not keep it.
    package let withheld: [Diagnostic]

    package init(
        sequence: Int64,
        department: String,
        matter: Matter,
        documents: [Document],
        withheld: [Diagnostic] = []
    ) {
        self.sequence = sequence
        self.department = department
        self.matter = matter
        self.documents = documents
        self.withheld = withheld
    }

    /// Eight hexadecimal digits that stay the same for these parts for ever; they name files, they prove nothing.
    static func digest(of parts: [String]) -> String {
        // FNV-1a, 32 bits, with a separator that no part can contain.
        var hash: UInt32 = 2_166_136_261
        for byte in parts.joined(separator: "\u{0}").utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// The text of a notice: all languages, one below the other; byte order mark and CRLF, so that old Windows editors
    /// show it right.
    static func text(of parts: [String]) -> String {
        let lines = parts.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        return "\u{FEFF}" + lines.joined(separator: "\r\n") + (lines.last == "" ? "" : "\r\n")
    }

    /// The files' common name: sorts by sequence, is the same each time, and is safe on every file system and share.
    ///
    /// - Parameters:
    ///   - digest: Tells what the notice is about.
    ///   - revision: How often that was told, from 1.
    ///   - kind: One word for what the notice is.
    static func baseName(
        sequence: Int64,
        sent: CivilDateTime,
        digest: String,
        revision: Int,
        kind: String
    ) -> String {
        func padded(_ number: Int64, _ digits: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        let date = String(sent.date.description.filter { $0 != "-" })
        let time = [sent.hour, sent.minute, sent.second].map { padded(Int64($0), 2) }.joined()
        return "\(padded(sequence, 12))-\(date)T\(time)-\(digest)-r\(padded(Int64(revision), 3))-\(kind)"
    }
}
