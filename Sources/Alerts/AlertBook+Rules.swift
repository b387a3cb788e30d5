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

        package init(
            zone: Zone,
            calendar: WorkingDayCalendar,
            policy: @escaping @Sendable (_ job: String) -> AlertPolicy,
            recipients: @escaping @Sendable (AlertKey, Assessment.State) -> Recipients,
            quiet: QuietTime? = nil
        ) {
            self.zone = zone
            self.calendar = calendar
            self.policy = policy
            self.recipients = recipients
            self.quiet = quiet
        }
    }
}
