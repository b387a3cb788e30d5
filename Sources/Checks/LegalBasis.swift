// Of what rank the papers are that rules rest on.

import Diagnostics
import Records

/// The ranks as the tables of words know them: what the district decided itself, what holds elsewhere and what nobody has
/// verified are never called law.
enum LegalBasis {
    /// What the district decided itself.
    static let local = "本区自定"

    static let known = ["法定", "规范性文件", local, "外地参考", "待核实", "statute", "local-default"]

    /// Complains about a word that notices cannot print for what it is.
    static func complain(
        _ basis: String,
        _ row: borrowing Row,
        _ columns: ColumnMap,
        to complaints: inout RowComplaints
    ) {
        guard !known.contains(basis) else { return }
        complaints.invalid(
            "notices cannot say of what rank the rule is",
            severity: .warning,
            at: columns.place("basis", of: row),
            found: basis,
            expected: "法定, 规范性文件, 本区自定, 外地参考 or 待核实"
        )
    }
}
