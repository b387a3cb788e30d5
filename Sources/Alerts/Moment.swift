// What holds while the book takes one turn: the instant, the rules, and what mutes alerts.

import Almanac
import Checks

/// The circumstances of one turn.
struct Moment {
    /// A reminder or an escalation that comes later than this after its due time says so, in seconds.
    static let lateSeconds: Int64 = 3_600

    let rules: AlertBook.Rules
    let instant: Instant
    let silences: [Silence]
    let heldBack: [AlertKey: String]
    private var policies: [String: AlertPolicy] = [:]
    private var ends: [Term: Instant] = [:]

    init(_ book: AlertBook, rules: AlertBook.Rules, at instant: Instant) {
        self.rules = rules
        self.instant = instant
        silences = book.silences
        for job in Set(book.open.keys.map(\.job)) { policies[job] = rules.policy(job) }
        let policies = policies
        heldBack = HoldBack(open: book.open) { policies[$0] ?? AlertPolicy() }.serials
        for term in Set(policies.values.compactMap(\.remindEvery)) { ends[term] = rules.end(of: term, after: instant) }
    }

    func policy(_ alert: Alert) -> AlertPolicy { policies[alert.key.job] ?? AlertPolicy() }

    /// When the next reminder of an alert is due that is told, or delivered, now.
    func nextReminder(_ alert: Alert) -> Instant? { policy(alert).remindEvery.flatMap { ends[$0] } }

    /// What keeps an alert from being told now.
    func mute(_ alert: Alert) -> Mute? {
        if let silence = silence(alert, at: instant) { return .silence(id: silence.id, until: silence.until) }
        if let serial = heldBack[alert.key] { return .heldBack(by: serial) }
        return rules.quietEnd(at: instant, alert.weightiest).map { .quietTime(until: $0) }
    }

    func silence(_ alert: Alert, at instant: Instant) -> Silence? {
        silences.first { $0.reigns(at: instant) && $0.matcher.matches(alert.key, alert.weightiest) }
    }

    /// The due time of something that is done now, if that is late.
    func lateness(of due: Instant) -> Instant? { due.adding(seconds: Self.lateSeconds) < instant ? due : nil }
}

extension Alert {
    /// The worse of what is and what was told: a silence of warnings must not keep back the end of something critical.
    var weightiest: Assessment.State {
        guard let told, told.weight > state.weight else { return state }
        return told
    }

    /// Whether it goes on and somebody knows.
    var isKnown: Bool { state.isBad && told != nil }

    /// Whether everybody whose answer counts has answered.
    func isAcknowledged(_ policy: AlertPolicy) -> Bool {
        guard acknowledgement != nil else { return false }
        return policy.acknowledgedBy == .any || recipients.to.allSatisfy { standings[$0]?.acknowledged != nil }
    }
}
