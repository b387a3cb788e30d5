// dutyctl status

import ArgumentParser
import Control

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Show how the daemon is.")

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(Status()) { status in
            print("dutyd \(status.version), it is \(status.now)" + (status.rehearsal ? " on a rehearsal clock" : ""))
            print("jobs             \(status.jobs) in use, \(status.brokenJobs) broken")
            print("next             " + (status.next.map { "\($0.job) at \($0.slot)" } ?? "nothing"))
            print("open alerts      \(status.openAlerts)")
            print("waiting notices  \(status.waitingNotices)")
            for problem in status.problems { print("problem          \(problem)") }
        }
    }
}
