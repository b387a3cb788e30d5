// What the control socket says of alerts and silences, and does to them.

import Alerts
import Almanac
import Checks
import Control
import Diagnostics
import Engine
import JSON
import Jobs
import Linux
import Varlink

extension ControlService {
    func alerts(_ call: ListAlerts) async throws(VarlinkError) -> ListAlerts.Reply {
        let open = await engine.alerts().filter { call.job == nil || $0.key.job == call.job }
        // A job that has left the configuration may still have open alerts.
        if let job = call.job, open.isEmpty { try known(job) }
        let mutes = await engine.mutes
        return ListAlerts.Reply(alerts: open.map { entry($0, mute: mutes[$0.serial]) })
    }

    func alert(_ call: GetAlert) async throws(VarlinkError) -> GetAlert.Reply {
        do {
            let explanation = try await engine.alert(call.alert)
            let receipts = try await engine.receipts(serial: call.alert)
            let next = await engine.upcoming(job: explanation.alert.key.job, count: 1).first
            return AlertAnswer(explanation, receipts: receipts, zone: configuration.settings.zone).reply(
                alert: entry(explanation.alert, mute: explanation.mute),
                job: configuration.job(named: explanation.alert.key.job),
                routing: configuration.routing,
                next: explanation.ended == nil ? next?.instant : nil
            )
        } catch let refusal as DutyEngine.Refusal {
            throw error(refusal, job: "", asOf: "")
        } catch {
            throw VarlinkError(ControlInterface.error("LedgerFailed"), .object(["problem": .string("\(error)")]))
        }
    }

    func acknowledge(_ call: Acknowledge, for peer: PeerCredentials) async throws(VarlinkError) -> Acknowledge.Reply {
        let author = "uid \(peer.uid)"
        var until: Instant?
        if let text = call.until { until = try await end(text) }
        let deadline = until
        let acknowledgement = try await act("acknowledge", .alert(call.alert), for: peer) {
            () async throws(DutyEngine.Refusal) in
            try await engine.acknowledge(call.alert, author: author, note: call.note, until: deadline)
        }
        return Acknowledge.Reply(until: time(acknowledgement.until))
    }

    func withdraw(_ call: Withdraw, for peer: PeerCredentials) async throws(VarlinkError) -> Done {
        try await act("withdraw", .alert(call.alert), for: peer) { () async throws(DutyEngine.Refusal) in
            try await engine.withdraw(call.alert, author: "uid \(peer.uid)", reason: call.note)
        }
        return Done()
    }

    func silence(_ call: SilenceAlerts, for peer: PeerCredentials) async throws(VarlinkError) -> SilenceAlerts.Reply {
        let severity = try call.severity.map { text throws(VarlinkError) in
            guard let state = Assessment.State(rawValue: text), state.isBad else {
                throw unfit("\"\(text)\" is no severity; there are warning and critical")
            }
            return state
        }
        let matcher = AlertMatcher(
            job: call.job.map(Glob.init),
            subject: call.subject.map(Glob.init),
            indicator: call.indicator.map(Glob.init),
            severity: severity
        )
        let until = try await end(call.until)
        let silence = try await act("silence", .other(matcher.description), for: peer) {
            () async throws(DutyEngine.Refusal) in
            try await engine.silence(matcher, author: "uid \(peer.uid)", reason: call.reason, until: until)
        }
        return SilenceAlerts.Reply(silence: entry(silence, among: await engine.alerts()))
    }

    func unsilence(_ call: Unsilence, for peer: PeerCredentials) async throws(VarlinkError) -> Done {
        try await act("unsilence", .other("silence \(call.silence)"), for: peer) {
            () async throws(DutyEngine.Refusal) in
            try await engine.unsilence(call.silence, author: "uid \(peer.uid)")
        }
        return Done()
    }

    func silences() async -> ListSilences.Reply {
        let alerts = await engine.alerts()
        return ListSilences.Reply(silences: await engine.silences.map { entry($0, among: alerts) })
    }

    /// What cannot be meant, in words for whoever asked.
    func unfit(_ problem: String) -> VarlinkError {
        VarlinkError(ControlInterface.error("Unfit"), .object(["problem": .string(problem)]))
    }

    /// A time, a day or a term as somebody names an end; days end with their last moment.
    private func end(_ text: String) async throws(VarlinkError) -> Instant {
        let zone = configuration.settings.zone
        if let date = CivilDate(iso8601: text) { return zone.endOfDay(date) }
        if let instant = try? Instant(rfc3339: text) { return instant }
        do throws(Diagnostic) {
            let today = zone.civil(at: await engine.now).date
            return zone.endOfDay(configuration.workingDays.end(of: try Term(text), from: today).date)
        } catch {
            throw unfit(
                "\"\(text)\" is no end; write 2024-03-05T18:00:00+08:00, 2024-03-05 for the end of that day, or a term "
                    + "such as \"3 working days\""
            )
        }
    }

    private func entry(_ silence: Silence, among alerts: [Alert]) -> SilenceEntry {
        SilenceEntry(
            id: silence.id,
            matches: silence.matcher.description,
            author: silence.author,
            reason: silence.reason,
            from: time(silence.from),
            until: time(silence.until),
            alerts: alerts.count { silence.matcher.matches($0.key, $0.state) }
        )
    }

    private func entry(_ alert: Alert, mute: Mute?) -> AlertEntry {
        AlertEntry(
            serial: alert.serial,
            job: alert.key.job,
            subject: alert.key.subject,
            name: alert.name,
            indicator: alert.key.indicator,
            state: alert.state.rawValue,
            told: alert.told?.rawValue,
            muted: mute.map(sentence),
            period: alert.period,
            revision: alert.revision,
            raised: time(alert.raisedAt),
            changed: time(alert.changedAt),
            to: alert.recipients.to,
            cc: alert.recipients.cc,
            acknowledgement: alert.acknowledgement.map {
                AcknowledgementEntry(author: $0.author, note: $0.note, at: time($0.at), until: time($0.until))
            }
        )
    }

    private func sentence(_ mute: Mute) -> String {
        switch mute {
        case .silence(let id, let until): "silence \(id) until \(time(until))"
        case .heldBack(let serial): "held back by \(serial)"
        case .quietTime(let until): "quiet time until \(time(until))"
        }
    }
}
