// How words/<language>/slip.txt and slip.yaml make up what return slips say.

import Alerts
import Checks
import Diagnostics
import Records

extension SlipWords {
    /// The name that both files have before their endings.
    static let stem = "slip"

    /// Reads the layout and the sentences; a sentence that is missing costs itself, a file that is missing costs the
    /// language's slips.
    /// - Parameter tables: The names of the tables of terms; `nil` when they are not known.
    init?(
        language: String,
        files: [SettingsFile],
        tables: Set<String>?,
        complaints: (SettingsFile) -> Complaints
    ) {
        func file(_ ending: String) -> (file: SettingsFile, complaints: Complaints)? {
            let path = "words/\(language)/\(Self.stem).\(ending)"
            if let file = files.first(where: { $0.path == path }) { return (file, complaints(file)) }
            let sibling = files.first { $0.displayName.hasSuffix($0.path) }
            let root = sibling.map { $0.displayName.dropLast($0.path.count) } ?? ""
            let missing = SettingsFile(path: path, displayName: root + path, bytes: [])
            complaints(missing).add(
                Diagnostic(
                    "the file is missing, so return slips are not written in \(language)",
                    remedy: "copy it from the Config folder of this version of dutyd"
                ),
                at: nil,
                key: nil
            )
            return nil
        }
        let layoutFile = file("txt")
        guard let (sentences, complaints) = file("yaml"), let root = Section.root(of: sentences, complaints: complaints)
        else { return nil }
        let summaries: [Slip.Outcome: Template] = Self.templates("summary", of: root, .slip, tables)
        let actions: [Slip.Outcome: Template] = Self.templates("action", of: root, .slip, tables)
        let reasons: [Reject.Reason: Template] = Self.templates("reasons", of: root, .reject, tables)
        let accepted: [ColumnType: String] = Self.values("accepted", of: root) { $0.text($1) }
        root.close()
        let names = FactNames.slip.union(.slipSentences)
        guard let (file, fileComplaints) = layoutFile,
            let layout = Words.layout(file, fileComplaints, knowing: names, tables: tables)
        else { return nil }
        self.init(layout: layout, summaries: summaries, actions: actions, reasons: reasons, accepted: accepted)
    }

    /// One sentence for each case; what is missing is complained about.
    private static func templates<Name: RawRepresentable & CaseIterable & Hashable>(
        _ key: String,
        of root: Section,
        _ names: FactNames,
        _ tables: Set<String>?
    ) -> [Name: Template] where Name.RawValue == String {
        values(key, of: root) { section, name in section.template(name, knowing: names, tables: tables) }
    }

    private static func values<Name: RawRepresentable & CaseIterable & Hashable, Value>(
        _ key: String,
        of root: Section,
        read: (Section, String) -> Value?
    ) -> [Name: Value] where Name.RawValue == String {
        guard let section = root.section(key) else { return [:] }
        var values: [Name: Value] = [:]
        for name in Name.allCases { values[name] = read(section, name.rawValue) }
        section.close()
        return values
    }
}
