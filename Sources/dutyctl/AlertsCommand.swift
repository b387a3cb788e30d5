// dutyctl alerts

import ArgumentParser
import Control

struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "alerts", abstract: "List the open alerts.")

    @Argument(help: "Only this job's alerts.")
    var job: String?

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(ListAlerts(job: job)) { reply in
            Output.table(
                ["SERIAL", "STATE", "SUBJECT", "INDICATOR", "PERIOD", "RAISED", "TO", "NAME"],
                reply.alerts.map {
                    [
                        $0.serial, $0.state, $0.subject, $0.indicator, $0.period, $0.raised,
                        $0.to.joined(separator: ","), $0.name,
                    ]
                },
                none: "no open alerts"
            )
        }
    }
}
