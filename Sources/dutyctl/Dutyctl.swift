// The administrators' command line: one file a command, all but calendar through the control socket.

import ArgumentParser
import Control
import Glibc
import Varlink

@main
struct Dutyctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dutyctl",
        abstract: "Look at the duty officer and tell it what to do.",
        discussion: "Exit codes: 0 fine, 1 refused or failed, 2 wrong usage, 3 daemon not reachable.",
        version: Version.current,
        subcommands: [
            StatusCommand.self, JobsCommand.self, NextCommand.self, RunJobCommand.self, AlertsCommand.self,
            ExplainCommand.self, AcknowledgeCommand.self, WithdrawCommand.self, SilenceCommand.self,
            SilencesCommand.self, UnsilenceCommand.self, OutboxCommand.self, ResendCommand.self,
            ReceiptCommand.self, SlotsCommand.self, FeedsCommand.self, PauseCommand.self, ResumeCommand.self,
            ReloadCommand.self, CommitmentsCommand.self, CalendarCommand.self,
        ]
    )

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let error as VarlinkClientError {
            Output.complain(Explanation.of(error))
            if case .notReachable = error { Glibc.exit(3) }
            Glibc.exit(1)
        } catch {
            let code = exitCode(for: error)
            let message = fullMessage(for: error)
            if code.isSuccess {
                print(message)
                Glibc.exit(0)
            }
            if !message.isEmpty { Output.complain(usage: message) }
            Glibc.exit(code == .validationFailure ? 2 : 1)
        }
    }
}
