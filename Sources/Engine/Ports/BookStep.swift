// What one step of the book of alerts decided, and what the ledger tells of an alert's past.

package import Alerts
package import Almanac
package import Checks

/// One step: what changed in the book, what happened, and what is told.
package struct BookStep: Sendable {
    package let at: Instant
    package let difference: AlertBook.Difference
    package let changes: [Change]
    package let notices: [Notice]

    package init(
        at instant: Instant,
        difference: AlertBook.Difference = .init(),
        changes: [Change] = [],
        notices: [Notice] = []
    ) {
        at = instant
        self.difference = difference
        self.changes = changes
        self.notices = notices
    }

    /// Whether there is nothing to be kept.
    package var isEmpty: Bool { difference.isEmpty && changes.isEmpty && notices.isEmpty }
}

/// Everything that is known of an alert's past, oldest first.
package struct AlertHistory: Sendable, Hashable {
    /// One change, told or only recorded.
    package struct Entry: Sendable, Hashable {
        package let kind: Change.Kind
        package let state: Assessment.State
        package let at: Instant
        /// How often the alert had been told by then; `nil` when nobody was told of this change.
        package let revision: Int?
        package let recipients: Recipients
        package let occasion: Change.Occasion?
        package let reason: String?
        /// The run that caused it; `nil` for what time or a person caused.
        package let run: Int64?

        package init(
            kind: Change.Kind,
            state: Assessment.State,
            at instant: Instant,
            revision: Int?,
            recipients: Recipients,
            occasion: Change.Occasion?,
            reason: String?,
            run: Int64?
        ) {
            self.kind = kind
            self.state = state
            at = instant
            self.revision = revision
            self.recipients = recipients
            self.occasion = occasion
            self.reason = reason
            self.run = run
        }
    }

    /// As it stands, or as it ended.
    package let alert: Alert
    /// When it ended; `nil` while it is open.
    package let ended: Instant?
    package let entries: [Entry]
    /// Those that have ended, and the one that holds.
    package let acknowledgements: [Acknowledgement]

    package init(alert: Alert, ended: Instant?, entries: [Entry], acknowledgements: [Acknowledgement]) {
        self.alert = alert
        self.ended = ended
        self.entries = entries
        self.acknowledgements = acknowledgements
    }
}
