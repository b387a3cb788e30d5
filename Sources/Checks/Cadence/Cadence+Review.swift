// What of a table of drills will not count, for the return slip.

import Diagnostics
package import Records

extension Cadence {
    package mutating func review(_ row: borrowing Row, role: Int, _ tell: (Reject) -> Void) -> Int? {
        guard role == 2 else { return nil }
        guard !row.isRejected, row.contradicted == nil else { return 0 }
        guard !units.isEmpty else {
            if reviewed.isNews("units") { tell(recordColumns.nothingRegistered("unit", of: row)) }
            return row.fileRows
        }
        let code = recordColumns.text("unit", of: row) ?? ""
        guard let index = indices[code] else {
            let near = reviewed.nearest(to: code, among: indices.keys)
            tell(recordColumns.stranger("unit", "unit", of: row, found: code, nearest: near))
            return row.fileRows
        }
        guard case .date = recordColumns.cell("date", of: row) else {
            tell(recordColumns.unstated("date", of: row))
            return row.fileRows
        }
        guard let kind = recordColumns.text("kind", of: row) else {
            tell(recordColumns.unstated("kind", of: row))
            return row.fileRows
        }
        let accepted = kinds(of: units[index])
        guard !accepted.contains(kind) else { return 0 }
        tell(knownKinds.contains(kind) ? uncounted(kind, accepted, row) : unknown(kind, accepted, row))
        return row.fileRows
    }

    /// The kinds of drill that some rule of the unit accepts.
    private func kinds(of unit: DrillUnit) -> Set<String> {
        rules.reduce(into: []) { kinds, rule in
            guard !rule.appliesTo.isDisjoint(with: unit.tags) else { return }
            kinds.formUnion(rule.kinds)
            kinds.formUnion(rule.demand.substitutes)
        }
    }

    private mutating func unknown(_ kind: String, _ accepted: Set<String>, _ row: borrowing Row) -> Reject {
        let near = reviewed.nearest(to: kind, among: knownKinds)
        return recordColumns.reject(
            .unknownWord,
            "unknown kind of drill, the row is not used",
            "kind",
            of: row,
            nearest: near,
            detail: .words(Self.inOrder(accepted)),
            costsRow: true
        )
    }

    /// Words in Chinese first, as most tables have them.
    private static func inOrder(_ kinds: Set<String>) -> [String] {
        func isPlain(_ kind: String) -> Bool { kind.utf8.allSatisfy { $0 < 0x80 } }
        let kinds = kinds.sorted()
        return kinds.filter { !isPlain($0) } + kinds.filter(isPlain)
    }

    /// A drill that was held and that none of the unit's rules asks for.
    private func uncounted(_ kind: String, _ accepted: Set<String>, _ row: borrowing Row) -> Reject {
        recordColumns.reject(
            .notCounted,
            "no rule of the unit accepts this kind of drill, so it keeps none",
            severity: .warning,
            "kind",
            of: row,
            detail: .words(Self.inOrder(accepted)),
            costsRow: true
        )
    }
}
