// The stretches of the calendar that a duty judges: a day, a week, a month, a quarter, half a year, a year.

/// A whole day, week, month, quarter, half-year or year.
package struct Period: Sendable, Hashable {
    /// The lengths that the calendar has names for.
    package enum Unit: Sendable { case day, week, month, quarter, halfYear, year }

    /// The first day that belongs to it.
    package let first: CivilDate
    /// The last day that belongs to it.
    package let last: CivilDate
    /// `2024-02-28`, `2024-W09`, `2024-02`, `2024-Q1`, `2024-H1` or `2024`.
    package let label: String
    package let unit: Unit

    /// That one day.
    package static func day(_ date: CivilDate) -> Period {
        Period(first: date, last: date, label: date.description, unit: .day)
    }

    /// The week of a day, from Monday to Sunday, numbered as ISO 8601-1:2019, 3.1.1.23 does: a week belongs to the year
    /// that its Thursday lies in.
    package static func week(of date: CivilDate) -> Period {
        let (year, number) = date.week
        return Period(
            first: date.monday,
            last: date.monday.adding(days: 6),
            label: "\(padded(year, 4))-W\(padded(number, 2))",
            unit: .week
        )
    }

    /// All days of that month.
    package static func month(_ month: CivilMonth) -> Period {
        Period(first: month.firstDay, last: month.lastDay, label: month.description, unit: .month)
    }

    /// A quarter of a year, numbered 1–4; numbers beyond run into the neighbouring years.
    package static func quarter(year: Int, _ number: Int) -> Period {
        months(of: .quarter, from: CivilMonth(year: year, month: 1).adding(months: (number - 1) * 3))
    }

    /// Half a year, numbered 1–2; numbers beyond run into the neighbouring years.
    package static func halfYear(year: Int, _ number: Int) -> Period {
        months(of: .halfYear, from: CivilMonth(year: year, month: 1).adding(months: (number - 1) * 6))
    }

    /// All days of that year.
    package static func year(_ year: Int) -> Period {
        months(of: .year, from: CivilMonth(year: year, month: 1))
    }

    /// Whether that day belongs to it.
    package func contains(_ date: CivilDate) -> Bool { (first...last).contains(date) }

    /// The period of the same kind that ends the day before.
    package var previous: Period { Self.containing(first.adding(days: -1), unit: unit) }

    /// The period of the same kind that begins the day after.
    package var next: Period { Self.containing(last.adding(days: 1), unit: unit) }

    /// The period of that length that a day lies in.
    package static func containing(_ date: CivilDate, unit: Unit) -> Period {
        let (year, month, _) = date.components
        return switch unit {
        case .day: day(date)
        case .week: week(of: date)
        case .month: self.month(CivilMonth(year: year, month: month))
        case .quarter: quarter(year: year, (month - 1) / 3 + 1)
        case .halfYear: halfYear(year: year, (month - 1) / 6 + 1)
        case .year: self.year(year)
        }
    }

    private static func months(of unit: Unit, from start: CivilMonth) -> Period {
        let (length, label) =
            switch unit {
            case .quarter: (3, "\(padded(start.year, 4))-Q\(start.month / 3 + 1)")
            case .halfYear: (6, "\(padded(start.year, 4))-H\(start.month / 6 + 1)")
            default: (12, padded(start.year, 4))
            }
        return Period(
            first: start.firstDay,
            last: start.adding(months: length - 1).lastDay,
            label: label,
            unit: unit
        )
    }
}

extension Period: CustomStringConvertible {
    /// The label.
    package var description: String { label }
}
