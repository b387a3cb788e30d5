// The text of one settings file, handed in by whoever may read files.

package import Diagnostics
package import Records

/// A settings file's name and bytes.
package struct SettingsFile: Sendable {
    /// The path below the settings folder, such as `feeds/water-measurements.yaml`; it says what the file is.
    package let path: String
    /// The name under which messages speak of the file.
    package let displayName: String
    /// The file's name without folder and ending.
    package let stem: String
    /// Tells one state of the file from another: its bytes, or why they could not be read.
    package let fingerprint: ContentFingerprint.Value
    private let reading: Result<[UInt8], Diagnostic>

    package init(path: String, displayName: String, bytes: [UInt8]) {
        self.init(path, displayName, .success(bytes), told: bytes)
    }

    /// A file that is there and cannot be read; it costs what it describes, like any other broken file.
    package init(path: String, displayName: String, unreadable problem: Diagnostic) {
        self.init(path, displayName, .failure(problem), told: Array(problem.description.utf8))
    }

    private init(_ path: String, _ displayName: String, _ reading: Result<[UInt8], Diagnostic>, told: [UInt8]) {
        self.path = path
        self.displayName = displayName
        self.reading = reading
        let name = path.split(separator: "/").last.map(String.init) ?? path
        stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        var fingerprint = ContentFingerprint()
        fingerprint.add(told.span)
        self.fingerprint = fingerprint.value
    }

    /// Whether it is a table, which no settings are read from.
    var isTable: Bool { path.hasSuffix(".csv") }

    /// Whether nothing stands in the file, by which a job is masked.
    package var isEmpty: Bool { (try? reading.get().isEmpty) ?? false }

    /// The bytes, or why they could not be read.
    func bytes() throws(Diagnostic) -> [UInt8] { try reading.get() }

    /// Tells one state of files from another.
    package static func fingerprint(of files: [SettingsFile]) -> ContentFingerprint.Value {
        var fingerprint = ContentFingerprint()
        for file in files.sorted(by: { $0.displayName < $1.displayName }) {
            fingerprint.add(Array("\(file.displayName.utf8.count) \(file.displayName) \(file.fingerprint)".utf8).span)
        }
        return fingerprint.value
    }

    /// The text, or what is wrong with it.
    func text() throws(Diagnostic) -> String {
        var bytes = try bytes()
        // A byte order mark, as Windows editors write one, is no part of the text.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw notUTF8(bytes) }
        return text
    }

    /// Says at which byte the text ends, and in which encoding it probably is.
    private func notUTF8(_ bytes: [UInt8]) -> Diagnostic {
        // What cannot be decoded becomes a replacement character, which a file that is meant to be read has nowhere else.
        let lines = String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }
        let line = lines.firstIndex { $0.unicodeScalars.contains("\u{FFFD}") }
        let column = line.map { lines[$0].unicodeScalars.prefix { $0 != "\u{FFFD}" }.count }
        var detection = EncodingDetection()
        detection.look(at: bytes.span)
        let encoding = detection.finish()
        return Diagnostic(
            "the file is not UTF-8 text",
            at: Position(file: displayName, line: line.map { $0 + 1 }, column: column.map { $0 + 1 }),
            found: encoding == .utf8 ? "damaged bytes" : encoding.rawValue,
            expected: "UTF-8",
            remedy: encoding == .utf8
                ? "write the characters there again"
                : "save it as UTF-8 (另存为，编码选 UTF-8), or: iconv -f \(encoding.rawValue) -t UTF-8"
        )
    }
}
