// What is said of one unit and one rule: how it stands, and what a drill that was held still asks for.

import Almanac
import Records

/// The verdicts on one rule held against one unit.
struct CadenceVerdict {
    let clock: CadenceClock
    /// Rules of the unit that the last drill also serves.
    let otherRules: [String]
    let isAwaitingRecords: Bool

    private var rule: CadenceRule { clock.rule }
    private var unit: DrillUnit { clock.unit }

    /// What a drill that was held still asks for, then the duty itself.
    func assess(period: Period) -> [Assessment] {
        [followUp(period), duty(period)].compactMap(\.self)
    }

    private func duty(_ period: Period) -> Assessment {
        var standing = clock.standing()
        // A feed that has not begun says nothing of any unit.
        if isAwaitingRecords, standing.stage.state.isBad { standing.stage = .awaitingFirstFile }
        var gaps = unit.unreadable
        if standing.stage == .awaitingFirstFile { gaps.append(Gap(.awaitingFirstFile, "records")) }
        if standing.stage == .neverRecorded { gaps.append(Gap(.neverRecorded, rule.name, at: unit.row)) }
        let counted = clock.evidence.counted
        return Assessment(
            subject: "\(unit.code)/\(rule.name)",
            name: unit.name,
            period: period,
            indicator: "cadence",
            state: standing.stage.state,
            facts: facts(standing).merging(law),
            gaps: gaps,
            source: counted.suffix(max(0, rule.count)).map(\.row) + [unit.row, rule.row]
        )
    }

    private func facts(_ standing: CadenceStanding) -> Facts {
        let counted = clock.evidence.counted
        let asOf = clock.asOf
        let record = clock.record
        return Facts([
            "rule": .text(rule.name), "titleZh": .text(rule.titleZh), "titleEn": .text(rule.titleEn),
            "clock": .text(rule.clock.rawValue), "slot": .text(standing.slot), "done": .integer(standing.done),
            "owed": .integer(standing.owed), "due": standing.due.map(Facts.Value.date),
            "daysLeft": standing.due.map { .integer(asOf.days(to: $0)) },
            "daysOver": standing.due.map { .integer(max(0, $0.days(to: asOf))) },
            "stage": .text(standing.stage.rawValue), "isRedSlip": standing.stage == .redSlip ? .flag(true) : nil,
            "every": rule.every.map { .text($0.description) },
            "per": rule.demand.counting == .unit ? nil : .text(rule.demand.counting.rawValue),
            "lacking": standing.lacking.isEmpty ? nil : .texts(standing.lacking),
            "windowFrom": standing.window.map { .date($0.lowerBound) },
            "windowTo": standing.window.map { .date($0.upperBound) },
            "gapSince": standing.gapSince.map(Facts.Value.date),
            "last": counted.last.map { .date($0.date) }, "lastRow": counted.last.map { .text($0.row.description) },
            "alsoServes": otherRules.isEmpty ? nil : .texts(otherRules),
            "uncounted": clock.evidence.uncounted > 0 ? .integer(clock.evidence.uncounted) : nil,
            "since": counted.isEmpty ? unit.since.map(Facts.Value.date) : nil,
            "slotsKept": record.flatMap { $0.owed > 0 ? .integer($0.kept) : nil },
            "slotsOwed": record.flatMap { $0.owed > 0 ? .integer($0.owed) : nil },
        ])
    }

    private var law: Facts {
        Facts([
            "basis": .text(rule.basis), "law": .text(rule.source), "article": .text(rule.article),
            "isLocalDefault": rule.isLocalDefault ? .flag(true) : nil,
            "isInspection": rule.isInspection ? .flag(true) : nil,
        ])
    }

    /// What the last drill still asks for; the first step that is open decides, since the others wait for it.
    private func followUp(_ period: Period) -> Assessment? {
        guard !rule.demand.followUps.isEmpty, let drill = clock.evidence.counted.last else { return nil }
        let asOf = clock.asOf
        let open = rule.demand.followUps.filter { step in drill.followed[step.step]?.date.map { $0 > asOf } ?? true }
        let calendar = clock.parameters.calendar
        let ends = open.map { ($0.step, calendar.end(of: $0.within, from: drill.date)) }
        let next = ends.min { $0.1.date < $1.1.date }
        let stage = FollowUpStage(open: next?.0)
        // A table without the column, or a cell that cannot be read, does not say that nothing followed.
        let cell = next.flatMap { drill.followed[$0.0] }
        let unseen = cell.flatMap { $0 == .absent || $0.isRejected ? Gap.Reason($0) : nil }
        let state: Assessment.State
        if unseen != nil {
            state = .unknown
        } else if let due = next?.1.date {
            state =
                switch clock.parameters.leads.nearness(of: due, asOf: asOf, calendar: calendar) {
                case .far, .upcoming: .ok
                case .due, .last: .warning
                case .past: .critical
                }
        } else {
            state = .ok
        }
        return Assessment(
            subject: "\(unit.code)/\(rule.name)",
            name: unit.name,
            period: period,
            indicator: "follow-up",
            state: state,
            facts: Facts([
                "rule": .text(rule.name), "titleZh": .text(rule.titleZh), "titleEn": .text(rule.titleEn),
                "stage": .text(stage.rawValue), "step": next.map { .text($0.0.rawValue) }, "last": .date(drill.date),
                "due": next.map { .date($0.1.date) }, "provisional": next.map { .flag($0.1.isProvisional) },
                "daysOver": next.map { .integer(max(0, $0.1.date.days(to: asOf))) },
                "open": open.isEmpty ? nil : .texts(open.map(\.step.rawValue)),
            ]).merging(law),
            gaps: unseen.map { [Gap($0, next?.0.rawValue ?? "", at: drill.row)] } ?? [],
            source: [drill.row, unit.row, rule.row]
        )
    }
}

/// What becomes of a drill after it was held.
private enum FollowUpStage: String {
    case doneUnreported = "done-unreported"
    case reported
    case improvementOpen = "improvement-open"
    case closed

    /// By the step that is open.
    init(open step: CadenceDemand.FollowUp.Step?) {
        self =
            switch step {
            case .report: .doneUnreported
            case .evaluation: .reported
            case .improvement: .improvementOpen
            case nil: .closed
            }
    }
}
