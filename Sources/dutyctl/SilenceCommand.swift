// dutyctl silence

import ArgumentParser
import Control

struct SilenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence",
        abstract: "Keep alerts from being told for a time.",
        discussion: """
            Names may be patterns: * stands for anything, ? for one character. Alerts go on being judged and recorded; when \
            the silence ends, what has changed meanwhile is told once.
            """
    )

    @Option(help: "Of this job.")
    var job: String?

    @Option(help: "About this subject.")
    var subject: String?

    @Option(help: "Of this indicator.")
    var indicator: String?

    @Option(help: "Of this severity: warning or critical.")
    var severity: String?

    @Option(help: ArgumentHelp("Why, for those who ask later.", valueName: "text"))
    var reason: String

    @Option(help: ArgumentHelp("A time, a day, or a term such as \"2 days\" or \"3 working days\".", valueName: "when"))
    var until: String

    @OptionGroup var options: ControlOptions

    func validate() throws {
        if [job, subject, indicator, severity].allSatisfy({ $0 == nil }) {
            throw ValidationError(
                "Say what is to be silent: --job, --subject, --indicator or --severity (--job '*' for everything)."
            )
        }
    }

    func run() throws {
        let method = SilenceAlerts(
            job: job,
            subject: subject,
            indicator: indicator,
            severity: severity,
            reason: reason,
            until: until
        )
        try options.call(method) { reply in
            let silence = reply.silence
            Output.line(
                "silence \(silence.id): \(silence.matches), until \(silence.until); it holds back "
                    + "\(silence.alerts) open alert\(silence.alerts == 1 ? "" : "s") now"
            )
        }
    }
}

/// Lists the silences that hold.
struct SilencesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silences",
        abstract: "List the silences that reign or will."
    )

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(ListSilences()) { reply in
            Output.table(
                ["ID", "FROM", "UNTIL", "OPEN ALERTS", "AUTHOR", "SILENT", "REASON"],
                reply.silences.map {
                    [String($0.id), $0.from, $0.until, String($0.alerts), $0.author, $0.matches, $0.reason]
                },
                none: "no silence reigns"
            )
        }
    }
}

/// Ends a silence before its time.
struct UnsilenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unsilence",
        abstract: "End a silence; what has changed meanwhile is told now."
    )

    @Argument(help: ArgumentHelp("The silence's number, as \"dutyctl silences\" lists it.", valueName: "id"))
    var silence: Int

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(Unsilence(silence: silence)) { _ in Output.line("silence \(silence) is over") }
    }
}
