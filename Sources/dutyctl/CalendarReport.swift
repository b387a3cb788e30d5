// What dutyctl calendar says about one expression, to people and to scripts.

import Almanac
import Diagnostics
import JSON

struct CalendarReport {
    let expression: String
    let event: CalendarEvent
    let zone: Zone
    let base: Instant
    private let elapses: [Instant]
    /// Whether the event ended before all the elapses were found that were asked for.
    private let hasEnded: Bool

    init(expression: String, event: CalendarEvent, zone: Zone, base: Instant, count: Int) {
        var elapses: [Instant] = []
        while elapses.count < count, let next = event.next(after: elapses.last ?? base, in: zone) {
            elapses.append(next)
        }
        self.expression = expression
        self.event = event
        self.zone = zone
        self.base = base
        self.elapses = elapses
        self.hasEnded = elapses.count < count
    }

    var json: JSONValue {
        .object([
            "expression": .string(expression),
            "normalized": .string(event.description),
            "zone": .string(zone.name),
            "next": .array(
                elapses.map {
                    .object(["usec": .integer($0.microseconds), "time": .string(zone.rfc3339($0))])
                }
            ),
        ])
    }

    func show(isFirst: Bool) {
        if !isFirst { print() }
        print("expression   \(printable(expression, limit: .max))")
        print("normal form  \(event)")
        guard !elapses.isEmpty else {
            return print("It never elapses after \(clock(base, in: zone)): \(reasonForNone).")
        }
        print()
        Output.table(
            ["NEXT", zone.name, "UTC"],
            elapses.enumerated().map { ["\($0 + 1)", clock($1, in: zone), clock($1, in: .utc)] },
            none: ""
        )
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
