// The indicators that departments have chosen, as their register states them.

import Almanac
import Diagnostics
import Records

/// One indicator with its definition, its plan and what counts as behind.
struct TargetIndicator: Sendable {
    let code: String
    let name: String
    /// What exactly is counted; printed in notices, because most quarrels are about it.
    let definition: String?
    let unit: String?
    let owner: String?
    let commitment: String?
    /// `nil` for pure direction: listed, never judged.
    let plan: TargetPlan?
    /// Percentage points of the way behind the plan: from the first on at risk, beyond the second off track.
    let amber: ExactDecimal
    let red: ExactDecimal
    /// How often a value is due; a latest one that is half as old again says nothing of today.
    let every: CalendarDuration?
    /// Between which numbers a value can lie at all.
    let least: ExactDecimal?
    let most: ExactDecimal?
    /// Whether it stays met once it was.
    let isLatched: Bool
    /// Since when the target is no longer one.
    let withdrawn: CivilDate?
    /// What the target was before a paper changed it, and the paper.
    let formerTarget: ExactDecimal?
    let adjustedBy: String?
    let basis: String?
    let row: RowReference

    /// - Parameter calendar: By which plans count working days.
    init(_ row: borrowing Row, _ columns: ColumnMap, calendar: WorkingDayCalendar) throws(Diagnostic) {
        guard let code = columns.text("indicator", of: row) else {
            throw Diagnostic("the indicator has no code, the row is not used", key: "indicator")
        }
        self.code = code
        name = columns.text("indicator_name", of: row) ?? code
        definition = columns.text("definition", of: row)
        unit = columns.text("unit", of: row)
        owner = columns.text("owner", of: row)
        commitment = columns.text("commitment", of: row)
        plan = try Self.plan(row, columns, calendar)
        amber = columns.cell("amber", of: row).decimal ?? ExactDecimal(10)
        red = columns.cell("red", of: row).decimal ?? ExactDecimal(30)
        if let text = columns.text("every", of: row) {
            do throws(Diagnostic) {
                every = try CalendarDuration(iso8601: text)
            } catch {
                var error = error
                error.key = "every"
                throw error
            }
        } else {
            every = nil
        }
        least = columns.cell("least", of: row).decimal
        most = columns.cell("most", of: row).decimal
        isLatched = columns.cell("latch", of: row) == .flag(true)
        withdrawn = columns.cell("withdrawn", of: row).date
        formerTarget = columns.cell("former_target", of: row).decimal
        adjustedBy = columns.text("adjusted_by", of: row)
        basis = columns.text("basis", of: row)
        self.row = row.reference
    }

    private static func plan(
        _ row: borrowing Row,
        _ columns: ColumnMap,
        _ calendar: WorkingDayCalendar
    ) throws(Diagnostic) -> TargetPlan? {
        let word = columns.text("trajectory", of: row)
        let target = columns.cell("target", of: row)
        if word == nil, target.decimal == nil, !target.isRejected { return nil }
        guard let trajectory = TargetTrajectory(rawValue: word ?? "") else {
            throw Diagnostic(
                "unknown trajectory, the row is not used",
                key: "trajectory",
                found: word ?? "",
                expected: TargetTrajectory.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        func needed(_ name: String, _ expected: String) -> Diagnostic {
            Diagnostic("the plan says too little, the row is not used", key: name, expected: expected)
        }
        guard let goal = target.decimal else { throw needed("target", "a number") }
        guard let until = columns.cell("target_date", of: row).date else { throw needed("target_date", "a date") }
        guard let from = columns.cell("baseline_date", of: row).date, from < until else {
            throw needed("baseline_date", "a date before the target's")
        }
        let stated = columns.cell("baseline", of: row)
        let isFromNothing = trajectory == .maintain || trajectory == .onceEach || trajectory == .cap
        guard let baseline = stated.decimal ?? (isFromNothing && !stated.isRejected ? ExactDecimal(0) : nil) else {
            throw needed("baseline", "a number, with the day on which it was so")
        }
        if baseline == goal, trajectory != .maintain {
            throw Diagnostic(
                "baseline and target are the same, so there is no way between them; the row is not used",
                key: "target",
                found: "\(goal)",
                remedy: "for what has to be kept, set the trajectory to maintain"
            )
        }
        var steps: [(date: CivilDate, value: ExactDecimal)] = []
        for part in CadenceRule.list(columns.text("steps", of: row)) {
            let sides = part.split(maxSplits: 1, whereSeparator: { ":：".contains($0) })
            guard sides.count == 2, let date = CivilDate(iso8601: sides[0]), let value = ExactDecimal(sides[1]) else {
                throw Diagnostic(
                    "this is no step, the row is not used",
                    key: "steps",
                    found: part,
                    expected: "days with values such as 2024-03-31:10;2024-06-30:40"
                )
            }
            steps.append((date, value))
        }
        guard trajectory != .steps || !steps.isEmpty else { throw needed("steps", "days with values") }
        return TargetPlan(
            trajectory: trajectory,
            baseline: baseline,
            from: from,
            target: goal,
            until: until,
            steps: steps.sorted { $0.date < $1.date },
            calendar: calendar
        )
    }

    /// Complains about what a notice could not print.
    func complain(_ row: borrowing Row, _ columns: ColumnMap, to complaints: inout RowComplaints) {
        guard plan != nil, definition == nil else { return }
        complaints.invalid(
            "nothing says what exactly is counted",
            severity: .warning,
            at: columns.place("definition", of: row),
            expected: "what is counted, of what, as of when"
        )
    }
}
