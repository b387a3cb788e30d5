// Takes in what departments hand in: reads each settled file once and gives its supplier a return slip.

package import Almanac
import Diagnostics
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
        /// Whether files are left that could have been received.
        package var isIncomplete = false
        /// When something that waits will have settled.
        package var lookAgain: Instant?
    }

    /// No sweep receives more files, so that a flood of them comes in portions.
    package static let filesPerSweep = 100

    private let executor: QueueExecutor
    private let configuration: Configuration
    private let evidence: any EvidenceSource
    private let archive: (any EvidenceArchive)?
    private let desk: DutyDesk
    private let courier: Courier
    private let log: any EventLog
    private let clock: WallClock
    private var watchlist: InboxWatchlist
    /// Versions that lie in the inbox and of which no copy may be kept yet.
    private var unkept: [InboxFile: Reception]
    private var isStopping = false
    /// Troubles that have been told and go on: one entry each time they begin.
    private var troubles: [String: String] = [:]

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
        // The daemon may have ended between a reception and its copy.
        unkept =
            archive == nil
            ? [:] : Dictionary(receptions.filter { $0.fingerprint != nil }.map { ($0.file, $0) }) { $1 }
    }

    /// Receives no further file.
    package func stop() { isStopping = true }

    /// Looks into every feed of the inbox and receives what has settled, so many files at most.
    package func sweep() async -> Sweep {
        var sweep = Sweep()
        let reader = FeedReader(feeds: configuration.feeds, evidence: evidence)
        var arrivals: [(feed: Feed, waiting: ArraySlice<InboxWatchlist.Arrival>)] = []
        for feed in configuration.feeds.values.sorted(by: { $0.name < $1.name }) where feed.source == .inbox {
            let now = clock.now()
            let listing = evidence.tables(of: feed)
            tell(listing.problems, of: feed)
            for table in listing.tables { keepIfUnkept(table) }
            let outlook = watchlist.look(at: listing, of: feed.name, now: now, systemNow: clock.systemInstant(for: now))
            sweep.wait(until: outlook.lookAgain)
            if !outlook.arrivals.isEmpty, canBeRead(feed, by: reader) { arrivals.append((feed, outlook.arrivals[...])) }
            guard await depart(outlook.departures, of: feed, &sweep) else { return sweep }
        }
        var count = 0
        var failures = 0
        // glibc keeps what a big table needed; an idle daemon should not.
        defer { if count > 0 { trimHeap() } }
        // One file of each feed in turn: whoever hands in thousands holds up only the own feed.
        while !arrivals.isEmpty {
            for index in arrivals.indices {
                guard let arrival = arrivals[index].waiting.popFirst() else { continue }
                guard count < Self.filesPerSweep, !isStopping else {
                    sweep.isIncomplete = true
                    return sweep
                }
                count += 1
                // One file that the ledger does not take must not hold up the others; two in a row speak of the ledger.
                if await receive(arrival, of: arrivals[index].feed, with: reader, &sweep) {
                    failures = 0
                } else {
                    failures += 1
                    guard failures < 2 else { return sweep }
                }
            }
            arrivals.removeAll(where: \.waiting.isEmpty)
        }
        return sweep
    }

    /// Receives one file; `false` when the ledger does not take it.
    private func receive(
        _ arrival: InboxWatchlist.Arrival,
        of feed: Feed,
        with reader: FeedReader,
        _ sweep: inout Sweep
    ) async -> Bool {
        let today = configuration.settings.zone.civil(at: arrival.firstSeen).date
        var collector = RejectCollector(notes: RowNotes(feed, jobs: configuration.jobs, today: today))
        var reading: TableReading?
        switch arrival.content {
        case .table(let table):
            let new = reader.read(table, of: feed, into: &collector)
            switch new.stopped?.reason {
            // Somebody began to write again: it has not settled after all.
            case .changedWhileRead:
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
        let file = ReceivedFile(
            feed: feed,
            name: arrival.name,
            stamp: arrival.stamp,
            firstSeen: arrival.firstSeen,
            reading: reading,
            rejects: collector.rejects
        )
        do {
            let result = try await desk.receive(file, configuration: configuration, now: clock.now())
            troubles["ledger"] = nil
            watchlist.received(InboxFile(feed: feed.name, name: arrival.name))
            switch result {
            case .unchanged(let reception): sweep.touched.append(reception)
            case .entered(let entry):
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

    private func depart(
        _ departures: [String: Instant],
        of feed: Feed,
        _ sweep: inout Sweep
    ) async -> Bool {
        guard !departures.isEmpty else { return true }
        let files = Dictionary(
            uniqueKeysWithValues: departures.map { (InboxFile(feed: feed.name, name: $0.key), $0.value) }
        )
        do {
            try await desk.depart(files)
        } catch {
            tell("ledger", "cannot enter which files have left the inbox yet: \(error)")
            return false
        }
        for file in files.keys {
            watchlist.departed(file)
            unkept[file] = nil
        }
        sweep.departed += files.keys
        return true
    }

    /// Keeps a copy for those who want to know later what was known when; without it they find a gap.
    private func keep(_ table: EvidenceTable, _ reception: Reception) {
        unkept[reception.file] = nil
        guard let archive, let fingerprint = reception.fingerprint else { return }
        do throws(Diagnostic) {
            try archive.keep(table, fingerprint: fingerprint)
            troubles["archive"] = nil
        } catch {
            unkept[reception.file] = reception
            tell("archive", "cannot keep a copy of \(reception.feed)/\(reception.name) yet: \(error)")
        }
    }

    private func keepIfUnkept(_ table: EvidenceTable) {
        guard let reception = unkept[InboxFile(feed: table.feed, name: table.name)], reception.stamp == table.stamp,
            let fingerprint = reception.fingerprint
        else { return }
        if archive?.kept(feed: reception.feed, name: reception.name, fingerprint: fingerprint) == nil {
            keep(table, reception)
        } else {
            unkept[reception.file] = nil
        }
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

    private func tell(_ kind: String, _ problem: String) {
        if troubles.updateValue(problem, forKey: kind) == nil { log.record(.trouble(problem)) }
    }
}

extension Receptionist.Sweep {
    fileprivate mutating func wait(until instant: Instant?) {
        if let instant { lookAgain = min(lookAgain ?? instant, instant) }
    }
}
