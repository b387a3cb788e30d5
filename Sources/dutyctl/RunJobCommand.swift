// dutyctl run

import ArgumentParser
import Control

struct RunJobCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a job now and show what came of it."
    )

    @Argument(help: "The job's name.")
    var job: String

    @Option(help: ArgumentHelp("Judge as of this RFC 3339 time, or the end of this date.", valueName: "time"))
    var asOf: String?

    @Flag(help: "Change nothing: no alert, no notice, no record.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "With --dry-run: read of each inbox feed what was known at this time; a date means its end.",
            valueName: "time"
        )
    )
    var knownAt: String?

    @OptionGroup var options: ControlOptions

    func validate() throws {
        if knownAt != nil, !dryRun {
            throw ValidationError("--known-at changes nothing today: give --dry-run too.")
        }
    }

    func run() throws {
        try options.call(RunJob(job: job, asOf: asOf, dryRun: dryRun, knownAt: knownAt)) { reply in
            let title = reply.committed ? "run \(reply.run)" : "dry run"
            Output.line("\(title) of \(reply.job), period \(reply.period), as of \(reply.asOf)")
            Output.line("  \(reply.summary)")
            for change in reply.changes {
                let subject = "\(change.subject) (\(change.name))"
                Output.line("  \(change.kind)  \(change.serial)  \(subject): \(change.indicator) \(change.state)")
            }
            if reply.changes.isEmpty { Output.line("  no alert changed") }
            for gap in reply.gaps { Output.line("  not seen: \(gap)") }
            for reject in reply.rejects { Output.line("  input: \(reject)") }
            for notice in reply.notices where reply.committed { Output.line("  notice: \(notice)") }
        }
    }
}
