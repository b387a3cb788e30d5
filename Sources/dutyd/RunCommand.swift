// dutyd run

import Almanac
import ArgumentParser
import Dispatch
import Glibc
import Linux
import Systemd

struct RunCommand: ParsableCommand {
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

    func run() throws {
        let clock = try startClock.map { WallClock.starting(at: try Instant(rfc3339: $0)) } ?? WallClock()
        let daemon = Daemon(places: options.places, clock: clock, journal: .ofThisProcess())
        // On the main queue, not on Swift's pool of threads: once that pool exists, libdispatch wakes up every second to
        // look after it, and an idle daemon should sleep.
        Task { @MainActor in
            do {
                let running = try await daemon.start()
                let signals = [SIGTERM, SIGINT, SIGHUP]
                Self.signals = SignalWatch.start(signals, on: DispatchQueue(label: "dutyd.signals")) { signal in
                    Task { @MainActor in
                        guard signal != SIGHUP else { return await running.reload() }
                        await running.stop()
                        Glibc.exit(0)
                    }
                }
                try await running.announce()
            } catch {
                ProgramEnd.after(error, of: Self.self)
            }
        }
        dispatchMain()
    }

    /// Lives as long as the process.
    @MainActor private static var signals: SignalWatch?
}
