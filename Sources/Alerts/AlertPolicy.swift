// What a job says of its alerts: how sure it wants to be, how often it reminds, and whom it tells when nobody answers.

package import Almanac

/// How the alerts of a job live.
package struct AlertPolicy: Sendable, Hashable {
    /// Whose acknowledgement counts.
    package enum Acknowledgers: String, Sendable, CaseIterable {
        /// One of the departments that have to act answers for all.
        case any
        /// Each of them has to answer for itself.
        case each
    }

    /// Somebody else is told when an answer is not there in time.
    package struct EscalationStep: Sendable, Hashable {
        /// What is waited for.
        package enum Answer: String, Sendable, CaseIterable {
            case pickUp = "pick-up"
            case acknowledgement
        }

        /// Counted from the first delivery: working days as 24 hours each, days as 24 hours of any day, and months as 30
        /// such days.
        package let after: Term
        package let waitsFor: Answer
        /// The departments that are told then.
        package let to: [String]

        package init(after: Term, waitsFor: Answer = .acknowledgement, to: [String]) {
            self.after = after
            self.waitsFor = waitsFor
            self.to = to
        }
    }

    /// So many runs in a row have to find it worse before that counts, from 1.
    package let confirmRaise: Int
    /// So many runs in a row have to find it better before that counts, from 1.
    package let confirmClear: Int
    /// How long after a reminder, or the first delivery, the next one is due; `nil` for none.
    package let remindEvery: Term?
    /// In the order of their terms.
    package let escalation: [EscalationStep]
    /// The departments that are told besides when a verdict reaches a stage, by the stage's name.
    package let stages: [String: [String]]
    /// How long an acknowledgement lasts when it does not say.
    package let acknowledgementLife: Term
    package let acknowledgedBy: Acknowledgers
    /// While an alert that one of these matches is open, the job's own are not told.
    package let heldBackBy: [AlertMatcher]

    package static let standardAcknowledgementLife = Term(5, .workingDays)

    package init(
        confirmRaise: Int = 1,
        confirmClear: Int = 1,
        remindEvery: Term? = nil,
        escalation: [EscalationStep] = [],
        stages: [String: [String]] = [:],
        acknowledgementLife: Term = standardAcknowledgementLife,
        acknowledgedBy: Acknowledgers = .any,
        heldBackBy: [AlertMatcher] = []
    ) {
        self.confirmRaise = confirmRaise
        self.confirmClear = confirmClear
        self.remindEvery = remindEvery
        self.escalation = escalation
        self.stages = stages
        self.acknowledgementLife = acknowledgementLife
        self.acknowledgedBy = acknowledgedBy
        self.heldBackBy = heldBackBy
    }
}
