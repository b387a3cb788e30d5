// dutyctl explain

import ArgumentParser
import Control

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say of an alert why it is, who was told what and when, and what happens next."
    )

    @OptionGroup var alert: AlertMeant

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(GetAlert(alert: alert.serial)) { reply in
            Self.show(reply.alert, ended: reply.ended)
            Self.list("Rule", reply.rule)
            Self.list("Facts", reply.facts.map { "\($0.name): \($0.value)" })
            Self.list("Gaps", reply.gaps)
            Self.list("Read from", reply.source)
            Output.line("")
            Output.table(
                ["WHEN", "TOLD", "WHAT", "STATE", "TO", "CC", "WHY"],
                reply.history.map {
                    [
                        $0.at, $0.revision.map { "no. \($0)" } ?? "nobody", $0.kind, $0.state,
                        $0.to.joined(separator: ","), $0.cc.joined(separator: ","), $0.why ?? "—",
                    ]
                },
                none: "nothing has happened yet"
            )
            Output.line("")
            Output.table(
                ["DEPARTMENT", "DELIVERED", "PICKED UP", "ACKNOWLEDGED", "ANSWER"],
                reply.departments.map {
                    [
                        $0.department, $0.delivered ?? "—", $0.pickedUp ?? "—", $0.acknowledged ?? "—",
                        $0.answer ?? "—",
                    ]
                },
                none: "no department is concerned"
            )
            Output.line("")
            Output.table(
                ["WHEN", "WHAT HAPPENS THEN"],
                reply.waitsFor.map { [$0.at, $0.what] },
                none: "nothing is due; the next run of \(reply.alert.job) decides"
            )
        }
    }

    private static func show(_ alert: AlertEntry, ended: String?) {
        Output.line("\(alert.serial)  \(alert.state)  \(alert.name)")
        Output.line("job \(alert.job), subject \(alert.subject), indicator \(alert.indicator), period \(alert.period)")
        if let ended { Output.line("ended \(ended)") }
        Output.line(
            "raised \(alert.raised), last changed \(alert.changed), told \(alert.revision == 1 ? "once" : "\(alert.revision) times")"
        )
        if let muted = alert.muted { Output.line("not told at present: \(muted)") }
        if let acknowledgement = alert.acknowledgement {
            Output.line("acknowledged \(acknowledgement.text)")
        }
    }

    private static func list(_ heading: String, _ lines: [String]) {
        guard !lines.isEmpty else { return }
        Output.line("")
        Output.line("\(heading):")
        for line in lines { Output.line("  \(line)") }
    }
}

/// The alert that a command is about.
struct AlertMeant: ParsableArguments {
    @Argument(help: ArgumentHelp("The alert's serial, such as CN-RIV-2024-000003.", valueName: "alert"))
    var serial: String
}

extension AcknowledgementEntry {
    /// By whom, since when, how long and why.
    var text: String { "by \(author) at \(at), until \(until): \(note)" }
}
