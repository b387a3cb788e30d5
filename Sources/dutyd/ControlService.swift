// Answers the control socket: decodes a call, asks the engine, encodes the answer.

import Alerts
import Almanac
import Checks
import Control
import Diagnostics
import Engine
import JSON
import Jobs
import Linux
import Scheduling
import Varlink

/// The daemon's side of `io.dutyd.Control`.
struct ControlService: VarlinkInterface {
    /// No listing of slots is longer, and no list of complaints.
    static let longestListing = 1000

    let engine: DutyEngine
    /// What was in force when the call came.
    var configuration: Configuration
    let reloader: Reloader
    let authority: Authority
    let log: any EventLog
    let version: String
    let isRehearsal: Bool

    var name: String { ControlInterface.name }
    var description: String { ControlInterface.description }

    func call(_ call: VarlinkCall) async throws(VarlinkError) -> JSONValue {
        guard authority.mayLook(call.peer) else { throw .permissionDenied }
        var service = self
        service.configuration = await engine.configuration
        return try await service.answer(call)
    }

    private func answer(_ call: VarlinkCall) async throws(VarlinkError) -> JSONValue {
        switch call.method {
        case Status.name: return try encoded(try await status())
        case ListJobs.name: return try encoded(await jobs())
        case NextRuns.name: return try encoded(await nextRuns(try call.decoded()))
        case RunJob.name: return try encoded(try await run(try call.decoded(), for: call.peer))
        case ListAlerts.name: return try encoded(try await alerts(try call.decoded()))
        case GetAlert.name: return try encoded(try await alert(try call.decoded()))
        case Acknowledge.name: return try encoded(try await acknowledge(try call.decoded(), for: call.peer))
        case Withdraw.name: return try encoded(try await withdraw(try call.decoded(), for: call.peer))
        case SilenceAlerts.name: return try encoded(try await silence(try call.decoded(), for: call.peer))
        case Unsilence.name: return try encoded(try await unsilence(try call.decoded(), for: call.peer))
        case ListSilences.name: return try encoded(await silences())
        case RecordReceipt.name: return try encoded(try await receipt(try call.decoded(), for: call.peer))
        case ListOutbox.name: return try encoded(await outbox())
        case Resend.name: return try encoded(try await resend(try call.decoded(), for: call.peer))
        case ListSlots.name: return try encoded(try await slots(try call.decoded()))
        case PauseJob.name: return try encoded(try await pause(try call.decoded(), for: call.peer))
        case ResumeJob.name: return try encoded(try await resume(try call.decoded(), for: call.peer))
        case Reload.name: return try encoded(try await reload(for: call.peer))
        case ListAccounts.name: return try encoded(try await accounts())
        case ListFeeds.name: return try encoded(try await feeds(try call.decoded()))
        case ListCommitments.name: return try encoded(try await commitments())
        default: throw .methodNotFound(call.method)
        }
    }

    private func encoded(_ reply: some Encodable) throws(VarlinkError) -> JSONValue {
        do {
            return try JSONValue(encoding: reply)
        } catch {
            throw VarlinkError(ControlInterface.error("LedgerFailed"), .object(["problem": .string("\(error)")]))
        }
    }

    func time(_ instant: Instant) -> String { configuration.settings.zone.rfc3339(instant) }

    private func status() async throws(VarlinkError) -> Status.Reply {
        let next = await engine.upcoming(job: nil, count: 1).first
        return Status.Reply(
            version: version,
            now: time(await engine.now),
            rehearsal: isRehearsal,
            jobs: configuration.jobs.count,
            brokenJobs: configuration.brokenJobs.count,
            openAlerts: await engine.openAlerts.count,
            waitingNotices: await engine.waitingNotices,
            problems: (configuration.problems + (await engine.inboxProblems) + (await engine.spoolProblems)).map(
                \.description
            ),
            pauses: await engine.pauses.map {
                PauseEntry(job: $0.job, since: time($0.since), author: $0.author, note: $0.note)
            },
            awaiting: try await feeds(ListFeeds(feed: nil, count: nil)).feeds.filter { $0.state == .awaiting }.map(
                \.name
            ),
            inTheWay: await filesInTheWay,
            next: next.map { NextRun(job: $0.job, slot: time($0.instant), remark: $0.remark) }
        )
    }

