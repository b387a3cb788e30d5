// Calendar events: when something recurs, in the notation of systemd's OnCalendar= (systemd.time(7)).

package import Diagnostics

/// A recurring moment of the calendar: `Mon..Fri *-*-* 09:00:00 Asia/Shanghai`.
///
/// Grammar, normal form and meaning are those of systemd, with these exceptions:
///
/// - Of time zones only `UTC` and the names of the time zone database are accepted, because an abbreviation means a
///   different thing on every machine. `@` is followed by digits at once, without a blank or a sign.
/// - Lists of days from the month's end (`*~28,26`) have no narrower limit than single ones.
/// - Steps without an end stop at their field's end: what follows is the first match of the next minute, hour, day,
///   month or year. systemd 252 carries them over it, and so passes over elapses (`*:0/45` has no 00:00) or never
///   comes to an end (`*-1/8-05` in zones with summer time, from autumn to spring).
/// - The answer depends on the question alone and is always later: systemd's next elapse about a change of the clocks
///   may be in the second pass, not later at all, or missing, and depends on what its process was asked before.
package struct CalendarEvent: Sendable {
    /// `nil` for the local zone, `UTC`, or the name in the time zone database as it was given.
    package let zoneName: String?
    /// The normal form, which reads as the same event.
    package let description: String
    let days: CalendarDays
    let times: CalendarTimes

    /// Reads an event; the caller knows which names the time zone database has.
    package init(_ text: String, isKnownZone: (String) -> Bool) throws(Malformed) {
        var parser = CalendarEventParser(text)
        self = CalendarEvent(try parser.parse(isKnownZone: isKnownZone))
    }

    /// Whether it takes every day of its months, and so leaves the choice of the day to others.
    package var namesNoDays: Bool { description.prefix { $0 != " " }.hasSuffix("-*") }

    init(_ parts: CalendarEventParts) {
        self.zoneName = parts.zoneName
        self.description = parts.description
        self.days = CalendarDays(parts)
        self.times = CalendarTimes(parts)
    }

    /// The first elapse strictly after that instant, by the clocks of that zone; `nil` when there is none before 2200.
    ///
    /// A time that the clocks skip is no match. A time that they show twice matches the first time only, unless
    /// `instant` itself lies in the second pass: then what is left of that pass matches.
    package func next(after instant: Instant, in zone: Zone) -> Instant? {
        guard instant < Self.end else { return nil }
        let start = zone.civil(at: max(instant, Self.beginning))
        var candidate = CivilDateTime(date: start.date, microsecondOfDay: start.microsecondOfDay + 1)
        while let match = firstMatch(from: candidate) {
            switch zone.mapping(of: match) {
            case .one(let found) where found > instant: return found
            case .overlap(let first, _) where first > instant: return first
            case .overlap(_, let second) where second > instant: return second
            case .gap(let end) where end > instant:
                candidate = zone.civil(at: end)
            case .one, .overlap, .gap:
                candidate = CivilDateTime(date: match.date, microsecondOfDay: match.microsecondOfDay + 1)
            }
        }
        return nil
    }

    /// How often the event elapses on each of its days, where no clock is set back or forward; no more than `limit` are
    /// counted.
    package func elapsesPerDay(upTo limit: Int) -> Int { times.count(upTo: limit) }

    /// Before the first and after the last year that an event can name, wherever on earth.
    static let beginning = Instant(seconds: -3 * 86_400)
    static let end = Instant(seconds: Int64(CivilDate.days(year: 2200, month: 1, day: 3)) * 86_400)

    /// The first match at or after that reading of the clocks; its time of day may be one past the day's last.
    func firstMatch(from start: CivilDateTime) -> CivilDateTime? {
        guard var date = days.first(from: start.date) else { return nil }
        if date == start.date {
            if let time = times.first(from: start.microsecondOfDay) {
                return CivilDateTime(date: date, microsecondOfDay: time)
            }
            guard let later = days.first(from: date.adding(days: 1)) else { return nil }
            date = later
        }
        return CivilDateTime(date: date, microsecondOfDay: times.firstOfDay)
    }
}

extension CalendarEvent: CustomStringConvertible {}

extension CalendarEvent: Hashable {
    // The normal form says everything that the event says.
    package static func == (left: CalendarEvent, right: CalendarEvent) -> Bool {
        left.description == right.description
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

extension CalendarEvent {
    /// Why a text is no calendar event, and where.
    package struct Malformed: Error, Sendable, Equatable {
        /// The character at which reading stopped, counted from 1.
        package let position: Int
        /// What is wrong, as a clause without a full stop.
        package let problem: String
        /// What stood there.
        package let found: String?
        /// What would have been right.
        package let expected: String?
        /// What to do about it.
        package let remedy: String?
        /// Whether it reads like the name of a time zone that there is not; `found` is the name.
        package var isUnknownZone = false

        /// The same as a message for people.
        package var diagnostic: Diagnostic {
            Diagnostic(
                "not a calendar event: \(problem) at character \(position)",
                found: found,
                expected: expected,
                remedy: remedy
            )
        }
    }
}
