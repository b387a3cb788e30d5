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
        /// Many steps in the lives of one job's alerts, as one text.
        case digest(job: String, run: Int64, alerts: [Told])
    }

    /// A step in an alert's life, of which a digest tells among others.
    package struct Told: Sendable, Hashable {
        package let serial: String
        package let revision: Int
        package let key: AlertKey
        package let change: Change.Kind

        package init(serial: String, revision: Int, key: AlertKey, change: Change.Kind) {
            self.serial = serial
            self.revision = revision
            self.key = key
            self.change = change
        }
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

extension Notice.Matter {
    /// The steps that it tells of; none for a return slip.
    package var told: [Notice.Told] {
        switch self {
        case .alert(let serial, let revision, let key, let change):
            [Notice.Told(serial: serial, revision: revision, key: key, change: change)]
        case .digest(_, _, let alerts): alerts
        case .slip: []
        }
    }
}
