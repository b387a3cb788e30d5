// dutyd run

import Almanac
import ArgumentParser
import Linux
import Systemd

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
