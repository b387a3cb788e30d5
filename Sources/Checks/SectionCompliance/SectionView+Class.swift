// The class of a section in the judged period, against its target.

import Almanac
import Records

extension SectionView {
    func classVerdict() -> Assessment {
        let judged = evaluation(by: context.parameters.basis)
        var gaps = periodGaps(of: judged)
        if target == nil { gaps.append(Gap(section.targetGap, "target", at: section.source)) }
        for found in judged?.measured ?? [] where context.history[found].hasUnreadableTarget {
            gaps.append(Gap(.unreadable, "target", at: context.history[found].last.map { context.places[$0] }))
        }
        if !(judged?.measured.isEmpty ?? true) { gaps += missingItems() }

        let worst = judged?.waterClass
        let isContradicted = gaps.contains { $0.reason == .conflicting }
        // Of two tables that contradict each other neither is believed, whatever it says.
        let state =
            isContradicted
            ? .unknown : Self.state(worst, target: target?.waterClass, hasGaps: !gaps.isEmpty)
        var facts = Facts([
            "class": worst.map { .text($0.rawValue) }, "target": target.map { .text($0.waterClass.rawValue) },
            "compliant": state == .unknown ? nil : .flag(state == .ok),
            "evaluated": .integer(judged?.findings.count ?? 0), "expected": .integer(expectedCount),
            "mode": .text(context.parameters.mode.rawValue), "standard": .text(context.standard.name),
            "targetSource": .text((target?.source ?? section.source).description),
        ])
        facts["deciding"] = worst == nil ? nil : .texts(judged?.deciding ?? [])
        facts["items"] = .list((judged?.findings ?? []).map { $0.facts(target: target?.waterClass) })
        let exceeding = judged?.exceeding(target?.waterClass) ?? []
        if !exceeding.isEmpty { facts["exceeding"] = .list(exceeding.map { $0.facts(target: target?.waterClass) }) }
        return assessment(
            .waterClass,
            state,
            facts.merging(describe(judged, gaps: gaps)).merging(past(of: exceeding, judged: judged, state)),
            gaps: gaps,
            source: rows(of: judged)
        )
    }

    /// How many items a full verdict rests on.
    var expectedCount: Int { section.expectedItems?.count ?? context.standard.deciding.count }

    /// The months that a basis judges by, as of the judged period.
    func evaluation(by basis: AssessmentBasis) -> PeriodEvaluation? {
        switch basis {
        case .monthly: current
        case .yearToDate, .annual: yearToDate
        }
    }

    /// The year up to the end of the judged period.
    var yearToDate: PeriodEvaluation? {
        months.map { evaluation(of: Self.yearToDate($0), weighting: .months) }
    }

    static func yearToDate(_ months: ClosedRange<Int>) -> ClosedRange<Int> {
        months.upperBound / 12 * 12...months.upperBound
    }

    /// What the judged months lack as a whole.
    private func periodGaps(of judged: PeriodEvaluation?) -> [Gap] {
        var gaps: [Gap] = []
        if !context.isInForce(period) { gaps.append(Gap(.notInForce, context.standard.name)) }
        if period.last < context.standard.method.validFrom {
            gaps.append(Gap(.notInForce, context.standard.method.document))
        }
        let months = judged?.months
        if judged?.measured.contains(where: { context.history[$0].isUsable }) ?? false, let months, months.count > 1 {
            gaps += doubts(about: months)
        } else {
            if !(judged?.measured.contains { context.history[$0].isUsable } ?? false) {
                gaps.append(Gap(isRegisteredSuspension ? .suspended : .noRow, period.label))
            }
            gaps += (judged?.measured ?? []).flatMap(contradictions)
        }
        if context.parameters.basis == .annual, let judged,
            judged.measured.count < context.standard.method.leastMonthsOfYear
        {
            gaps.append(Gap(.tooFewMonths, monthsLabel(judged.months)))
        }
        return gaps
    }

    private var isRegisteredSuspension: Bool {
        months?.allSatisfy { section.suspension(in: $0) != nil } ?? false
    }

