// The daemon's command line.

import ArgumentParser
import Control

@main
struct Dutyd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dutyd",
        abstract: "A duty officer that never sleeps: keeps a district's promises and tells the right department.",
        version: Version.current,
        subcommands: [
            RunCommand.self, EvaluateCommand.self, ValidateCommand.self, SimulateCommand.self,
            TemplateCommand.self,
            TmpfilesCommand.self,
        ],
        defaultSubcommand: RunCommand.self
    )

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            ProgramEnd.after(error, of: Self.self)
        }
    }
}
