// Methods that tell an unusual count from the counts before it.

import Almanac
import Records

/// How a count is held against the ones before it.
package struct Detector: Sendable, Hashable {
    /// The methods.
    package enum Method: String, Sendable, CaseIterable {
        /// The seven days before (Hutwagner et al., The bioterrorism preparedness and response Early Aberration Reporting
        /// System, J Urban Health 2003).
        case c1 = "C1"
        /// The same with two days between, so that a slow rise does not hide in its own baseline.
        case c2 = "C2"
        /// Three days of C2 together, by the definition: the sum of max(0, C2 − 1) over today and the two days before
        /// (Fricker, Hegler and Dunfee, Comparing syndromic surveillance detection methods, Stat Med 2008).
        case c3 = "C3"
        /// A cumulative sum that an alarm sets back.
        case cusum
        /// The last seven days against the same weeks of earlier years, as China's CIDARS does.
        case percentile
    }

    package var method: Method
    /// The least standard deviation that is reckoned with, in cases: without it a run of equal counts makes any other one
    /// infinitely unusual (Tokars et al., Enhancing time-series detection algorithms for automated biosurveillance, Emerg
    /// Infect Dis 2009).
    package var minimumDeviation = 1.0
    /// How many days a baseline has where there are as many, and where there are not.
    package var longBaseline = 28
    package var shortBaseline = 7
    /// What a statistic has to exceed; `nil` for the method's own number.
    package var threshold: Double?
    /// By how many standard deviations a day may be above the mean without adding to a cumulative sum.
    package var slack = 1.0
    /// Which percentile of earlier years, over how many, and how many weeks before and after.
    package var percentile = 80
    package var years = 5
    package var weeksAround = 2

    package init(method: Method) { self.method = method }

    /// Fewer earlier years than these say nothing.
    static let fewestYears = 3

    /// What a statistic has to exceed.
    var limit: Double {
        threshold
            ?? {
                switch method {
                case .c1, .c2: 3
                case .c3: 2
                case .cusum: 4
                case .percentile: 0
                }
            }()
    }

    /// The days between a count and the baseline that it is held against.
    var lag: Int { method == .c1 ? 0 : 2 }
}

/// What a method says of one day.
struct Signal: Sendable {
    /// What was counted, and what was to be expected.
    let observed: Double
    let expected: Double
    let deviation: Double?
    let statistic: Double
    let threshold: Double
    /// How many days, or windows of earlier years, it rests on.
    let baseline: Int
    let first: CivilDate?
    let last: CivilDate?

    var isAlarm: Bool { statistic > threshold }

    /// The same day by a method that goes by another statistic.
    func with(statistic: Double, threshold: Double) -> Signal {
        Signal(
            observed: observed,
            expected: expected,
            deviation: deviation,
            statistic: statistic,
            threshold: threshold,
            baseline: baseline,
            first: first,
            last: last
        )
    }
}

/// Counts in the order of their days, with what is known of each, ready for a method.
struct CountHistory: Sendable {
    let series: CountSeries
    let detector: Detector
    /// Whether shares of all visits are compared instead of counts.
    let usesShare: Bool
    /// Whether weekends are held against weekends alone.
    let splitsWeek: Bool
    let isRestDay: @Sendable (CivilDate) -> Bool

    /// A day with its value; the total is there where shares are compared.
    private struct Point {
        let day: CivilDate
        let value: Double
        let total: Double?
    }

    private func point(on day: CivilDate) -> Point? {
        guard case .reported(let report) = series.standing(on: day, isRestDay: false) else { return nil }
        guard usesShare else { return Point(day: day, value: report.count.doubleValue, total: nil) }
        guard let total = report.total, ExactDecimal(0) < total else { return nil }
        return Point(day: day, value: report.count.doubleValue / total.doubleValue, total: total.doubleValue)
    }

    /// What the method says of a day; `nil` where the day or its baseline is not known.
    func signal(on day: CivilDate) -> Signal? {
        switch detector.method {
        case .c1, .c2: return deviation(on: day, threshold: detector.limit)
        case .c3: return sumOfThree(on: day)
        case .cusum: return cumulated(on: day)
        case .percentile: return seasonal(on: day)
        }
    }

