// Every second week, every third: what no calendar event can say.

package import Almanac

/// One week of so many, weeks beginning on Monday.
package struct WeekCycle: Sendable, Hashable {
    /// Every how many weeks, at least 2.
    package let interval: Int
    /// A day of one of the weeks that count.
    package let anchor: CivilDate

    package init(interval: Int, anchor: CivilDate) {
        precondition(interval >= 2, "every week needs no cycle")
        self.interval = interval
        self.anchor = anchor
    }

    /// Whether that day lies in a week that counts.
    package func contains(_ date: CivilDate) -> Bool { place(of: date) == 0 }

    /// The Monday of the first week that counts after the week of that day.
    package func firstDay(after date: CivilDate) -> CivilDate {
        date.monday.adding(days: (interval - place(of: date)) * 7)
    }

    /// How many weeks the day's week comes after one that counts.
    private func place(of date: CivilDate) -> Int {
        let weeks = anchor.monday.days(to: date.monday) / 7
        return ((weeks % interval) + interval) % interval
    }
}

extension WeekCycle: CustomStringConvertible {
    /// `every 2 weeks from 2024-01-01`.
    package var description: String { "every \(interval) weeks from \(anchor)" }
}
