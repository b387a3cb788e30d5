// dutyctl outbox, resend, test-notice: what is on its way to departments.

import ArgumentParser
import Control

struct OutboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract: "List what departments have not got, or not picked up."
    )

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(ListOutbox()) { reply in
            Output.table(
                ["DEPARTMENT", "WAITING", "NOT PICKED UP", "OLDEST", "PROBLEM"],
                reply.departments.map {
                    [
                        $0.department, String($0.waiting), String($0.notPickedUp), $0.oldestNotPickedUp ?? "—",
                        $0.problem ?? "—",
                    ]
                },
                none: "there are no departments"
            )
        }
    }
}

struct ResendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend",
        abstract: "Put the notices of an alert into the spool again: same names, same bytes."
    )

    @OptionGroup var alert: AlertMeant

    @Option(help: ArgumentHelp("Only this department's.", valueName: "name"))
    var department: String?

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(Resend(alert: alert.serial, department: department)) { reply in
            for notice in reply.notices { Output.line(notice) }
            if reply.notices.isEmpty { Output.line("all its notices lie where they were delivered") }
        }
    }
}

struct TestNoticeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test-notice",
        abstract: "Send a department a notice that says it is a test."
    )

    @Argument(help: ArgumentHelp("The department's name in departments.yaml.", valueName: "department"))
    var department: String

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(TestNotice(department: department)) { reply in
            for notice in reply.notices { Output.line(notice) }
        }
    }
}
