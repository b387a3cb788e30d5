// What a department has to know about its folder in the spool: a file that lies in the folder itself.

import Checks

/// Writes the guide that lies beside `new/`, `cur/`, `done/` and `receipts/`.
package struct SpoolGuide: Sendable {
    /// The guide's name; it is no notice, so it lies outside the folders in which programs look for some.
    package static let fileName = "使用说明-README.txt"

    /// The languages in the order in which the guide gives them.
    private let words: [Words]

    package init(words: [Words]) { self.words = words }

    /// The guide for one department, as bytes that open well in old Windows editors; `nil` when no language has words for it.
    ///
    /// It is the same for the same words and settings, so it need not be written again.
    /// - Parameters:
    ///   - folder: The department's name in the spool.
    ///   - names: What the department is called, by language.
    ///   - district: What the district is called, by language.
    package func bytes(
        folder: String,
        names: [String: String],
        district: [String: String],
        formats: [NoticeFormat]
    ) -> [UInt8]? {
        let parts = words.compactMap { words in
            words.guide.map { guide in
                var facts = Facts([
                    "department": .text(names[words.language] ?? folder),
                    "district": .text(district[words.language] ?? ""), "folder": .text(folder),
                ])
                for format in formats { facts[format.rawValue] = .flag(true) }
                return guide.text(with: facts, tables: words.tables)
            }
        }
        return parts.isEmpty ? nil : Array(Notice.text(of: parts).utf8)
    }
}
