// How the files of words/<language>/ make up one language's words.

import Alerts
import Diagnostics

extension Words {
    /// Reads `notice.txt` (the layout), `terms.yaml` (tables), `slip.txt` and `slip.yaml` (return slips) and one file of
    /// sentences for each kind of check.
    init?(language: String, files: [SettingsFile], complaints: (SettingsFile) -> Complaints) {
        var layout: Template?
        var tables: [String: [String: String]] = [:]
        var sentences: [String: [String: Sentences]] = [:]
        for file in files where file.stem != SlipWords.stem {
            let complaints = complaints(file)
            if file.path.hasSuffix("/notice.txt") {
                do throws(Diagnostic) {
                    layout = try Template(try file.text())
                } catch {
                    complaints.add(error, at: nil, key: nil)
                }
            } else if let root = Section.root(of: file, complaints: complaints) {
                if file.stem == "terms" {
                    for name in root.keys { tables[name] = root.section(name).map(Self.table) }
                } else {
                    sentences[file.stem] = Self.indicators(root)
                }
            }
        }
        guard let layout else { return nil }
        let slip = SlipWords(language: language, files: files, complaints: complaints)
        self.init(language: language, layout: layout, tables: tables, sentences: sentences, slip: slip)
    }

    private static func table(_ section: Section) -> [String: String] {
        Dictionary(uniqueKeysWithValues: section.keys.map { ($0, section.optionalText($0) ?? "") })
    }

    private static func indicators(_ root: Section) -> [String: Sentences] {
        var indicators: [String: Sentences] = [:]
        for indicator in root.keys {
            guard let section = root.section(indicator) else { continue }
            var sentences: Sentences = [:]
            for field in Field.allCases {
                guard let choices = section.section(field.rawValue) else { continue }
                sentences[field] = Self.choices(choices)
            }
            section.close()
            indicators[indicator] = sentences
        }
        return indicators
    }

    private static func choices(_ section: Section) -> [String: Template] {
        var choices: [String: Template] = [:]
        for key in Change.Kind.allCases.map(\.rawValue) + ["warning", "critical", "any"] {
            choices[key] = section.optionallyParsed(key) { text throws(Diagnostic) in try Template(text) }
        }
        section.close()
        return choices
    }
}
