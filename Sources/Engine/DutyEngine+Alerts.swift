// What people ask of alerts, and how the engine lets time pass for them.

package import Alerts
package import Almanac
import Jobs
import Linux

extension DutyEngine {
    /// When the ledger does not take what is due, it is tried again after so many seconds.
    private static let bookRetrySeconds: Int64 = 60

    /// The open alerts, by serial; only those that a matcher means when there is one.
    package func alerts(matching matcher: AlertMatcher? = nil) async -> [Alert] {
        await desk.openAlerts.filter { matcher?.matches($0.key, $0.state) ?? true }
    }

    /// The open alerts, by serial.
    package var openAlerts: [Alert] { get async { await desk.openAlerts } }

    /// Why open alerts are not told at present, by serial; those that nothing mutes are left out.
    package var mutes: [String: Mute] { get async { await desk.mutes(configuration, now: clock.now()) } }

    /// The silences that reign or will, in the order in which they were asked for.
    package var silences: [Silence] { get async { await desk.silences } }

    /// Everything about an alert, open or ended.
    /// - Throws: `Refusal`.
    package func alert(_ serial: String) async throws(Refusal) -> AlertExplanation {
        let found: AlertExplanation?
        do {
            found = try await desk.explanation(of: serial, configuration, now: clock.now())
        } catch {
            throw .failed("\(error)")
        }
        guard let found else { throw .unfit(.unknownAlert(serial)) }
        return found
    }

    /// Notes that somebody takes care of an alert.
    /// - Parameters:
    ///   - department: Who answers; `nil` when somebody speaks for all.
    ///   - until: Its end; `nil` for as long as the job has it.
    ///   - saysSettled: Whether the department says that the matter is settled, which a verdict has to bear out.
    /// - Returns: What now holds.
    /// - Throws: `Refusal`.
    @discardableResult
    package func acknowledge(
        _ serial: String,
        for department: String? = nil,
        author: String,
        note: String,
        until: Instant? = nil,
        saysSettled: Bool = false
    ) async throws(Refusal) -> Acknowledgement {
        let now = clock.now()
        let acknowledgement = try await asking {
            try await desk.acknowledge(
                serial,
                for: department,
                author: author,
                note: note,
                until: until,
                saysSettled: saysSettled,
                configuration,
                now: now
            )
        }
        log.record(.acknowledged(acknowledgement, serial: serial))
        return acknowledgement
    }

    /// Ends an alert that was raised in error.
    /// - Throws: `Refusal`.
    package func withdraw(_ serial: String, author: String, reason: String) async throws(Refusal) {
        let now = clock.now()
        try await asking {
            ((), try await desk.withdraw(serial, author: author, reason: reason, configuration, now: now))
        }
    }

    /// Keeps alerts from being told until an instant.
    /// - Throws: `Refusal`.
    @discardableResult
    package func silence(
        _ matcher: AlertMatcher,
        author: String,
        reason: String,
        from: Instant? = nil,
        until: Instant
    ) async throws(Refusal) -> Silence {
        let now = clock.now()
        let silence = try await asking {
            try await desk.silence(
                matcher,
                author: author,
                reason: reason,
                from: from,
                until: until,
                configuration,
                now: now
            )
        }
        log.record(.silenced(silence))
        return silence
    }

    /// Ends a silence before its time.
    /// - Throws: `Refusal`.
    package func unsilence(_ id: Int, author: String) async throws(Refusal) {
        let now = clock.now()
        try await asking(by: author) { ((), try await desk.unsilence(id, configuration, now: now)) }
    }

    /// Notes what a department did.
    func note(_ event: DepartmentEvent) async {
        switch event {
        case .handled(let handlings): await note(handlings)
        case .answered(let receipt): await note(receipt)
        }
    }

    /// Notes that a department takes a matter on: it is not pressed until its acknowledgement ends.
    private func note(_ receipt: Receipt) async {
        guard receipt.takesOn else { return }
        let zone = configuration.settings.zone
        do {
            try await acknowledge(
                receipt.serial,
                for: receipt.department,
                author: receipt.author ?? receipt.department,
                note: receipt.remark,
                until: receipt.answer == .extended ? receipt.date.map(zone.endOfDay) : nil,
                saysSettled: receipt.answer == .done
            )
        } catch {
            // The answer is on record; an alert that has ended, or an extension that is over, needs no acknowledgement.
            log.record(.trouble("the answer of \(receipt.department) to \(receipt.serial) changes nothing: \(error)"))
        }
    }

    /// Notes what became of notices.
    func note(_ handlings: [Handling]) async {
        guard !handlings.isEmpty else { return }
        do {
            await carryOut(try await desk.note(handlings, configuration, now: clock.now()))
        } catch {
            // The ledger knows of the deliveries; the next start tells the book.
            log.record(.trouble("cannot note what became of \(handlings.count) notices: \(error)"))
        }
    }

    /// Lets time pass for the alerts when something is due.
    func advanceIfDue() {
        guard !isAdvancing, let bookDue, bookDue <= clock.now() else { return }
        isAdvancing = true
        running += 1
        Task {
            await advance()
            isAdvancing = false
            armTimer()
            ended()
        }
    }

    /// Lets time pass for the alerts, and takes in which jobs there are.
    func advance() async {
        do {
            await carryOut(try await desk.advance(configuration, now: clock.now()))
            bookProblem = nil
        } catch {
            bookDue = clock.now().adding(seconds: Self.bookRetrySeconds)
            let problem = "\(error)"
            if problem != bookProblem { log.record(.trouble("cannot enter what is due of alerts yet: \(problem)")) }
            bookProblem = problem
        }
    }

    /// Says and tells what a step has decided that no run caused.
    private func carryOut(_ step: BookStep, by author: String? = nil) async {
        for change in step.changes { log.record(.changed(change, nil)) }
        await tell(step, by: author)
    }

    /// Delivers what a step tells, and waits for what the book has to do next.
    /// - Parameter author: Who ended silences before their time.
    func tell(_ step: BookStep, by author: String? = nil) async {
        for silence in step.difference.endedSilences {
            log.record(.unsilenced(silence, author: silence.until > step.at ? author : nil))
        }
        if !step.notices.isEmpty { await courier.deliver(step.notices) }
        let now = clock.now()
        // Everything due has just been done.
        bookDue = await desk.nextDue(configuration, now: now).map { max($0, now.adding(seconds: 1)) }
        armTimer()
    }

    /// Carries out what somebody asks for, or says why not.
    private func asking<Value: Sendable>(
        by author: String? = nil,
        _ act: () async throws -> (Value, BookStep)
    ) async throws(Refusal) -> Value {
        guard !isStopping else { throw .stopping }
        do {
            let (value, step) = try await act()
            await carryOut(step, by: author)
            return value
        } catch let refusal as AlertBook.Refusal {
            throw .unfit(refusal)
        } catch {
            throw .failed("\(error)")
        }
    }
}
