// dutyctl reload

import ArgumentParser
import Control

struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Put the files of the configuration into force and show what that changes.",
        discussion: "When any file has an error, nothing changes. Jobs that stay as they are keep their slots."
    )

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(Reload()) { reply in
            for problem in reply.problems { Output.line(problem) }
            guard reply.changed else { return Output.line("the files are what they were; nothing to do") }
            Output.table(
                ["JOB", "CHANGE", "SLOT BEFORE", "SLOT NOW", "REMARK"],
                reply.moves.map { [$0.job, $0.kind.rawValue, $0.before ?? "—", $0.after ?? "—", $0.remark ?? "—"] },
                none: "no job's slots change"
            )
            Output.line("in force; \(reply.unchanged) job\(reply.unchanged == 1 ? "" : "s") as before")
        }
    }
}
