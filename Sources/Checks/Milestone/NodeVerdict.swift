// What is said of one node.

import Almanac
import Records

/// One node on one day.
struct NodeVerdict {
    let node: ProjectNode
    /// When it was done, or is to be expected.
    let day: CivilDate?
    let delay: NodeSchedule.Delay?
    let asOf: CivilDate
    let parameters: Milestone.Parameters

    func assess(period: Period) -> Assessment {
        let stage = stage
        var gaps = node.gaps
        if stage == .unplanned { gaps.append(Gap(Gap.Reason(node.planned), "planned", at: node.row)) }
        let slippage = node.planned.date.flatMap { planned in day.map { planned.days(to: $0) } }
        return Assessment(
            subject: node.key,
            name: node.name,
            period: period,
            indicator: "milestone",
            state: stage.state,
            facts: Facts([
                "programme": .text(node.programme), "project": .text(node.project), "node": .text(node.node),
                "lead": node.lead.map(Facts.Value.text), "stage": .text(stage.rawValue),
                "planned": node.planned.date.map(Facts.Value.date), "due": node.planned.date.map(Facts.Value.date),
                "actual": done.map(Facts.Value.date),
                "expected": done == nil ? day.map(Facts.Value.date) : nil,
                "slippage": slippage.map(Facts.Value.integer),
                "waitsFor": stage == .knockOn ? delay.map { .text($0.cause) } : nil,
                "plannedStart": node.plannedStart.map(Facts.Value.date),
                "started": node.started.map(Facts.Value.date),
            ]),
            gaps: gaps,
            source: [node.row]
        )
    }

    private var done: CivilDate? { node.actual.date.flatMap { $0 <= asOf ? $0 : nil } }

    private var stage: MilestoneStage {
        if !node.gaps.isEmpty { return .unclear }
        guard let planned = node.planned.date else { return done == nil ? .unplanned : .done }
        if let done { return done > planned ? .doneLate : .done }
        let nearness = parameters.leads.nearness(of: planned, asOf: asOf, calendar: parameters.calendar)
        if nearness == .past { return .overdue }
        if let start = node.plannedStart, node.started.map({ $0 > asOf }) ?? true {
            if start.adding(months: 3) <= asOf { return .longNotStarted }
            if CivilMonth(containing: start) < CivilMonth(containing: asOf) { return .notStarted }
        }
        if delay != nil { return .knockOn }
        if let expected = node.expected, expected > planned { return .slipping }
        return switch nearness {
        case .far: .notDue
        case .upcoming: .upcoming
        case .due: .due
        case .last, .past: .lastDay
        }
    }
}
