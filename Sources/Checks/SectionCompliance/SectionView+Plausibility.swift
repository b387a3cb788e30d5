// Numbers that can hardly be right, though they can be read.

import Almanac
import Records

extension SectionView {
    /// What is odd about the judged months; the words are for scripts and for the tables of terms.
    func oddities() -> [Facts] {
        guard let current else { return [] }
        var oddities: [Facts] = []
        for (slot, item) in context.items.enumerated() {
            let samples = current.measured.compactMap { context.history[$0, slot] }
            if samples.contains(where: \.isImplausible) { oddities.append(Self.oddity("out-of-range", item.symbol)) }
            // Water without oxygen there is, and water of 0 ℃; but no method finds nothing at all of a substance.
            if item.direction == .max, item.symbol != "T", samples.contains(where: \.hasZero) {
                oddities.append(Self.oddity("zero", item.symbol))
            }
        }
        for finding in current.findings {
            if isBeyondUnit(finding) {
                let worst = finding.item.limit(of: .worseThanV, in: section.body)
                oddities.append(Self.oddity("unit", finding.item.symbol, finding.value, beside: "V", worst))
            }
            if isFrozen(finding) { oddities.append(Self.oddity("frozen", finding.item.symbol, finding.value)) }
        }
        let values = current.findings.map(\.value)
        if values.count > 1, values.allSatisfy(\.isZero) { oddities.append(Self.oddity("all-zero", nil)) }
        return oddities + contradictoryItems(current)
    }

    func plausibilityVerdict() -> Assessment {
        if let suspension { return silence(.implausible, because: suspension) }
        let oddities = oddities()
        let isKnown = !(current?.findings.isEmpty ?? true)
        return assessment(
            .implausible,
            oddities.isEmpty ? (isKnown ? .ok : .unknown) : .warning,
            Facts(["oddities": oddities.isEmpty ? nil : .list(oddities)]),
            gaps: isKnown || !oddities.isEmpty ? [] : [Gap(.noRow, period.label)],
            source: rows(of: current)
        )
    }

    private static func oddity(
        _ kind: String,
        _ item: String?,
        _ value: ExactDecimal? = nil,
        beside other: String? = nil,
        _ reference: ExactDecimal? = nil
    ) -> Facts {
        Facts([
            "oddity": .text(kind), "item": item.map(Facts.Value.text), "value": value.map(Facts.Value.decimal),
            "beside": other.map(Facts.Value.text), "reference": reference.map(Facts.Value.decimal),
        ])
    }

    private var limits: PlausibilityLimits { context.standard.plausibility }

    /// Far beyond the limit of class V: µg/L that were entered as mg/L, or a lost decimal point.
    private func isBeyondUnit(_ finding: Finding) -> Bool {
        guard finding.item.direction == .max,
            let worst = finding.item.limit(of: .worseThanV, in: section.body),
            let most = worst.multiplied(by: limits.timesClassV)
        else { return false }
        return finding.value > most
    }

    /// Whether the value was the same to its last digit in some periods in a row.
    private func isFrozen(_ finding: Finding) -> Bool {
        guard let months, finding.mean.notDetected == 0, let value = finding.mean.exact,
            let shown = finding.mean.single ?? value.rounded(decimals: 6)?.trimmed,
            String(shown.coefficient.magnitude).utf8.count >= limits.frozenDigits
        else { return false }
        return (1..<limits.frozenPeriods).allSatisfy { back in
            let before = (months.lowerBound - back * months.count)...(months.upperBound - back * months.count)
            let earlier = evaluation(of: before, weighting: period.weighting).finding(finding.item.symbol)
            return earlier?.mean.exact == value && earlier?.mean.notDetected == 0
        }
    }

    /// Items of which one cannot be more than the other.
    private func contradictoryItems(_ current: PeriodEvaluation) -> [Facts] {
        var oddities: [Facts] = []
        func measured(_ symbol: String) -> ExactDecimal? {
            current.finding(symbol).flatMap { $0.mean.notDetected == 0 ? $0.value : nil }
        }
        if let oxygen = measured("DO") {
            // 468 ÷ (31.6 + T), in mg/L; without a temperature the most that water can hold.
            let temperature = current.finding("T")?.value ?? ExactDecimal(0)
            let held = ExactDecimal(coefficient: 316, scale: 1).adding(temperature).flatMap {
                ExactDecimal(468).divided(by: $0, decimals: 2)
            }
            if let held, let most = held.multiplied(by: limits.mostSaturation), oxygen > most {
                oddities.append(Self.oddity("oxygen-saturation", "DO", oxygen, beside: "T", held))
            }
        }
        if let ammonia = measured("NH3-N"), let nitrogen = measured("TN"), ammonia > nitrogen {
            oddities.append(Self.oddity("more-than", "NH3-N", ammonia, beside: "TN", nitrogen))
        }
        if let index = measured("CODMn"), let demand = measured("COD"),
            let most = demand.multiplied(by: limits.mostIndexOfDemand), index > most
        {
            oddities.append(Self.oddity("more-than", "CODMn", index, beside: "COD", demand))
        }
        return oddities
    }
}
