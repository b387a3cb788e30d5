// Which period a run judges, seen from the day it runs for.

/// The rule by which a run finds the period it judges.
package enum PeriodRule: String, Sendable, CaseIterable {
    case day
    case week
    case previousWeek = "previous-week"
    case month
    case previousMonth = "previous-month"
    case quarter
    case previousQuarter = "previous-quarter"
    case year
    case previousYear = "previous-year"

    /// The period that a run as of that day judges.
    package func period(asOf date: CivilDate) -> Period {
        let current = containing(date)
        return switch self {
        case .day, .week, .month, .quarter, .year: current
        case .previousWeek, .previousMonth, .previousQuarter, .previousYear: current.previous
        }
    }

    /// The period of the rule's length that a day lies in.
    package func containing(_ date: CivilDate) -> Period {
        let unit: Period.Unit =
            switch self {
            case .day: .day
            case .week, .previousWeek: .week
            case .month, .previousMonth: .month
            case .quarter, .previousQuarter: .quarter
            case .year, .previousYear: .year
            }
        return Period.containing(date, unit: unit)
    }
}
