// What the control socket does to schedules: pause, resume, reload, and how far slots are accounted for.

import Almanac
import Control
import Diagnostics
import Engine
import JSON
import Jobs
import Linux
import Scheduling
import Varlink

extension ControlService {
    /// Nobody reads a longer note.
    private static let longestNote = 500
    private static let allJobs = "all jobs"

    func pause(_ call: PauseJob, for peer: PeerCredentials) async throws(VarlinkError) -> Done {
        let note = call.note ?? ""
        guard note.utf8.count <= Self.longestNote else { throw .invalidParameter("note") }
        try await act("pause", Self.meant(call.job), for: peer) { () async throws(DutyEngine.Refusal) in
            try await engine.pause(job: call.job, author: "uid \(peer.uid)", note: note)
        }
        return Done()
    }

    func resume(_ call: ResumeJob, for peer: PeerCredentials) async throws(VarlinkError) -> Done {
        try await act("resume", Self.meant(call.job), for: peer) { () async throws(DutyEngine.Refusal) in
            try await engine.resume(job: call.job)
        }
        return Done()
    }

    private static func meant(_ job: String?) -> ActedOn { job.map(ActedOn.job) ?? .other(allJobs) }

    /// Does something to a job, or to something else, for somebody who may; the journal knows who it was.
    func act<Result: Sendable>(
        _ what: String,
        _ object: ActedOn,
        for peer: PeerCredentials,
        _ body: () async throws(DutyEngine.Refusal) -> Result
    ) async throws(VarlinkError) -> Result {
        try requireRight(to: what, object, of: peer)
        do throws(DutyEngine.Refusal) {
            let result = try await body()
            log.record(.asked(what, of: object, uid: peer.uid, pid: peer.pid, refusal: nil))
            return result
        } catch {
            log.record(.asked(what, of: object, uid: peer.uid, pid: peer.pid, refusal: "\(error)"))
            throw self.error(error, job: object.description, asOf: "")
        }
    }

    func reload(for peer: PeerCredentials) async throws(VarlinkError) -> Reload.Reply {
        let what = ActedOn.other("the configuration")
        try requireRight(to: "reload", what, of: peer)
        do throws(Reloader.Refusal) {
            let outcome = try await reloader.reload()
            log.record(.asked("reload", of: what, uid: peer.uid, pid: peer.pid, refusal: nil))
            return Reload.Reply(
                changed: outcome.difference != nil,
                moves: outcome.difference.map(moves) ?? [],
                unchanged: outcome.difference?.unchanged ?? configuration.jobs.count,
                problems: outcome.warnings.map(\.description)
            )
        } catch {
            log.record(.asked("reload", of: what, uid: peer.uid, pid: peer.pid, refusal: "\(error)"))
            switch error {
            case .broken(let problems):
                throw VarlinkError(
                    ControlInterface.error("BrokenConfiguration"),
                    .object(["problems": .array(problems.prefix(100).map { .string($0.description) })])
                )
            case .failed(let problem):
                throw VarlinkError(ControlInterface.error("LedgerFailed"), .object(["problem": .string(problem)]))
            }
        }
    }

    private func moves(_ difference: ScheduleDifference) -> [MoveEntry] {
        difference.added.map { MoveEntry(job: $0.job, kind: .added, before: nil, after: $0.outlook.next.map(time)) }
            + difference.removed.map { MoveEntry(job: $0, kind: .removed, before: nil, after: nil) }
            + difference.moved.filter { move in
                // A slot that holidays move is listed with the others, and with why.
                move.before.schedule != move.after.schedule || !difference.shifted.contains { $0.job == move.job }
            }.map {
                MoveEntry(job: $0.job, kind: .moved, before: $0.before.next.map(time), after: $0.after.next.map(time))
            }
            + difference.shifted.prefix(Self.longestListing).map {
                MoveEntry(
                    job: $0.job,
                    kind: .shifted,
                    before: ($0.slot.before?.instant).map(time),
                    after: ($0.slot.after?.instant).map(time),
                    remark: $0.slot.after?.remark
                )
            }
    }

    func accounts() async throws(VarlinkError) -> ListAccounts.Reply {
        let outlook = await engine.outlook
        do {
            return ListAccounts.Reply(
                accounts: try await engine.stamps().map { stamp in
                    AccountEntry(
                        job: stamp.job,
                        schedule: stamp.fingerprint,
                        last: time(stamp.last),
                        current: outlook[stamp.job] != nil,
                        next: outlook[stamp.job]?.next.map(time),
                        served: stamp.served.sorted().map(time)
                    )
                }
            )
        } catch {
            throw VarlinkError(ControlInterface.error("LedgerFailed"), .object(["problem": .string("\(error)")]))
        }
    }
}
