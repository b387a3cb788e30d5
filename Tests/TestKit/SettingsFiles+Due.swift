// The district with a table that is owed: the shipped calendar, and the shipped words about submissions.

import Foundation

extension SettingsFiles {
    /// Has the feed `water` say by when it is due.
    /// - Parameter due: The lines below the key `due`, as they stand at its margin.
    package mutating func setDue(_ due: String) throws {
        let lines = due.split(separator: "\n").map { "  \($0)\n" }.joined()
        settings["feeds/water.yaml", default: ""] += "\ndue:\n\(lines)"
        settings["calendars/CN.csv"] = try Self.shipped("calendars/CN.csv")
        for language in ["zh-CN", "en"] {
            for file in ["general.yaml", "submission.yaml", "terms.yaml"] {
                settings["words/\(language)/\(file)"] = try Self.shipped("words/\(language)/\(file)")
            }
        }
    }

    /// A file of `Config`.
    package static func shipped(_ path: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).appending(path: "../../../Config/\(path)").standardized
        return try String(contentsOf: root, encoding: .utf8)
    }
}