    /// What a class means, and what has to be known about it.
    private func describe(_ judged: PeriodEvaluation?, gaps: [Gap]) -> Facts {
        let worst = judged?.waterClass
        var facts = Facts([
            "basis": .text(context.parameters.basis.rawValue),
            "grade": worst.map { .text($0.grade.rawValue) },
            "colour": worst.map { .text($0.grade.colour) },
            "waterBody": section.body == .lake ? .text(section.body.rawValue) : nil,
            "suspension": suspension?.note.map(Facts.Value.text),
        ])
        let main = judged?.mainPollutants.prefix(context.standard.method.mostPollutants) ?? []
        if !main.isEmpty {
            facts["mainPollutants"] = .list(
                main.map {
                    Facts([
                        "item": .text($0.item.symbol), "class": .text($0.waterClass.rawValue),
                        "multipleIII": $0.multipleIII.map(Facts.Value.decimal),
                    ])
                }
            )
        }
        let references = judged?.references.filter { !$0.item.limits(in: section.body).isEmpty } ?? []
        if !references.isEmpty {
            facts["references"] = .list(
                references.map {
                    Facts([
                        "item": .text($0.item.symbol), "value": .decimal($0.value),
                        "class": .text($0.waterClass.rawValue),
                    ])
                }
            )
        }
        let drinking = section.isDrinkingWater ? drinkingWater(judged) : []
        if !drinking.isEmpty { facts["drinkingWater"] = .list(drinking) }
        if context.parameters.keepsHistory { facts["bases"] = .list(bases()) }
        let flags = flags(judged, gaps: gaps)
        if !flags.isEmpty { facts["flags"] = .texts(flags) }
        return facts
    }

    /// The items that have no classes but a limit for sources of drinking water (GB 3838-2002, table 2).
    private func drinkingWater(_ judged: PeriodEvaluation?) -> [Facts] {
        (judged?.references ?? []).compactMap { finding in
            guard let limit = finding.item.drinkingWaterLimit else { return nil }
            return Facts([
                "item": .text(finding.item.symbol), "value": .decimal(finding.value), "limit": .decimal(limit),
                "compliant": .flag(finding.item.meets(finding.value, limit)),
            ])
        }
    }

    /// The three bases by which a section can be held against its target, whichever of them counts.
    private func bases() -> [Facts] {
        AssessmentBasis.allCases.compactMap { basis in
            guard let judged = evaluation(by: basis) else { return nil }
            let isEnough = basis != .annual || judged.measured.count >= context.standard.method.leastMonthsOfYear
            let isMet = target.flatMap { target in judged.waterClass.map { $0 <= target.waterClass } }
            return Facts([
                "basis": .text(basis.rawValue), "period": .text(monthsLabel(judged.months)),
                "months": .integer(judged.measured.count),
                "class": judged.waterClass.map { .text($0.rawValue) },
                "compliant": isEnough ? isMet.map(Facts.Value.flag) : nil,
            ])
        }
    }

    /// Words for scripts about what is special about the verdict.
    private func flags(_ judged: PeriodEvaluation?, gaps: [Gap]) -> [String] {
        var flags: [String] = []
        if suspension != nil { flags.append("suspended") }
        let evaluated = judged?.findings.count ?? 0
        if section.expectedItems != nil, evaluated > 0, evaluated < expectedCount { flags.append("provisional") }
        if gaps.contains(where: { $0.reason == .conflicting }) { flags.append("conflicting") }
        if gaps.contains(where: { $0.reason == .tooFewMonths }) { flags.append("too-few-months") }
        if judged?.findings.contains(where: { $0.mean.notDetected > 0 }) ?? false { flags.append("not-detected") }
        if gaps.contains(where: { $0.reason == .coarseDetectionLimit }) { flags.append("coarse-detection-limit") }
        if !nearItems.isEmpty { flags.append("near-limit") }
        if context.parameters.keepsHistory, !oddities().isEmpty { flags.append("implausible") }
        if !revisions().isEmpty { flags.append("changed") }
        return flags
    }

    /// What was before: since when the target is missed, and what the items were that miss it now.
    private func past(of exceeding: [Finding], judged: PeriodEvaluation?, _ state: Assessment.State) -> Facts {
        guard context.parameters.keepsHistory, let months else { return Facts() }
        var facts = comparisonFacts()
        guard state.isBad else { return facts }
        facts["since"] = missedPeriods.last.map { .text($0.label) }
        let symbols = Set(exceeding.map(\.item.symbol))
        let earlier = (1...3).compactMap { back -> Facts? in
            let before = (months.lowerBound - back * months.count)...(months.upperBound - back * months.count)
            let evaluation = evaluation(of: before, weighting: period.weighting)
            guard let waterClass = evaluation.waterClass else { return nil }
            return Facts([
                "period": .text(monthsLabel(before)), "class": .text(waterClass.rawValue),
                "earlierItems": .list(
                    evaluation.findings.filter { symbols.contains($0.item.symbol) }.map {
                        Facts(["item": .text($0.item.symbol), "value": .decimal($0.value)])
                    }
                ),
            ])
        }
        if !earlier.isEmpty { facts["earlier"] = .list(earlier) }
        return facts
    }
}
