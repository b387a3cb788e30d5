// dutyctl jobs

import ArgumentParser
import Control

struct JobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "List the jobs, broken ones with what is wrong with them."
    )

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(ListJobs()) { reply in
            Output.table(
                ["JOB", "NEXT", "LAST RUN", "TITLE"],
                reply.jobs.map { job in
                    let last = job.lastRun.map { "\($0.outcome) (\($0.cause)) as of \($0.asOf)" } ?? "—"
                    return job.problems.isEmpty
                        ? [job.name, job.next ?? "never", last, job.titleZh] : [job.name, "BROKEN", "—", "see below"]
                },
                none: "no jobs"
            )
            for problem in reply.jobs.flatMap(\.problems) { Output.line(problem) }
        }
    }
}
