// The daemon's command line.

import Alerts
import Almanac
import ArgumentParser
import Diagnostics
import Glibc
import Jobs
import Linux
import Spool
import Systemd

@main
struct Dutyd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dutyd",
        abstract: "A duty officer that never sleeps: keeps a district's promises and tells the right department.",
        version: Version.current,
        subcommands: [RunCommand.self, EvaluateCommand.self, ValidateCommand.self, TmpfilesCommand.self],
        defaultSubcommand: RunCommand.self
    )

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            finish(with: error)
        }
    }

    /// Ends the program: 0 after help, 1 when something failed, 2 when the command line is wrong.
    private static func finish(with error: any Error) -> Never {
        if let diagnostic = error as? Diagnostic {
            StandardError.write("dutyd: \(diagnostic)")
            Glibc.exit(1)
        }
        let code = exitCode(for: error)
        let message = fullMessage(for: error)
        guard code.isSuccess else {
            if !message.isEmpty { StandardError.write(message) }
            Glibc.exit(code == .validationFailure ? 2 : 1)
        }
        if !message.isEmpty { print(message) }
        Glibc.exit(0)
    }
}

/// Where the configuration lies; the same on each verb.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Folder of the settings, instead of /etc/dutyd.", valueName: "dir"))
    var config: String?

    @Option(help: ArgumentHelp("Folder of the jobs, instead of the installed ones.", valueName: "dir"))
    var jobs: String?

    @Option(help: ArgumentHelp("Keep the whole tree (etc, var, run) below this folder.", valueName: "dir"))
    var root: String?

    var places: Places {
        var places = Places(root: root)
        if let config { places.configuration = config }
        if let jobs { places.jobs = [jobs] }
        return places
    }
}

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the daemon in the foreground."
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: ArgumentHelp("With --root: set the clock to this RFC 3339 time, to rehearse.", valueName: "time"))
    var startClock: String?

    func validate() throws {
        if startClock != nil, options.root == nil {
            throw ValidationError("--start-clock rehearses below a root of its own: give --root too.")
        }
    }

    func run() async throws {
        let clock = try startClock.map { WallClock.starting(at: try Instant(rfc3339: $0)) } ?? WallClock()
        try await Daemon(places: options.places, clock: clock, journal: .ofThisProcess()).run()
    }
}

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

struct TmpfilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tmpfiles",
        abstract: "Print the tmpfiles.d entries for the departments' folders and the inbox.",
        discussion: "Install them with: dutyd tmpfiles > /etc/tmpfiles.d/dutyd-departments.conf"
    )

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let places = options.places
        let configuration = try SettingsTree(places).configuration(zones: ZoneDatabase())
        let text = FolderSpool.tmpfiles(
            for: configuration.departments,
            spoolRoot: places.spool,
            feeds: Array(configuration.feeds.values),
            user: "dutyd"
        )
        print(text, terminator: "")
    }
}
