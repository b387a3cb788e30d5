// What one cell of a row holds after reading.

package import Almanac

/// One typed cell.
package enum Cell: Sendable, Hashable {
    /// The table lacks the column, or the column is ignored.
    case absent
    /// Nothing is written there; never the same as zero.
    case blank
    /// Somebody wrote why there is no value.
    case missing(Absence)
    /// Something is written there that could not be read; a reject names it.
    case unreadable
    /// A number that cannot be meant stands there; a reject names it.
    case implausible
    /// Text, whose bytes the row holds.
    case text
    case decimal(ExactDecimal)
    /// Measured and below what the method can detect, which is the number where it is written.
    case notDetected(limit: ExactDecimal?)
    case integer(Int64)
    case date(CivilDate)
    case month(CivilMonth)
    case flag(Bool)
}

extension Cell {
    /// Whether something is written there that cannot be used.
    @inline(__always)
    package var isRejected: Bool {
        switch self {
        case .unreadable, .implausible: true
        default: false
        }
    }
}

/// Why a cell has no value, as its author says.
package enum Absence: String, Sendable, CaseIterable {
    /// Not measured, not reported, not applicable: 未测, NA, a dash or a slash.
    case notMeasured = "not-measured"
    /// Measuring is suspended: 停测.
    case suspended
    /// The river is dry: 断流.
    case dry
}
