// One indicator on one day: its stage and the numbers behind it.

import Almanac
import Records

/// One indicator held against its plan.
struct TargetStanding {
    private static let printed = 2

    private let indicator: TargetIndicator
    private let series: TargetSeries
    private let asOf: CivilDate
    private let parameters: Target.Parameters
    private let forecast: TargetForecast?

    init(_ indicator: TargetIndicator, _ series: TargetSeries, asOf: CivilDate, _ parameters: Target.Parameters) {
        self.indicator = indicator
        self.series = series
        self.asOf = asOf
        self.parameters = parameters
        forecast = indicator.plan.flatMap { plan in
            TargetForecast(plan, series.values, asOf: asOf, within: (indicator.least, indicator.most))
        }
    }

    private var latest: TargetValue? { series.values.last }

    func assess(period: Period) -> Assessment {
        let stage = stage
        var gaps = series.gaps
        if stage == .noData { gaps.append(Gap(.noRow, "value", at: indicator.row)) }
        if stage == .stale, let latest { gaps.append(Gap(.stale, "value", at: latest.row)) }
        return Assessment(
            subject: indicator.code,
            name: indicator.name,
            period: period,
            indicator: "target",
            state: stage.state,
            facts: facts(stage),
            gaps: gaps,
            source: series.values.suffix(3).map(\.row) + [indicator.row]
        )
    }

    private var stage: TargetStage {
        guard let plan = indicator.plan else { return .unmeasured }
        if let withdrawn = indicator.withdrawn, withdrawn <= asOf { return .withdrawn }
        if asOf < plan.from { return .notDue }
        guard let latest else { return .noData }
        if plan.trajectory == .maintain { return missedPeriods(plan).isEmpty ? kept : .offTrack }
        if let met = firstMet(plan), plan.trajectory != .cap { return met > plan.until ? .metLate : .met }
        if plan.trajectory == .cap, latest.value > plan.target { return .offTrack }
        if asOf > plan.until, latest.date >= plan.until {
            return plan.trajectory == .cap ? .met : .missed
        }
        if isStale(latest) { return .stale }
        // A table for the last day may still come; nothing else can change the answer.
        if asOf > plan.until { return .missed }
        return plan.trajectory == .cap ? capped(plan) : underWay(plan, latest)
    }

    private var kept: TargetStage { latest.map(isStale) == true ? .stale : .onTrack }

    /// When it was met; where that does not last, the latest value decides.
    private func firstMet(_ plan: TargetPlan) -> CivilDate? {
        guard let latest, indicator.isLatched || plan.isMet(by: latest.value) else { return nil }
        if indicator.isLatched { return series.values.first { plan.isMet(by: $0.value) }?.date }
        // Since when it has been met without a break.
        return series.values.reversed().prefix { plan.isMet(by: $0.value) }.last?.date
    }

    private func missedPeriods(_ plan: TargetPlan) -> [TargetValue] {
        series.values.filter { $0.date >= plan.from && !plan.isMet(by: $0.value) }
    }

    private func isStale(_ value: TargetValue) -> Bool {
        guard let every = indicator.every else { return false }
        return value.date.adding(every.halfAsLongAgain) < asOf
    }

    /// Within the cap, and likely to stay there.
    private func capped(_ plan: TargetPlan) -> TargetStage {
        forecast.map { $0.end > plan.target } == true ? .atRisk : .onTrack
    }

    private func underWay(_ plan: TargetPlan, _ latest: TargetValue) -> TargetStage {
        guard let behind = behind(plan, latest) else { return .noData }
        if behind > indicator.red { return .offTrack }
        let ratio = forecast?.ratio(downward: plan.isDownward)
        // A plan that begins slowly is not judged by the pace that it needs later.
        let isPaceJudged = plan.trajectory == .linear || plan.trajectory == .onceEach
        if isPaceJudged, forecast != nil, !behind.isNegative, !behind.isZero {
            guard let ratio else { return .offTrack }
            if ratio > ExactDecimal(parameters.offTrackRatio) { return .offTrack }
            if ratio > ExactDecimal(parameters.riskRatio) { return .atRisk }
        }
        return behind >= indicator.amber ? .atRisk : .onTrack
    }

    /// How many percentage points of the whole way it lies behind the plan of the latest value's day.
    private func behind(_ plan: TargetPlan, _ latest: TargetValue) -> ExactDecimal? {
        guard let span = plan.span, let planned = plan.planned(on: min(asOf, latest.date)) else { return nil }
        return planned.subtracting(latest.value)?.multiplied(by: ExactDecimal(100))?
            .divided(by: span, decimals: Self.printed)
    }

    /// What was reached of what was planned; undefined where nothing was.
    private func achievement(_ plan: TargetPlan, _ latest: TargetValue) -> ExactDecimal? {
        guard let planned = plan.planned(on: min(asOf, latest.date)), planned != plan.baseline,
            let way = planned.subtracting(plan.baseline)
        else { return nil }
        return latest.value.subtracting(plan.baseline)?.multiplied(by: ExactDecimal(100))?
            .divided(by: way, decimals: Self.printed)
    }

    private func facts(_ stage: TargetStage) -> Facts {
        func number(_ value: ExactDecimal?) -> Facts.Value? {
            value.map { .decimal($0.rounded(decimals: Self.printed)) }
        }
        let plan = indicator.plan
        var facts = Facts([
            "stage": .text(stage.rawValue), "definition": indicator.definition.map(Facts.Value.text),
            "unit": indicator.unit.map(Facts.Value.text), "trajectory": plan.map { .text($0.trajectory.rawValue) },
            "actual": number(latest?.value), "asOfDate": latest.map { .date($0.date) },
            "parts": latest?.parts.map { .text("\($0.done)/\($0.of)") },
            "baseline": number(plan?.baseline), "baselineDate": plan.map { .date($0.from) },
            "target": number(plan?.target), "due": plan.map { .date($0.until) },
        ])
        if let plan, let latest, ![.maintain, .cap].contains(plan.trajectory) {
            facts = facts.merging(
                Facts([
                    "planned": number(plan.planned(on: min(asOf, latest.date))),
                    "pointsBehind": number(behind(plan, latest)), "achievement": number(achievement(plan, latest)),
                ])
            )
        }
        if let plan, let forecast, stage != .met, stage != .metLate, stage != .missed {
            let short =
                plan.isDownward
                ? forecast.end.subtracting(plan.target) : plan.target.subtracting(forecast.end)
            facts = facts.merging(
                Facts([
                    "forecast": number(forecast.end), "forecastPoints": .integer(forecast.count),
                    "recentRate": number(forecast.recent), "requiredRate": number(forecast.required),
                    "ratio": number(forecast.ratio(downward: plan.isDownward)),
                    "shortfall": short.flatMap { $0.isNegative || $0.isZero ? nil : number($0) },
                ])
            )
        }
        let missed = plan.map { $0.trajectory == .maintain ? missedPeriods($0) : [] } ?? []
        return facts.merging(
            Facts([
                "missed": missed.isEmpty ? nil : .texts(missed.suffix(20).map { "\($0.date) \($0.value)" }),
                "metOn": plan.flatMap(firstMet).map(Facts.Value.date),
                "revisedFrom": latest.flatMap { number(series.revised[$0.date]) },
                "formerTarget": number(indicator.formerTarget),
                "adjustedBy": indicator.adjustedBy.map(Facts.Value.text),
                "owner": indicator.owner.map(Facts.Value.text),
                "commitment": indicator.commitment.map(Facts.Value.text),
                "basis": indicator.basis.map(Facts.Value.text),
            ])
        )
    }
}
