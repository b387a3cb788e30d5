// The verdicts on a day's counts, on late reports, and on how often the method calls.

import Almanac
import Records

extension Surveillance {
    /// The day whose counts are judged.
    var judgedDay: CivilDate { asOf.adding(days: -parameters.reportLag) }

    package mutating func finish() -> [Assessment] {
        guard !sites.isEmpty else { return [] }
        var verdicts = sites.indices.flatMap { [counts($0), reporting($0)] }
        if let noise = noise() { verdicts.append(noise) }
        return verdicts
    }

    /// The series that gave an alarm within so many days up to the judged one, whatever the site.
    func seriesInAlarm(within days: Int) -> [String: CivilDate] {
        var alarms: [String: CivilDate] = [:]
        for (index, site) in sites.enumerated() {
            let history = history(index)
            guard
                let day = (0..<max(1, days)).map({ judgedDay.adding(days: -$0) }).first(where: { day in
                    history.signal(on: day)?.isAlarm == true
                })
            else { continue }
            alarms[site.series] = max(day, alarms[site.series] ?? day)
        }
        return alarms
    }

    private func isRestDay(_ site: Site) -> @Sendable (CivilDate) -> Bool {
        guard site.restsOnRestDays else { return { _ in false } }
        let calendar = parameters.calendar
        return { day in !(calendar?.isWorkingDay(day) ?? !day.weekday.isWeekend) }
    }

    private func history(_ index: Int) -> CountHistory {
        CountHistory(
            series: series[index],
            detector: parameters.detector,
            usesShare: parameters.usesShare,
            splitsWeek: sites[index].splitsWeek,
            isRestDay: isRestDay(sites[index])
        )
    }

    private func counts(_ index: Int) -> Assessment {
        let site = sites[index]
        let day = judgedDay
        let standing = series[index].standing(on: day, isRestDay: isRestDay(site)(day))
        var facts = Facts([
            "site": .text(site.name), "series": site.seriesName.isEmpty ? nil : .text(site.seriesName),
            "counted": counted, "date": .date(day), "method": .text(parameters.detector.method.rawValue),
        ])
        var gaps: [Gap] = []
        var source = [site.source]
        var state = Assessment.State.unknown
        switch standing {
        case .closed:
            facts["standing"] = .text("closed")
            state = .ok
        case .missing:
            gaps = [Gap(isAwaitingFirstFile ? .awaitingFirstFile : .noRow, "\(day)")]
        case .unusable(let row):
            gaps = [Gap(.unreadable, "count", at: row)]
            source.append(row)
        case .reported(let report):
            source.append(report.source)
            facts["count"] = .decimal(report.count)
            facts["total"] = report.total.map(Facts.Value.decimal)
            if let signal = history(index).signal(on: day) {
                add(signal, to: &facts)
                state = signal.isAlarm ? .warning : .ok
            } else if parameters.usesShare, report.total?.isZero ?? true {
                gaps = [Gap(.blank, "total", at: report.source)]
            } else {
                gaps = [Gap(.neverRecorded, "baseline")]
            }
        }
        return Assessment(
            subject: site.subject,
            name: site.fullName,
            period: period,
            indicator: "counts",
            state: state,
            facts: facts,
            gaps: gaps,
            source: source
        )
    }

    private func add(_ signal: Signal, to facts: inout Facts) {
        let decimals = parameters.usesShare ? 4 : 2
        if parameters.usesShare { facts["share"] = shown(signal.observed, 4) }
        if parameters.detector.method == .percentile {
            facts["weekCount"] = shown(signal.observed, 2)
            facts["percentile"] = .integer(parameters.detector.percentile)
        }
        facts["expected"] = shown(signal.expected, decimals)
        facts["deviation"] = signal.deviation.flatMap { shown($0, decimals) }
        facts["statistic"] = shown(signal.statistic, 2)
        facts["threshold"] = shown(signal.threshold, 2)
        facts["baseline"] = .integer(signal.baseline)
        facts["baselineFrom"] = signal.first.map(Facts.Value.date)
        facts["baselineUntil"] = signal.last.map(Facts.Value.date)
    }

