// Where an indicator will end if it goes on as it did lately, and how fast it would have to go.

import Almanac
import Records

/// The recent rate and the required one.
struct TargetForecast: Sendable {
    /// A day's share of a mean month.
    private static let daysOfMonth = ExactDecimal(coefficient: 304_375, scale: 4)
    private static let decimals = 8
    private static let most = 6

    /// How many values the recent rate rests on.
    let count: Int
    /// Per month: the median of the slopes between any two of the last values, so that one odd value moves nothing.
    let recent: ExactDecimal
    /// Per month, to be at the target on its day; `nil` on that day and after it.
    let required: ExactDecimal?
    /// The value on the target's day.
    let end: ExactDecimal

    /// `nil` with fewer than three values, or when they were not counted alike.
    init?(_ plan: TargetPlan, _ values: [TargetValue], asOf: CivilDate, within bounds: (ExactDecimal?, ExactDecimal?)) {
        let last = Array(values.suffix(Self.most))
        guard plan.trajectory.hasForecast, last.count >= 3, Set(last.map { $0.definition ?? "" }).count == 1,
            let latest = last.last
        else { return nil }
        var slopes: [ExactDecimal] = []
        for (index, first) in last.enumerated() {
            for second in last[(index + 1)...] {
                let days = first.date.days(to: second.date)
                guard days > 0,
                    let slope = second.value.subtracting(first.value)?
                        .divided(by: ExactDecimal(days), decimals: Self.decimals)
                else { return nil }
                slopes.append(slope)
            }
        }
        slopes.sort()
        let middle = slopes.count / 2
        let median =
            slopes.count.isMultiple(of: 2)
            ? slopes[middle - 1].adding(slopes[middle])?.divided(by: ExactDecimal(2), decimals: Self.decimals)
            : slopes[middle]
        let left = latest.date.days(to: plan.until)
        guard let median, let recent = median.multiplied(by: Self.daysOfMonth),
            let end = median.multiplied(by: ExactDecimal(max(0, left))).flatMap(latest.value.adding)
        else { return nil }
        count = last.count
        self.recent = recent
        required =
            left > 0
            ? plan.target.subtracting(latest.value)?.divided(by: ExactDecimal(left), decimals: Self.decimals)?
                .multiplied(by: Self.daysOfMonth) : nil
        var clipped = end
        if let least = bounds.0, clipped < least { clipped = least }
        if let most = bounds.1, clipped > most { clipped = most }
        self.end = clipped
    }

    /// How many times as fast as lately it has to go, in percent; `nil` when it does not move towards the target.
    func ratio(downward: Bool) -> ExactDecimal? {
        guard let required, downward ? recent.isNegative : !recent.isNegative, !recent.isZero else { return nil }
        return required.multiplied(by: ExactDecimal(100))?.divided(by: recent, decimals: 2)
    }
}
