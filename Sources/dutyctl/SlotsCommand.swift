// dutyctl slots

import ArgumentParser
import Control

struct SlotsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slots",
        abstract: "List past slots, newest first, and what became of each."
    )

    @Argument(help: "Only this job's slots.")
    var job: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("How many.", valueName: "n"))
    var count = 20

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(ListSlots(job: job, count: count)) { reply in
            Output.table(
                ["SLOT", "JOB", "REASON", "RUN", "DECIDED", "WHY"],
                reply.slots.map {
                    let since = $0.since.map { "; so it was with all slots since \($0)" } ?? ""
                    return [
                        $0.slot, $0.job, $0.reason, $0.run.map(String.init) ?? "—", $0.decided, $0.explanation + since,
                    ]
                },
                none: "no slot was due so far"
            )
            if let job, let since = reply.since {
                Output.line("slots of \(job) count since \(since), when its schedule came into force")
            }
        }
    }
}
