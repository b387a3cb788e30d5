// Which period a run judges, seen from the day it runs for.

/// The rule by which a run finds the period it judges.
package enum PeriodRule: String, Sendable, CaseIterable {
    case day
    case month
    case previousMonth = "previous-month"
    case quarter
    case previousQuarter = "previous-quarter"
    case year
    case previousYear = "previous-year"

    /// The period that a run as of that day judges.
    package func period(asOf date: CivilDate) -> Period {
        let (year, month, _) = date.components
        let quarter = Period.quarter(year: year, (month - 1) / 3 + 1)
        return switch self {
        case .day: .day(date)
        case .month: .month(CivilMonth(year: year, month: month))
        case .previousMonth: Period.month(CivilMonth(year: year, month: month)).previous
        case .quarter: quarter
        case .previousQuarter: quarter.previous
        case .year: .year(year)
        case .previousYear: .year(year - 1)
        }
    }
}
