// What the book waits for, and when.

package import Almanac
import Checks

/// Something that happens to an alert by itself when its time comes.
package struct DueStep: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case reminder
        case escalation
        case acknowledgementEnds = "acknowledgement-ends"
        case silenceEnds = "silence-ends"
        case quietTimeEnds = "quiet-time-ends"
    }

    package let kind: Kind
    package let at: Instant

    package init(_ kind: Kind, at instant: Instant) {
        self.kind = kind
        self.at = instant
    }
}

extension AlertBook {
    /// The first instant at which `advance` has something to do; `nil` when nothing waits.
    package func nextDue(rules: Rules, at instant: Instant) -> Instant? {
        let moment = Moment(self, rules: rules, at: instant)
        let turns = silences.flatMap { [$0.from, $0.until] }.filter { $0 > instant }
        return (turns + open.values.flatMap { $0.dueSteps(moment).map(\.at) }).min()
    }

    /// Everything that one alert waits for, earliest first.
    package func dueSteps(of alert: Alert, rules: Rules, at instant: Instant) -> [DueStep] {
        alert.dueSteps(Moment(self, rules: rules, at: instant)).sorted { $0.at < $1.at }
    }

    /// What keeps each open alert from being told at an instant, by serial; those that nothing mutes are left out.
    package func mutes(rules: Rules, at instant: Instant) -> [String: Mute] {
        let moment = Moment(self, rules: rules, at: instant)
        return open.values.reduce(into: [:]) { $0[$1.serial] = moment.mute($1) }
    }

    /// What keeps an alert from being told at an instant; `nil` when nothing does.
    package func mute(of alert: Alert, rules: Rules, at instant: Instant) -> Mute? {
        Moment(self, rules: rules, at: instant).mute(alert)
    }
}

extension Alert {
    fileprivate func dueSteps(_ moment: Moment) -> [DueStep] {
        var steps: [DueStep] = []
        if let acknowledgement { steps.append(DueStep(.acknowledgementEnds, at: acknowledgement.until)) }
        let mute = moment.mute(self)
        if case .silence(_, let until) = mute { steps.append(DueStep(.silenceEnds, at: until)) }
        // What comes due in quiet time waits for its end.
        func afterQuiet(_ due: Instant) -> Instant {
            let due = max(due, moment.instant)
            return moment.rules.quietEnd(at: due, weightiest) ?? due
        }
        if told != state || !contradicted(moment.rules).isEmpty {
            if case .quietTime(let until) = mute { steps.append(DueStep(.quietTimeEnds, at: until)) }
        }
        // Reminders and escalations wait for the end of what keeps the alert back, delivered or not.
        switch mute {
        case .silence, .heldBack: return steps
        case .quietTime, nil: break
        }
        guard isKnown, !isPaused else { return steps }
        if let reminderDue { steps.append(DueStep(.reminder, at: afterQuiet(reminderDue))) }
        if let step = nextStep(moment), let due = due(step, moment.rules) {
            steps.append(DueStep(.escalation, at: afterQuiet(due)))
        }
        return steps
    }
}
