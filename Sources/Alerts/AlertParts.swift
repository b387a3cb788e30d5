// What an alert keeps in mind besides its state: what was told, what became of it, and who takes care.

package import Almanac
package import Checks

/// One time that an alert was told to somebody.
package struct Telling: Sendable, Hashable {
    /// Counts the tellings of an alert from 1.
    package let revision: Int
    package let kind: Change.Kind
    /// The state that was told.
    package let state: Assessment.State
    /// When, exactly as every document of it prints it, `2024-03-05T09:00:00+08:00`; later documents refer to it by these
    /// very bytes.
    package let sentText: String
    /// Never before the telling that precedes it unless the clock was set back by more than a day.
    package let at: Instant
    package let recipients: Recipients

    package init(
        revision: Int,
        kind: Change.Kind,
        state: Assessment.State,
        sentText: String,
        at: Instant,
        recipients: Recipients = .none
    ) {
        self.revision = revision
        self.kind = kind
        self.state = state
        self.recipients = recipients
        self.sentText = sentText
        self.at = at
    }
}

/// What became of an alert's notices at one department; each is the first time.
package struct Standing: Sendable, Hashable {
    /// When a notice was visible in its folder.
    package var delivered: Instant?
    /// When it was seen to have taken a notice from its folder; a machine may have done so.
    package var pickedUp: Instant?
    /// When it answered that it takes care; `nil` again when the acknowledgement has ended.
    package var acknowledged: Instant?
    /// When it said that the matter is settled; `nil` again when it was told that the evidence says otherwise.
    package var saidSettled: Instant?

    package init(
        delivered: Instant? = nil,
        pickedUp: Instant? = nil,
        acknowledged: Instant? = nil,
        saidSettled: Instant? = nil
    ) {
        self.delivered = delivered
        self.pickedUp = pickedUp
        self.acknowledged = acknowledged
        self.saidSettled = saidSettled
    }
}

/// Somebody's word that an alert is taken care of; it keeps reminders and escalations back until it ends.
package struct Acknowledgement: Sendable, Hashable {
    package let author: String
    package let note: String
    package let at: Instant
    /// Its end, always; then reminders come again and escalation counts anew.
    package internal(set) var until: Instant
    /// The department that answered; `nil` when somebody spoke for all of them.
    package let department: String?

    package init(author: String, note: String, at: Instant, until: Instant, department: String? = nil) {
        self.author = author
        self.note = note
        self.at = at
        self.until = until
        self.department = department
    }
}

/// A state that runs have found and that more runs have to confirm.
package struct Confirmation: Sendable, Hashable {
    /// What the last of them found.
    package var state: Assessment.State
    /// How many in a row were worse, or better, than what is held.
    package var runs: Int

    package init(state: Assessment.State, runs: Int) {
        self.state = state
        self.runs = runs
    }
}

/// How long an alert has been waiting for an answer.
///
/// It begins when a notice of the alert is first delivered to a department that has to act, and stands still while a
/// silence or another alert holds the alert back, and while it is acknowledged. News of the alert do not restart it.
package struct EscalationClock: Sendable, Hashable {
    /// When the first notice was delivered; `nil` before.
    package var started: Instant?
    /// Seconds of working days that count, up to `since`.
    package var workingSeconds: Int64
    /// Seconds of all days that count, up to `since`.
    package var seconds: Int64
    /// Up to when the seconds are counted.
    package var since: Instant?
    /// Whether time goes on to count.
    package var isRunning: Bool
    /// How many steps of the job's policy are done.
    package var done: Int
    /// The last stage of a verdict for which others were told besides.
    package var stage: String?

    package init(
        started: Instant? = nil,
        workingSeconds: Int64 = 0,
        seconds: Int64 = 0,
        since: Instant? = nil,
        isRunning: Bool = false,
        done: Int = 0,
        stage: String? = nil
    ) {
        self.started = started
        self.workingSeconds = workingSeconds
        self.seconds = seconds
        self.since = since
        self.isRunning = isRunning
        self.done = done
        self.stage = stage
    }
}

/// Why an alert has ended although no verdict says that all is well.
package struct Withdrawal: Sendable, Hashable {
    /// Who withdrew it; `nil` when its job is watched no more.
    package let author: String?
    package let reason: String?
    package let at: Instant

    package init(author: String?, reason: String?, at: Instant) {
        self.author = author
        self.reason = reason
        self.at = at
    }
}
