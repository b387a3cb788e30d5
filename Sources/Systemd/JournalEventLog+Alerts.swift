// Journal entries about alerts: what changed, who takes care, what is silenced.

import Alerts
import Almanac
import Checks
import Diagnostics
import Engine

extension JournalEventLog {
    func changed(_ change: Change, _ order: RunOrder?) -> JournalEntry {
        let assessment = change.assessment
        let priority: JournalPriority =
            switch change.alert.state {
            case .critical: .error
            case .warning: .warning
            case .ok, .unknown: .notice
            }
        return JournalEntry(
            "\(change.alert.serial) \(change.kind.rawValue): \(assessment.name) (\(assessment.subject)), "
                + "\(assessment.indicator), \(assessment.period.label): "
                + (change.previous.map { "\($0.rawValue) → " } ?? "") + change.alert.state.rawValue
                + Self.remark(on: change),
            priority,
            id: .changed,
            (order.map(fields(of:)) ?? [("DUTYD_JOB", change.alert.key.job)]) + [
                ("DUTYD_SUBJECT", assessment.subject), ("DUTYD_ALERT", change.alert.serial),
                ("DUTYD_CHANGE", change.kind.rawValue),
            ]
        )
    }

    /// Why a change is told, or is not, in brackets.
    private static func remark(on change: Change) -> String {
        let parts = [
            change.isTold ? nil : "not told", change.occasion?.rawValue, change.due == nil ? nil : "late",
            change.reason.map { printable($0, limit: 300) },
        ].compactMap(\.self)
        return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }

    func acknowledged(_ acknowledgement: Acknowledgement, _ serial: String) -> JournalEntry {
        JournalEntry(
            "\(serial) acknowledged by \(printable(acknowledgement.author, limit: 300))"
                + (acknowledgement.department.map { " for \($0)" } ?? "")
                + " until \(zone.rfc3339(acknowledgement.until)): \(printable(acknowledgement.note, limit: 300))",
            .notice,
            id: .acknowledged,
            [("DUTYD_ALERT", serial)]
        )
    }

    func silenced(_ silence: Silence) -> JournalEntry {
        JournalEntry(
            "silence \(silence.id) of \(silence.matcher) by \(printable(silence.author, limit: 300)) from "
                + "\(zone.rfc3339(silence.from)) until \(zone.rfc3339(silence.until)): "
                + printable(silence.reason, limit: 300),
            .notice,
            id: .silenced,
            [("DUTYD_SILENCE", String(silence.id))]
        )
    }

    func unsilenced(_ silence: Silence, _ author: String?) -> JournalEntry {
        JournalEntry(
            "silence \(silence.id) of \(silence.matcher) has ended"
                + (author.map { " before its time, by \(printable($0, limit: 300))" } ?? ""),
            .notice,
            id: .unsilenced,
            [("DUTYD_SILENCE", String(silence.id))]
        )
    }
}
