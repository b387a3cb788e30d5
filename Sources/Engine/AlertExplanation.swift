// Why an alert is as it is, who was told what, and what happens next.

package import Alerts
package import Almanac

/// Everything that somebody who asks about one alert wants to know.
package struct AlertExplanation: Sendable {
    /// With the verdict that it rests on, its tellings and how far they have got with each department.
    package let alert: Alert
    /// When it ended; `nil` while it is open.
    package let ended: Instant?
    /// The job's rules for its alerts, as they are now.
    package let policy: AlertPolicy
    /// What happened, oldest first.
    package let entries: [AlertHistory.Entry]
    /// Those that have ended, and the one that holds.
    package let acknowledgements: [Acknowledgement]
    /// Why it is not told at present; `nil` when nothing keeps it back.
    package let mute: Mute?
    /// What happens by itself, earliest first.
    package let due: [DueStep]
}
