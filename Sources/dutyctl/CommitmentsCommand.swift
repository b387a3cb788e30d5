// dutyctl commitments

import ArgumentParser
import Control

struct CommitmentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commitments",
        abstract: "Show how every promise of the yearly report stands, and why.",
        discussion: """
            kept, at risk and broken rest on the last verdicts of the job that watches a promise. "no data": it can be
            measured, and nothing is known. "no indicator": a department has to choose a measure; WHY says which and what.
            "unmeasured": pure direction, of which no figure is made.
            """
    )

    @Flag(help: "Only promises that are at risk or broken.")
    var bad = false

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(ListCommitments()) { reply in
            let shown = reply.commitments.filter { !bad || ["at risk", "broken"].contains($0.status) }
            Output.table(
                ["ID", "STATUS", "OWNER", "FIGURE", "NEXT", "PROMISE", "WHY"],
                shown.map { entry in
                    [
                        entry.id, entry.status, entry.departments.first ?? "—", entry.figure ?? "—",
                        entry.next.map { String($0.prefix(16)) } ?? "—", entry.textZh, entry.why,
                    ]
                },
                none: "no promises"
            )
            let counts = Dictionary(grouping: reply.commitments, by: \.status).mapValues(\.count)
            let order = ["kept", "at risk", "broken", "no data", "no indicator", "unmeasured"]
            let sum = order.compactMap { status in counts[status].map { "\($0) \(status)" } }.joined(separator: ", ")
            if !sum.isEmpty { Output.line("\(reply.commitments.count) promises: \(sum)") }
        }
    }
}
