// dutyd template: prints the empty table that a department fills in.

import ArgumentParser
import Diagnostics
import Glibc
import Jobs
import Linux
import Records

struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "Print an empty table of a feed, to be filled in and handed in.",
        discussion: "Excel opens it as it is: dutyd template water-measurements > template.csv"
    )

    @Argument(help: "The feed's name.")
    var feed: String

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let configuration = try SettingsTree(options.places).configuration(zones: ZoneDatabase())
        let feed = try usableFeed(in: configuration)
        print(feed.schema.emptyTable(feed.form), terminator: "")
        // A disk that is full must not leave half a header behind with a success.
        guard fflush(nil) == 0 else {
            throw Diagnostic("the table cannot be written", found: "\(SystemError(call: "write", code: errno))")
        }
    }

    private func usableFeed(in configuration: Configuration) throws(Diagnostic) -> Feed {
        if let usable = configuration.feeds[feed] { return usable }
        let broken = configuration.problems.filter { problem in
            problem.severity == .error && problem.position?.file.hasSuffix("/feeds/\(feed).yaml") == true
        }
        for problem in broken { StandardError.write("\(problem)") }
        guard broken.isEmpty else {
            throw Diagnostic("the feed's file cannot be used", found: feed, remedy: "mend what is named above")
        }
        throw Diagnostic(
            "unknown feed",
            found: feed,
            remedy: suggestion(for: feed, among: Array(configuration.feeds.keys))
                ?? "name the folder of the settings with --config"
        )
    }
}
