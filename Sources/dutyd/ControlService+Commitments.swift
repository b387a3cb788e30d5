// What the control socket says of the promises of the yearly report.

import Control
import Engine
import JSON
import Jobs
import Varlink

extension ControlService {
    /// Every promise with how it stands by the last verdicts of the job that watches it.
    func commitments() async throws(VarlinkError) -> ListCommitments.Reply {
        let next = Dictionary(await engine.jobs.map { ($0.job.name, $0.next) }) { first, _ in first }
        do {
            return ListCommitments.Reply(
                commitments: try await engine.commitments().map { standing in
                    let commitment = standing.commitment
                    return CommitmentEntry(
                        id: commitment.id,
                        section: commitment.section,
                        textZh: commitment.textZh,
                        textEn: commitment.textEn,
                        departments: commitment.departments,
                        status: standing.status.rawValue,
                        why: standing.reason.sentence,
                        indicator: commitment.indicator,
                        definition: commitment.definition,
                        job: commitment.job,
                        figure: standing.figure,
                        asOf: standing.verdicts.first.map { time($0.asOf) },
                        next: commitment.job.flatMap { next[$0] ?? nil }.map(time)
                    )
                }
            )
        } catch {
            throw VarlinkError(ControlInterface.error("LedgerFailed"), .object(["problem": .string("\(error)")]))
        }
    }
}

extension CommitmentStanding.Reason {
    /// Why, for whoever reads the table.
    fileprivate var sentence: String {
        switch self {
        case .verdicts(let ok, let warning, let critical, let unknown):
            [(critical, "critical"), (warning, "warning"), (unknown, "unknown"), (ok, "ok")].filter { $0.0 > 0 }
                .map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        case .notRun: "its job has not run yet"
        case .nothingOfIt: "its job has no row about it: fill in the register or hand in the table"
        case .awaitsCheck(let kind): "no job has a check of the kind \(kind) yet"
        case .noJob: "its job cannot be used"
        case .toDefine(let by, let what):
            [by.map { "\($0) has to choose" } ?? "somebody has to choose", what ?? "an indicator"].joined(
                separator: " "
            )
        case .pureDirection: "pure direction, of which no figure is made"
        }
    }
}

extension CommitmentStanding {
    /// The figures that a reader asks for first, from the worst verdict; `nil` when it has none.
    fileprivate var figure: String? {
        guard let worst = verdicts.first, let facts = try? JSONValue(parsing: Array(worst.facts.utf8)) else {
            return nil
        }
        func text(_ name: String) -> String? {
            switch facts[name] {
            case .string(let text)?: text
            case .integer(let number)?: String(number)
            default: nil
            }
        }
        let pairs = [
            ("actual", "target"), ("usable", "minimum"), ("done", "expected"), ("done", "owed"), ("done", "known"),
            ("class", "target"), ("weekCount", "expected"), ("count", "expected"), ("occupancy", "warnAt"),
            ("icuShare", "icuRequired"), ("acceptance", "acceptanceRequired"), ("daysLate", "lateAfter"),
        ]
        for (value, goal) in pairs {
            if let value = text(value), let goal = text(goal) { return "\(worst.name): \(value)/\(goal)" }
        }
        if let stage = text("stage") {
            return [worst.name, stage, text("due")].compactMap(\.self).joined(separator: " ")
        }
        return nil
    }
}
