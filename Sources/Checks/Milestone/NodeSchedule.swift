// When nodes will be done if what comes before them is late: slippage that knocks on.

import Almanac

/// The days on which the nodes of a list are to be expected.
struct NodeSchedule {
    /// What makes a node late before its own time.
    struct Delay {
        let days: Int
        /// The node that it waits for.
        let cause: String
    }

    private let nodes: [String: ProjectNode]
    private let asOf: CivilDate
    private var found: [String: CivilDate] = [:]
    private var causes: [String: Delay] = [:]
    /// Nodes that wait for each other, which no order can please.
    private(set) var circular: Set<String> = []

    init(_ nodes: [ProjectNode], asOf: CivilDate) {
        self.nodes = Dictionary(nodes.map { ($0.key, $0) }) { first, _ in first }
        self.asOf = asOf
    }

    /// The day on which a node was done, or is to be expected: no earlier than today, than its lead says, or than the
    /// node before it has slipped.
    mutating func day(of key: String) -> CivilDate? { day(of: key, through: []) }

    /// How late a node will be because of another one; after its day was asked for.
    func delay(of key: String) -> Delay? { causes[key] }

    private mutating func day(of key: String, through path: [String]) -> CivilDate? {
        if let known = found[key] { return known }
        guard let node = nodes[key] else { return nil }
        if let actual = node.actual.date, actual <= asOf {
            found[key] = actual
            return actual
        }
        guard let planned = node.planned.date else { return nil }
        guard !path.contains(key) else {
            circular.insert(key)
            return planned
        }
        var day = max(planned, node.expected ?? planned)
        if day < asOf { day = asOf }
        for need in node.needs {
            guard let before = self.day(of: need, through: path + [key]), let plannedBefore = nodes[need]?.planned.date
            else { continue }
            // As long after the one before as the plan has it.
            let slip = plannedBefore.days(to: before)
            guard slip > 0, planned.adding(days: slip) > day else { continue }
            day = planned.adding(days: slip)
            causes[key] = Delay(days: slip, cause: need)
        }
        found[key] = day
        return day
    }
}
