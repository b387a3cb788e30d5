// Of which days the rows of a table are wanted.

package import Almanac

/// The days that rows are wanted of.
package struct RowWindow: Sendable, Hashable {
    /// The place of the column that dates the rows.
    let column: Int
    private let days: ClosedRange<CivilDate>
    /// The months whose first days are among them, each as its year × 12 + its number.
    private let months: Range<Int>

    package init(column: Int, days: ClosedRange<CivilDate>) {
        self.column = column
        self.days = days
        let first = CivilMonth(containing: days.lowerBound)
        let start = Self.ordinal(first) + (first.firstDay < days.lowerBound ? 1 : 0)
        months = start..<max(start, Self.ordinal(CivilMonth(containing: days.upperBound)) + 1)
    }

    private static func ordinal(_ month: CivilMonth) -> Int { month.year * 12 + month.month }

    /// Whether a row with that cell certainly speaks of another day; a month counts by its first one.
    @inline(__always)
    func excludes(_ cell: Cell) -> Bool {
        switch cell {
        case .month(let month): !months.contains(Self.ordinal(month))
        case .date(let date): !days.contains(date)
        default: false
        }
    }
}
