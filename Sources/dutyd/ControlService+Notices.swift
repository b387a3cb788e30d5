// What the control socket says of notices on their way, and what departments answer.

import Alerts
import Almanac
import Control
import Diagnostics
import Engine
import JSON
import Jobs
import Linux
import Records
import Varlink

extension ControlService {
    func outbox() async -> ListOutbox.Reply {
        let standing = await engine.spoolStanding
        let waiting = await engine.waitingNoticesByDepartment
        let names = Set(configuration.departments.map(\.name)).union(waiting.keys)
        return ListOutbox.Reply(
            departments: names.sorted().map { name in
                let folder = standing.departments[name]
                return OutboxEntry(
                    department: name,
                    waiting: waiting[name] ?? 0,
                    problem: folder?.problem ?? (standing.isFull ? "the spool's file system has too little room" : nil),
                    untaken: folder?.untakenFiles ?? 0
                )
            }
        )
    }

    func resend(_ call: Resend, for peer: PeerCredentials) async throws(VarlinkError) -> Resend.Reply {
        if let department = call.department { try knownDepartment(department) }
        let result = try await act("resend", .alert(call.alert), for: peer) { () async throws(DutyEngine.Refusal) in
            do {
                return try await engine.resend(serial: call.alert, department: call.department)
            } catch {
                throw DutyEngine.Refusal.failed("\(error)")
            }
        }
        return Resend.Reply(
            notices: result.heads.filter { result.problems[$0.department] == nil }.map {
                "\($0.department)/\($0.sequence)"
            },
            problems: result.problems.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        )
    }

    func receipt(_ call: RecordReceipt, for peer: PeerCredentials) async throws(VarlinkError) -> Done {
        try knownDepartment(call.department)
        guard let answer = Receipt.Answer(rawValue: call.answer) ?? Receipt.Answer(written: call.answer) else {
            let known = Receipt.Answer.allCases.map(\.rawValue).joined(separator: ", ")
            throw unfit("\"\(call.answer)\" is no answer; there are \(known)")
        }
        let date = try call.date.map { text throws(VarlinkError) in
            guard let date = CivilDate(iso8601: text) else { throw unfit("\"\(text)\" is no day such as 2024-03-15") }
            return date
        }
        let receipt = Receipt(
            department: call.department,
            serial: call.alert,
            answer: answer,
            date: date,
            approver: call.approver,
            reason: call.reason,
            evidence: call.evidence,
            author: call.author
        )
        guard receipt.missing.isEmpty else {
            let missing = receipt.missing.map(\.rawValue).joined(separator: ", ")
            throw unfit("the answer \"\(answer.rawValue)\" needs \(missing) besides")
        }
        let result = try await act("receipt", .alert(call.alert), for: peer) { () async throws(DutyEngine.Refusal) in
            do {
                return try await engine.enter(receipt)
            } catch {
                throw DutyEngine.Refusal.failed("\(error)")
            }
        }
        if case .refused(let rejects, _) = result {
            throw unfit(rejects.map(\.diagnostic.message).joined(separator: "; "))
        }
        return Done()
    }

    private func knownDepartment(_ name: String) throws(VarlinkError) {
        let known = configuration.departments.map(\.name)
        guard !known.contains(name) else { return }
        throw VarlinkError(
            ControlInterface.error("UnknownDepartment"),
            .object(["department": .string(name), "known": .array(known.sorted().map(JSONValue.string))])
        )
    }
}
