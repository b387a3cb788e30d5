// dutyctl next

import ArgumentParser
import Control

struct NextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "next", abstract: "List the slots ahead.")

    @Argument(help: "Only this job's slots.")
    var job: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("How many.", valueName: "n"))
    var count = 10

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(NextRuns(job: job, count: count)) { reply in
            Output.table(
                ["SLOT", "JOB", "REMARK"],
                reply.runs.map { [$0.slot, $0.job, $0.remark ?? "—"] },
                none: "no slot ahead"
            )
        }
    }
}
