// Feeds: the tables that jobs judge by, with their declared columns.

import Diagnostics
package import Records

/// A named table or stream of tables.
package struct Feed: Sendable, Hashable {
    /// Where its files come from.
    package enum Source: String, Sendable, CaseIterable {
        /// Departments drop files into `inbox/<feed>/`.
        case inbox
        /// The file `registers/<feed>.csv` of the configuration, which the district fills in.
        case register
        /// The file `standards/<feed>.csv` of the configuration: dated rules, each with its paper and clause.
        case standard

        /// Whether the table is one of the configuration, and no department hands it in.
        package var isOwn: Bool { self != .inbox }
    }

    package let name: String
    package let title: Title
    package let source: Source
    /// The department that hands the files in; `nil` for tables of the configuration.
    package let supplier: String?
    package let schema: TableSchema
    /// How its tables are laid out.
    package let form: TableForm
    /// How its rows say whom they speak of.
    package let identities: [Identity]
    /// What becomes of rows that stand there twice; `nil` when that is its check's business alone.
    package let duplicates: DuplicateRule?
    /// What each of its rows has to say; a register's rows say what they can.
    package let needs: RowNeeds
    /// The places of the columns with what its rows say; rows of a register may say nothing.
    package let valueColumns: [Int]

    /// - Parameter departments: The names of the departments; `nil` when nobody can say which there are.
    init?(_ file: SettingsFile, departments: [String]?, complaints: Complaints) {
        guard let root = Section.root(of: file, complaints: complaints) else { return nil }
        let name = root.parsed("feed") { text throws(Diagnostic) in
            guard text == file.stem else {
                throw Diagnostic("the feed's name and its file's name differ", found: text, expected: file.stem)
            }
            return text
        }
        let title = Title("title", of: root)
        let source = root.choice("source", of: Source.self)
        // Where a slip makes the source unknown, the supplier is no further one.
        let supplier =
            switch source {
            case .inbox: root.text("supplied-by")
            case .register, .standard: String?.none
            case nil: root.optionalText("supplied-by")
            }
        if let supplier, let departments, !departments.contains(supplier) {
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
        let form = TableForm(root)
        let schema = root.section("columns").flatMap { TableSchema($0, of: root) }
        let identities = Self.identities(of: root, schema: schema, source: source)
        if let schema { root.complain(ofNonsenseIn: schema, identities) }
        let duplicates = DuplicateRule(root, schema: schema, identities: identities)
        // What is due is read when all feeds are known.
        _ = root.has("due")
        root.close()
        guard let name, let title, let source, let form, let schema, !complaints.hasErrors else { return nil }
        self.name = name
        self.title = title
        self.source = source
        self.supplier = supplier
        self.schema = schema
        self.form = form
        self.identities = identities
        self.duplicates = duplicates
        let subjects = Set(identities.flatMap { [$0.code] + $0.names })
        needs = source == .inbox ? RowNeeds(schema, subjects: subjects) : RowNeeds()
        let key = subjects.union(duplicates?.keyColumns ?? [])
        valueColumns = source == .inbox ? schema.valueColumns(besides: key) : []
    }
}

extension RowNeeds {
    /// A required cell has to be readable and, unless it is one of those by which a subject is found, to hold something.
    fileprivate init(_ schema: TableSchema, subjects: Set<Int>) {
        let required = schema.columns.indices.filter { schema.columns[$0].isRequired }
        self.init(readable: required, stated: required.filter { !subjects.contains($0) })
    }
}

extension TableSchema {
    /// The columns of numbers and answers, and of texts that no row can do without; where no row needs a day, also those of
    /// days: in a list of matters they say what has happened.
    fileprivate func valueColumns(besides key: Set<Int>) -> [Int] {
        let isDated = columns.contains { [ColumnType].days.contains($0.type) && $0.isRequired }
        return columns.indices.filter { index in
            let column = columns[index]
            guard !column.isIgnored, !key.contains(index) else { return false }
            if [ColumnType].days.contains(column.type) { return !isDated }
            return column.type.isNumber || column.type == .flag || column.isRequired
        }
    }
}
