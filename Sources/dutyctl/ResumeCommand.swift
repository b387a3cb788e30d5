// dutyctl resume

import ArgumentParser
import Control

struct ResumeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let a paused job go on, or all of them."
    )

    @OptionGroup var jobs: JobsMeant
    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(ResumeJob(job: jobs.job)) { _ in
            Output.line("\(jobs.description) no longer paused")
        }
    }
}
