// One change told to one department, as one document in each format that the department chose.

import Almanac

/// The formats a department can choose.
package enum NoticeFormat: String, Sendable, CaseIterable {
    /// Text for people, Chinese first, English alongside.
    case text
    /// The same document for machines.
    case json

    /// What the file's name ends with.
    package var fileExtension: String { self == .text ? "txt" : "json" }
}

/// A notice ready to be delivered.
package struct Notice: Sendable, Hashable {
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
    package let serial: String
    package let revision: Int
    package let key: AlertKey
    package let change: Change.Kind
    package let documents: [Document]

    package init(
        sequence: Int64,
        department: String,
        serial: String,
        revision: Int,
        key: AlertKey,
        change: Change.Kind,
        documents: [Document]
    ) {
        self.sequence = sequence
        self.department = department
        self.serial = serial
        self.revision = revision
        self.key = key
        self.change = change
        self.documents = documents
    }

    /// The files' common name: sorts by sequence, is the same each time, and is safe on every file system and share.
    static func baseName(sequence: Int64, sent: CivilDateTime, change: Change) -> String {
        func padded(_ number: Int64, _ digits: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        let date = String(sent.date.description.filter { $0 != "-" })
        let time = [sent.hour, sent.minute, sent.second].map { padded(Int64($0), 2) }.joined()
        let kind = change.kind == .raised ? "alert" : "update"
        return "\(padded(sequence, 12))-\(date)T\(time)-\(change.alert.key.digest)"
            + "-r\(padded(Int64(change.alert.revision), 3))-\(kind)"
    }
}
