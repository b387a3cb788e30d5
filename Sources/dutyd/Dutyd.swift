// The daemon's command line.

import ArgumentParser
import Control
import Diagnostics
import Glibc

@main
struct Dutyd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dutyd",
        abstract: "A duty officer that never sleeps: keeps a district's promises and tells the right department.",
        version: Version.current,
        subcommands: [RunCommand.self, EvaluateCommand.self, ValidateCommand.self, TmpfilesCommand.self],
        defaultSubcommand: RunCommand.self
    )

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            finish(with: error)
        }
    }

    /// Ends the program: 0 after help, 1 when something failed, 2 when the command line is wrong.
    static func finish(with error: any Error) -> Never {
        if let diagnostic = error as? Diagnostic {
            StandardError.write("dutyd: \(diagnostic)")
            Glibc.exit(1)
        }
        let code = exitCode(for: error)
        let message = fullMessage(for: error)
        guard code.isSuccess else {
            if !message.isEmpty { StandardError.write(message) }
            Glibc.exit(code == .validationFailure ? 2 : 1)
        }
        if !message.isEmpty { print(message) }
        Glibc.exit(0)
    }
}
