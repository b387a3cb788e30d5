// dutyctl outbox, resend, receipt: what is on its way to departments, and what they answer.

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
                ["DEPARTMENT", "WAITING", "NOT TAKEN", "PROBLEM"],
                reply.departments.map {
                    [$0.department, String($0.waiting), String($0.untaken), $0.problem ?? "—"]
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
            for problem in reply.problems { Output.line("not sent: \(problem)") }
            if reply.notices.isEmpty, reply.problems.isEmpty { Output.line("there is no such notice") }
        }
    }
}

struct ReceiptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt",
        abstract: "Enter a department's answer that did not come as a file.",
        discussion: """
            A receipt closes nothing. "received" keeps the same stage from being told again; the others are recorded, and \
            the next run decides by the tables.
            """
    )

    @OptionGroup var alert: AlertMeant

    @Option(help: ArgumentHelp("Whose answer it is.", valueName: "name"))
    var department: String

    @Option(
        help: ArgumentHelp(
            "received, done (with --evidence), extension (with --date, --approver, --reason), misdirected or disputed "
                + "(with --reason).",
            valueName: "answer"
        )
    )
    var answer: String

    @Option(help: ArgumentHelp("Who answers.", valueName: "name"))
    var author: String?

    @Option(help: ArgumentHelp("Until when, such as 2024-03-15.", valueName: "day"))
    var date: String?

    @Option(help: ArgumentHelp("Who granted the extension.", valueName: "name"))
    var approver: String?

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String?

    @Option(help: ArgumentHelp("Where the proof is found.", valueName: "text"))
    var evidence: String?

    @OptionGroup var options: ControlOptions

    func run() throws {
        let method = RecordReceipt(
            alert: alert.serial,
            department: department,
            answer: answer,
            author: author,
            date: date,
            approver: approver,
            reason: reason,
            evidence: evidence
        )
        try options.call(method) { _ in Output.line("the answer of \(department) to \(alert.serial) is on record") }
    }
}
