// What the control socket says of the inbox.

import Control
import Engine
import JSON
import Jobs
import Records
import Varlink

extension ControlService {
    /// The feeds of the inbox with what they received last; of one feed also what it received before.
    func feeds(_ call: ListFeeds) async throws(VarlinkError) -> ListFeeds.Reply {
        let inbox = configuration.feeds.values.filter { $0.source == .inbox }.sorted { $0.name < $1.name }
        let asked = inbox.filter { call.feed == nil || $0.name == call.feed }
        if let feed = call.feed, asked.isEmpty {
            throw VarlinkError(
                ControlInterface.error("UnknownFeed"),
                .object(["feed": .string(feed), "known": .array(inbox.map { .string($0.name) })])
            )
        }
        let count = call.feed == nil ? 1 : Self.bounded(call.count, otherwise: 20)
        let inTheWay = await filesInTheWay
        var reply = ListFeeds.Reply(feeds: [], receptions: [])
        do {
            for feed in asked {
                let receptions = try await engine.receptions(feed: feed.name, count: count)
                reply.feeds.append(
                    entry(of: feed, last: receptions.first, inTheWay: inTheWay.filter { $0.feed == feed.name })
                )
                if call.feed != nil {
                    reply.receptions = receptions.map(entry)
                    reply.total = try await engine.receptionCount(feed: feed.name)
                }
            }
        } catch {
            throw VarlinkError(ControlInterface.error("LedgerFailed"), .object(["problem": .string("\(error)")]))
        }
        return reply
    }

    /// Files that keep verdicts from being good, by feed and name.
    var filesInTheWay: [BlockingFile] {
        get async {
            await engine.filesInTheWay.map {
                BlockingFile(feed: $0.feed, file: $0.name, since: time($0.firstSeen), summary: $0.summary)
            }
        }
    }

    private func entry(of feed: Feed, last: Reception?, inTheWay: [BlockingFile]) -> FeedEntry {
        FeedEntry(
            name: feed.name,
            titleZh: feed.title.zh,
            titleEn: feed.title.en,
            supplier: feed.supplier,
            state: last.map { $0.isUsable ? .received : .unusable } ?? .awaiting,
            last: last.map(entry),
            inTheWay: inTheWay
        )
    }

    private func entry(of reception: Reception) -> Control.ReceptionEntry {
        Control.ReceptionEntry(
            file: reception.name,
            version: reception.revision,
            firstSeen: time(reception.firstSeen),
            gone: reception.goneAt.map(time),
            replaces: reception.replaces.map(time),
            accepted: reception.tally.rowsAccepted,
            rejectedRows: reception.tally.rowsRejected,
            rejectedCells: reception.tally.cellsRejected,
            encoding: reception.encoding?.rawValue,
            fingerprint: reception.fingerprint,
            usable: reception.isUsable,
            summary: reception.summary
        )
    }
}
