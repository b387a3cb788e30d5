// When nobody is to be told: nights and rest days; what happened meanwhile is told once when they end.

package import Almanac
package import Checks

/// Hours of the day, and rest days, in which alerts wait.
package struct QuietTime: Sendable, Hashable {
    /// A stretch of each day, in microseconds since local midnight; one that ends before it begins lasts over midnight.
    package struct Daily: Sendable, Hashable {
        package let start: Int64
        package let end: Int64

        package init(start: Int64, end: Int64) {
            self.start = start
            self.end = end
        }
    }

    package let daily: Daily?
    /// Whether whole days on which nobody works are quiet.
    package let restDays: Bool
    /// States that are told all the same.
    package let except: Set<Assessment.State>

    /// No row of quiet stretches is followed further than this; the longest holidays are shorter.
    private static let longestRow = 200

    package init(daily: Daily?, restDays: Bool, except: Set<Assessment.State> = []) {
        self.daily = daily
        self.restDays = restDays
        self.except = except
    }

    /// When the quiet that reigns for a state at an instant ends; `nil` when none does.
    ///
    /// Beyond the notices that the calendar holds, weekends stand for rest days.
    package func end(
        at instant: Instant,
        of state: Assessment.State,
        zone: Zone,
        calendar: WorkingDayCalendar?
    ) -> Instant? {
        guard !except.contains(state) else { return nil }
        var end = instant
        for _ in 0..<Self.longestRow {
            guard let next = stretchEnd(at: end, zone: zone, calendar: calendar) else { break }
            end = next
        }
        return end > instant ? end : nil
    }

    /// The end of the one stretch that an instant lies in.
    private func stretchEnd(at instant: Instant, zone: Zone, calendar: WorkingDayCalendar?) -> Instant? {
        let civil = zone.civil(at: instant)
        let date = civil.date
        if restDays, !Self.isWorked(date, calendar) { return zone.startOfDay(date.adding(days: 1)) }
        guard let daily else { return nil }
        let now = civil.microsecondOfDay
        let lastsOverMidnight = daily.start >= daily.end
        let isWithin =
            lastsOverMidnight
            ? now >= daily.start || now < daily.end : now >= daily.start && now < daily.end
        guard isWithin else { return nil }
        let day = lastsOverMidnight && now >= daily.start ? date.adding(days: 1) : date
        let end = CivilDateTime(date: day, microsecondOfDay: daily.end)
        // Where the clocks show the end twice, the stretch ends at the one that is still to come.
        switch zone.mapping(of: end) {
        case .one(let end), .gap(let end): return end > instant ? end : nil
        case .overlap(let first, let second): return [first, second].first { $0 > instant }
        }
    }

    private static func isWorked(_ date: CivilDate, _ calendar: WorkingDayCalendar?) -> Bool {
        guard let calendar else { return date.weekday != .saturday && date.weekday != .sunday }
        return calendar.workingDays(after: date.adding(days: -1), through: date).value > 0
    }
}
