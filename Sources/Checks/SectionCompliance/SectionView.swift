// One section at one judged period, with everything that a rule may ask of it.

import Almanac
import Records

/// What all sections of a run have in common.
struct SectionContext: Sendable {
    let parameters: SectionCompliance.Parameters
    let standard: WaterQualityStandard
    /// The items of the standard that the measurements declare, in its order.
    let items: [WaterQualityStandard.Item]
    let history: SectionHistory
    let places: RowPlaces
    let revisions: SectionRevisions
    let arrival: SectionArrival

    /// Whether the standard is in force at a period's end.
    func isInForce(_ period: Period) -> Bool { standard.isInForce(on: period.last) }
}

/// A section as a rule sees it.
struct SectionView: Sendable {
    let section: RiverSection
    /// The section's number in the history.
    let number: Int
    let context: SectionContext
    let period: Period
    /// The months that the period is made of, as year × 12 + number − 1; `nil` when no month begins in it.
    let months: ClosedRange<Int>?
    /// The judged period.
    let current: PeriodEvaluation?
    /// What the judged period has to reach, and where that stands.
    let target: (waterClass: WaterClass, source: RowReference)?

    init(_ section: RiverSection, number: Int, _ context: SectionContext, _ period: Period) {
        self.section = section
        self.number = number
        self.context = context
        self.period = period
        months = period.months
        current = months.map { months in
            Self.evaluation(of: months, weighting: period.weighting, section, number, context)
        }
        target = months.flatMap { Self.target(in: $0, section, number, context) }
    }

    /// What some months say together.
    func evaluation(of months: ClosedRange<Int>, weighting: ItemMean.Weighting) -> PeriodEvaluation {
        Self.evaluation(of: months, weighting: weighting, section, number, context)
    }

    /// What the section had to reach at the end of some months.
    func target(in months: ClosedRange<Int>) -> WaterClass? {
        Self.target(in: months, section, number, context)?.waterClass
    }

    private static func evaluation(
        of months: ClosedRange<Int>,
        weighting: ItemMean.Weighting,
        _ section: RiverSection,
        _ number: Int,
        _ context: SectionContext
    ) -> PeriodEvaluation {
        let measured = months.compactMap { context.history.find($0, of: number) }
        var findings: [Finding] = []
        var references: [Finding] = []
        for (slot, item) in context.items.enumerated() {
            let parts = measured.compactMap { context.history[$0, slot] }.filter { $0.count > 0 }
            guard !parts.isEmpty else { continue }
            let mean = ItemMean(parts, isPH: item.isPH, weighting: weighting)
            guard let finding = Finding(item, slot: slot, mean, in: section.body) else { continue }
            if item.decides {
                findings.append(finding)
            } else {
                references.append(finding)
            }
        }
        return PeriodEvaluation(months: months, measured: measured, findings: findings, references: references)
    }

    /// A target that a row states goes before the register's; of several rows the last one counts.
    private static func target(
        in months: ClosedRange<Int>,
        _ section: RiverSection,
        _ number: Int,
        _ context: SectionContext
    ) -> (waterClass: WaterClass, source: RowReference)? {
        for month in months.reversed() {
            guard let found = context.history.find(month, of: number), let stated = context.history[found].stated else {
                continue
            }
            return (stated.target, context.places[stated.at])
        }
        return section.target(in: months.upperBound).map { ($0.waterClass, $0.source) }
    }

    /// What keeps a good verdict on some months from being believed.
    func doubts(about months: ClosedRange<Int>) -> [Gap] {
        var gaps: [Gap] = []
        for month in months where !section.isBeforeStart(month) {
            guard let found = context.history.find(month, of: number), context.history[found].isUsable else {
                let isSuspended = section.suspension(in: month) != nil
                gaps.append(Gap(isSuspended ? .suspended : .noRow, CivilMonth(ordinal: month).description))
                continue
            }
            gaps += contradictions(in: found)
        }
        return gaps
    }

    /// What in the tables makes a month's numbers doubtful.
    func contradictions(in found: Int) -> [Gap] {
        let month = context.history[found]
        let label = CivilMonth(ordinal: Int(month.ordinal)).description
        return [
            month.contradiction.map { Gap(.conflicting, label, at: context.places[$0]) },
            month.lost.map { Gap(.unreadable, "row", at: context.places[$0]) },
        ].compactMap(\.self)
    }

