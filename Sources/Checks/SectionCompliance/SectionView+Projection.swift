// Whether a year can still end within the target: what the months that are left have to be on average.

import Almanac
import RealModule
import Records

/// One item's way to the end of the year, if its twelve months count alike.
private struct Projection {
    enum Outlook: String {
        case safe
        case atRisk = "at-risk"
        case impossible
        /// The year is over, or its last month is known.
        case met, missed
        /// Nothing is known of the same months of last year.
        case unknown
    }

    let finding: Finding
    let limit: ExactDecimal
    /// How many of the twelve months are known.
    let known: Int
    /// What the mean of the others may be at most, of oxygen at least; `nil` when none is left or it cannot be computed.
    var required: ExactDecimal?
    /// For pH, what it has to be at least.
    var requiredLow: ExactDecimal?
    /// The mean of the same months last year.
    var lastYear: ExactDecimal?
    var outlook = Outlook.unknown

    var facts: Facts {
        Facts([
            "item": .text(finding.item.symbol), "unit": finding.item.unit.isEmpty ? nil : .text(finding.item.unit),
            "value": .decimal(finding.value), "targetLimit": .decimal(limit),
            "known": .integer(known), "left": .integer(SectionView.monthsOfYear - known),
            "required": required.map(Facts.Value.decimal), "requiredLow": requiredLow.map(Facts.Value.decimal),
            "lastYear": lastYear.map(Facts.Value.decimal), "outlook": .text(outlook.rawValue),
        ])
    }
}

extension SectionView {
    fileprivate static let monthsOfYear = 12
    /// Oxygen that water of 0 ℃ holds, in mg/L: 468 ÷ (31.6 + T); no month's mean is above it.
    private static let saturation = ExactDecimal(coefficient: 148, scale: 1)

    func projectionVerdict() -> Assessment {
        if let suspension { return silence(.annualProjection, because: suspension) }
        let judged = yearToDate
        var gaps = judged.map { doubts(about: $0.months) } ?? []
        if target == nil { gaps.append(Gap(section.targetGap, "target", at: section.source)) }
        let projections = (judged?.findings ?? []).compactMap(projection)
        let outlooks = Set(projections.map(\.outlook))
        let state: Assessment.State =
            !outlooks.isDisjoint(with: [.impossible, .missed])
            ? .critical
            : outlooks.contains(.atRisk)
                ? .warning : projections.isEmpty || outlooks.contains(.unknown) || !gaps.isEmpty ? .unknown : .ok
        if outlooks.contains(.unknown), let months {
            let before = months.upperBound / 12 - 1
            gaps.append(Gap(.noRow, "\(before)"))
        }
        let endangered = projections.filter { [.atRisk, .impossible, .missed].contains($0.outlook) }
        return assessment(
            .annualProjection,
            state,
            aim.merging(
                Facts([
                    "class": (judged?.waterClass).map { .text($0.rawValue) },
                    "months": .integer(judged?.measured.count ?? 0),
                    "endangered": endangered.isEmpty ? nil : .list(endangered.map(\.facts)),
                    "items": .list(projections.map(\.facts)),
                ])
            ),
            gaps: gaps,
            source: rows(of: judged)
        )
    }

    private func projection(_ finding: Finding) -> Projection? {
        guard let target, let limit = finding.item.limit(of: target.waterClass, in: section.body), let months else {
            return nil
        }
        let year = months.upperBound / 12 * 12
        let all = year...(year + Self.monthsOfYear - 1)
        let known = samples(finding.slot, in: year...months.upperBound)
        let left = all.filter { month in !known.contains { $0.month == month } }
        let before = samples(finding.slot, in: (all.lowerBound - 12)...(all.upperBound - 12))
            .filter { left.contains($0.month + 12) }
            .map(\.samples)
        var projection = Projection(finding: finding, limit: limit, known: known.count)
        guard !left.isEmpty else {
            projection.outlook = finding.waterClass <= target.waterClass ? .met : .missed
            return projection
        }
        if finding.item.isPH {
            project(acidity: &projection, known.map(\.samples), left: left.count, before)
        } else {
            project(&projection, known.map(\.samples), left: left.count, before)
        }
        return projection
    }

