// dutyd validate

import ArgumentParser
import Diagnostics
import Jobs
import Linux

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Read the configuration and say what is wrong with it."
    )

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Also ask the running daemon, and say which slots the files would change.")
    var againstRunning = false

    @Option(help: ArgumentHelp("The running daemon's control socket.", valueName: "path"))
    var socket: String?

    func run() throws {
        let configuration = try SettingsTree(options.places).configuration(zones: ZoneDatabase())
        for problem in configuration.problems { print(problem) }
        let jobs = configuration.jobs.count
        print("\(jobs) job\(jobs == 1 ? "" : "s") usable, \(configuration.brokenJobs.count) broken")
        if againstRunning {
            let comparison = try RunningComparison(
                configuration,
                socket: socket ?? options.places.controlSocket,
                now: WallClock().now()
            )
            for line in comparison.lines(in: configuration.settings.zone) { print(line) }
        }
        if configuration.problems.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
    }
}
