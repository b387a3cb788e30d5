// dutyctl withdraw

import ArgumentParser
import Control

struct WithdrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "End an alert that was raised in error.",
        discussion: """
            Everybody who was told of it is told that it is withdrawn, and why. When the next run finds the same again, it \
            raises a new alert: what is right in the tables cannot be withdrawn, only silenced.
            """
    )

    @OptionGroup var alert: AlertMeant

    @Option(help: ArgumentHelp("Why it was wrong; the departments read it.", valueName: "text"))
    var note: String

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(Withdraw(alert: alert.serial, note: note)) { _ in
            Output.line("\(alert.serial) is withdrawn, and whoever was told of it is told so")
        }
    }
}
