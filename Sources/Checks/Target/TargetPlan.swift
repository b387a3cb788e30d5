// The road from a baseline to a target: what should have been reached by a day.

import Almanac
import Records

/// How a target is to be reached.
enum TargetTrajectory: String, Sendable, CaseIterable {
    /// Evenly over the days.
    case linear
    /// Evenly over the working days: a plan that rests when people do.
    case linearWorkingDays = "linear-working-days"
    /// By values that the plan states for days; between them the last one holds.
    case steps
    /// As works go: slowly, fast, slowly; 10, 40, 80 and 100 percent at the quarters of the time.
    case sCurve = "s-curve"
    /// Only where school terms begin, in February and September.
    case termStep = "term-step"
    /// To be met in every single period; nothing is averaged.
    case maintain
    /// Each of so many, at least once.
    case onceEach = "at-least-once-each"
    /// Not to be exceeded.
    case cap

    /// Whether a trend over the last values says anything of the end.
    var hasForecast: Bool { self != .maintain && self != .termStep }
}

/// Baseline, target, and the days of both.
struct TargetPlan: Sendable {
    /// Shares are printed to a hundredth of a point, and reckoned finer.
    static let decimals = 6

    let trajectory: TargetTrajectory
    let baseline: ExactDecimal
    let from: CivilDate
    let target: ExactDecimal
    let until: CivilDate
    /// Values that the plan states, by day.
    let steps: [(date: CivilDate, value: ExactDecimal)]
    /// By which working days are counted; beyond the notices weekdays.
    let calendar: WorkingDayCalendar

    /// From baseline to target; negative where less is better; `nil` when they are the same, or too long to reckon with.
    var span: ExactDecimal? {
        guard let span = target.subtracting(baseline), !span.isZero else { return nil }
        return span
    }

    /// Whether less is better.
    var isDownward: Bool { trajectory == .cap || target < baseline }

    /// Whether a value reaches the target; the target itself does.
    func isMet(by value: ExactDecimal) -> Bool { isDownward ? value <= target : value >= target }

    /// What should have been reached on a day.
    func planned(on date: CivilDate) -> ExactDecimal? {
        if date >= until || trajectory == .maintain { return target }
        if date <= from { return baseline }
        switch trajectory {
        case .steps: return steps.last { $0.date <= date }?.value ?? baseline
        case .termStep:
            let passed = termStarts(through: date)
            let all = termStarts(through: until)
            return all == 0 ? baseline : part(passed, of: all)
        case .sCurve: return curved(on: date)
        case .linearWorkingDays:
            let all = calendar.workingDays(after: from, through: until).value
            return all == 0 ? baseline : part(calendar.workingDays(after: from, through: date).value, of: all)
        case .linear, .onceEach, .cap, .maintain: return part(from.days(to: date), of: from.days(to: until))
        }
    }

    private func part(_ count: Int, of all: Int) -> ExactDecimal? {
        guard let span = target.subtracting(baseline) else { return nil }
        return span.multiplied(by: ExactDecimal(count))?.divided(by: ExactDecimal(all), decimals: Self.decimals)
            .flatMap(baseline.adding)
    }

    /// Straight between the quarters of the time.
    private func curved(on date: CivilDate) -> ExactDecimal? {
        let percents = [0, 10, 40, 80, 100]
        let (passed, all) = (from.days(to: date) * 4, from.days(to: until))
        let quarter = min(passed / all, 3)
        let rest = passed - quarter * all
        return part(percents[quarter] * all + (percents[quarter + 1] - percents[quarter]) * rest, of: 100 * all)
    }

    /// How many terms have begun after the baseline's day.
    private func termStarts(through date: CivilDate) -> Int {
        (from.year...date.year).flatMap { year in
            [2, 9].compactMap { CivilDate(year: year, month: $0, day: 1) }
        }.count { $0 > from && $0 <= date }
    }
}
