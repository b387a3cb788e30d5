// Projects with nodes: planned and actual days, what slips and what that pulls along, and lists that may still grow.

import Almanac
import Diagnostics
package import Records

/// Judges each node, and counts what each programme has done of what is known of it.
package struct Milestone: Check {
    /// What a job sets.
    package typealias Parameters = LeadTimes.Counted

    static let roles = [
        TableRole(
            name: "programmes",
            needs: [
                .init("programme", .text), .init("programme_name", .text), .init("at_least", .integer),
                .init("owner", .text, essential: false), .init("commitment", .text, essential: false),
                .init("basis", .text, essential: false),
            ],
            datedBy: nil
        ),
        TableRole(
            name: "nodes",
            needs: [
                .init("programme", .text), .init("project", .text), .init("node", .text), .init("planned", .date),
                .init("actual", .date), .init("project_name", .text, essential: false),
                .init("lead", .text, essential: false), .init("planned_start", .date, essential: false),
                .init("started", .date, essential: false), .init("expected", .date, essential: false),
                .init("after", .text, essential: false), .init("entered", .date, essential: false),
            ],
            datedBy: "planned"
        ),
    ]

    private let parameters: Parameters
    private let programmeColumns: ColumnMap
    private let nodeColumns: ColumnMap
    private let period: Period
    private let asOf: CivilDate
    private var programmes: [Programme] = []
    private var nodes: [ProjectNode] = []
    private var places: [String: Int] = [:]
    private var isAwaitingNodes = false
    private var reviewed = ReviewMemory()
    package private(set) var complaints = RowComplaints()

    /// - Parameter maps: Where the roles' columns stand, in the order of the roles.
    init(_ parameters: Parameters, maps: [ColumnMap], period: Period, asOf: CivilDate) {
        self.parameters = parameters
        programmeColumns = maps[0]
        nodeColumns = maps[1]
        self.period = period
        self.asOf = min(asOf, period.last)
    }

    package mutating func consume(_ row: borrowing Row, role: Int) {
        if role == 0 {
            guard let programme = Programme(row, programmeColumns) else {
                return complaints.nameless("programme", key: "programme", at: row.reference)
            }
            guard !programmes.contains(where: { $0.code == programme.code }) else {
                return complaints.twice("programme", programme.code, at: row.reference)
            }
            return programmes.append(programme)
        }
        let node = ProjectNode(row, nodeColumns)
        guard programmes.contains(where: { $0.code == node.programme }) else {
            // Of a code that cannot be read the reader has told.
            guard !row.isRejected else { return }
            return complaints.unknown(
                "programme",
                node.programme,
                at: row.reference,
                known: programmes.map(\.code)
            )
        }
        let key = node.key
        if let index = places[key] {
            guard node.doubt == nil else {
                nodes[index] = node
                return
            }
            return complaints.twice("node", key, at: row.reference)
        }
        places[key] = nodes.count
        nodes.append(node)
    }

    package mutating func awaitFirstTable(role: Int) {
        if role == 1 { isAwaitingNodes = true }
    }

    package mutating func finish() -> [Assessment] {
        let known = Set(nodes.map(\.key))
        for node in nodes {
            for need in node.needs where !known.contains(need) {
                complaints.unknown("node that has to be done first", need, at: node.row, known: known)
            }
        }
        var schedule = NodeSchedule(nodes, asOf: asOf)
        var verdicts: [Assessment] = []
        for node in nodes {
            verdicts.append(
                NodeVerdict(
                    node: node,
                    day: schedule.day(of: node.key),
                    delay: schedule.delay(of: node.key),
                    asOf: asOf,
                    parameters: parameters
                ).assess(period: period)
            )
        }
        for key in schedule.circular.sorted() {
            guard let node = nodes.first(where: { $0.key == key }) else { continue }
            complaints.invalid(
                "the node waits for itself, so nobody can say when it will be done",
                at: RegisterCell(column: "after", position: node.row.position),
                found: key
            )
        }
        return verdicts
            + programmes.map { programme in
                programme.assess(
                    nodes.filter { $0.programme == programme.code },
                    period: period,
                    asOf: asOf,
                    isAwaiting: isAwaitingNodes
                )
            }
    }

    package mutating func review(_ row: borrowing Row, role: Int, _ tell: (Reject) -> Void) -> Int? {
        guard role == 1 else { return nil }
        guard !row.isRejected, row.contradicted == nil else { return 0 }
        let code = nodeColumns.text("programme", of: row) ?? ""
        guard !programmes.contains(where: { $0.code == code }) else { return 0 }
        guard !programmes.isEmpty else {
            if reviewed.isNews("programmes") { tell(nodeColumns.nothingRegistered("programme", of: row)) }
            return row.fileRows
        }
        let near = reviewed.nearest(to: code, among: programmes.map(\.code))
        tell(nodeColumns.stranger("programme", "programme", of: row, found: code, nearest: near))
        return row.fileRows
    }
}
