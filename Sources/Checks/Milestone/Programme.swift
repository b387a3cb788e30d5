// Programmes of projects whose number may still grow: done of known, and of how many at least.

import Almanac
import Records

/// One programme of the register.
struct Programme: Sendable {
    private static let listed = 20

    let code: String
    let name: String
    /// The number that was promised at least; the list may be longer, and must not be shorter for long.
    let atLeast: Int?
    let owner: String?
    let commitment: String?
    let basis: String?
    let row: RowReference

    init?(_ row: borrowing Row, _ columns: ColumnMap) {
        guard let code = columns.text("programme", of: row) else { return nil }
        self.code = code
        name = columns.text("programme_name", of: row) ?? code
        if case .integer(let count) = columns.cell("at_least", of: row) { atLeast = Int(count) } else { atLeast = nil }
        owner = columns.text("owner", of: row)
        commitment = columns.text("commitment", of: row)
        basis = columns.text("basis", of: row)
        self.row = row.reference
    }

    /// How much of it is done: never a share, since the whole may grow.
    func assess(_ nodes: [ProjectNode], period: Period, asOf: CivilDate, isAwaiting: Bool) -> Assessment {
        let projects = Dictionary(grouping: nodes, by: \.project)
        func isDone(_ nodes: [ProjectNode]) -> Bool {
            nodes.allSatisfy { $0.doubt == nil && $0.actual.date.map { $0 <= asOf } ?? false }
        }
        let overdue = nodes.filter { node in
            guard node.gaps.isEmpty, node.actual.date.map({ $0 > asOf }) ?? true else { return false }
            return node.planned.date.map { $0 < asOf } ?? false
        }
        let added = projects.values.filter { nodes in
            nodes.compactMap(\.entered).min().map { $0 > asOf.adding(months: -1) && $0 <= asOf } ?? false
        }.count
        let isShort = atLeast.map { projects.count < $0 } ?? false
        return Assessment(
            subject: code,
            name: name,
            period: period,
            indicator: "programme",
            state: nodes.isEmpty ? .unknown : isShort ? .warning : .ok,
            facts: Facts([
                "stage": .text(nodes.isEmpty ? "no-data" : isShort ? "list-too-short" : "counted"),
                "done": .integer(projects.values.count(where: isDone)), "known": .integer(projects.count),
                "atLeast": atLeast.map(Facts.Value.integer), "added": added > 0 ? .integer(added) : nil,
                "knownBefore": added > 0 ? .integer(projects.count - added) : nil,
                "nodes": .integer(nodes.count), "overdue": .integer(overdue.count),
                "late": overdue.isEmpty
                    ? nil : .texts(overdue.prefix(Self.listed).map { "\($0.name) \($0.node)" }),
                "moreLate": overdue.count > Self.listed ? .integer(overdue.count - Self.listed) : nil,
                "owner": owner.map(Facts.Value.text), "commitment": commitment.map(Facts.Value.text),
                "basis": basis.map(Facts.Value.text),
            ]),
            gaps: nodes.isEmpty ? [Gap(isAwaiting ? .awaitingFirstFile : .noRow, "nodes", at: row)] : [],
            source: [row]
        )
    }
}

extension Milestone {
    static let factNames = [
        "milestone": FactNames([
            "programme", "project", "node", "lead", "stage", "planned", "due", "actual", "expected", "slippage",
            "waitsFor", "plannedStart", "started",
        ]),
        "programme": FactNames(
            [
                "stage", "done", "known", "atLeast", "added", "knownBefore", "nodes", "overdue", "moreLate", "owner",
                "commitment", "basis",
            ],
            lists: ["late": FactNames.texts]
        ),
    ]
}
