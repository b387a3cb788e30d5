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

    func run() throws {
        let configuration = try SettingsTree(options.places).configuration(zones: ZoneDatabase())
        for problem in configuration.problems { print(problem) }
        let jobs = configuration.jobs.count
        print("\(jobs) job\(jobs == 1 ? "" : "s") usable, \(configuration.brokenJobs.count) broken")
        if configuration.problems.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
    }
}
