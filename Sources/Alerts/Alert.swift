// A bad assessment's life over time.

package import Almanac
package import Checks

/// What an alert is about; never contains time, so that December's failure is November's alert going on.
package struct AlertKey: Sendable, Hashable, Comparable {
    package let job: String
    package let subject: String
    package let indicator: String

    package init(job: String, subject: String, indicator: String) {
        self.job = job
        self.subject = subject
        self.indicator = indicator
    }

    package static func < (left: AlertKey, right: AlertKey) -> Bool {
        (left.job, left.subject, left.indicator) < (right.job, right.subject, right.indicator)
    }

    /// Eight hexadecimal digits that stay the same for this key for ever; they name files, they prove nothing.
    package var digest: String { Notice.digest(of: [job, subject, indicator]) }
}

/// The departments that are told.
package struct Recipients: Sendable, Hashable {
    /// Departments that have to act.
    package var to: [String]
    /// Departments that are informed.
    package var cc: [String]

    package init(to: [String], cc: [String] = []) {
        self.to = to
        self.cc = cc
    }

    /// Nobody.
    package static let none = Recipients(to: [])

    /// Everybody who gets a copy, each once.
    package var all: [String] {
        (to + cc).reduce(into: []) { all, department in
            if !all.contains(department) { all.append(department) }
        }
    }

    /// These departments and others; who is in both keeps the place that it has here.
    package func adding(_ others: Recipients) -> Recipients {
        let known = all
        let to = to + others.to.filter { !known.contains($0) }
        return Recipients(to: to, cc: cc + others.cc.filter { !known.contains($0) && !to.contains($0) })
    }
}

/// One open alert; it is open until its end was told to everybody who was told of it.
package struct Alert: Sendable, Hashable {
    /// Changes only when its job is given another name.
    package internal(set) var key: AlertKey
    /// The number under which people speak of it, such as `CN-RIV-2024-000003`.
    package let serial: String
    /// How often it was told, each time to somebody; 0 while nobody has been told.
    package var revision: Int
    /// The subject's name for people.
    package var name: String
    /// The label of the period last judged.
    package var period: String
    /// How it stands, after confirmation; `ok` when it has ended and somebody has still to be told so.
    package var state: Assessment.State
    /// The last verdict that agreed with `state`; one that is not confirmed yet, or knows nothing, leaves it.
    package var latest: Assessment
    /// The kind of check that gave it, which chooses the sentences.
    package var checkKind: String
    /// The run that gave it, and the instant that the run judged as of.
    package var run: Int64
    package var asOf: Instant
    package let raisedAt: Instant
    /// When `state` changed last.
    package var changedAt: Instant
    /// Everybody who has been told of it so far; whoever got a raise gets the clear, whatever the rules say by then.
    package var recipients: Recipients
    /// The state that those departments know; `nil` while nobody has been told.
    package var told: Assessment.State?
    /// Each time that it was told, in order.
    package var tellings: [Telling]
    /// What became of its notices at each department.
    package var standings: [String: Standing]
    /// When the next reminder is due.
    package var reminderDue: Instant?
    /// How long it has been waiting for an answer.
    package var escalation: EscalationClock
    /// Who has taken it on, until when.
    package var acknowledgement: Acknowledgement?
    /// A change of state that more runs have to confirm.
    package var confirmation: Confirmation?
    /// Why it has ended when not by a good verdict, until that is told.
    package var withdrawal: Withdrawal?

    package init(
        key: AlertKey,
        serial: String,
        revision: Int,
        name: String,
        period: String,
        state: Assessment.State,
        latest: Assessment,
        checkKind: String = "",
        run: Int64 = 0,
        asOf: Instant? = nil,
        raisedAt: Instant,
        changedAt: Instant,
        recipients: Recipients,
        told: Assessment.State? = nil,
        tellings: [Telling] = [],
        standings: [String: Standing] = [:],
        reminderDue: Instant? = nil,
        escalation: EscalationClock = EscalationClock(),
        acknowledgement: Acknowledgement? = nil,
        confirmation: Confirmation? = nil,
        withdrawal: Withdrawal? = nil
    ) {
        self.key = key
        self.serial = serial
        self.revision = revision
        self.name = name
        self.period = period
        self.state = state
        self.latest = latest
        self.checkKind = checkKind
        self.run = run
        self.asOf = asOf ?? raisedAt
        self.raisedAt = raisedAt
        self.changedAt = changedAt
        self.recipients = recipients
        self.told = told
        self.tellings = tellings
        self.standings = standings
        self.reminderDue = reminderDue
        self.escalation = escalation
        self.acknowledgement = acknowledgement
        self.confirmation = confirmation
        self.withdrawal = withdrawal
    }
}
