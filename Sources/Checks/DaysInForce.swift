// From when to when something holds: an edition of a rule, a standard, a unit on a list.

import Almanac

/// A stretch of days; a side that is left out is open.
struct DaysInForce: Sendable, Hashable {
    let from: CivilDate?
    /// The last day.
    let until: CivilDate?

    func contains(_ day: CivilDate) -> Bool { from.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true }
}
