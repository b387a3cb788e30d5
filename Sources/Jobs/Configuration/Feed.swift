// Feeds: the tables that jobs judge by, with their declared columns.

import Diagnostics
package import Records

/// A named table or stream of tables.
package struct Feed: Sendable, Hashable {
    /// Where its files come from.
    package enum Source: String, Sendable, CaseIterable {
        /// Departments drop files into `inbox/<feed>/`.
        case inbox
        /// The file `registers/<feed>.csv` of the configuration.
        case register
    }

    package let name: String
    package let title: Title
    package let source: Source
    /// The department that hands the files in; `nil` for registers.
    package let supplier: String?
    package let schema: TableSchema
    /// How its tables are laid out.
    package let form: TableForm

    init?(_ file: SettingsFile, departments: [String], complaints: Complaints) {
        guard let root = Section.root(of: file, complaints: complaints) else { return nil }
        let name = root.parsed("feed") { text throws(Diagnostic) in
            guard text == file.stem else {
                throw Diagnostic("the feed's name and its file's name differ", found: text, expected: file.stem)
            }
            return text
        }
        let title = Title("title", of: root)
        let source = root.choice("source", of: Source.self)
        let supplier = source == .inbox ? root.text("supplied-by") : nil
        if let supplier, !departments.contains(supplier) {
            root.complain(
                Diagnostic(
                    "unknown department, so only an administrator can hand tables in",
                    severity: .warning,
                    found: supplier,
                    remedy: suggestion(for: supplier, among: departments) ?? "add it to departments.yaml"
                ),
                key: "supplied-by"
            )
        }
        let columns = root.section("columns").map(Self.columns)
        // What is due is read when all feeds are known.
        _ = root.has("due")
        root.close()
        guard let name, let title, let source, let columns, !complaints.hasErrors else { return nil }
        do throws(Diagnostic) {
            schema = try TableSchema(columns: columns)
        } catch {
            root.complain(error, key: "columns")
            return nil
        }
        self.name = name
        self.title = title
        self.source = source
        self.supplier = supplier
        form = .wide
    }

    private static func columns(_ section: Section) -> [Column] {
        section.keys.compactMap { name in
            guard let column = section.section(name) else { return nil }
            let type = column.choice("type", of: ColumnType.self)
            let zh = column.text("zh")
            let en = column.text("en")
            let aliases = column.texts("aliases").map(\.text)
            let use = column.has("use") ? column.choice("use", of: Use.self) : .optional
            let unit = column.optionalText("unit")
            column.close()
            guard let type, let zh, let en, let use else { return nil }
            return Column(
                name: name,
                titleZh: zh,
                titleEn: en,
                aliases: aliases,
                type: type,
                isRequired: use == .required,
                isIgnored: use == .ignored,
                unit: unit
            )
        }
    }

    /// Whether a table must have the column, may have it, or is never read for it.
    private enum Use: String, CaseIterable {
        case required, optional, ignored
    }
}
