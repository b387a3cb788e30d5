// dutyd validate

import ArgumentParser
import Diagnostics
import Engine
import Intake
import Jobs
import Linux

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Read the configuration and the registers and say what is wrong with them.",
        discussion: """
            Each message names file, line, column and key, what stood there and what to write. An error costs what it \
            names, a warning costs nothing; the daemon starts with both. The exit code is 1 when there is an error.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Also ask the running daemon, and say which slots the files would change.")
    var againstRunning = false

    @Option(help: ArgumentHelp("The running daemon's control socket.", valueName: "path"))
    var socket: String?

    func run() throws {
        let places = options.places
        let now = WallClock().now()
        let configuration = try SettingsTree(places).configuration(zones: ZoneDatabase())
        let registers = RegisterReview(
            configuration: configuration,
            evidence: FolderEvidence(inbox: places.inbox, registers: places.registers, standards: places.standards)
        )
        let problems = configuration.problems + configuration.scheduleProblems(from: now) + registers.problems()
        for problem in problems { print(problem) }
        let errors = problems.count { $0.severity == .error }
        print(
            Self.count(configuration.jobs.count, "job") + " usable, \(configuration.brokenJobs.count) broken; "
                + Self.count(registers.count, "register") + " read; " + Self.count(errors, "error") + ", "
                + Self.count(problems.count { $0.severity == .warning }, "warning")
        )
        if againstRunning {
            let comparison = try RunningComparison(
                configuration,
                socket: socket ?? places.controlSocket
            )
            for line in comparison.lines(in: configuration.settings.zone) { print(line) }
        }
        if errors > 0 { throw ExitCode(1) }
    }

    private static func count(_ number: Int, _ what: String) -> String {
        "\(number) \(what)\(number == 1 ? "" : "s")"
    }
}
