// What words/<language>/cap.yaml gives messages of the Common Alerting Protocol.

import Alerts
import Checks
import Diagnostics

extension CAPWords {
    /// The file's name before its ending.
    static let stem = "cap"

    /// Reads the file; a text that is missing is complained about, and costs the language's messages.
    /// - Parameters:
    ///   - names: What the texts can name beside the district.
    ///   - tables: The names of the tables of terms; `nil` when they are not known.
    init?(_ file: SettingsFile, complaints: Complaints, knowing names: FactNames, tables: Set<String>?) {
        guard let root = Section.root(of: file, complaints: complaints) else { return nil }
        let tag = root.parsed("language") { text throws(Diagnostic) in
            guard CAPRules.isLanguageTag(text) else {
                throw Diagnostic("this is no tag of a language", found: text, expected: "a tag such as zh-CN")
            }
            return text
        }
        var templates: [Field: Template] = [:]
        let known = names.union(FactNames(["district"]))
        for field in Field.allCases {
            // Of the message as a whole, no alert's facts are told.
            let own = field == .restriction || field == .exercise ? FactNames(["district", "job"]) : known
            templates[field] = root.template(field.rawValue, knowing: own, tables: tables)
        }
        root.close()
        guard let tag, templates.count == Field.allCases.count else { return nil }
        self.init(tag: tag, templates: templates)
    }
}
