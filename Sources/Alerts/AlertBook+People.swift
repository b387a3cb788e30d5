// What people ask of the book: acknowledge, withdraw, silence; and what becomes of alerts whose job is gone.

package import Almanac
import Checks

extension AlertBook {
    /// Why the book does not do what somebody asks.
    package enum Refusal: Error, Sendable, Hashable {
        case unknownAlert(String)
        case unknownSilence(Int)
        /// The department was never told of the alert; these were.
        case neverTold(department: String, told: [String])
        /// Nobody could later say who wanted it, or why; the name of what is empty.
        case unsigned(String)
        /// The end that was asked for is not after the beginning.
        case endsTooSoon
        case lastsTooLong(longest: TimeSpan)
    }

    /// Notes that somebody takes care of an alert: no reminder and no escalation until that ends.
    /// - Parameters:
    ///   - department: Who answers; `nil` when somebody speaks for all.
    ///   - until: Its end; `nil` for as long as the job's policy has it.
    ///   - saysSettled: Whether the department says that the matter is settled. That ends nothing; a verdict of a later day
    ///     that finds otherwise is told.
    package mutating func acknowledge(
        _ serial: String,
        for department: String? = nil,
        author: String,
        note: String,
        until: Instant? = nil,
        saysSettled: Bool = false,
        rules: Rules,
        at instant: Instant
    ) throws(Refusal) -> (acknowledgement: Acknowledgement, changes: [Change]) {
        guard let alert = alert(serial) else { throw .unknownAlert(serial) }
        try Self.requireSignature(author, note: note)
        if let department, !alert.recipients.all.contains(department) {
            throw .neverTold(department: department, told: alert.recipients.all)
        }
        let longest = TimeSpan(seconds: Self.longestStaySeconds)
        if let until {
            guard until > instant else { throw .endsTooSoon }
            guard until <= instant.adding(seconds: longest.seconds) else { throw .lastsTooLong(longest: longest) }
        }
        let life = rules.end(of: rules.policy(alert.key.job).acknowledgementLife, after: instant)
        let acknowledgement = Acknowledgement(
            author: author,
            note: note,
            at: instant,
            until: until ?? min(life, instant.adding(seconds: longest.seconds)),
            department: department
        )
        let changes = turn(rules: rules, at: instant) { book, _, _ in
            book.open[alert.key]?.acknowledgement = acknowledgement
            for name in department.map({ [$0] }) ?? alert.recipients.to {
                book.open[alert.key]?.standings[name, default: Standing()].acknowledged = instant
                // A clock that was ahead has left a verdict of a day to come, which cannot speak of what is said now.
                if saysSettled { book.open[alert.key]?.standings[name]?.saidSettled = max(instant, alert.asOf) }
            }
        }
        return (acknowledgement, changes)
    }

    /// Ends an alert that was raised in error; should a later run find it bad, that is a new alert.
    package mutating func withdraw(
        _ serial: String,
        author: String,
        reason: String,
        rules: Rules,
        at instant: Instant
    ) throws(Refusal) -> [Change] {
        guard let key = alert(serial)?.key else { throw .unknownAlert(serial) }
        try Self.requireSignature(author, note: reason)
        return turn(rules: rules, at: instant) { book, moves, _ in
            book.withdraw(key, Withdrawal(author: author, reason: reason, at: instant), &moves)
        }
    }

    /// Keeps alerts from being told until an instant.
    /// - Parameter from: Its beginning; now when left out, or when it has passed.
    package mutating func silence(
        _ matcher: AlertMatcher,
        author: String,
        reason: String,
        from: Instant? = nil,
        until: Instant,
        rules: Rules,
        at instant: Instant
    ) throws(Refusal) -> (silence: Silence, changes: [Change]) {
        try Self.requireSignature(author, note: reason)
        let start = max(from ?? instant, instant)
        let longest = min(rules.longestSilence.seconds, Self.longestStaySeconds)
        guard until > start else { throw .endsTooSoon }
        guard until <= instant.adding(seconds: longest) else {
            throw .lastsTooLong(longest: TimeSpan(seconds: longest))
        }
        let silence = Silence(
            id: lastSilence + 1,
            matcher: matcher,
            author: author,
            reason: reason,
            from: start,
            until: until
        )
        let changes = turn(rules: rules, at: instant) { book, _, _ in
            book.lastSilence = silence.id
            book.silences.append(silence)
        }
        return (silence, changes)
    }

