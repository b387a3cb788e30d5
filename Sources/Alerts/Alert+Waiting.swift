// How long an alert waits for an answer: its clock, its pauses, and when what comes next is due.

import Almanac
import Checks

extension Alert {
    /// Whether its clock stands still although a notice was delivered; then reminders wait, too.
    var isPaused: Bool { escalation.started != nil && !escalation.isRunning }

    /// Lets time pass up to the moment, in which nothing else happened: ends the acknowledgement, stops the clock while
    /// the alert is silenced or acknowledged, and starts it again, each at the instant at which that happened.
    /// - Returns: Whether an acknowledgement has ended.
    mutating func pass(_ moment: Moment) -> Bool {
        var hasAcknowledgementEnded = false
        // The clock was set back: what has not come again yet must not count twice.
        if let since = escalation.since, since > moment.instant { escalation.since = moment.instant }
        for time in turningPoints(moment) + [moment.instant] {
            if let acknowledgement, acknowledgement.until <= time {
                endAcknowledgement(at: time)
                hasAcknowledgementEnded = true
            }
            startOrStop(moment, at: time)
        }
        if escalation.isRunning { keepReminderNear(moment) }
        return hasAcknowledgementEnded
    }

    /// Lets the clock run, or stand still, from an instant on.
    mutating func startOrStop(_ moment: Moment, at time: Instant? = nil) {
        let time = time ?? moment.instant
        let mayRun = mayRun(at: time, moment)
        guard mayRun != escalation.isRunning else { return }
        if mayRun {
            resume(at: time, moment)
        } else {
            let counted = counted(at: time, moment.rules)
            escalation.workingSeconds = counted.working
            escalation.seconds = counted.all
        }
        escalation.since = time
        escalation.isRunning = mayRun
    }

    /// Begins to wait for an answer, because a notice has reached somebody who has to act.
    mutating func startWaiting(since instant: Instant, _ moment: Moment) {
        guard escalation.started == nil else { return }
        escalation.started = instant
        escalation.since = instant
        escalation.isRunning = mayRun(at: instant, moment)
        if let term = moment.policy(self).remindEvery, reminderDue == nil {
            reminderDue = moment.rules.end(of: term, after: instant)
        }
        _ = pass(moment)
    }

    /// What the clock shows at an instant.
    func counted(at instant: Instant, _ rules: AlertBook.Rules) -> (working: Int64, all: Int64) {
        guard escalation.isRunning, let since = escalation.since, since < instant else {
            return (escalation.workingSeconds, escalation.seconds)
        }
        return (
            escalation.workingSeconds + rules.workingTime.seconds(from: since, to: instant),
            escalation.seconds + (instant.microseconds - since.microseconds) / 1_000_000
        )
    }

    /// The next step of escalation; `nil` when none is left, or the clock stands still.
    func nextStep(_ moment: Moment) -> AlertPolicy.EscalationStep? {
        let steps = moment.policy(self).escalation
        return escalation.isRunning && escalation.done < steps.count ? steps[escalation.done] : nil
    }

    /// The stage of the latest verdict, and who has to be told of it besides and has not been; whoever takes care of the
    /// alert spares them that.
    func newStage(_ policy: AlertPolicy) -> (name: String, departments: [String])? {
        guard isKnown, let stage = latest.stage, let departments = policy.stages[stage], escalation.stage != stage,
            !isAcknowledged(policy)
        else { return nil }
        return (stage, departments)
    }

    /// Whether a step is due; most are far from it, which is seen without a calendar.
    func isDue(_ step: AlertPolicy.EscalationStep, _ moment: Moment) -> Bool {
        guard let since = escalation.since else { return false }
        let passed = escalation.seconds + (moment.instant.microseconds - since.microseconds) / 1_000_000
        guard passed >= Int64(step.after.count) * 86_400 else { return false }
        return due(step, moment.rules).map { $0 <= moment.instant } ?? false
    }

    /// When a step is due if nothing stops the clock.
    func due(_ step: AlertPolicy.EscalationStep, _ rules: AlertBook.Rules) -> Instant? {
        guard let since = escalation.since else { return nil }
        let day: Int64 = 86_400
        let count = Int64(step.after.count)
        return switch step.after.unit {
        case .workingDays:
            rules.workingTime.instant(seconds: count * day - escalation.workingSeconds, after: since)
        case .days: since.adding(seconds: max(0, count * day - escalation.seconds))
        case .months: since.adding(seconds: max(0, count * 30 * day - escalation.seconds))
        }
    }

    /// Whether what a step waits for is there.
    func hasAnswer(to step: AlertPolicy.EscalationStep, _ policy: AlertPolicy) -> Bool {
        guard step.waitsFor == .pickUp else { return isAcknowledged(policy) }
        let answers = recipients.to.map { standings[$0]?.pickedUp != nil }
        return policy.acknowledgedBy == .any ? answers.contains(true) : answers.allSatisfy(\.self)
    }

    /// Instants since the clock was last looked at at which it may have stopped or gone on.
    private func turningPoints(_ moment: Moment) -> [Instant] {
        guard acknowledgement != nil || !moment.silences.isEmpty else { return [] }
        let silences = moment.silences.filter { $0.matcher.matches(key, weightiest) }
        let points = silences.flatMap { [$0.from, $0.until] } + [acknowledgement?.until].compactMap(\.self)
        let known = escalation.since ?? Instant(microseconds: .min)
        return points.filter { known < $0 && $0 < moment.instant }.sorted()
    }

    private func mayRun(at instant: Instant, _ moment: Moment) -> Bool {
        escalation.started != nil && isKnown && moment.heldBack[key] == nil
            && moment.silence(self, at: instant) == nil && !isAcknowledged(moment.policy(self))
    }

    /// Whoever said that he takes care has not: the matter counts as if it had been delivered only now, and everybody
    /// is reminded of it.
    private mutating func endAcknowledgement(at instant: Instant) {
        acknowledgement = nil
        for department in standings.keys { standings[department]?.acknowledged = nil }
        escalation.workingSeconds = 0
        escalation.seconds = 0
        escalation.done = 0
        if escalation.since != nil { escalation.since = instant }
        if isKnown { reminderDue = instant }
    }

    /// Moves the reminder by as much as the clock stood still.
    private mutating func resume(at instant: Instant, _ moment: Moment) {
        guard let stopped = escalation.since, let due = reminderDue, due > stopped else { return }
        let isWorkingTime = moment.policy(self).remindEvery?.unit == .workingDays
        let left =
            isWorkingTime
            ? moment.rules.workingTime.seconds(from: stopped, to: due)
            : (due.microseconds - stopped.microseconds) / 1_000_000
        reminderDue =
            isWorkingTime
            ? moment.rules.workingTime.instant(seconds: left, after: instant) : instant.adding(seconds: left)
    }

    /// Keeps the reminder as near as the job's rule has it.
    ///
    /// The rule may be new, or the clock may have been wrong when it was set. Terms that begin within a row of rest days
    /// end up to a day earlier, which is no reason to move it.
    private mutating func keepReminderNear(_ moment: Moment) {
        guard let latest = moment.nextReminder(self) else {
            if let due = reminderDue, due > moment.instant { reminderDue = nil }
            return
        }
        guard let due = reminderDue, due <= latest.adding(seconds: 86_400) else {
            reminderDue = latest
            return
        }
    }
}
