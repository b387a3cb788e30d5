// The end of each step: what differs is told once, and what is due is done.

package import Almanac
import Checks

extension AlertBook {
    /// Which alerts a step has moved, and from where.
    struct Moves {
        private(set) var order: [AlertKey] = []
        private var origins: [AlertKey: Assessment.State?] = [:]

        /// The first state of a step counts; `nil` for an alert that was not open.
        mutating func enter(_ key: AlertKey, from state: Assessment.State?) {
            guard origins[key] == nil else { return }
            order.append(key)
            origins[key] = .some(state)
        }

        func contains(_ key: AlertKey) -> Bool { origins[key] != nil }
        func origin(of key: AlertKey) -> Assessment.State? { origins[key] ?? nil }
    }

    /// Does everything that is due: ends of silences, quiet times and acknowledgements, reminders, escalations.
    ///
    /// How late that is, or whether the clock was set meanwhile, makes no difference: what came due several times is done
    /// once.
    package mutating func advance(rules: Rules, at instant: Instant) -> [Change] {
        turn(rules: rules, at: instant) { _, _, _ in }
    }

    /// Takes one step: first time passes for everything as it was, then the step acts, then it is told what came of both.
    mutating func turn(
        rules: Rules,
        at instant: Instant,
        _ act: (inout AlertBook, inout Moves, Moment) -> Void
    ) -> [Change] {
        bound(at: instant)
        let before = Moment(self, rules: rules, at: instant)
        var endedAcknowledgements: Set<AlertKey> = []
        for (key, alert) in open {
            var passed = alert
            if passed.pass(before) { endedAcknowledgements.insert(key) }
            if passed != alert { open[key] = passed }
        }
        silences.removeAll { $0.until <= instant }
        var moves = Moves()
        act(&self, &moves, before)
        let moment = Moment(self, rules: rules, at: instant)
        var changes = settle(moves, moment)
        changes += contradict(moment)
        changes += escalateByStage(moment)
        let settled = Set(changes.lazy.filter(\.isTold).map(\.alert.key))
        for (key, alert) in open {
            var current = alert
            current.startOrStop(moment)
            if current != alert { open[key] = current }
        }
        let due = open.values.filter { $0.isDue(moment) }.sorted { $0.serial < $1.serial }.map(\.key)
        for key in due {
            let steps = escalate(key, moment)
            changes += steps
            if let reminder = remind(
                key,
                isTold: settled.contains(key) || !steps.isEmpty,
                endedAcknowledgements,
                moment
            ) {
                changes.append(reminder)
            }
        }
        return changes
    }

    /// Keeps what people asked for within its bounds when a clock that was ahead has been set right.
    private mutating func bound(at instant: Instant) {
        let bound = instant.adding(seconds: Self.longestStaySeconds)
        for index in silences.indices where silences[index].until > bound { silences[index].until = bound }
        for (key, alert) in open {
            guard let until = alert.acknowledgement?.until, until > bound else { continue }
            open[key]?.acknowledgement?.until = bound
        }
    }

    /// Tells what departments do not know yet of alerts that nothing mutes; of others records what the step has moved.
    private mutating func settle(_ moves: Moves, _ moment: Moment) -> [Change] {
        let others = open.values.filter { $0.told != $0.state && !moves.contains($0.key) }
        let keys = moves.order + others.sorted { $0.serial < $1.serial }.map(\.key)
        return keys.compactMap { key in
            guard let alert = open[key] else { return nil }
            let hasMoved = moves.contains(key)
            let mute = moment.mute(alert)
            let recipients = alert.told == alert.state ? .none : alert.audience(moment.rules)
            guard mute == nil, !recipients.all.isEmpty else {
                // Of whom nobody was told, nobody needs to hear the end.
                if alert.told == nil, !alert.state.isBad { open[key] = nil }
                guard hasMoved else { return nil }
                return Change(
                    kind: alert.kind(from: moves.origin(of: key)),
                    alert: alert,
                    previous: alert.told,
                    assessment: alert.latest,
                    recipients: Recipients.none,
                    occasion: alert.endOccasion ?? mute?.occasion,
                    reason: alert.withdrawal?.reason
                )
            }
            return tell(
                alert.kind(from: alert.told),
                alert,
                to: recipients,
                occasion: alert.endOccasion ?? (hasMoved ? nil : .unmuted),
                reason: alert.withdrawal?.reason,
                moment
            )
        }
    }

    /// Tells whoever knows of a matter that a department calls settled and that the evidence does not, once for each time
    /// that it says so.
    private mutating func contradict(_ moment: Moment) -> [Change] {
        let found = open.values.filter { !$0.contradicted(moment.rules).isEmpty && moment.mute($0) == nil }
        return found.sorted { $0.serial < $1.serial }.map { alert in
            var alert = alert
            let departments = alert.contradicted(moment.rules)
            for department in departments { alert.standings[department]?.saidSettled = nil }
            return tell(
                .reminder,
                alert,
                to: Recipients(to: departments).adding(Recipients(to: [], cc: alert.recipients.all)),
                occasion: .contradicted,
                moment
            )
        }
    }