    /// The months with values of an item.
    private func samples(_ slot: Int, in months: ClosedRange<Int>) -> [(month: Int, samples: ItemSamples)] {
        months.compactMap { month in
            guard let found = context.history.find(month, of: number), let samples = context.history[found, slot],
                samples.count > 0
            else { return nil }
            return (month, samples)
        }
    }

    /// (12 × the last value that still rounds to the limit − what is known) ÷ the months left.
    private func project(
        _ projection: inout Projection,
        _ known: [ItemSamples],
        left: Int,
        _ before: [ItemSamples]
    ) {
        let item = projection.finding.item
        let decimals = item.decimals ?? 6
        let edge = LastRounding(to: projection.limit, decimals: decimals, isUpper: item.direction == .max)
        let means = known.compactMap(\.mean.fraction)
        guard let bound = edge.bound, means.count == known.count,
            let total = ExactFraction.mean(of: means)?.multiplied(by: means.count),
            let required = bound.multiplied(by: Self.monthsOfYear)?.subtracting(total)?.divided(by: left)
        else { return }
        projection.required = required.rounded(decimals: min(decimals + 2, 18))
        let last = before.isEmpty ? nil : ExactFraction.mean(of: before.compactMap(\.mean.fraction))
        projection.lastYear = last?.rounded(decimals: decimals, keepingOneDigit: true)
        let half = projection.finding.mean.detectionLimit?.value
            .multiplied(by: ExactDecimal(coefficient: 5, scale: 1)).flatMap(ExactFraction.init)
        let order = last.flatMap { $0.compared(with: required) }
        if item.direction == .max {
            let isBelowDetection = half.flatMap { required.compared(with: $0) }.map { $0 < 0 } ?? false
            if !required.isPositive || isBelowDetection { return projection.outlook = .impossible }
            projection.outlook = order.map { $0 > 0 || ($0 == 0 && !edge.isInclusive) ? .atRisk : .safe } ?? .unknown
        } else {
            let most = ExactFraction(Self.saturation)
            let isBeyondSaturation = most.flatMap { required.compared(with: $0) }.map { $0 > 0 } ?? false
            if isBeyondSaturation { return projection.outlook = .impossible }
            projection.outlook = order.map { $0 < 0 || ($0 == 0 && !edge.isInclusive) ? .atRisk : .safe } ?? .unknown
        }
    }

    /// The same for pH, whose mean is that of the hydrogen ions: in floating point, as no decimal number is exact there.
    private func project(
        acidity projection: inout Projection,
        _ known: [ItemSamples],
        left: Int,
        _ before: [ItemSamples]
    ) {
        let item = projection.finding.item
        guard let lower = item.lower else { return }
        let half = Double.exp10(-Double(item.decimals ?? 6)) / 2
        let total = known.reduce(0) { $0 + $1.meanHydrogenIons }
        let most = (12 * Double.exp10(-(lower.doubleValue - half)) - total) / Double(left)
        let least = (12 * Double.exp10(-(projection.limit.doubleValue + half)) - total) / Double(left)
        guard most > 0 else { return projection.outlook = .impossible }
        projection.requiredLow = ItemMean.pH(most).rounded(decimals: 2)
        projection.required = least > 0 ? ItemMean.pH(least).rounded(decimals: 2) : ExactDecimal(14)
        guard !before.isEmpty else { return }
        let last = before.reduce(0) { $0 + $1.meanHydrogenIons } / Double(before.count)
        projection.lastYear = ItemMean.pH(last).rounded(decimals: 2)
        projection.outlook = last <= most && last >= least ? .safe : .atRisk
    }
}

/// The last value, on one side, that is rounded to a limit, half to even.
private struct LastRounding {
    let bound: ExactFraction?
    /// Whether it is itself rounded to the limit: so it is where the limit's last digit is even.
    let isInclusive: Bool

    init(to limit: ExactDecimal, decimals: Int, isUpper: Bool) {
        let last = limit.trimmed
        guard Int(last.scale) <= decimals, decimals < 18 else {
            bound = ExactFraction(limit)
            isInclusive = true
            return
        }
        let half = ExactDecimal(coefficient: isUpper ? 5 : -5, scale: UInt8(decimals + 1))
        bound = limit.adding(half).flatMap(ExactFraction.init)
        isInclusive = Int(last.scale) < decimals || last.coefficient % 2 == 0
    }
}
