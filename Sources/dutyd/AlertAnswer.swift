// Everything about one alert, as the control socket gives it.

import Alerts
import Almanac
import Checks
import Control
import Engine
import JSON
import Jobs
import Records
import Scheduling

/// An explained alert in the words of the interface.
struct AlertAnswer {
    private let explanation: AlertExplanation
    private let receipts: [Receipt]
    private let zone: Zone

    /// - Parameter receipts: The departments' answers, oldest first.
    init(_ explanation: AlertExplanation, receipts: [Receipt], zone: Zone) {
        self.explanation = explanation
        self.receipts = receipts
        self.zone = zone
    }

    /// - Parameters:
    ///   - job: `nil` when its job has left the configuration, or cannot be used.
    ///   - next: When the job runs next.
    func reply(alert: AlertEntry, job: Job?, routing: Routing, next: Instant?) -> GetAlert.Reply {
        let latest = explanation.alert.latest
        return GetAlert.Reply(
            alert: alert,
            ended: explanation.ended.map(zone.rfc3339),
            rule: rule(job, routing),
            facts: latest.facts.all.map { FactEntry(name: $0.name, value: Self.text($0.value)) },
            gaps: latest.gaps.map(\.description),
            source: latest.source.map(\.description),
            history: explanation.entries.map { entry in
                HistoryEntry(
                    revision: entry.revision,
                    kind: entry.kind.rawValue,
                    state: entry.state.rawValue,
                    at: zone.rfc3339(entry.at),
                    to: entry.recipients.to,
                    cc: entry.recipients.cc,
                    why: [entry.occasion?.rawValue, entry.reason, entry.run.map { "run \($0)" }]
                        .compactMap(\.self).joined(separator: "; ")
                )
            },
            departments: standings,
            waitsFor: waits(next: next).sorted { $0.at < $1.at }.map {
                DueEntry(what: $0.what, at: zone.rfc3339($0.at))
            }
        )
    }

    private func waits(next: Instant?) -> [(what: String, at: Instant)] {
        explanation.due.map { (Self.sentence($0.kind), $0.at) }
            + [next].compactMap(\.self).map { ("the job judges again", $0) }
    }

    private var standings: [StandingEntry] {
        explanation.alert.recipients.all.map { department in
            let standing = explanation.alert.standings[department]
            return StandingEntry(
                department: department,
                delivered: standing?.delivered.map(zone.rfc3339),
                pickedUp: standing?.pickedUp.map(zone.rfc3339),
                acknowledged: standing?.acknowledged.map(zone.rfc3339),
                answer: receipts.last { $0.department == department }.map(Self.sentence)
            )
        }
    }

    /// What decides about the alert, in sentences.
    private func rule(_ job: Job?, _ routing: Routing) -> [String] {
        let alert = explanation.alert
        guard let job else { return ["job \(alert.key.job) is not in use, so nothing judges this alert"] }
        let recipients = routing.recipients(of: alert.key, alert.state, job: job)
        let policy = explanation.policy
        var lines = [
            "\(job.check.kind) judges \(alert.key.subject) by \(job.schedule.fingerprint)",
            "told to \(recipients.to.joined(separator: ", "))"
                + (recipients.cc.isEmpty ? "" : "; cc \(recipients.cc.joined(separator: ", "))"),
        ]
        if policy.confirmRaise > 1 || policy.confirmClear > 1 {
            lines.append(
                "worse counts after \(policy.confirmRaise) runs in a row, better after \(policy.confirmClear)"
            )
        }
        if let term = policy.remindEvery { lines.append("told again every \(term)") }
        for step in policy.escalation {
            let what = step.waitsFor == .pickUp ? "not picked up" : "not acknowledged"
            lines.append("\(what) for \(step.after): also told to \(step.to.joined(separator: ", "))")
        }
        lines.append("an acknowledgement lasts \(policy.acknowledgementLife) when it names no end")
        for matcher in policy.heldBackBy { lines.append("held back while an alert is open that matches \(matcher)") }
        return lines
    }

    private static func sentence(_ kind: DueStep.Kind) -> String {
        switch kind {
        case .reminder: "it is told again"
        case .escalation: "others are told, unless somebody answers"
        case .acknowledgementEnds: "the acknowledgement ends"
        case .silenceEnds: "the silence ends, and what has changed is told"
        case .quietTimeEnds: "quiet time ends, and what has changed is told"
        }
    }

    private static func sentence(_ receipt: Receipt) -> String {
        let parts = [
            receipt.date.map { "\($0)" }, receipt.reason, receipt.evidence, receipt.author.map { "by \($0)" },
        ]
        return ([receipt.answer.rawValue] + parts.compactMap(\.self)).joined(separator: ", ")
    }

    private static func text(_ value: Facts.Value) -> String {
        let json = value.json
        return json.text ?? json.text(.line)
    }
}
