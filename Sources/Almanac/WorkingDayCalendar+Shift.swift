// Days that are moved to a working day and then counted on from there, as terms and grace are.

/// A day moved off a rest day, and from there by a number of working days.
package struct ShiftedDay: Sendable, Hashable {
    /// The day after it was moved off a rest day; the day itself when it stayed, or when nobody knows yet.
    package let adjusted: AdjustedDay
    /// How many working days were counted from there; negative for earlier ones.
    package let offset: Int
    package let to: CivilDate
    /// Whether days were asked about that no notice tells of; weekdays stood for working days then.
    package let isProvisional: Bool

    package var from: CivilDate { adjusted.from }
    /// The holiday on `from`; `nil` when it is an ordinary weekend, or when it is worked.
    package var holiday: String? { adjusted.holiday }
}

extension ShiftedDay: CustomStringConvertible {
    /// `moved from Sat 2026-10-03 to Mon 2026-10-12: 国庆节, then 2 working days later`, or as `AdjustedDay`.
    package var description: String {
        guard offset != 0 else { return adjusted.description }
        let distance = Self.distance(offset)
        let reason = adjusted.isMoved ? "\(holiday ?? "weekend"), then \(distance)" : distance
        return "moved from \(from.weekday.abbreviation) \(from) to \(to.weekday.abbreviation) \(to): \(reason)"
    }

    /// `2 working days later`, `1 working day earlier`.
    package static func distance(_ offset: Int) -> String {
        "\(abs(offset)) working day\(abs(offset) == 1 ? "" : "s") \(offset > 0 ? "later" : "earlier")"
    }
}

extension WorkingDayCalendar {
    /// The day moved off a rest day and then by a number of working days.
    ///
    /// Days keep their order. A day of which nobody knows whether it is worked stays before it is counted from.
    /// - Parameter adjustment: Where a rest day goes first; `nil` to count from the rest day itself.
    package func shifted(_ date: CivilDate, _ adjustment: WorkingDayAdjustment?, by offset: Int) -> ShiftedDay {
        let unmoved = AdjustedDay(from: date, to: date, holiday: nil)
        let known = adjustment.map { adjusted(date, $0) } ?? unmoved
        let day = known ?? unmoved
        let reached = self.date(workingDays: offset, after: day.to)
        return ShiftedDay(
            adjusted: day,
            offset: offset,
            to: reached.value,
            isProvisional: known == nil || !covers(date) || reached.isProvisional
        )
    }
}
