// The rules by which the book decides: arguments of each step, never part of its state.

package import Almanac
package import Checks

extension AlertBook {
    /// What the configuration says of alerts.
    package struct Rules: Sendable {
        package let zone: Zone
        /// The working days that terms count.
        package let calendar: WorkingDayCalendar
        /// How the alerts of a job live.
        package let policy: @Sendable (_ job: String) -> AlertPolicy
        /// Who is told of an alert.
        package let recipients: @Sendable (AlertKey, Assessment.State) -> Recipients
        package let quiet: QuietTime?
        /// No silence may be asked for longer.
        package let longestSilence: TimeSpan

        package static let standardLongestSilence = TimeSpan(seconds: 30 * 86_400)

        package init(
            zone: Zone,
            calendar: WorkingDayCalendar,
            policy: @escaping @Sendable (_ job: String) -> AlertPolicy,
            recipients: @escaping @Sendable (AlertKey, Assessment.State) -> Recipients,
            quiet: QuietTime? = nil,
            longestSilence: TimeSpan = standardLongestSilence
        ) {
            self.zone = zone
            self.calendar = calendar
            self.policy = policy
            self.recipients = recipients
            self.quiet = quiet
            self.longestSilence = longestSilence
        }

        /// The end of a term that begins at an instant: the same time of day on the term's last day.
        package func end(of term: Term, after start: Instant) -> Instant {
            let civil = zone.civil(at: start)
            let last = calendar.end(of: term, from: civil.date).date
            return switch zone.mapping(of: CivilDateTime(date: last, microsecondOfDay: civil.microsecondOfDay)) {
            case .one(let end), .gap(let end), .overlap(let end, _): end
            }
        }

        var workingTime: WorkingTime { WorkingTime(zone: zone, calendar: calendar) }

        /// When the quiet time that reigns over a state at an instant ends; `nil` when none does.
        func quietEnd(at instant: Instant, _ state: Assessment.State) -> Instant? {
            quiet?.end(at: instant, of: state, zone: zone, calendar: calendar)
        }
    }
}