    /// Ends a silence before its time.
    package mutating func unsilence(_ id: Int, rules: Rules, at instant: Instant) throws(Refusal) -> [Change] {
        guard silences.contains(where: { $0.id == id }) else { throw .unknownSilence(id) }
        return turn(rules: rules, at: instant) { book, _, _ in book.silences.removeAll { $0.id == id } }
    }

    /// Adapts the book to the jobs that there are: alerts of a job with a new name go on under it, and those of a job that
    /// is gone are withdrawn.
    /// - Parameter formerly: The earlier names of jobs, by their present one.
    package mutating func adopt(
        jobs: Set<String>,
        formerly: [String: String],
        rules: Rules,
        at instant: Instant
    ) -> [Change] {
        turn(rules: rules, at: instant) { book, moves, _ in
            for (name, earlier) in formerly.sorted(by: { $0.key < $1.key })
            where jobs.contains(name) && !jobs.contains(earlier) {
                book.rename(earlier, to: name)
            }
            for alert in book.open.values.filter({ !jobs.contains($0.key.job) && $0.state.isBad })
                .sorted(by: { $0.serial < $1.serial })
            {
                book.withdraw(alert.key, Withdrawal(author: nil, reason: nil, at: instant), &moves)
            }
            for key in book.candidates.keys where !jobs.contains(key.job) { book.candidates[key] = nil }
        }
    }

    /// An alert that stands under the new name already keeps its place; the other one is withdrawn with its job.
    private mutating func rename(_ earlier: String, to name: String) {
        func renamed(_ key: AlertKey) -> AlertKey {
            AlertKey(job: name, subject: key.subject, indicator: key.indicator)
        }
        for key in open.keys where key.job == earlier && open[renamed(key)] == nil {
            guard var alert = open.removeValue(forKey: key) else { continue }
            alert.key = renamed(key)
            open[alert.key] = alert
        }
        for key in candidates.keys where key.job == earlier {
            let runs = candidates.removeValue(forKey: key)
            if candidates[renamed(key)] == nil, open[renamed(key)] == nil { candidates[renamed(key)] = runs }
        }
    }

    private mutating func withdraw(_ key: AlertKey, _ withdrawal: Withdrawal, _ moves: inout Moves) {
        guard var alert = open[key] else { return }
        if alert.state.isBad {
            moves.enter(key, from: alert.state)
            alert.state = .ok
            alert.changedAt = withdrawal.at
        }
        alert.confirmation = nil
        alert.withdrawal = withdrawal
        open[key] = alert
    }

    private static func requireSignature(_ author: String, note: String) throws(Refusal) {
        func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
        if isBlank(author) { throw .unsigned("author") }
        if isBlank(note) { throw .unsigned("note") }
    }
}

extension AlertBook.Refusal: CustomStringConvertible {
    /// What is wrong and what to do instead.
    package var description: String {
        switch self {
        case .unknownAlert(let serial): "no open alert has the number \(serial); list them with: dutyctl alerts"
        case .unknownSilence(let id): "there is no silence \(id); list them with: dutyctl silences"
        case .neverTold(let department, let told):
            "\(department) was never told of this alert; "
                + (told.isEmpty ? "nobody was" : "these were: " + told.joined(separator: ", "))
        case .unsigned(let what): "the \(what) is empty, so nobody could say later who wanted this, or why"
        case .endsTooSoon: "it would end before it begins; name a later end"
        case .lastsTooLong(let longest): "it would last too long; name an end within \(longest)"
        }
    }
}
