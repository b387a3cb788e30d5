// dutyctl status

import ArgumentParser
import Control

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Show how the daemon is.")

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(Status()) { status in
            Output.line(
                "dutyd \(status.version), it is \(status.now)" + (status.rehearsal ? " on a rehearsal clock" : "")
            )
            Output.line("jobs             \(status.jobs) in use, \(status.brokenJobs) broken")
            Output.line("next             " + (status.next.map { "\($0.job) at \($0.slot)" } ?? "nothing"))
            Output.line("open alerts      \(status.openAlerts)")
            Output.line("waiting notices  \(status.waitingNotices)")
            for pause in status.pauses {
                let note = pause.note.isEmpty ? "" : ": \(pause.note)"
                Output.line(
                    "paused           \(pause.job ?? "all jobs") by \(pause.author) since \(pause.since)\(note)"
                )
            }
            if !status.awaiting.isEmpty {
                Output.line("awaiting         the first file of \(status.awaiting.joined(separator: ", "))")
            }
            for file in status.inTheWay { Output.line("in the way       \(file.text)") }
            for problem in status.problems { Output.line("problem          \(problem)") }
        }
    }
}
