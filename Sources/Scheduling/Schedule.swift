// When a job is due: its calendar events, each in its zone, what happens on rest days and to slots that were missed.

package import Almanac

/// A job's schedule.
package struct Schedule: Sendable, Hashable {
    /// One calendar event with the zone that gives it instants.
    package struct Occurrence: Sendable, Hashable {
        package let event: CalendarEvent
        package let zone: Zone

        package init(event: CalendarEvent, zone: Zone) {
            self.event = event
            self.zone = zone
        }
    }

    /// What becomes of slots that passed while nobody was there to run them.
    package enum CatchUp: Sendable, Hashable {
        /// They are recorded as skipped.
        case none
        /// The latest one runs late when it is not older than that.
        case latest(within: TimeSpan)
    }

    package let occurrences: [Occurrence]
    package let catchUp: CatchUp
    /// What becomes of slots on rest days; `nil` when all days are alike.
    package let workingDays: WorkingDayRule?

    package init(occurrences: [Occurrence], catchUp: CatchUp, workingDays: WorkingDayRule? = nil) {
        self.occurrences = occurrences
        self.catchUp = catchUp
        self.workingDays = workingDays
    }

    /// The first slot strictly after an instant, or `nil` when there is none any more.
    package func next(after instant: Instant) -> DueSlot? {
        if let workingDays { return next(after: instant, by: workingDays) }
        return occurrences.compactMap { $0.event.next(after: instant, in: $0.zone) }.min().map { DueSlot(instant: $0) }
    }

    /// Tells an edited schedule from an unchanged one: the events' normal forms with their zones, and the rule.
    ///
    /// What the calendar of working days says is no part of it: a new notice edits no schedule.
    package var fingerprint: String {
        let events = occurrences.map { "\($0.event) in \($0.zone.name)" }.joined(separator: ", ")
        return workingDays.map { "\(events), \($0)" } ?? events
    }
}