    private var counted: Facts.Value { .text(parameters.counted.rawValue) }

    private func shown(_ value: Double, _ decimals: Int) -> Facts.Value? {
        ExactDecimal(nearest: value).map { .decimal($0.rounded(decimals: decimals).trimmed) }
    }

    /// Whether a site has reported lately; days on which it was closed are no delay.
    private func reporting(_ index: Int) -> Assessment {
        let site = sites[index]
        let rests = isRestDay(site)
        let last = series[index].last
        let start = last ?? site.since?.adding(days: -1)
        var late: Int?
        if let start, start < judgedDay {
            late = (1...start.days(to: judgedDay)).count { offset in !rests(start.adding(days: offset)) }
        } else if start != nil {
            late = 0
        }
        let missing = missingDays(index)
        let state: Assessment.State = late.map { $0 > parameters.lateAfter ? .warning : .ok } ?? .unknown
        return Assessment(
            subject: site.subject,
            name: site.fullName,
            period: period,
            indicator: "reporting",
            state: state,
            facts: Facts([
                "site": .text(site.name), "counted": counted, "last": last.map(Facts.Value.date),
                "daysLate": late.map(Facts.Value.integer),
                "lateAfter": .integer(parameters.lateAfter),
                "missingDays": missing.isEmpty ? nil : .texts(missing.map(\.description)),
            ]),
            gaps: late == nil ? [Gap(isAwaitingFirstFile ? .awaitingFirstFile : .neverRecorded, "counts")] : [],
            source: [site.source]
        )
    }

    /// Days of the last fortnight before the latest report that were left out.
    private func missingDays(_ index: Int) -> [CivilDate] {
        guard let first = series[index].first, let last = series[index].last else { return [] }
        let rests = isRestDay(sites[index])
        return (0..<14).map { judgedDay.adding(days: $0 - 13) }.filter { day in
            guard first <= day, day < last else { return false }
            if case .missing = series[index].standing(on: day, isRestDay: rests(day)) { return true }
            return false
        }
    }

    /// How many alarms the method gave in four weeks, over all sites, against what the job may give.
    private func noise() -> Assessment? {
        guard let budget = parameters.noiseBudget else { return nil }
        let weeks = 4
        var signals = 0
        for index in sites.indices {
            let history = history(index)
            signals += (0..<(7 * weeks)).count { history.signal(on: judgedDay.adding(days: -$0))?.isAlarm == true }
        }
        let perWeek = Ratio(ExactDecimal(signals), by: ExactDecimal(weeks))
        let isNoisy = perWeek.map { Ratio(budget) < $0 } ?? false
        return Assessment(
            subject: "signals",
            name: "signals",
            period: period,
            indicator: "noise",
            state: isNoisy ? .warning : .ok,
            facts: Facts([
                "signals": .integer(signals), "weeks": .integer(weeks),
                "perWeek": perWeek?.rounded(2).map(Facts.Value.decimal), "budget": .decimal(budget),
                "sites": .integer(sites.count), "counted": counted,
                "method": .text(parameters.detector.method.rawValue),
            ]),
            source: []
        )
    }

    static let factNames = [
        "counts": FactNames([
            "site", "series", "counted", "date", "method", "standing", "count", "total", "share", "weekCount",
            "percentile",
            "expected", "deviation", "statistic", "threshold", "baseline", "baselineFrom", "baselineUntil",
        ]),
        "reporting": FactNames(
            ["site", "counted", "last", "daysLate", "lateAfter"],
            lists: ["missingDays": FactNames.texts]
        ),
        "noise": FactNames(["signals", "weeks", "perWeek", "budget", "sites", "counted", "method"]),
    ]
}
