// What checks take out of cells.

import Almanac
import Records

extension Cell {
    /// The day in the cell.
    var date: CivilDate? { if case .date(let day) = self { day } else { nil } }

    /// The number in the cell, whole or not.
    var decimal: ExactDecimal? {
        switch self {
        case .decimal(let value): value
        case .integer(let value): ExactDecimal(coefficient: value, scale: 0)
        default: nil
        }
    }
}
