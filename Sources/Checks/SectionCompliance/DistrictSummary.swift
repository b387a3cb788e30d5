// All sections together: shares of classes, the state of the district, what pollutes it, and whether it got better.

import Almanac
import RealModule
import Records

/// The sections of a run as one (环办〔2011〕22号: by shares from five sections on, else by the means of all sections).
struct DistrictSummary {
    /// Whether the state is told by shares of classes or by means over the sections.
    enum Method: String {
        case ratio, mean
    }

    /// How verdicts on all sections together are known; the words have a name for it.
    static let subject = "district"

    private let views: [SectionView]
    private let verdicts: [Assessment]

    /// - Parameter verdicts: The verdicts on the sections' classes, in the order of `views`.
    init(_ views: [SectionView], _ verdicts: [Assessment]) {
        self.views = views
        self.verdicts = verdicts
    }

    /// Shares of classes among sections of which the class is known.
    private struct Shares {
        let classes: [WaterClass]

        func percent(_ isMeant: (WaterClass) -> Bool) -> ExactDecimal? {
            ExactDecimal(classes.count(where: isMeant) * 100).divided(by: ExactDecimal(classes.count), decimals: 1)
        }

        /// Class I to III.
        var good: ExactDecimal? { percent { $0 <= .iii } }
        /// Worse than V.
        var worst: ExactDecimal? { percent { $0 == .worseThanV } }
    }

    func verdict() -> Assessment? {
        guard let first = views.first else { return nil }
        let shares = Shares(classes: views.compactMap { $0.current?.waterClass })
        let rules = first.context.standard.method
        let method = shares.classes.count >= rules.leastSections ? Method.ratio : .mean
        let mean = method == .mean ? meanClass : nil
        let grade = shares.classes.isEmpty ? nil : mean?.grade ?? rules.grade(of: shares.classes)
        let missed = verdicts.count { $0.state.isBad }
        let met = verdicts.count { $0.state == .ok }
        let quiet = zip(views, verdicts).filter { $0.0.suspension != nil }.count
        let unknown = verdicts.count - missed - met - quiet
        let isSevere = (grade?.rank ?? 0) >= WaterClass.Grade.moderatePollution.rank
        let state: Assessment.State =
            missed > 0 ? (isSevere ? .critical : .warning) : unknown > 0 || met == 0 ? .unknown : .ok
        var facts = Facts([
            "sections": .integer(verdicts.count), "met": .integer(met), "missed": .integer(missed),
            "suspendedSections": quiet > 0 ? .integer(quiet) : nil,
            "unknownSections": unknown > 0 ? .integer(unknown) : nil,
            "metShare": met + missed == 0
                ? nil
                : ExactDecimal(met * 100).divided(by: ExactDecimal(met + missed), decimals: 1).map(Facts.Value.decimal),
            "goodShare": shares.good.map(Facts.Value.decimal), "worstShare": shares.worst.map(Facts.Value.decimal),
            "method": .text(method.rawValue), "meanClass": mean.map { .text($0.rawValue) },
            "grade": grade.map { .text($0.rawValue) }, "colour": mean.map { .text($0.grade.colour) },
            "standard": .text(first.context.standard.name),
        ])
        let main = mainPollutants
        if !main.isEmpty { facts["mainPollutants"] = .list(main) }
        facts["monthOnMonth"] = .list([trend(first.period.previous, shares)])
        facts["yearOnYear"] = .list([trend(first.period.yearBefore, shares)])
        facts["table"] = .list(zip(views, verdicts).map(row))
        return Assessment(
            subject: Self.subject,
            name: Self.subject,
            period: first.period,
            indicator: SectionIndicator.district.rawValue,
            state: state,
            facts: facts,
            gaps: state == .unknown
                ? zip(views, verdicts).filter { $0.1.state == .unknown }.map { Gap(.noRow, $0.0.section.code) } : []
        )
    }

    /// Each item's mean over the sections, and the worst of their classes; sections count alike.
    private var meanClass: WaterClass? {
        guard let first = views.first else { return nil }
        return first.context.items.indices.compactMap { slot in meanFinding(slot)?.waterClass }.max()
    }

