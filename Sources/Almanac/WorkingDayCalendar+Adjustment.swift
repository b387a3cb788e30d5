// Moving a day that is not worked to one that is, and saying why.

/// Where a day goes that falls on a rest day.
package enum WorkingDayAdjustment: Sendable, Hashable {
    case next, previous
    /// To whichever is nearer; to the next one when both are as near.
    case nearest
}

/// A day after adjustment to working days, with the reason when it moved.
package struct AdjustedDay: Sendable, Hashable {
    package let from: CivilDate
    package let to: CivilDate
    /// The holiday on `from`; `nil` when it is an ordinary weekend, or when the day did not move.
    package let holiday: String?

    package var isMoved: Bool { from != to }
}

extension AdjustedDay: CustomStringConvertible {
    /// `moved from Sat 2026-10-03 to Thu 2026-10-08: 国庆节`, or `Thu 2026-10-08`.
    package var description: String {
        func named(_ date: CivilDate) -> String { "\(date.weekday.abbreviation) \(date)" }
        return isMoved ? "moved from \(named(from)) to \(named(to)): \(holiday ?? "weekend")" : named(to)
    }
}

extension WorkingDayCalendar {
    /// The working day that stands for that one; `nil` when the notices do not reach far enough to tell.
    package func adjusted(_ date: CivilDate, _ adjustment: WorkingDayAdjustment) -> AdjustedDay? {
        guard let day = day(date) else { return nil }
        guard case .restDay(let holiday) = day else { return AdjustedDay(from: date, to: date, holiday: nil) }
        return workingDay(near: date, adjustment).map { AdjustedDay(from: date, to: $0, holiday: holiday) }
    }

    /// The last day of a term that would end on that day: when it is a rest day, the next working day.
    ///
    /// This is the reckoning of the Civil Code of China, article 203.
    package func lastDay(ofTermEnding date: CivilDate) -> AdjustedDay? { adjusted(date, .next) }

    /// The first working day that lies in the direction, the day itself not counted; `nil` when that is not known.
    private func workingDay(near date: CivilDate, _ adjustment: WorkingDayAdjustment) -> CivilDate? {
        var distance = 1
        while true {
            let later = date.adding(days: distance)
            if adjustment != .previous {
                guard let isWorked = isWorkingDay(later) else { return nil }
                if isWorked { return later }
            }
            let earlier = date.adding(days: -distance)
            if adjustment != .next {
                guard let isWorked = isWorkingDay(earlier) else { return nil }
                if isWorked { return earlier }
            }
            distance += 1
        }
    }
}