    /// The rows of the months of an evaluation.
    func rows(of evaluation: PeriodEvaluation?) -> [RowReference] {
        evaluation?.measured.flatMap { context.history[$0].rows.map { context.places[$0] } } ?? []
    }

    /// A verdict on the section, with the facts that each of them begins with.
    func assessment(
        _ indicator: SectionIndicator,
        _ state: Assessment.State,
        sustained: Assessment.State? = nil,
        _ facts: Facts,
        gaps: [Gap] = [],
        source: [RowReference]
    ) -> Assessment {
        Assessment(
            subject: section.code,
            name: section.name,
            period: period,
            indicator: indicator.rawValue,
            state: state,
            sustained: sustained,
            facts: who.merging(facts),
            gaps: gaps,
            source: source
        )
    }

    /// Which section it is, and whose.
    var who: Facts {
        Facts([
            "river": .text(section.river), "section": .text(section.place),
            "office": section.office.map(Facts.Value.text),
        ])
    }

    /// What a verdict is held against.
    var aim: Facts {
        Facts([
            "target": target.map { .text($0.waterClass.rawValue) },
            "standard": .text(context.standard.name),
            "targetSource": .text((target?.source ?? section.source).description),
        ])
    }

    /// How far a class is from a target: two classes or more beyond it are critical, and what is not wholly known is never
    /// good.
    static func state(_ waterClass: WaterClass?, target: WaterClass?, hasGaps: Bool) -> Assessment.State {
        guard let waterClass, let target else { return .unknown }
        switch waterClass.rank - target.rank {
        case ...0: return hasGaps ? .unknown : .ok
        case 1: return .warning
        default: return .critical
        }
    }

    /// Whether nothing was to be measured in the judged period, and why: the register says so, or all cells do.
    var suspension: (reason: Gap.Reason, note: String?)? {
        guard let months, current?.findings.isEmpty ?? true else { return nil }
        if months.allSatisfy({ section.suspension(in: $0) != nil }) {
            return (.suspended, section.suspension(in: months.upperBound)?.reason)
        }
        let reasons = (current?.measured ?? []).flatMap { found in
            context.items.indices.compactMap { context.history[found, $0]?.missing?.reason }
        }
        guard let first = reasons.first, first == .suspended || first == .dry else { return nil }
        return reasons.allSatisfy { $0 == first } ? (first, nil) : nil
    }
}

extension SectionHistory.Month {
    /// Whether it has rows that count.
    var isUsable: Bool { !rows.isEmpty }
}

extension WaterQualityStandard.Item {
    var isPH: Bool { symbol == "pH" }
}

extension CivilMonth {
    /// The month of a number: its year × 12 + its number − 1.
    init(ordinal: Int) { self.init(year: ordinal / 12, month: ordinal % 12 + 1) }

    var ordinal: Int { year * 12 + month - 1 }
}

extension Period {
    /// The months that begin in the period, as their ordinals; `nil` when none does.
    var months: ClosedRange<Int>? {
        let first = CivilMonth(containing: first)
        let lower = first.ordinal + (first.firstDay < self.first ? 1 : 0)
        let upper = CivilMonth(containing: last).ordinal
        return lower <= upper ? lower...upper : nil
    }

    /// What counts alike within it: samples up to a quarter, months beyond (环办〔2011〕22号: the mean of measurements, of a
    /// year that of its monthly values).
    var weighting: ItemMean.Weighting {
        switch unit {
        case .day, .week, .month, .quarter: .samples
        case .halfYear, .year: .months
        }
    }

    /// The same period a year before; of a week or a day, the one around the same day.
    var yearBefore: Period { Period.containing(first.adding(months: -12), unit: unit) }
}

/// A stretch of months as people read it: `2024-02`, or `2024-01–2024-03`.
func monthsLabel(_ months: ClosedRange<Int>) -> String {
    let (first, last) = (CivilMonth(ordinal: months.lowerBound), CivilMonth(ordinal: months.upperBound))
    return first == last ? first.description : "\(first)–\(last)"
}