    private func meanFinding(_ slot: Int) -> Finding? {
        guard let first = views.first else { return nil }
        let item = first.context.items[slot]
        let findings = views.compactMap { $0.current?.findings.first { $0.slot == slot } }
        guard item.decides, let any = findings.first else { return nil }
        let decimals = item.decimals ?? 6
        let value: ExactDecimal?
        if item.isPH {
            let ions = findings.compactMap(\.mean.hydrogenIons)
            value = ItemMean.pH(ions.reduce(0, +) / Double(ions.count)).rounded(decimals: decimals)
        } else {
            value = ExactFraction.mean(of: findings.compactMap(\.mean.exact))?
                .rounded(decimals: decimals, keepingOneDigit: true)
        }
        return value.map { Finding(item, slot: slot, any.mean, value: $0, in: any.body) }
    }

    /// The items beyond class III, by the share of sections in which they are (断面超标率).
    private var mainPollutants: [Facts] {
        guard let first = views.first else { return [] }
        let measured = views.compactMap(\.current).filter { !$0.findings.isEmpty }
        let counts = first.context.items.indices.compactMap { slot -> (symbol: String, count: Int, slot: Int)? in
            let count = measured.count { $0.findings.contains { $0.slot == slot && $0.waterClass > .iii } }
            return count > 0 ? (first.context.items[slot].symbol, count, slot) : nil
        }
        return counts.sorted { ($1.count, $0.slot) < ($0.count, $1.slot) }.prefix(
            first.context.standard.method.mostPollutants
        ).map { symbol, count, _ in
            Facts([
                "item": .text(symbol), "sections": .integer(count),
                "share": ExactDecimal(count * 100).divided(by: ExactDecimal(measured.count), decimals: 1)
                    .map(Facts.Value.decimal),
            ])
        }
    }

    /// The change of the share of I–III less that of worse than V, in points; only of the same sections.
    private func trend(_ earlier: Period, _ now: Shares) -> Facts {
        let before = views.map { view in
            earlier.months.flatMap { view.evaluation(of: $0, weighting: earlier.weighting).waterClass }
        }
        let isSameSet = zip(views, before).allSatisfy { ($0.current?.waterClass == nil) == ($1 == nil) }
        let shares = Shares(classes: before.compactMap(\.self))
        guard isSameSet, let good = shares.good, let worst = shares.worst, let nowGood = now.good,
            let nowWorst = now.worst, let more = nowGood.subtracting(good), let less = nowWorst.subtracting(worst),
            let change = more.subtracting(less), let parameters = views.first?.context.parameters
        else { return Facts(["period": .text(earlier.label), "trend": .text("not-comparable")]) }
        let some = ExactDecimal(parameters.someTrendPoints)
        let marked = ExactDecimal(parameters.markedTrendPoints)
        let size = change.isNegative ? ExactDecimal(0).subtracting(change) ?? change : change
        let trend: Trend =
            size <= some
            ? .unchanged
            : size <= marked
                ? (change.isNegative ? .worse : .better) : (change.isNegative ? .muchWorse : .muchBetter)
        return Facts([
            "period": .text(earlier.label), "goodShare": .decimal(good), "worstShare": .decimal(worst),
            "points": .decimal(change), "trend": .text(trend.rawValue),
        ])
    }

    private func row(_ view: SectionView, _ verdict: Assessment) -> Facts {
        Facts([
            "code": .text(view.section.code), "river": .text(view.section.river), "section": .text(view.section.place),
            "office": view.section.office.map(Facts.Value.text),
            "target": view.target.map { .text($0.waterClass.rawValue) },
            "class": (view.current?.waterClass).map { .text($0.rawValue) },
            "previousClass": (view.monthOnMonth.earlier?.waterClass).map { .text($0.rawValue) },
            "lastYearClass": (view.yearOnYear.earlier?.waterClass).map { .text($0.rawValue) },
            "verdict": .text(
                view.suspension != nil
                    ? "suspended" : verdict.state.isBad ? "missed" : verdict.state == .ok ? "met" : "unknown"
            ),
            "exceeding": .list(
                (view.current?.exceeding(view.target?.waterClass) ?? []).map { finding in
                    Facts([
                        "item": .text(finding.item.symbol), "value": .decimal(finding.value),
                        "multipleTarget": finding.facts(target: view.target?.waterClass)["multipleTarget"],
                    ])
                }
            ),
        ])
    }
}
