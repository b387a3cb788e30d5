// The nodes of projects, as the departments' lists have them.

import Almanac
import Records

/// One node of one project: what has to be there by when.
struct ProjectNode: Sendable {
    let programme: String
    let project: String
    let node: String
    let name: String
    let lead: String?
    let planned: Cell
    let actual: Cell
    /// When its work was to begin, and began.
    let plannedStart: CivilDate?
    let started: CivilDate?
    /// When the lead itself expects it.
    let expected: CivilDate?
    /// Nodes that have to be done first, by their keys; a row names them within its project as `node`, within its
    /// programme as `project/node`.
    let needs: [String]
    /// When its project entered the list.
    let entered: CivilDate?
    let row: RowReference
    let doubt: Gap?

    init(_ row: borrowing Row, _ columns: ColumnMap) {
        let programme = columns.text("programme", of: row) ?? ""
        self.programme = programme
        let project = columns.text("project", of: row) ?? ""
        self.project = project
        node = columns.text("node", of: row) ?? ""
        name = columns.text("project_name", of: row) ?? project
        lead = columns.text("lead", of: row)
        planned = columns.cell("planned", of: row)
        actual = columns.cell("actual", of: row)
        plannedStart = columns.cell("planned_start", of: row).date
        started = columns.cell("started", of: row).date
        expected = columns.cell("expected", of: row).date
        needs = CadenceRule.list(columns.text("after", of: row)).sorted().map { need in
            switch need.count(where: { $0 == "/" }) {
            case 0: "\(programme)/\(project)/\(need)"
            case 1: "\(programme)/\(need)"
            default: need
            }
        }
        entered = columns.cell("entered", of: row).date
        self.row = row.reference
        doubt =
            row.contradicted != nil
            ? Gap(.conflicting, "row", at: row.reference)
            : row.isRejected ? Gap(.unreadable, "row", at: row.reference) : nil
    }

    /// By which other nodes and verdicts name it.
    var key: String { "\(programme)/\(project)/\(node)" }

    var gaps: [Gap] {
        let cells = [("planned", planned), ("actual", actual)].filter { $0.1.isRejected }
        return [doubt].compactMap(\.self) + cells.map { Gap(.unreadable, $0.0, at: row) }
    }
}
