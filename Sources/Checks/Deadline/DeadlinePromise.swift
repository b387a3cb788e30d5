// What an answer promised: a second deadline, watched across years until it is kept.

import Almanac
import Records

/// The promise of one matter, as of one day; a promised day is taken as it was promised.
struct DeadlinePromise {
    let rule: DeadlineRule
    let item: DeadlineCase
    let asOf: CivilDate
    let parameters: Deadline.Parameters

    /// The verdict; nothing before the answer was given that promises it.
    func assess(period: Period) -> Assessment? {
        if let done = item.done.date, done > asOf { return nil }
        let stage = stage
        let kept = item.kept.date.flatMap { $0 <= asOf ? $0 : nil }
        let promised = item.promised.date
        return Assessment(
            subject: item.subject,
            name: item.name,
            period: period,
            indicator: "promise",
            state: stage.state,
            facts: Facts([
                "rule": .text(rule.name), "titleZh": .text(rule.titleZh), "titleEn": .text(rule.titleEn),
                "party": item.party.map(Facts.Value.text), "stage": .text(stage.rawValue),
                "start": item.done.date.map(Facts.Value.date), "rawDue": promised.map(Facts.Value.date),
                "due": promised.map(Facts.Value.date), "provisional": promised == nil ? nil : .flag(false),
                "remaining": kept == nil ? promised.map { .integer(asOf.days(to: $0)) } : nil,
                "remainingUnit": kept == nil && promised != nil ? .text(Term.Unit.days.rawValue) : nil,
                "daysOver": promised.map { .integer(max(0, $0.days(to: kept ?? asOf))) },
                "done": kept.map(Facts.Value.date), "basis": .text(rule.basis), "law": .text(rule.source),
                "article": .text(rule.article),
            ]),
            gaps: item.gaps,
            source: [item.row, rule.row]
        )
    }

    private var stage: DeadlineStage {
        guard item.gaps.isEmpty, let promised = item.promised.date else { return .unclear }
        if let kept = item.kept.date, kept <= asOf { return kept > promised ? .doneLate : .done }
        switch parameters.leads.nearness(of: promised, asOf: asOf, calendar: parameters.calendar) {
        case .far: return .running
        case .upcoming: return .upcoming
        case .due: return .due
        case .last: return .lastDay
        case .past: return .overdue
        }
    }
}
