// Steps in the lives of alerts: what departments are told, and what is only recorded.

package import Almanac
package import Checks

/// One step in an alert's life.
package struct Change: Sendable, Hashable {
    /// What happened to the alert.
    package enum Kind: String, Sendable, CaseIterable {
        case raised, worsened, eased
        /// It goes on, and is told again.
        case reminder
        /// Nobody has answered, and others are told.
        case escalated
        case cleared
        /// It was raised in error, or is watched no more.
        case withdrawn

        /// Whether the alert's life is over.
        package var isEnd: Bool { self == .cleared || self == .withdrawn }
    }

    /// Why the change is told, or not told, beyond what its kind says.
    package enum Occasion: String, Sendable, CaseIterable {
        /// The alert's job is gone.
        case watchEnded = "watch-ended"
        /// A step of escalation: no notice was taken from the folder.
        case notPickedUp = "not-picked-up"
        /// A step of escalation: nobody has acknowledged.
        case notAcknowledged = "not-acknowledged"
        /// A reminder, because an acknowledgement came to its end.
        case acknowledgementEnded = "acknowledgement-ended"
        /// A reminder, because a department said that the matter is settled and the evidence says otherwise.
        case contradicted
        /// Not told: a silence matches.
        case silenced
        /// Not told: quiet time reigns.
        case quietTime = "quiet-time"
        /// Not told: another alert explains it.
        case heldBack = "held-back"
        /// Told now, because nothing mutes the alert any more.
        case unmuted
    }

    package let kind: Kind
    /// The alert after the change; one that has ended carries its last revision.
    package let alert: Alert
    /// The state last told; `nil` when nobody was told before.
    package let previous: Assessment.State?
    /// The verdict that it rests on; the alert's latest when no verdict caused it.
    package let assessment: Assessment
    /// Who is told of this change; not always everybody who knows of the alert, and nobody when it is only recorded.
    package let recipients: Recipients
    package let occasion: Occasion?
    /// Why, in the words of whoever caused it.
    package let reason: String?
    /// When a reminder or an escalation was due, if it comes late.
    package let due: Instant?

    package init(
        kind: Kind,
        alert: Alert,
        previous: Assessment.State?,
        assessment: Assessment,
        recipients: Recipients? = nil,
        occasion: Occasion? = nil,
        reason: String? = nil,
        due: Instant? = nil
    ) {
        self.kind = kind
        self.alert = alert
        self.previous = previous
        self.assessment = assessment
        self.recipients = recipients ?? alert.recipients
        self.occasion = occasion
        self.reason = reason
        self.due = due
    }

    /// Whether anybody is told.
    package var isTold: Bool { !recipients.all.isEmpty }
}
