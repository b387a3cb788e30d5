// A section beside what it was: the period before (环比), the same period last year (同比), and periods in a row.

import Almanac
import Records

/// How the state of a section went from one period to another (环办〔2011〕22号: by grades).
enum Trend: String, Sendable {
    case muchBetter = "much-better"
    case better
    case unchanged
    case worse
    case muchWorse = "much-worse"

    init(from earlier: WaterClass, to later: WaterClass) {
        switch later.grade.rank - earlier.grade.rank {
        case ...(-2): self = .muchBetter
        case -1: self = .better
        case 0: self = .unchanged
        case 1: self = .worse
        default: self = .muchWorse
        }
    }

    var isWorse: Bool { self == .worse || self == .muchWorse }
}

/// A period beside an earlier one.
struct Comparison: Sendable {
    let label: String
    let now: PeriodEvaluation?
    let earlier: PeriodEvaluation?

    /// What was known in both must be the same items, else the classes say different things.
    var isComparable: Bool {
        guard let now, let earlier, !now.findings.isEmpty, !earlier.findings.isEmpty else { return false }
        return now.findings.map(\.slot) == earlier.findings.map(\.slot) && now.measured.count == earlier.measured.count
    }

    /// `nil` when the two cannot be compared.
    var trend: Trend? {
        guard isComparable, let now = now?.waterClass, let earlier = earlier?.waterClass else { return nil }
        return Trend(from: earlier, to: now)
    }

    /// By how many classes it is worse now; negative when it is better.
    var classesWorse: Int? {
        guard isComparable, let now = now?.waterClass, let earlier = earlier?.waterClass else { return nil }
        return now.rank - earlier.rank
    }

    /// Why the two cannot be compared.
    var gap: Gap? {
        guard !isComparable else { return nil }
        let isThere = !(earlier?.findings.isEmpty ?? true)
        return Gap(isThere ? .notComparable : .noRow, label)
    }

    var facts: Facts {
        Facts([
            "period": .text(label), "earlierClass": (earlier?.waterClass).map { .text($0.rawValue) },
            "trend": .text(trend?.rawValue ?? "not-comparable"),
            "classesWorse": classesWorse.map(Facts.Value.integer),
        ])
    }
}

extension SectionView {
    /// 环比: beside the period before.
    var monthOnMonth: Comparison { beside(period.previous) }

    /// 同比: beside the same period last year.
    var yearOnYear: Comparison { beside(period.yearBefore) }

    private func beside(_ earlier: Period) -> Comparison {
        Comparison(
            label: earlier.label,
            now: current,
            earlier: earlier.months.map { evaluation(of: $0, weighting: earlier.weighting) }
        )
    }

    /// 累计同比: the year so far beside the same months of last year.
    var yearToDateOnYear: Comparison {
        let before = months.map { months in
            let range = Self.yearToDate(months)
            return (range.lowerBound - 12)...(range.upperBound - 12)
        }
        return Comparison(
            label: before.map(monthsLabel) ?? period.yearBefore.label,
            now: yearToDate,
            earlier: before.map { evaluation(of: $0, weighting: .months) }
        )
    }

    func comparisonFacts() -> Facts {
        Facts(["monthOnMonth": .list([monthOnMonth.facts]), "yearOnYear": .list([yearOnYear.facts])])
    }

    /// Whether the state got worse by a grade or more since the period before or since last year; two grades or more are
    /// critical.
    func deteriorationVerdict() -> Assessment {
        if let suspension { return silence(.deteriorated, because: suspension) }
        let comparisons = [monthOnMonth, yearOnYear]
        let trends = comparisons.compactMap(\.trend)
        let state: Assessment.State =
            trends.contains(.muchWorse)
            ? .critical : trends.contains(.worse) ? .warning : comparisons[0].isComparable ? .ok : .unknown
        return assessment(
            .deteriorated,
            state,
            aim.merging(
                Facts([
                    "class": (current?.waterClass).map { .text($0.rawValue) },
                    "grade": (current?.waterClass).map { .text($0.grade.rawValue) },
                    "classDrop": comparisons.compactMap(\.classesWorse).max().flatMap { $0 >= 2 ? .integer($0) : nil },
                ])
            ).merging(comparisonFacts()),
            gaps: comparisons.compactMap(\.gap),
            source: rows(of: current)
        )
    }

