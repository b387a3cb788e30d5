// How verdicts move alerts: confirmation, separate limits for raise and clear, and what is not known.

package import Almanac
package import Checks

extension AlertBook {
    /// Who judged, and how its alerts are numbered.
    package struct Origin: Sendable {
        package let job: String
        /// The job's kind of check, which chooses the sentences of its notices.
        package let checkKind: String
        /// What serials begin with, such as `CN-RIV`.
        package let serialPrefix: String
        package let run: Int64
        package let asOf: Instant

        package init(job: String, checkKind: String, serialPrefix: String, run: Int64, asOf: Instant) {
            self.job = job
            self.checkKind = checkKind
            self.serialPrefix = serialPrefix
            self.run = run
            self.asOf = asOf
        }
    }

    /// Enters the verdicts of one run and gives what changed: first what the verdicts changed, in their order.
    ///
    /// An unknown verdict changes nothing: it neither raises nor clears nor confirms, and a subject that a run does not
    /// mention keeps its alert.
    /// - Parameter instant: When the verdicts are entered.
    package mutating func apply(
        _ assessments: [Assessment],
        from origin: Origin,
        rules: Rules,
        at instant: Instant
    ) -> [Change] {
        let policy = rules.policy(origin.job)
        return turn(rules: rules, at: instant) { book, moves, _ in
            for assessment in assessments where assessment.state != .unknown {
                let key = AlertKey(job: origin.job, subject: assessment.subject, indicator: assessment.indicator)
                if let alert = book.open[key] {
                    let moved = Self.judged(alert, assessment, origin, policy, at: instant)
                    if moved.state != alert.state { moves.enter(key, from: alert.state) }
                    book.open[key] = moved
                } else if book.isConfirmed(key, assessment, policy) {
                    moves.enter(key, from: nil)
                    let year = rules.zone.civil(at: instant).date.year
                    book.open[key] = book.raised(key, assessment, origin, year: year, at: instant)
                }
            }
        }
    }

    /// Whether a bad verdict on what has no alert is the last that was needed for one.
    private mutating func isConfirmed(_ key: AlertKey, _ assessment: Assessment, _ policy: AlertPolicy) -> Bool {
        guard assessment.state.isBad else {
            candidates[key] = nil
            return false
        }
        let runs = (candidates[key]?.runs ?? 0) + 1
        candidates[key] = runs < policy.confirmRaise ? Confirmation(state: assessment.state, runs: runs) : nil
        return runs >= policy.confirmRaise
    }

    private mutating func raised(
        _ key: AlertKey,
        _ assessment: Assessment,
        _ origin: Origin,
        year: Int,
        at instant: Instant
    ) -> Alert {
        var alert = Alert(
            key: key,
            serial: nextSerial(origin.serialPrefix, year: year),
            revision: 0,
            name: assessment.name,
            period: assessment.period.label,
            state: assessment.state,
            latest: assessment,
            raisedAt: instant,
            changedAt: instant,
            recipients: .none
        )
        alert.count(assessment, as: assessment.state, from: origin)
        return alert
    }

    /// The alert after a verdict that knows something.
    private static func judged(
        _ alert: Alert,
        _ assessment: Assessment,
        _ origin: Origin,
        _ policy: AlertPolicy,
        at instant: Instant
    ) -> Alert {
        var moved = alert
        moved.name = assessment.name
        moved.period = assessment.period.label
        let found = assessment.state(of: alert.state)
        guard found != alert.state else {
            moved.confirmation = nil
            // Who was told a month before is told again a week and a day before.
            if alert.isKnown, assessment.urgency > alert.latest.urgency { moved.reminderDue = instant }
            moved.count(assessment, as: found, from: origin)
            return moved
        }
        let isWorse = found.weight > alert.state.weight
        let goesOn = alert.confirmation.map { ($0.state.weight > alert.state.weight) == isWorse } ?? false
        let runs = (goesOn ? alert.confirmation?.runs ?? 0 : 0) + 1
        guard runs >= (isWorse ? policy.confirmRaise : policy.confirmClear) else {
            moved.confirmation = Confirmation(state: found, runs: runs)
            return moved
        }
        moved.state = found
        moved.changedAt = instant
        moved.confirmation = nil
        moved.withdrawal = nil
        moved.count(assessment, as: found, from: origin)
        return moved
    }
}

extension Alert {
    /// Rests the alert on a verdict, which counts as that state.
    fileprivate mutating func count(_ assessment: Assessment, as state: Assessment.State, from origin: AlertBook.Origin)
    {
        latest = assessment
        latest.state = state
        checkKind = origin.checkKind
        run = origin.run
        asOf = origin.asOf
    }
}

extension Assessment {
    /// How things stand for an alert that is held to be in a state.
    ///
    /// It gets worse by the limits that raise, and better by those that clear; between the two it stays what it is.
    fileprivate func state(of held: State) -> State {
        guard held.isBad, let sustained else { return state }
        if state.weight > held.weight { return state }
        return sustained != .unknown && sustained.weight < held.weight ? sustained : held
    }
}
