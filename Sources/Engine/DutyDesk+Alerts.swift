// Steps of the book that no run causes: the passing of time, what people ask for, what became of notices.

package import Alerts
package import Almanac
package import Jobs
import Linux

extension DutyDesk {
    /// The open alerts, by serial.
    package var openAlerts: [Alert] { book.open.values.sorted { $0.serial < $1.serial } }

    /// The silences that reign or will, in the order in which they were asked for.
    package var silences: [Silence] { book.silences }

    /// When time alone changes something next.
    package func nextDue(_ configuration: Configuration, now: Instant) -> Instant? {
        book.nextDue(rules: configuration.alertRules, at: now)
    }

    /// Does what is due, and adapts the book to the jobs that there are.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func advance(_ configuration: Configuration, now: Instant) throws -> BookStep {
        try enter(configuration, now: now) { book, rules in
            book.adopt(
                jobs: configuration.watchedJobs,
                formerly: configuration.formerNames,
                rules: rules,
                at: now
            )
        }
    }

    /// Enters what became of notices.
    /// - Throws: What the ledger throws; then nothing has happened.
    package func note(_ handlings: [Handling], _ configuration: Configuration, now: Instant) throws -> BookStep {
        try enter(configuration, now: now) { book, rules in book.note(handlings, rules: rules, at: now) }
    }

    /// Enters that somebody takes care of an alert.
    /// - Throws: `AlertBook.Refusal`, or what the ledger throws; then nothing has happened.
    package func acknowledge(
        _ serial: String,
        for department: String?,
        author: String,
        note: String,
        until: Instant?,
        saysSettled: Bool,
        _ configuration: Configuration,
        now: Instant
    ) throws -> (acknowledgement: Acknowledgement, step: BookStep) {
        try enter(configuration, now: now) { book, rules in
            try book.acknowledge(
                serial,
                for: department,
                author: author,
                note: note,
                until: until,
                saysSettled: saysSettled,
                rules: rules,
                at: now
            )
        }
    }

    /// Enters that an alert was raised in error.
    /// - Throws: `AlertBook.Refusal`, or what the ledger throws; then nothing has happened.
    package func withdraw(
        _ serial: String,
        author: String,
        reason: String,
        _ configuration: Configuration,
        now: Instant
    ) throws -> BookStep {
        try enter(configuration, now: now) { book, rules in
            try book.withdraw(serial, author: author, reason: reason, rules: rules, at: now)
        }
    }

    /// Enters that alerts are not to be told for a while.
    /// - Throws: `AlertBook.Refusal`, or what the ledger throws; then nothing has happened.
    package func silence(
        _ matcher: AlertMatcher,
        author: String,
        reason: String,
        from: Instant?,
        until: Instant,
        _ configuration: Configuration,
        now: Instant
    ) throws -> (silence: Silence, step: BookStep) {
        try enter(configuration, now: now) { book, rules in
            try book.silence(
                matcher,
                author: author,
                reason: reason,
                from: from,
                until: until,
                rules: rules,
                at: now
            )
        }
    }

    /// Enters that a silence ends before its time.
    /// - Throws: `AlertBook.Refusal`, or what the ledger throws; then nothing has happened.
    package func unsilence(_ id: Int, _ configuration: Configuration, now: Instant) throws -> BookStep {
        try enter(configuration, now: now) { book, rules in try book.unsilence(id, rules: rules, at: now) }
    }

    /// What is known of an alert, open or ended; `nil` when there never was one of that serial number.
    /// - Throws: What the ledger throws.
    package func explanation(
        of serial: String,
        _ configuration: Configuration,
        now: Instant
    ) throws -> AlertExplanation? {
        guard let history = try ledger.history(of: serial) else { return nil }
        let rules = configuration.alertRules
        let alert = book.alert(serial)
        return AlertExplanation(
            alert: alert ?? history.alert,
            ended: history.ended,
            policy: rules.policy(history.alert.key.job),
            entries: history.entries,
            acknowledgements: history.acknowledgements,
            mute: alert.flatMap { book.mute(of: $0, rules: rules, at: now) },
            due: alert.map { book.dueSteps(of: $0, rules: rules, at: now) } ?? []
        )
    }

    /// What keeps each open alert from being told, by serial; those that nothing mutes are left out.
    package func mutes(_ configuration: Configuration, now: Instant) -> [String: Mute] {
        book.mutes(rules: configuration.alertRules, at: now)
    }

    private func enter(
        _ configuration: Configuration,
        now: Instant,
        _ act: (inout AlertBook, AlertBook.Rules) throws -> [Change]
    ) throws -> BookStep {
        try enter(configuration, now: now) { book, rules in ((), try act(&book, rules)) }.1
    }

    /// Takes one step: the new book takes the place of the present one only when the ledger has it.
    private func enter<Value>(
        _ configuration: Configuration,
        now: Instant,
        _ act: (inout AlertBook, AlertBook.Rules) throws -> (Value, [Change])
    ) throws -> (Value, BookStep) {
        var next = book
        let (value, changes) = try act(&next, configuration.alertRules)
        let step = step(to: &next, changes, configuration, now: now)
        if !step.isEmpty { try ledger.enter(step) }
        book = next
        return (value, step)
    }
}