    /// The class of the year so far against the target.
    func yearToDateVerdict() -> Assessment {
        if let suspension { return silence(.yearToDate, because: suspension) }
        let judged = yearToDate
        var gaps = judged.map { doubts(about: $0.months) } ?? []
        if target == nil { gaps.append(Gap(section.targetGap, "target", at: section.source)) }
        let state =
            gaps.contains { $0.reason == .conflicting }
            ? .unknown
            : Self.state(
                judged?.waterClass,
                target: target?.waterClass,
                hasGaps: gaps.contains { $0.reason != .suspended }
            )
        let exceeding = judged?.exceeding(target?.waterClass) ?? []
        return assessment(
            .yearToDate,
            state,
            aim.merging(
                Facts([
                    "class": (judged?.waterClass).map { .text($0.rawValue) },
                    "compliant": state == .unknown ? nil : .flag(state == .ok),
                    "months": .integer(judged?.measured.count ?? 0),
                    "from": judged.map { .text(CivilMonth(ordinal: $0.months.lowerBound).description) },
                    "until": judged.map { .text(CivilMonth(ordinal: $0.months.upperBound).description) },
                    "evaluated": .integer(judged?.findings.count ?? 0), "expected": .integer(expectedCount),
                    "deciding": judged?.waterClass == nil ? nil : .texts(judged?.deciding ?? []),
                    "items": .list((judged?.findings ?? []).map { $0.facts(target: target?.waterClass) }),
                    "exceeding": exceeding.isEmpty
                        ? nil : .list(exceeding.map { $0.facts(target: target?.waterClass) }),
                    "yearOnYear": .list([yearToDateOnYear.facts]),
                ])
            ),
            gaps: gaps,
            source: rows(of: judged)
        )
    }

    /// A warning level of 长江流域水环境质量监测预警办法（试行）.
    ///
    /// Level 2 when the period's class and that of the year so far are each at least one class worse than a year before and
    /// worse than III, and the year so far misses the target; level 1 from two classes on. Level 2 is not given beside
    /// level 1.
    func yangtzeVerdict(level: Int) -> Assessment {
        let indicator = level == 1 ? SectionIndicator.yangtzeLevel1 : .yangtzeLevel2
        if let suspension { return silence(indicator, because: suspension) }
        let comparisons = [yearOnYear, yearToDateOnYear]
        let reached = yangtzeLevel(comparisons)
        let state: Assessment.State =
            reached == level ? (level == 1 ? .critical : .warning) : reached == nil ? .unknown : .ok
        var gaps = comparisons.compactMap(\.gap)
        if target == nil { gaps.append(Gap(section.targetGap, "target", at: section.source)) }
        return assessment(
            indicator,
            state,
            aim.merging(
                Facts([
                    "class": (current?.waterClass).map { .text($0.rawValue) },
                    "classYearToDate": (yearToDate?.waterClass).map { .text($0.rawValue) },
                    "yearOnYear": .list([comparisons[0].facts]),
                    "yearToDateOnYear": .list([comparisons[1].facts]),
                    "level": reached.flatMap { $0 > 0 ? .integer($0) : nil },
                ])
            ),
            gaps: gaps,
            source: rows(of: yearToDate)
        )
    }

    /// 1 or 2, 0 for neither, and `nil` when that cannot be said.
    private func yangtzeLevel(_ comparisons: [Comparison]) -> Int? {
        guard let target, let now = current?.waterClass, let sofar = yearToDate?.waterClass else { return nil }
        // What misses nothing and is III or better gives no warning, whatever was a year before.
        guard now > .iii, sofar > .iii, sofar > target.waterClass else { return 0 }
        let drops = comparisons.compactMap(\.classesWorse)
        guard drops.count == comparisons.count, let least = drops.min() else { return nil }
        return least >= 2 ? 1 : least == 1 ? 2 : 0
    }

    /// The periods in a row, up to the judged one, that miss their targets; the judged one first.
    ///
    /// What is not known ends the row, and so does the beginning of last year.
    var missedPeriods: [Period] {
        var missed: [Period] = []
        var period = period
        while let months = period.months, months.lowerBound >= context.firstMonth(beside: self.period) {
            let evaluation = evaluation(of: months, weighting: period.weighting)
            guard let waterClass = evaluation.waterClass, let target = target(in: months), waterClass > target,
                !evaluation.measured.contains(where: { context.history[$0].contradiction != nil })
            else { break }
            missed.append(period)
            period = period.previous
        }
        return missed
    }

    /// How many periods in a row missed the target; from three on, as shipped, that is critical.
    func consecutiveVerdict() -> Assessment {
        if let suspension { return silence(.consecutive, because: suspension) }
        let missed = missedPeriods
        let isKnown = current?.waterClass != nil && target != nil
        let state: Assessment.State =
            !isKnown
            ? .unknown
            : missed.count >= context.parameters.criticalAfter ? .critical : missed.count >= 2 ? .warning : .ok
        return assessment(
            .consecutive,
            state,
            aim.merging(
                Facts([
                    "class": (current?.waterClass).map { .text($0.rawValue) }, "count": .integer(missed.count),
                    "since": missed.last.map { .text($0.label) },
                    "missed": missed.isEmpty
                        ? nil
                        : .list(
                            missed.reversed().map { period in
                                let months = period.months
                                let found = months.map { evaluation(of: $0, weighting: period.weighting) }
                                return Facts([
                                    "period": .text(period.label),
                                    "class": (found?.waterClass).map { .text($0.rawValue) },
                                    "items": .texts(
                                        found?.exceeding(months.flatMap { target(in: $0) }).map(\.item.symbol) ?? []
                                    ),
                                ])
                            }
                        ),
                ])
            ),
            gaps: isKnown ? [] : [Gap(.noRow, period.label)],
            source: rows(of: current)
        )
    }
}

extension SectionContext {
    /// The first month that is looked at for a judged period: the first one of the year before.
    func firstMonth(beside period: Period) -> Int { (period.first.year - 1) * 12 }
}
