// What the checks that will judge a table say of it on the day on which it is handed in.

import Almanac
import Checks
import Diagnostics
import Jobs
import Records

/// The checks of the jobs that judge a feed, with their registers, ready to look at one table of it.
struct CheckReview {
    private var checks: [(check: any Check, role: Int)] = []

    /// Reasons whose sentences say that the row is lost, without its being marked so.
    private static let ofRows: Set<Reject.Reason> = [.unknownSubject, .contradictsRow, .nothingRegistered]

    /// - Parameters:
    ///   - jobs: Those that may judge the feed.
    ///   - feeds: All feeds, by name.
    ///   - today: The day on which the table was handed in.
    init(_ feed: Feed, jobs: [Job], feeds: [String: Feed], evidence: any EvidenceSource, today: CivilDate) {
        struct Duty: Hashable {
            let check: CheckDefinition
            let feeds: [String: String]
        }
        var known: Set<Duty> = []
        // Jobs that differ in nothing else would say the same.
        for job in jobs
        where job.feeds.values.contains(feed.name) && known.insert(Duty(check: job.check, feeds: job.feeds)).inserted {
            for (index, role) in job.check.roles.enumerated()
            where role.datedBy != nil && job.feeds[role.name] == feed.name {
                // Without its registers a check would take everybody for a stranger.
                guard let check = job.checkOfRegisters(feeds: feeds, evidence: evidence, today: today) else { continue }
                checks.append((check, index))
            }
        }
    }

    /// Looks at a row, and tells what will not count.
    /// - Returns: How many rows of the file no check uses.
    mutating func review(_ row: borrowing Row, _ tell: (Reject) -> Void) -> Int {
        var unused: Int?
        var told: [Reject] = []
        for index in checks.indices {
            let role = checks[index].role
            guard let count = checks[index].check.review(row, role: role, { told.append($0) }) else { continue }
            unused = min(unused ?? count, count)
        }
        for (index, reject) in told.enumerated() where !told[..<index].contains(reject) {
            // What one check has no use for another one may judge.
            if unused == 0, reject.costsRow || Self.ofRows.contains(reject.reason) { continue }
            tell(reject)
        }
        return unused ?? 0
    }

    /// Tells what only the whole table shows.
    mutating func finish(_ tell: (Reject) -> Void) {
        var told: [Reject] = []
        for index in checks.indices { checks[index].check.endReview { told.append($0) } }
        for (index, reject) in told.enumerated() where !told[..<index].contains(reject) { tell(reject) }
    }
}

extension Job {
    /// The job's check with its registers consumed and nothing else; `nil` when one of them cannot be read.
    func checkOfRegisters(feeds: [String: Feed], evidence: any EvidenceSource, today: CivilDate) -> (any Check)? {
        let schemas = self.feeds.compactMapValues { feeds[$0]?.schema }
        var sink = RegisterRows(check: check.begin(schemas: schemas, period: .day(today), asOf: today))
        for (index, role) in check.roles.enumerated() {
            guard let feed = self.feeds[role.name].flatMap({ feeds[$0] }), feed.source.isOwn else { continue }
            sink.role = index
            guard FeedReader(feeds: [:], evidence: evidence).read(feed, into: &sink).isEmpty else { return nil }
        }
        return sink.check
    }
}

/// Hands the rows of registers to a check; what is wrong with them is said elsewhere.
private struct RegisterRows: TableSink {
    var check: any Check
    var role = 0

    mutating func accept(_ row: borrowing Row) { check.consume(row, role: role) }
    mutating func reject(_ reject: Reject) {}
    mutating func finished(_ reading: TableReading) {}
}
