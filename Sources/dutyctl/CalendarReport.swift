// What dutyctl calendar says about one expression, to people and to scripts.

import Almanac
import Diagnostics
import JSON
import Scheduling

struct CalendarReport {
    let expression: String
    let event: CalendarEvent
    let zone: Zone
    let base: Instant
    private let schedule: Schedule
    private let calendar: WorkingDayCalendar?
    private let elapses: [DueSlot]
    /// Whether the event ended before all the elapses were found that were asked for.
    private let hasEnded: Bool
    /// A rule may leave out every elapse of a year, but not of a century.
    private static let mostLeftOut = 40_000

    init(
        expression: String,
        event: CalendarEvent,
        zone: Zone,
        schedule: Schedule,
        calendar: WorkingDayCalendar?,
        base: Instant,
        count: Int
    ) {
        var elapses: [DueSlot] = []
        var last = base
        var leftOut = 0
        while elapses.count < count, leftOut < Self.mostLeftOut, let next = schedule.next(after: last) {
            last = next.instant
            if next.skip == nil { elapses.append(next) } else { leftOut += 1 }
        }
        self.expression = expression
        self.event = event
        self.zone = zone
        self.schedule = schedule
        self.calendar = calendar
        self.base = base
        self.elapses = elapses
        hasEnded = elapses.count < count
    }

    var json: JSONValue {
        .object([
            "expression": .string(expression),
            "normalized": .string(event.description),
            "zone": .string(zone.name),
            "next": .array(
                elapses.map {
                    .object([
                        "usec": .integer($0.instant.microseconds), "time": .string(zone.rfc3339($0.instant)),
                    ])
                }
            ),
        ])
    }

    func show(isFirst: Bool) {
        if !isFirst { print() }
        print("expression   \(printable(expression, limit: .max))")
        print("normal form  \(event)")
        if let rule = schedule.workingDays.map(\.description) ?? schedule.monthDay.map(\.description) {
            Output.line("rule         \(rule)")
        }
        guard !elapses.isEmpty else {
            return print("It never elapses after \(clock(base, in: zone)): \(reasonForNone).")
        }
        print()
        let days = calendar == nil ? [] : ["DAY"]
        Output.table(
            ["NEXT", zone.name, "UTC", "IN"] + days,
            elapses.enumerated().map { index, slot in
                [
                    "\(index + 1)", clock(slot.instant, in: zone), clock(slot.instant, in: .utc),
                    distance(to: slot.instant),
                ]
                    + (calendar.map { [Self.day(of: slot, in: zone, by: $0)] } ?? [])
            },
            none: ""
        )
        if let calendar {
            let end = calendar.coverage.last.map { "known until \($0.upperBound)" } ?? "nothing is known"
            Output.line("Working days by the calendar \(calendar.name), \(end).")
        }
        if hasEnded { print("Nothing comes after that: \(Self.reasonForEnd).") }
    }

    private static let reasonForEnd = "calendar events can name the years 1970 to 2199, and it has no later time there"

    private var reasonForNone: String {
        if let last = event.previous(before: Instant(microseconds: base.microseconds + 1), in: zone) {
            let time = clock(last, in: zone)
            return zone.civil(at: last).date.year < 2199
                ? "its last time, \(time), has passed" : "its last time was \(time), and events end with the year 2199"
        }
        return switch event.impossibility {
        case .noSuchDay: "none of its months ever has such a day"
        case .noSuchDate: "no date from 1970 to 2199 has its year, month, day and weekday together"
        // Nothing before, nothing after, and dates that fit: only a jump of the clocks can be in the way.
        case nil: "on each of its dates the clocks of \(zone.name) skip its times"
        }
    }

    /// What a person wants to know of the day, and why the slot is on it.
    private static func day(of slot: DueSlot, in zone: Zone, by calendar: WorkingDayCalendar) -> String {
        let day = calendar.day(zone.civil(at: slot.instant).date).words
        return [day, slot.remark].compactMap(\.self).joined(separator: "; ")
    }

    /// How long after the base: `31 d 1 h`, the two largest units.
    private func distance(to instant: Instant) -> String {
        var rest = (instant.microseconds - base.microseconds + 999_999) / 1_000_000
        var parts: [String] = []
        for (seconds, unit) in [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")] as [(Int64, String)] {
            if rest >= seconds || !parts.isEmpty || unit == "s" { parts.append("\(rest / seconds) \(unit)") }
            rest %= seconds
        }
        let shown = parts.prefix(2)
        return shown.last?.hasPrefix("0 ") == true ? shown.first ?? "" : shown.joined(separator: " ")
    }

    /// `Tue 2024-03-05 09:00:00 CST`.
    private func clock(_ instant: Instant, in zone: Zone) -> String {
        let civil = zone.civil(at: instant)
        return "\(civil.date.weekday.abbreviation) \(civil) \(zone.abbreviation(at: instant))"
    }

    /// The problem, the expression with a caret below the place, what was expected, and the remedy.
    static func complaint(
        about error: CalendarEvent.Malformed,
        in expression: String,
        remedy: String? = nil
    ) -> String {
        let before = printable(String(expression.prefix(error.position - 1)), limit: .max)
        var lines = [
            "not a calendar event: \(error.problem)",
            "  \(printable(expression, limit: .max))",
            "  \(String(repeating: " ", count: Output.width(before)))^",
        ]
        if let expected = error.expected { lines.append("  expected: \(expected)") }
        if let remedy = remedy ?? error.remedy { lines.append("  remedy:   \(remedy)") }
        return lines.joined(separator: "\n")
    }
}