    private func jobs() async -> ListJobs.Reply {
        let usable = await engine.jobs.map { standing in
            JobEntry(
                name: standing.job.name,
                titleZh: standing.job.title.zh,
                titleEn: standing.job.title.en,
                kind: standing.job.check.kind,
                schedule: standing.job.schedule.fingerprint,
                next: standing.next.map(time),
                lastRun: standing.last.map {
                    LastRun(
                        run: $0.run,
                        cause: $0.cause.rawValue,
                        asOf: time($0.asOf),
                        outcome: $0.outcome.rawValue,
                        summary: $0.summary
                    )
                },
                problems: []
            )
        }
        let broken = configuration.brokenJobs.map { name, problems in
            JobEntry(
                name: name,
                titleZh: "",
                titleEn: "",
                kind: "",
                schedule: "",
                next: nil,
                lastRun: nil,
                problems: problems.map(\.description)
            )
        }
        return ListJobs.Reply(jobs: (usable + broken).sorted { $0.name < $1.name })
    }

    private func nextRuns(_ call: NextRuns) async throws(VarlinkError) -> NextRuns.Reply {
        if let job = call.job { try known(job) }
        let slots = await engine.upcoming(job: call.job, count: Self.bounded(call.count, otherwise: 10))
        return NextRuns.Reply(runs: slots.map { NextRun(job: $0.job, slot: time($0.instant), remark: $0.remark) })
    }

    private func run(_ call: RunJob, for peer: PeerCredentials) async throws(VarlinkError) -> RunJob.Reply {
        try requireRight(to: "run", .job(call.job), of: peer)
        let now = await engine.now
        let asOf = try call.asOf.map { text throws(VarlinkError) in try moment(text, of: "asOf", now: now) }
        let knownAt = try call.knownAt.map { text throws(VarlinkError) in try moment(text, of: "knownAt", now: now) }
        // Judged in earnest, what was known once would raise and clear today's alerts.
        if knownAt != nil, call.dryRun != true { throw .invalidParameter("knownAt") }
        do throws(DutyEngine.Refusal) {
            log.record(.asked("run", of: .job(call.job), uid: peer.uid, pid: peer.pid, refusal: nil))
            return reply(
                try await engine.run(job: call.job, asOf: asOf, isDryRun: call.dryRun ?? false, knownAt: knownAt)
            )
        } catch {
            log.record(.asked("run", of: .job(call.job), uid: peer.uid, pid: peer.pid, refusal: "\(error)"))
            throw self.error(error, job: call.job, asOf: call.asOf ?? "")
        }
    }

    /// Refuses somebody who may only look, and lets the journal know.
    func requireRight(to act: String, _ object: ActedOn, of peer: PeerCredentials) throws(VarlinkError) {
        guard !authority.mayAct(peer) else { return }
        log.record(.asked(act, of: object, uid: peer.uid, pid: peer.pid, refusal: "not permitted"))
        throw .permissionDenied
    }

    /// An RFC 3339 time, or a date meaning the end of that day, which for today is now.
    private func moment(_ text: String, of parameter: String, now: Instant) throws(VarlinkError) -> Instant {
        let zone = configuration.settings.zone
        if let date = CivilDate(iso8601: text) {
            return zone.civil(at: now).date == date ? now : zone.endOfDay(date)
        }
        do throws(Diagnostic) {
            return try Instant(rfc3339: text)
        } catch {
            throw .invalidParameter(parameter)
        }
    }