    /// The days a baseline is made of, latest first: reported, of the same part of the week where that matters, and not
    /// so long ago that they say nothing of today.
    private func baseline(before day: CivilDate) -> [Point] {
        let isWeekend = day.weekday.isWeekend
        var points: [Point] = []
        let end = day.adding(days: -detector.lag - 1)
        let reach = splitsWeek ? detector.longBaseline * 4 : detector.longBaseline * 2
        for offset in 0..<reach where points.count < detector.longBaseline {
            let candidate = end.adding(days: -offset)
            guard !splitsWeek || candidate.weekday.isWeekend == isWeekend else { continue }
            if let point = point(on: candidate) { points.append(point) }
        }
        if points.count >= detector.longBaseline { return points }
        let recent = points.prefix(detector.shortBaseline)
        return recent.count == detector.shortBaseline ? Array(recent) : []
    }

    private func deviation(on day: CivilDate, threshold: Double) -> Signal? {
        guard let today = point(on: day) else { return nil }
        let points = baseline(before: day)
        guard points.count > 1 else { return nil }
        let mean = points.reduce(0) { $0 + $1.value } / Double(points.count)
        let squares = points.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) }
        let spread = (squares / Double(points.count - 1)).squareRoot()
        // A floor in cases is one in shares of the visits of a usual day.
        let visits = points.reduce(0) { $0 + ($1.total ?? 1) } / Double(points.count)
        let floor = usesShare ? detector.minimumDeviation / visits : detector.minimumDeviation
        let deviation = max(spread, floor)
        guard deviation > 0 else { return nil }
        return Signal(
            observed: today.value,
            expected: mean,
            deviation: deviation,
            statistic: (today.value - mean) / deviation,
            threshold: threshold,
            baseline: points.count,
            first: points.last?.day,
            last: points.first?.day
        )
    }

    /// The day itself and the two reported ones of its kind before it.
    private func sumOfThree(on day: CivilDate) -> Signal? {
        guard let today = deviation(on: day, threshold: detector.limit) else { return nil }
        var statistic = 0.0
        for offset in 0..<3 {
            guard let signal = offset == 0 ? today : deviation(on: day.adding(days: -offset), threshold: 0) else {
                // A closed day adds nothing; one that nobody reported leaves the sum unknown.
                if case .closed = series.standing(
                    on: day.adding(days: -offset),
                    isRestDay: isRestDay(day.adding(days: -offset))
                ) {
                    continue
                }
                return nil
            }
            statistic += max(0, signal.statistic - 1)
        }
        return today.with(statistic: statistic, threshold: detector.limit)
    }

    private func cumulated(on day: CivilDate) -> Signal? {
        guard let start = series.first, start <= day, let today = deviation(on: day, threshold: detector.limit) else {
            return nil
        }
        var sum = 0.0
        for offset in 0...start.days(to: day) {
            guard let signal = deviation(on: start.adding(days: offset), threshold: 0) else { continue }
            if sum > detector.limit { sum = 0 }
            sum = max(0, sum + signal.statistic - detector.slack)
        }
        return today.with(statistic: sum, threshold: detector.limit)
    }

    /// The sum of the seven days that end on a day, without the closed ones; `nil` when one of the others is not known.
    private func week(endingOn day: CivilDate) -> Double? {
        var sum = 0.0
        var known = 0
        for offset in 0..<7 {
            let date = day.adding(days: -offset)
            switch series.standing(on: date, isRestDay: isRestDay(date)) {
            case .reported(let report):
                sum += report.count.doubleValue
                known += 1
            case .closed: continue
            case .unusable, .missing: return nil
            }
        }
        return known > 0 ? sum : nil
    }

    /// Against the percentile of the same weeks of earlier years, by nearest rank.
    private func seasonal(on day: CivilDate) -> Signal? {
        guard let current = week(endingOn: day) else { return nil }
        var windows: [Double] = []
        var years = 0
        for year in 1...detector.years {
            let same = day.adding(months: -12 * year)
            let found = (-detector.weeksAround...detector.weeksAround).compactMap {
                week(endingOn: same.adding(days: 7 * $0))
            }
            if !found.isEmpty { years += 1 }
            windows += found
        }
        guard years >= Detector.fewestYears, !windows.isEmpty else { return nil }
        windows.sort()
        let rank = (detector.percentile * windows.count + 99) / 100
        let limit = windows[max(0, min(rank, windows.count) - 1)]
        return Signal(
            observed: current,
            expected: windows[windows.count / 2],
            deviation: nil,
            statistic: current,
            threshold: detector.threshold ?? limit,
            baseline: windows.count,
            first: nil,
            last: nil
        )
    }
}
