// One line of a calendar of working days, as a notice of the State Council gives it.

package import Diagnostics

/// A day that a notice names, because it differs from what its weekday says or because a holiday falls on it.
package struct ListedDay: Sendable, Hashable {
    package let date: CivilDate
    /// The holiday: `国庆节`; of a make-up workday, the holiday that it makes up for.
    package let name: String
    /// Whether nobody works on it.
    package let isOff: Bool
    /// The year that the notice is about; the last days of December may stand in the next year's.
    package let noticeYear: Int
    /// Where it is written.
    package let position: Position

    package init(date: CivilDate, name: String, isOff: Bool, noticeYear: Int, position: Position) {
        self.date = date
        self.name = name
        self.isOff = isOff
        self.noticeYear = noticeYear
        self.position = position
    }
}
