// dutyctl pause

import ArgumentParser
import Control

struct PauseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Run no slot of a job, or of any, until it is resumed.",
        discussion: "Slots that come meanwhile are recorded as paused and not caught up. \"dutyctl run\" still works."
    )

    @OptionGroup var jobs: JobsMeant

    @Option(help: ArgumentHelp("Why, for those who ask later.", valueName: "text"))
    var note: String?

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(PauseJob(job: jobs.job, note: note)) { _ in
            Output.line(
                "\(jobs.description) paused; slots are recorded and not run until: dutyctl resume \(jobs.words)"
            )
        }
    }
}

/// One job, or all of them by name of that.
struct JobsMeant: ParsableArguments, CustomStringConvertible {
    @Argument(help: "The job's name.")
    var job: String?

    @Flag(help: "All jobs.")
    var all = false

    func validate() throws {
        if (job == nil) != all { throw ValidationError("Give the name of a job, or --all.") }
    }

    var description: String { job.map { "job \"\($0)\" is" } ?? "all jobs are" }

    /// As somebody would type it.
    var words: String { job ?? "--all" }
}
