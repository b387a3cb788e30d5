// What one cell of a row holds after reading.

package import Almanac

/// One typed cell.
package enum Cell: Sendable, Hashable {
    /// The table lacks the column, or the column is ignored.
    case absent
    /// Nothing is written there; never the same as zero.
    case blank
    /// Something is written there that could not be read; a reject names it.
    case unreadable
    /// Text, whose bytes the row holds.
    case text
    case decimal(ExactDecimal)
    case integer(Int64)
    case date(CivilDate)
    case month(CivilMonth)
    case flag(Bool)
}
