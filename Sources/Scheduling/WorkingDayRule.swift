// What a schedule does on days that nobody works.

package import Almanac

/// How a schedule's slots meet a calendar of working days.
package struct WorkingDayRule: Sendable, Hashable {
    /// What becomes of a slot on a rest day.
    package enum Kind: String, Sendable, CaseIterable {
        /// It is not run.
        case only
        /// It moves to a working day, to the same time on the clocks of its zone.
        case next, previous, nearest
    }

    package let kind: Kind
    package let calendar: WorkingDayCalendar

    package init(_ kind: Kind, _ calendar: WorkingDayCalendar) {
        self.kind = kind
        self.calendar = calendar
    }

    /// What becomes of the slots of a day.
    enum Outcome {
        /// They stay; provisionally when the calendar does not reach far enough.
        case stay(isProvisional: Bool)
        case move(AdjustedDay)
        case skip
    }

    func outcome(of date: CivilDate) -> Outcome {
        guard let isWorked = calendar.isWorkingDay(date) else { return .stay(isProvisional: true) }
        let adjustment: WorkingDayAdjustment
        switch kind {
        case _ where isWorked: return .stay(isProvisional: false)
        case .only: return .skip
        case .next: adjustment = .next
        case .previous: adjustment = .previous
        case .nearest: adjustment = .nearest
        }
        return calendar.adjusted(date, adjustment).map { .move($0) } ?? .stay(isProvisional: true)
    }

    /// The first day whose slots may move to that one or later.
    func firstDay(movingTo date: CivilDate) -> CivilDate {
        guard kind == .next || kind == .nearest else { return date }
        var first = date
        while calendar.isWorkingDay(first.adding(days: -1)) == false { first = first.adding(days: -1) }
        return first
    }
}

extension WorkingDayRule: CustomStringConvertible {
    /// `next working day of CN`.
    package var description: String {
        kind == .only ? "working days of \(calendar.name) only" : "\(kind.rawValue) working day of \(calendar.name)"
    }
}
