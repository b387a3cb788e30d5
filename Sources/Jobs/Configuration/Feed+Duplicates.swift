// What a feed says about rows that stand there twice.

import Diagnostics
import Records

extension DuplicateRule {
    /// Whether a key stands in one row of a file, or in several that may differ.
    private enum Rows: String, CaseIterable {
        case one, several
    }

    /// Reads `key`, `conflicts` and `rows-per-key`; without a key there is no rule.
    init?(_ root: Section, schema: TableSchema?, identities: [Feed.Identity]) {
        let names = root.has("key") ? root.neededTexts("key") : []
        let conflicts = root.has("conflicts") ? root.choice("conflicts", of: Conflicts.self) : .refuse
        let rows = root.has("rows-per-key") ? root.choice("rows-per-key", of: Rows.self) : .one
        for setting in ["conflicts", "rows-per-key"] where root.has(setting) && !root.has("key") {
            root.complain(
                Diagnostic("without a key no row is known again", remedy: "add key: [columns]"),
                key: setting
            )
        }
        guard let schema else { return nil }
        let key = names.compactMap { name, mark in root.keyColumn(name, in: schema, mark: mark) }
        guard !names.isEmpty, Set(key).count == names.count, let conflicts, let rows else { return nil }
        self.init(
            schema: schema,
            key: key,
            names: Dictionary(identities.map { ($0.code, $0.names) }) { first, _ in first },
            conflicts: conflicts,
            hasSeveralRows: rows == .several
        )
    }
}
