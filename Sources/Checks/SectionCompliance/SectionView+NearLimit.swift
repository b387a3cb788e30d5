// Items that meet the target, and only just.

import Almanac
import Records

extension SectionView {
    /// The items that meet the target's limit and come close to it: 90 % of the limit as shipped, of oxygen 110 %.
    var nearItems: [Finding] {
        guard let target, let current else { return [] }
        let percent = context.parameters.nearLimitPercent
        return current.findings.filter { finding in
            guard let limit = finding.item.limit(of: target.waterClass, in: section.body),
                finding.item.meets(finding.value, limit)
            else { return false }
            switch finding.item.direction {
            case .max: return limit.scaled(byPercent: percent).map { finding.value >= $0 } ?? false
            case .min: return limit.scaled(byPercent: 200 - percent).map { finding.value <= $0 } ?? false
            // A range has two ends, and every class the same.
            case .range: return false
            }
        }
    }

    func nearLimitVerdict() -> Assessment {
        if let suspension { return silence(.nearLimit, because: suspension) }
        let waterClass = current?.waterClass
        let near = nearItems
        let isKnown = waterClass != nil && target != nil
        let isCompliant = waterClass.flatMap { found in target.map { found <= $0.waterClass } } ?? false
        let state: Assessment.State = !isKnown ? .unknown : isCompliant && !near.isEmpty ? .warning : .ok
        return assessment(
            .nearLimit,
            state,
            // What is beyond its limit is no longer near it; that alone ends no warning.
            sustained: isKnown && !isCompliant ? .warning : nil,
            aim.merging(
                Facts([
                    "class": waterClass.map { .text($0.rawValue) },
                    "percent": .integer(context.parameters.nearLimitPercent),
                    "near": near.isEmpty
                        ? nil
                        : .list(
                            near.map { finding in
                                finding.facts(target: target?.waterClass).merging(
                                    Facts(["share": share(of: finding).map(Facts.Value.decimal)])
                                )
                            }
                        ),
                ])
            ),
            gaps: isKnown
                ? []
                : [Gap(waterClass == nil ? .noRow : section.targetGap, waterClass == nil ? period.label : "target")],
            source: rows(of: current)
        )
    }

    /// The value in percent of the target's limit, to one decimal.
    private func share(of finding: Finding) -> ExactDecimal? {
        target.flatMap { finding.item.limit(of: $0.waterClass, in: section.body) }.flatMap { limit in
            finding.value.multiplied(by: ExactDecimal(100))?.divided(by: limit, decimals: 1)
        }
    }
}

extension ExactDecimal {
    /// That many hundredths of the number; `nil` when it has more digits than fit.
    fileprivate func scaled(byPercent percent: Int) -> ExactDecimal? {
        multiplied(by: ExactDecimal(coefficient: Int64(percent), scale: 2))
    }
}
