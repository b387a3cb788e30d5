// Takes in what departments hand in: reads each settled file and gives its supplier a return slip.

import Alerts
package import Almanac
package import Diagnostics
package import Jobs
package import Linux
import Records

/// Receives files on its own queue, away from the scheduler's and from those of the runs.
package actor Receptionist {
    /// What one look into the inbox came to.
    package struct Sweep: Sendable {
        /// Versions entered, in order.
        package var received: [Reception] = []
        /// Versions whose files were only touched, with their new stamps.
        package var touched: [Reception] = []
        package var departed: [InboxFile] = []
        /// Files that somebody may still be writing.
        package var unsettled: Set<InboxFile> = []
        /// Files that are no tables and probably hold rows that were meant to be read.
        package var missed: Set<InboxFile> = []
        /// What keeps feeds as a whole from being looked at.
        package var problems: [Diagnostic] = []
        /// Whether files are left that could have been received.
        package var isIncomplete = false
        /// When something that waits will have settled.
        package var lookAgain: Instant?
    }

    /// No sweep receives more files, so that a flood of them comes in portions.
    package static let filesPerSweep = 100

    private let executor: QueueExecutor
    private(set) var configuration: Configuration
    private let evidence: any EvidenceSource
    let archive: (any EvidenceArchive)?
    let desk: DutyDesk
    private let courier: Courier
    private let log: any EventLog
    let clock: WallClock
    var watchlist: InboxWatchlist
    /// Versions that lie in the inbox and of which no copy may be kept yet.
    var unkept: [InboxFile: Reception]
    /// The place of each file's version among all receptions.
    var orders: [InboxFile: Int64]
    var pruningDue: Instant?
    private var isStopping = false
    /// Troubles that have been told and go on: one entry each time they begin.
    var troubles: [String: String] = [:]

    // Safe: the actor keeps its executor for as long as it lives.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    package init(
        configuration: Configuration,
        known receptions: [Reception],
        evidence: any EvidenceSource,
        archive: (any EvidenceArchive)?,
        desk: DutyDesk,
        courier: Courier,
        log: any EventLog,
        clock: WallClock
    ) {
        executor = QueueExecutor(label: "dutyd.receptionist")
        self.configuration = configuration
        self.evidence = evidence
        self.archive = archive
        self.desk = desk
        self.courier = courier
        self.log = log
        self.clock = clock
        watchlist = InboxWatchlist(settle: configuration.settings.settle, known: receptions)
        orders = receptions.reduce(into: [:]) { $0[$1.file] = $1.order }
        // The daemon may have ended between a reception and its copy.
        unkept =
            archive == nil
            ? [:] : Dictionary(receptions.filter { $0.fingerprint != nil }.map { ($0.file, $0) }) { $1 }
    }

    /// Receives by another configuration from the next look on.
    package func adopt(_ configuration: Configuration) {
        self.configuration = configuration
        watchlist.settle = configuration.settings.settle
    }

    /// Receives no further file.
    package func stop() { isStopping = true }

    /// Looks into every feed of the inbox and receives what has settled, so many files at most.
    package func sweep() async -> Sweep {
        var sweep = Sweep()
        let reader = FeedReader(feeds: configuration.feeds, evidence: evidence)
        var arrivals: [Queue] = []
        var isLedgerRefusing = false
        for feed in configuration.feeds.values.sorted(by: { $0.name < $1.name }) where feed.source == .inbox {
            let listing = evidence.tables(of: feed)
            let outlook = look(at: listing, of: feed, &sweep)
            if !outlook.arrivals.isEmpty, canBeRead(feed, by: reader) {
                arrivals.append(Queue(feed: feed, listing: listing, waiting: outlook.arrivals[...]))
            }
            if !isLedgerRefusing { isLedgerRefusing = await !depart(outlook.departures, of: feed, &sweep) }
        }
        guard !isLedgerRefusing else { return sweep }
        guard !arrivals.isEmpty else {
            await prune()
            return sweep
        }
        await receive(&arrivals, with: reader, &sweep)
        // glibc keeps what a big table needed; an idle daemon should not.
        trimHeap()
        return sweep
    }

    private func look(at listing: EvidenceListing, of feed: Feed, _ sweep: inout Sweep) -> InboxWatchlist.Outlook {
        func file(_ name: String) -> InboxFile { InboxFile(feed: feed.name, name: name) }
        let now = clock.now()
        tell(listing.problems, of: feed)
        sweep.problems += listing.problems
        sweep.missed.formUnion(listing.refused.filter { listing.isMissed($0) }.map { file($0.name) })
        for table in listing.tables { keepIfUnkept(table) }
        let outlook = watchlist.look(at: listing, of: feed.name, now: now, systemNow: clock.systemInstant(for: now))
        sweep.wait(until: outlook.lookAgain)
        sweep.unsettled.formUnion(outlook.unsettled.map(file))
        return outlook
    }

    /// Receives files, one of each feed in turn: whoever hands in thousands holds up only the own feed.
    private func receive(_ arrivals: inout [Queue], with reader: FeedReader, _ sweep: inout Sweep) async {
        var count = 0
        var failures = 0
        while !arrivals.isEmpty {
            for index in arrivals.indices {
                guard let arrival = arrivals[index].waiting.popFirst() else { continue }
                guard count < Self.filesPerSweep, !isStopping else {
                    sweep.isIncomplete = true
                    return
                }
                count += 1
                // One file that the ledger does not take must not hold up the others; two in a row speak of the ledger.
                if await receive(arrival, of: &arrivals[index], with: reader, &sweep) {
                    failures = 0
                } else {
                    failures += 1
                    guard failures < 2 else { return }
                }
            }
            arrivals.removeAll(where: \.waiting.isEmpty)
        }
    }

    /// Receives one file; `false` when the ledger does not take it.
    private func receive(
        _ arrival: InboxWatchlist.Arrival,
        of queue: inout Queue,
        with reader: FeedReader,
        _ sweep: inout Sweep
    ) async -> Bool {
        let feed = queue.feed
        let today = configuration.settings.zone.civil(at: arrival.firstSeen).date
        var collector = RejectCollector(
            notes: RowNotes(feed, jobs: configuration.jobs, today: today),
            review: review(of: &queue, today: today)
        )
        var reading: TableReading?
        var rivals: [StandingRows.Replaced] = []
        switch arrival.content {
        case .table(let table):
            var new = read(table, of: &queue, with: reader, &collector, &rivals)
            new.tally.stop(rejected: collector.rowsUnused, cells: collector.cellsUnused)
            switch new.stopped?.reason {
            // Somebody began to write again: it has not settled after all.
            case .changedWhileRead:
                sweep.unsettled.insert(InboxFile(feed: feed.name, name: arrival.name))
                sweep.wait(until: clock.now().adding(seconds: max(1, configuration.settings.settle.seconds)))
                return true
            // Taken away since it was listed, or a disk that fails for now: the next look tells.
            case .unreadableFile:
                tell("file \(feed.name)/\(arrival.name)", new.stopped?.description ?? "")
                return true
            default: troubles["file \(feed.name)/\(arrival.name)"] = nil
            }
            reading = new
        case .refused(let file): collector.reject(file.reject)
        }
        var file = ReceivedFile(
            feed: feed,
            name: arrival.name,
            stamp: arrival.stamp,
            firstSeen: arrival.firstSeen,
            reading: reading,
            rejects: collector.rejects
        )
        file.rivals = rivals
        do {
            let result = try await desk.receive(file, configuration: configuration, now: clock.now())
            troubles["ledger"] = nil
            watchlist.received(InboxFile(feed: feed.name, name: arrival.name))
            switch result {
            case .unchanged(let reception): sweep.touched.append(reception)
            case .entered(let entry):
                orders[entry.reception.file] = entry.reception.order
                sweep.received.append(entry.reception)
                log.record(.received(entry.reception, department: feed.supplier, rejects: file.rejects))
                if case .table(let table) = arrival.content { keep(table, entry.reception) }
                if let slip = entry.slip { await courier.deliver([slip]) }
            }
            return true
        } catch {
            tell("ledger", "cannot enter what was handed in yet; it waits in the inbox: \(error)")
            return false
        }
    }

    /// The checks that will judge the feed, with their registers as they are in this sweep.
    private func review(of queue: inout Queue, today: CivilDate) -> CheckReview {
        if let review = queue.review { return review }
        let review = CheckReview(
            queue.feed,
            jobs: configuration.jobs,
            feeds: configuration.feeds,
            evidence: evidence,
            today: today
        )
        queue.review = review
        return review
    }

    private func depart(
        _ departures: [String: Instant],
        of feed: Feed,
        _ sweep: inout Sweep
    ) async -> Bool {
        guard !departures.isEmpty else { return true }
        let slip: Notice?
        do {
            slip = try await desk.depart(departures, of: feed, configuration: configuration, now: clock.now())
        } catch {
            tell("ledger", "cannot enter which files have left the inbox yet: \(error)")
            return false
        }
        let names = departures.keys.sorted()
        for file in names.map({ InboxFile(feed: feed.name, name: $0) }) {
            watchlist.departed(file)
            unkept[file] = nil
            orders[file] = nil
            sweep.departed.append(file)
        }
        log.record(.departed(names, feed: feed.name, department: feed.supplier))
        if let slip { await courier.deliver([slip]) }
        return true
    }

    /// Whether it can be known whom the feed's rows speak of; until then its files wait, which is not their fault.
    private func canBeRead(_ feed: Feed, by reader: FeedReader) -> Bool {
        let key = "registers of \(feed.name)"
        guard let failure = reader.failure(of: feed) else {
            troubles[key] = nil
            return true
        }
        tell(key, "files of \(feed.name) wait in the inbox: \(failure)")
        return false
    }

    private func tell(_ problems: [Diagnostic], of feed: Feed) {
        let text = problems.map(\.description).joined(separator: "\n")
        let key = "feed \(feed.name)"
        guard troubles[key] ?? "" != text else { return }
        troubles[key] = text
        for problem in problems { log.record(.misconfigured(problem)) }
    }

    func tell(_ kind: String, _ problem: String) {
        if troubles.updateValue(problem, forKey: kind) == nil { log.record(.trouble(problem)) }
    }
}

extension Receptionist.Sweep {
    fileprivate mutating func wait(until instant: Instant?) {
        if let instant { lookAgain = min(lookAgain ?? instant, instant) }
    }
}
