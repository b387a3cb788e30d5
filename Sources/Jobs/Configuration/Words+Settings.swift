// How the files of words/<language>/ make up one language's words.

import Alerts
import Checks
import Diagnostics

extension Words {
    /// Reads `notice.txt` (the layout), `terms.yaml` (tables), `general.yaml` (what is said of every kind of check),
    /// `digest.txt` (many changes as one text), `guide.txt` (what departments have to know), `slip.txt` and `slip.yaml`
    /// (return slips), `cap.yaml` (messages of the Common Alerting Protocol) and one file of sentences for each kind of
    /// check.
    init?(language: String, files: [SettingsFile], complaints: (SettingsFile) -> Complaints) {
        var layouts: [LayoutFile: Template] = [:]
        var general: Sentences?
        var tables: [String: [String: String]] = [:]
        var sentences: [String: [String: Sentences]] = [:]
        // Sentences are held against the tables of terms.
        let (terms, others) = (files.filter { $0.stem == "terms" }, files.filter { $0.stem != "terms" })
        for file in terms {
            guard let root = Section.root(of: file, complaints: complaints(file)) else { continue }
            for name in root.keys { tables[name] = root.section(name).map { Self.table($0, named: name) } }
        }
        let tableNames = tables.isEmpty ? nil : Set(tables.keys)
        var cap: CAPWords?
        for file in others where file.stem != SlipWords.stem {
            let complaints = complaints(file)
            if let kind = LayoutFile.allCases.first(where: { file.path.hasSuffix("/\($0.rawValue)") }) {
                layouts[kind] = Self.layout(file, complaints, knowing: kind.names, tables: tableNames)
            } else if file.stem == Self.generalStem {
                general = Section.root(of: file, complaints: complaints).map { root in
                    Self.sentences(root, knowing: Self.allFacts.union(.usual), tables: tableNames)
                }
            } else if file.stem == CAPWords.stem {
                cap = CAPWords(file, complaints: complaints, knowing: LayoutFile.notice.names, tables: tableNames)
            } else if let root = Section.root(of: file, complaints: complaints) {
                sentences[file.stem] = Self.indicators(root, kind: file.stem, tables: tableNames)
            }
        }
        guard let layout = layouts[.notice] else { return nil }
        let needed = ["\(Self.generalStem).yaml"] + LayoutFile.allCases.map(\.rawValue)
        Self.complainOfMissing(needed, language, files, complaints)
        let slip = SlipWords(language: language, files: files, tables: tableNames, complaints: complaints)
        self.init(
            language: language,
            layout: layout,
            tables: tables,
            sentences: sentences,
            general: general ?? [:],
            digest: layouts[.digest],
            guide: layouts[.guide],
            slip: slip,
            cap: cap
        )
    }

    /// The name, before its ending, of the file with what is said of every kind of check.
    private static let generalStem = "general"

    /// Files that hold one text each.
    private enum LayoutFile: String, CaseIterable {
        case notice = "notice.txt"
        case digest = "digest.txt"
        case guide = "guide.txt"

        /// What the text can name.
        var names: FactNames {
            switch self {
            case .notice: Words.allFacts.union(.fields)
            case .digest: .digest
            case .guide: .guide
            }
        }
    }

    /// What a sentence can name that serves all kinds of checks.
    private static var allFacts: FactNames {
        let indicators = CheckDefinition.allKinds.compactMap(CheckDefinition.factNames).flatMap(\.values)
        return indicators.reduce(.notice) { $0.union($1) }
    }

