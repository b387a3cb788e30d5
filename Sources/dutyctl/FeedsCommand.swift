// dutyctl feeds

import ArgumentParser
import Control

struct FeedsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feeds",
        abstract: "List the feeds of the inbox, or what one of them has received.",
        discussion: """
            Without a name: each feed with its supplier and the file that it received last. A feed is "awaiting" its
            first file, has "received" one, or holds one that is "unusable" as a whole. ROWS and CELLS count what was
            rejected. A file that is "in the way" cannot be used and keeps the feed's verdicts from being good until it is
            removed or replaced.

            With a name: the feed's receptions, newest first. Another content under the same name is another version;
            REPLACES says when the version before it was first seen, and fingerprints tell whether two are the same.
            To judge what was known at such a time: dutyctl run JOB --dry-run --as-of TIME --known-at TIME.
            """
    )

    @Argument(help: "Only this feed, with what it has received.")
    var feed: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("How many receptions.", valueName: "n"))
    var count = 20

    @OptionGroup var options: ControlOptions

    func run() throws {
        try options.call(ListFeeds(feed: feed, count: count)) { reply in
            guard feed != nil else { return Self.list(reply.feeds) }
            for feed in reply.feeds { Output.line("\(feed.name)  \(feed.titleZh) · \(feed.titleEn)") }
            Output.table(
                ["FIRST SEEN", "VERSION", "ACCEPTED", "ROWS", "CELLS", "REPLACES", "GONE", "FINGERPRINT", "FILE"],
                reply.receptions.map {
                    [
                        $0.firstSeen, String($0.version), $0.usable ? String($0.accepted) : "unusable",
                        String($0.rejectedRows), String($0.rejectedCells), $0.replaces ?? "—", $0.gone ?? "—",
                        // Enough to tell two apart; --json has all of it.
                        $0.fingerprint.map { String($0.prefix(12)) } ?? "—", $0.file,
                    ]
                },
                none: "awaiting its first file"
            )
            Self.showInTheWay(reply.feeds)
            if let total = reply.total, total > reply.receptions.count {
                Output.line("\(reply.receptions.count) of \(total) shown; more with --count \(total)")
            }
        }
    }

    private static func list(_ feeds: [FeedEntry]) {
        Output.table(
            ["FEED", "STATE", "SUPPLIER", "FIRST SEEN", "ACCEPTED", "ROWS", "CELLS", "LAST FILE", "TITLE"],
            feeds.map { feed in
                [
                    feed.name, feed.state.rawValue, feed.supplier ?? "—", feed.last?.firstSeen ?? "—",
                    feed.last.map { String($0.accepted) } ?? "—", feed.last.map { String($0.rejectedRows) } ?? "—",
                    feed.last.map { String($0.rejectedCells) } ?? "—", feed.last?.file ?? "—",
                    "\(feed.titleZh) · \(feed.titleEn)",
                ]
            },
            none: "no feed is handed in"
        )
        showInTheWay(feeds)
    }

    private static func showInTheWay(_ feeds: [FeedEntry]) {
        for file in feeds.flatMap(\.inTheWay) { Output.line("in the way: \(file.text)") }
    }
}

extension BlockingFile {
    /// What somebody has to know to get it out of the way.
    var text: String { "\(feed)/\(file), not usable since \(since), remove or replace it (\(summary))" }
}