    private func reply(_ report: RunReport) -> RunJob.Reply {
        RunJob.Reply(
            run: report.order.run,
            job: report.order.job.name,
            period: report.period.label,
            asOf: time(report.order.asOf),
            committed: report.isCommitted,
            summary: report.findings.summary,
            changes: report.changes.map {
                ChangeEntry(
                    serial: $0.alert.serial,
                    kind: $0.kind.rawValue,
                    subject: $0.assessment.subject,
                    name: $0.assessment.name,
                    indicator: $0.assessment.indicator,
                    state: $0.assessment.state.rawValue
                )
            },
            rejects: report.findings.rejects.prefix(Self.longestListing).map(\.description),
            gaps: Self.gaps(of: report.findings),
            notices: report.notices.flatMap { notice in
                notice.documents.map { "\(notice.department)/\($0.fileName)" }
            }
        )
    }

    /// What was not seen of each subject, once, however many of its indicators lacked it.
    private static func gaps(of findings: Findings) -> [String] {
        var told: Set<String> = []
        let all = findings.assessments.flatMap { assessment in
            assessment.gaps.map { "\(assessment.subject): \($0)" }
        }
        return Array(all.filter { told.insert($0).inserted }.prefix(longestListing))
    }

    private func slots(_ call: ListSlots) async throws(VarlinkError) -> ListSlots.Reply {
        do {
            let records = try await engine.slots(job: call.job, count: Self.bounded(call.count, otherwise: 20))
            // A job that has left the configuration may still have slots.
            if let job = call.job, records.isEmpty { try known(job) }
            let stamp = try await engine.stamps().first { $0.job == call.job }
            return ListSlots.Reply(
                slots: records.map {
                    SlotEntry(
                        job: $0.slot.job,
                        slot: time($0.slot.instant),
                        reason: $0.reason.text,
                        explanation: [$0.reason.explanation, $0.remark].compactMap(\.self).joined(separator: "; "),
                        since: $0.since.map(time),
                        run: $0.run,
                        decided: time($0.decided)
                    )
                },
                since: stamp.map { time($0.since) }
            )
        } catch let refusal as VarlinkError {
            throw refusal
        } catch {
            throw VarlinkError(ControlInterface.error("LedgerFailed"), .object(["problem": .string("\(error)")]))
        }
    }

    static func bounded(_ count: Int?, otherwise usual: Int) -> Int {
        min(max(count ?? usual, 1), longestListing)
    }

    func known(_ job: String) throws(VarlinkError) {
        if configuration.job(named: job) == nil {
            throw error(.absence(of: job, in: configuration), job: job, asOf: "")
        }
    }

    func error(_ refusal: DutyEngine.Refusal, job: String, asOf: String) -> VarlinkError {
        func named(_ name: String, _ details: KeyValuePairs<String, JSONValue?>) -> VarlinkError {
            VarlinkError(ControlInterface.error(name), .object(details))
        }
        switch refusal {
        case .unknownJob:
            let known = configuration.jobs.map(\.name) + configuration.brokenJobs.keys
            return named(
                "UnknownJob",
                ["job": .string(job), "known": .array(known.sorted().map(JSONValue.string))]
            )
        case .brokenJob:
            let problems = configuration.brokenJobs[job] ?? []
            return named(
                "BrokenJob",
                ["job": .string(job), "problems": .array(problems.map { .string($0.description) })]
            )
        case .alreadyRunning: return named("AlreadyRunning", ["job": .string(job)])
        case .behind(let last):
            return named("LooksBack", ["job": .string(job), "asOf": .string(asOf), "last": .string(last)])
        case .inTheFuture(let now): return named("InTheFuture", ["asOf": .string(asOf), "now": .string(now)])
        case .unfit(.unknownAlert(let serial)): return named("UnknownAlert", ["alert": .string(serial)])
        case .unfit(.unknownSilence(let id)): return named("UnknownSilence", ["silence": .integer(Int64(id))])
        case .unfit(let refusal): return named("Unfit", ["problem": .string(refusal.description)])
        case .stopping: return named("Stopping", [:])
        case .failed(let problem): return named("RunFailed", ["job": .string(job), "problem": .string(problem)])
        }
    }
}