    /// Complains about files that every language has to have.
    private static func complainOfMissing(
        _ names: [String],
        _ language: String,
        _ files: [SettingsFile],
        _ complaints: (SettingsFile) -> Complaints
    ) {
        let sibling = files.first { $0.displayName.hasSuffix($0.path) }
        let root = sibling.map { $0.displayName.dropLast($0.path.count) } ?? ""
        for path in names.map({ "words/\(language)/\($0)" }) where !files.contains(where: { $0.path == path }) {
            complaints(SettingsFile(path: path, displayName: root + path, bytes: [])).add(
                Diagnostic(
                    "the file is missing, so what it words is not written in \(language)",
                    remedy: "copy it from the Config folder of this version of dutyd"
                ),
                at: nil,
                key: nil
            )
        }
    }

    /// A layout from a file of its own; `nil` after a complaint that leaves none.
    static func layout(
        _ file: SettingsFile,
        _ complaints: Complaints,
        knowing names: FactNames,
        tables: Set<String>?
    ) -> Template? {
        do throws(Diagnostic) {
            let layout = try Template(try file.text())
            for slip in layout.slips(knowing: names, tables: tables) {
                let position = Position(file: file.displayName, line: slip.line, column: slip.column)
                complaints.add(slip.diagnostic.located(at: position), at: nil, key: nil)
            }
            return layout
        } catch {
            complaints.add(error, at: nil, key: nil)
            return nil
        }
    }

    private static func table(_ section: Section, named name: String) -> [String: String] {
        // These are templates, too.
        if name == "titles" {
            for key in section.keys { _ = section.template(key, knowing: FactNames(["feed"]), tables: nil) }
        }
        return Dictionary(uniqueKeysWithValues: section.keys.map { ($0, section.optionalText($0) ?? "") })
    }

    private static func indicators(_ root: Section, kind: String, tables: Set<String>?) -> [String: Sentences] {
        var indicators: [String: Sentences] = [:]
        let facts = CheckDefinition.factNames(ofKind: kind)
        if facts == nil {
            root.complain(
                Diagnostic(
                    "there is no such kind of check, so these sentences are never used",
                    severity: .warning,
                    found: kind,
                    remedy: suggestion(for: kind, among: CheckDefinition.allKinds)
                )
            )
        }
        for indicator in root.keys {
            if let facts, facts[indicator] == nil {
                root.complain(
                    Diagnostic(
                        "the check has no such indicator, so these sentences are never used",
                        found: indicator,
                        remedy: suggestion(for: indicator, among: facts.keys)
                    ),
                    key: indicator
                )
            }
            let names = facts?[indicator].map(FactNames.notice.union)
            guard let section = root.section(indicator) else { continue }
            indicators[indicator] = Self.sentences(section, knowing: names, tables: tables)
        }
        return indicators
    }

    /// The fields that have words here; others have general ones.
    private static func sentences(_ section: Section, knowing names: FactNames?, tables: Set<String>?) -> Sentences {
        var sentences: Sentences = [:]
        for field in Field.allCases {
            guard let choices = section.optionalSection(field.rawValue) else { continue }
            sentences[field] = Self.choices(choices, knowing: names, tables: tables)
        }
        section.close()
        return sentences
    }

    private static func choices(
        _ section: Section,
        knowing names: FactNames?,
        tables: Set<String>?
    ) -> [String: Template] {
        var choices: [String: Template] = [:]
        for key in Change.Kind.allCases.map(\.rawValue) + ["warning", "critical", Self.any] {
            choices[key] = section.has(key) ? section.template(key, knowing: names, tables: tables) : nil
        }
        section.close()
        return choices
    }
}

extension Section {
    /// A sentence under a key that must be there; complains about what is wrong with it and about holes that nothing
    /// fills.
    /// - Parameters:
    ///   - names: What the sentence can name; `nil` when that is not known.
    ///   - tables: The tables of terms; `nil` when they are not known.
    func template(_ key: String, knowing names: FactNames?, tables: Set<String>?) -> Template? {
        let template = parsed(key) { text throws(Diagnostic) in try Template(text) }
        guard let template, let names else { return template }
        for slip in template.slips(knowing: names, tables: tables) {
            complain(slip.diagnostic, key: key, line: slip.line)
        }
        return template
    }
}
