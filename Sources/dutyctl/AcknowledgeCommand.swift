// dutyctl ack

import ArgumentParser
import Control

struct AcknowledgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack",
        abstract: "Say that somebody takes care of an alert.",
        discussion: """
            Reminders and escalations wait until the acknowledgement ends, five working days from now unless --until says \
            otherwise: no acknowledgement hides a matter for ever. It closes nothing: an alert clears when a run finds \
            that things are well.
            """
    )

    @OptionGroup var alert: AlertMeant

    @Option(help: ArgumentHelp("Who does what about it.", valueName: "text"))
    var note: String

    @Option(help: ArgumentHelp("A time, a day, or a term such as \"3 working days\".", valueName: "when"))
    var until: String?

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(Acknowledge(alert: alert.serial, note: note, until: until)) { reply in
            Output.line("\(alert.serial) is acknowledged until \(reply.until)")
        }
    }
}
