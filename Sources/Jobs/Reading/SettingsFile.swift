// The text of one settings file, handed in by whoever may read files.

import Diagnostics

/// A settings file's name and bytes.
package struct SettingsFile: Sendable {
    /// The path below the settings folder, such as `feeds/water-measurements.yaml`; it says what the file is.
    package let path: String
    /// The name under which messages speak of the file.
    package let displayName: String
    package let bytes: [UInt8]

    package init(path: String, displayName: String, bytes: [UInt8]) {
        self.path = path
        self.displayName = displayName
        self.bytes = bytes
    }

    /// The file's name without folder and ending.
    package var stem: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    /// The text, or what is wrong with it.
    func text() throws(Diagnostic) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Diagnostic(
                "the file is not UTF-8 text",
                at: Position(file: displayName),
                remedy: "save it as UTF-8"
            )
        }
        return text
    }
}
