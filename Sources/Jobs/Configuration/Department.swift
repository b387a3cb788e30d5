// The departments that are told: names, folders, groups, formats.

package import Alerts
import Diagnostics

/// One department with a folder in the spool.
package struct Department: Sendable, Hashable {
    /// The folder's name in the spool.
    package let name: String
    package let title: Title
    /// The Unix group whose members collect the notices.
    package let group: String
    package let formats: [NoticeFormat]

    /// Names that the spool needs for itself.
    private static let reserved: Set<String> = ["inbox"]

    /// Reads `departments.yaml`, a mapping of names to departments; a broken entry costs only itself.
    static func read(_ file: SettingsFile, complaints: Complaints) -> [Department] {
        guard let root = Section.root(of: file, complaints: complaints) else { return [] }
        return root.keys.compactMap { name in
            guard let section = root.section(name) else { return nil }
            return Department(name, section)
        }
    }

    private init?(_ name: String, _ section: Section) {
        let zh = section.text("zh")
        let en = section.text("en")
        let group = section.text("group")
        let formats = Self.formats(section)
        section.close()
        guard Self.isUsable(name) else {
            section.complain(
                Diagnostic(
                    "this name cannot be a folder in the spool",
                    found: name,
                    expected: "lower-case letters, digits and hyphens, not \"inbox\"",
                    remedy: "rename the department"
                )
            )
            return nil
        }
        guard let zh, let en, let group, let formats else { return nil }
        self.name = name
        title = Title(zh: zh, en: en)
        self.group = group
        self.formats = formats
    }

    private static func formats(_ section: Section) -> [NoticeFormat]? {
        guard section.has("formats") else { return NoticeFormat.standard }
        var formats: [NoticeFormat] = []
        for (text, mark) in section.neededTexts("formats") {
            guard let format = NoticeFormat(rawValue: text) else {
                let known = NoticeFormat.allCases.map(\.rawValue)
                section.complain(
                    Diagnostic("unknown format", found: text, remedy: suggestion(for: text, among: known)),
                    key: "formats",
                    mark: mark
                )
                return nil
            }
            if !formats.contains(format) { formats.append(format) }
        }
        return formats.isEmpty ? nil : formats
    }

    private static func isUsable(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 63 && !reserved.contains(name) && !name.hasPrefix("-")
            && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}
