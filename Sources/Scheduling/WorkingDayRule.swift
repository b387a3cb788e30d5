// What a schedule does on days that nobody works, and how many working days it waits.

package import Almanac

/// How a schedule's slots meet a calendar of working days.
package struct WorkingDayRule: Sendable, Hashable {
    /// What becomes of a slot on a rest day.
    package enum Kind: String, Sendable, CaseIterable {
        /// It is not run.
        case only
        /// It moves to a working day, to the same time on the clocks of its zone.
        case next, previous, nearest

        fileprivate var adjustment: WorkingDayAdjustment? {
            switch self {
            case .only: nil
            case .next: .next
            case .previous: .previous
            case .nearest: .nearest
            }
        }
    }

    package let kind: Kind
    package let calendar: WorkingDayCalendar
    /// How many working days after the day that was planned, or that it moved to, its slots run; negative for before.
    package let offset: Int

    package init(_ kind: Kind, _ calendar: WorkingDayCalendar, offset: Int = 0) {
        self.kind = kind
        self.calendar = calendar
        self.offset = offset
    }

    /// What becomes of the slots of a day.
    enum Outcome {
        /// They stay; provisionally when the calendar does not reach far enough.
        case stay(isProvisional: Bool)
        case move(ShiftedDay)
        case skip
    }

    func outcome(of date: CivilDate) -> Outcome {
        if kind == .only, calendar.isWorkingDay(date) == false { return .skip }
        let day = shifted(date)
        return day.to == date ? .stay(isProvisional: day.isProvisional) : .move(day)
    }

    /// The first day whose slots may move to that one or later.
    func firstDay(movingTo date: CivilDate) -> CivilDate {
        // As days keep their order, it is near the day from which one gets here.
        var first =
            offset < 0
            ? calendar.date(workingDays: -offset, after: date.adding(days: -1)).value.adding(days: 1)
            : calendar.date(workingDays: -offset, after: date).value
        while shifted(first).to < date { first = first.adding(days: 1) }
        while shifted(first.adding(days: -1)).to >= date { first = first.adding(days: -1) }
        return first
    }

    private func shifted(_ date: CivilDate) -> ShiftedDay {
        calendar.shifted(date, kind.adjustment, by: offset)
    }
}

extension WorkingDayRule: CustomStringConvertible {
    /// `next working day of CN`, `working days of CN only, then 2 working days later`.
    package var description: String {
        let name =
            kind == .only ? "working days of \(calendar.name) only" : "\(kind.rawValue) working day of \(calendar.name)"
        return offset == 0 ? name : "\(name), then \(ShiftedDay.distance(offset))"
    }
}
