// Passes only the rows of the days that somebody wants.

package import Almanac

/// The days that rows are wanted of.
package struct RowWindow: Sendable, Hashable {
    private let column: Int
    private let days: ClosedRange<CivilDate>
    /// The months whose first days are among them, each as its year × 12 + its number.
    private let months: Range<Int>

    /// - Parameter column: The place of the column that dates the rows.
    package init(column: Int, days: ClosedRange<CivilDate>) {
        self.column = column
        self.days = days
        let first = CivilMonth(containing: days.lowerBound)
        let start = Self.ordinal(first) + (first.firstDay < days.lowerBound ? 1 : 0)
        months = start..<max(start, Self.ordinal(CivilMonth(containing: days.upperBound)) + 1)
    }

    private static func ordinal(_ month: CivilMonth) -> Int { month.year * 12 + month.month }

    /// Whether the row certainly speaks of another day; a month counts by its first one.
    @inline(__always)
    func excludes(_ row: borrowing Row) -> Bool {
        switch row[column] {
        case .month(let month): !months.contains(Self.ordinal(month))
        case .date(let date): !days.contains(date)
        default: false
        }
    }
}

/// A sink in front of another one: rows of days that nobody asked for do not pass.
package struct WindowGate<Next: RowSink>: RowSink {
    package var next: Next
    private let window: RowWindow?

    /// Makes a gate; without a window everything passes.
    package init(_ window: RowWindow?, next: consuming Next) {
        self.window = window
        self.next = next
    }

    package mutating func accept(_ row: borrowing Row) {
        if let window, window.excludes(row) { return }
        next.accept(row)
    }

    package mutating func reject(_ reject: Reject) { next.reject(reject) }
}