    /// Tells others besides of matters that have come to a stage of which the job wants them to know, once for each.
    private mutating func escalateByStage(_ moment: Moment) -> [Change] {
        let found = open.values.filter { $0.newStage(moment.policy($0)) != nil && moment.mute($0) == nil }
        return found.sorted { $0.serial < $1.serial }.compactMap { alert in
            guard let stage = alert.newStage(moment.policy(alert)) else { return nil }
            var alert = alert
            alert.escalation.stage = stage.name
            return tell(
                .escalated,
                alert,
                to: Recipients(to: stage.departments).adding(Recipients(to: [], cc: alert.recipients.to)),
                occasion: nil,
                moment
            )
        }
    }

    /// Takes the steps of escalation for which an alert has waited long enough.
    private mutating func escalate(_ key: AlertKey, _ moment: Moment) -> [Change] {
        var changes: [Change] = []
        while var alert = open[key], let step = alert.nextStep(moment), let due = alert.due(step, moment.rules),
            due <= moment.instant
        {
            alert.escalation.done += 1
            guard !alert.hasAnswer(to: step, moment.policy(alert)) else {
                open[key] = alert
                continue
            }
            changes.append(
                tell(
                    .escalated,
                    alert,
                    to: Recipients(to: step.to).adding(Recipients(to: [], cc: alert.recipients.to)),
                    occasion: step.waitsFor == .pickUp ? .notPickedUp : .notAcknowledged,
                    due: moment.lateness(of: due),
                    moment
                )
            )
        }
        return changes
    }

    /// Tells an alert again to those who have to act, when that is due.
    /// - Parameter isTold: Whether this turn has told of it anyway; then nobody needs to be reminded.
    private mutating func remind(
        _ key: AlertKey,
        isTold: Bool,
        _ endedAcknowledgements: Set<AlertKey>,
        _ moment: Moment
    ) -> Change? {
        guard var alert = open[key], let due = alert.reminderDue, due <= moment.instant else { return nil }
        alert.reminderDue = moment.nextReminder(alert)
        open[key] = alert
        guard !isTold else { return nil }
        let silent = alert.recipients.to.filter { alert.standings[$0]?.acknowledged == nil }
        return tell(
            .reminder,
            alert,
            to: silent.isEmpty ? alert.recipients : Recipients(to: silent),
            occasion: endedAcknowledgements.contains(key) ? .acknowledgementEnded : nil,
            due: moment.lateness(of: due),
            moment
        )
    }

    /// Tells an alert as it stands.
    private mutating func tell(
        _ kind: Change.Kind,
        _ alert: Alert,
        to recipients: Recipients,
        occasion: Change.Occasion?,
        reason: String? = nil,
        due: Instant? = nil,
        _ moment: Moment
    ) -> Change {
        var told = alert
        told.revision += 1
        told.told = alert.state
        told.recipients =
            kind == .escalated
            ? alert.recipients.adding(Recipients(to: [], cc: recipients.to)) : alert.recipients.adding(recipients)
        let sent = alert.sendingTime(moment.instant)
        told.tellings.append(
            Telling(
                revision: told.revision,
                kind: kind,
                state: told.state,
                sentText: moment.rules.zone.rfc3339(sent),
                at: sent,
                recipients: recipients
            )
        )
        open[alert.key] = kind.isEnd ? nil : told
        return Change(
            kind: kind,
            alert: told,
            previous: alert.told,
            assessment: alert.latest,
            recipients: recipients,
            occasion: occasion,
            reason: reason,
            due: due
        )
    }
}

extension Alert {
    /// Who is told of the state as it is: everybody who knows of the alert and, while it goes on, whom the rules name.
    fileprivate func audience(_ rules: AlertBook.Rules) -> Recipients {
        state.isBad ? recipients.adding(rules.recipients(key, state)) : recipients
    }

    /// What happened since it was in a state; `nil` for before it was.
    fileprivate func kind(from before: Assessment.State?) -> Change.Kind {
        guard state.isBad else { return withdrawal == nil ? .cleared : .withdrawn }
        guard let before, before.isBad else { return .raised }
        return state.weight > before.weight ? .worsened : .eased
    }

    fileprivate var endOccasion: Change.Occasion? {
        withdrawal.flatMap { $0.author == nil && !state.isBad ? .watchEnded : nil }
    }

    /// What its next documents give as their time: never before the last one, which they may refer to, unless the clock
    /// was wrong by more than a day.
    fileprivate func sendingTime(_ instant: Instant) -> Instant {
        guard let last = tellings.last?.at, last > instant, last <= instant.adding(seconds: 86_400) else {
            return instant
        }
        return last
    }

    /// Whether a reminder or a step of escalation may be due, and nothing mutes it.
    fileprivate func isDue(_ moment: Moment) -> Bool {
        guard isKnown, !isPaused else { return false }
        let isReminderDue = reminderDue.map { $0 <= moment.instant } ?? false
        let isStepDue = nextStep(moment).map { isDue($0, moment) } ?? false
        return (isReminderDue || isStepDue) && moment.mute(self) == nil
    }
}
