// Months of the civil calendar: what monthly duties are judged by.

/// One month of one year.
package struct CivilMonth: Sendable, Hashable, Comparable {
    package let year: Int
    /// 1–12.
    package let month: Int

    package init(year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    /// The month that a day lies in.
    package init(containing date: CivilDate) {
        let (year, month, _) = date.components
        self.init(year: year, month: month)
    }

    package static func < (left: CivilMonth, right: CivilMonth) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }

    /// Days in that month.
    package static func length(year: Int, month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package var length: Int { Self.length(year: year, month: month) }

    package var firstDay: CivilDate { CivilDate(daysSinceEpoch: CivilDate.days(year: year, month: month, day: 1)) }
    package var lastDay: CivilDate { firstDay.adding(days: length - 1) }

    /// The month that many months later (earlier when negative).
    package func adding(months: Int) -> CivilMonth {
        let index = year * 12 + month - 1 + months
        return CivilMonth(year: index / 12, month: index % 12 + 1)
    }
}

extension CivilMonth: CustomStringConvertible {
    /// `2024-03`.
    package var description: String { "\(padded(year, 4))-\(padded(month, 2))" }
}
