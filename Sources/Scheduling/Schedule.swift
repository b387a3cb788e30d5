// When a job is due: its calendar events, each in its zone, and what happens to slots that were missed.

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

    package init(occurrences: [Occurrence], catchUp: CatchUp) {
        self.occurrences = occurrences
        self.catchUp = catchUp
    }

    /// The first slot strictly after an instant, or `nil` when there is none any more.
    package func next(after instant: Instant) -> Instant? {
        occurrences.compactMap { $0.event.next(after: instant, in: $0.zone) }.min()
    }

    /// Tells an edited schedule from an unchanged one: the events' normal forms with their zones.
    package var fingerprint: String {
        occurrences.map { "\($0.event) in \($0.zone.name)" }.joined(separator: ", ")
    }
}
