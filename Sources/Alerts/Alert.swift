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
    package let to: [String]
    /// Departments that are informed.
    package let cc: [String]

    package init(to: [String], cc: [String] = []) {
        self.to = to
        self.cc = cc
    }

    /// Everybody who gets a copy, each once.
    package var all: [String] {
        (to + cc).reduce(into: []) { all, department in
            if !all.contains(department) { all.append(department) }
        }
    }
}

/// One open alert.
package struct Alert: Sendable, Hashable {
    package let key: AlertKey
    /// The number under which people speak of it, such as `CN-RIV-2024-000003`.
    package let serial: String
    /// How often it was told, from 1.
    package var revision: Int
    /// The subject's name for people.
    package var name: String
    /// The label of the period last judged.
    package var period: String
    package var state: Assessment.State
    package let raisedAt: Instant
    package var changedAt: Instant
    /// Who was told of it; whoever got the raise gets the clear, whatever the job's rules say by then.
    package let recipients: Recipients

    package init(
        key: AlertKey,
        serial: String,
        revision: Int,
        name: String,
        period: String,
        state: Assessment.State,
        raisedAt: Instant,
        changedAt: Instant,
        recipients: Recipients
    ) {
        self.key = key
        self.serial = serial
        self.revision = revision
        self.name = name
        self.period = period
        self.state = state
        self.raisedAt = raisedAt
        self.changedAt = changedAt
        self.recipients = recipients
    }
}

/// One step in an alert's life that somebody is told of.
package struct Change: Sendable, Hashable {
    /// What happened to the alert.
    package enum Kind: String, Sendable, CaseIterable {
        case raised, worsened, eased, cleared
    }

    package let kind: Kind
    /// The alert after the change; a cleared one carries its last revision.
    package let alert: Alert
    /// How it stood before; `nil` when it was not open.
    package let previous: Assessment.State?
    /// The verdict that caused it.
    package let assessment: Assessment

    package init(kind: Kind, alert: Alert, previous: Assessment.State?, assessment: Assessment) {
        self.kind = kind
        self.alert = alert
        self.previous = previous
        self.assessment = assessment
    }
}
