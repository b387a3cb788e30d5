// The ledger as one SQLite file: the tables are elsewhere, here are its opening and the transactions.

package import Alerts
package import Almanac
package import Engine
import GRDB
package import Scheduling

/// A ledger in an SQLite file.
///
/// One connection, because one actor asks for nearly everything, one thing after the other; GRDB's pool of readers would
/// need a pool of threads, which libdispatch looks after every second, and an idle daemon should sleep. Calls wait for
/// the disk; they come from actors on queues of their own, so nothing else waits.
package final class SQLiteLedger: DutyLedger {
    private let path: String
    private let database: DatabaseQueue

    /// Opens the ledger, making or migrating it as needed.
    /// - Throws: A `Diagnostic` when the file is damaged, is no ledger, or was written by a newer dutyd.
    package init(path: String) throws {
        self.path = path
        database = try LedgerTrouble.explained(at: path) { try Self.open(path) }
    }

    /// An empty ledger that is gone with the process.
    package init() throws {
        path = ":memory:"
        database = try DatabaseQueue()
        try Schema.migrator.migrate(database)
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        configuration.label = "dutyd.ledger"
        // Somebody with sqlite3 at hand may hold the lock for a moment.
        configuration.busyMode = .timeout(5)
        // Readers such as sqlite3 or a backup never hold up a commit.
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // GRDB opens WAL files with NORMAL, where a power cut may take the last commits; a commit here means durable.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try queue.write { database in
            let identifier = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
            guard identifier == Schema.applicationID || isEmpty else { throw LedgerTrouble.notALedger(path) }
            guard try !Schema.migrator.hasBeenSuperseded(database) else { throw LedgerTrouble.newer(path) }
        }
        try Schema.migrator.migrate(queue)
        return queue
    }

    /// Folds the write-ahead log into the file and closes it; for a daemon that ends, so that one file holds everything.
    package func close() throws { try database.close() }

    package func restore() throws -> Memory {
        try read { database in
            Memory(
                book: try AlertTable.book(in: database),
                stamps: try SlotTable.stamps(in: database),
                lastAsOf: try RunTable.lastAsOf(in: database),
                lastRun: try RunTable.last(in: database),
                lastRuns: try RunTable.lastOfEachJob(in: database),
                pending: try NoticeTable.pending(in: database),
                deliveries: try NoticeTable.deliveries(in: database),
                receptions: try ReceptionTable.present(in: database),
                pauses: try SlotTable.pauses(in: database),
                lastDepartures: try ReceptionTable.lastDepartures(in: database),
                awaited: try RunTable.awaited(in: database)
            )
        }
    }

    package func commit(_ entry: RunEntry) throws {
        try write { database in
            try RunTable.insert(entry, into: database)
            if let slot = entry.slot { try SlotTable.account(for: slot, in: database) }
            try Self.enter(entry.step, run: entry.run, into: database)
        }
    }

    package func enter(_ step: BookStep) throws { try write { try Self.enter(step, run: nil, into: $0) } }

    private static func enter(_ step: BookStep, run: Int64?, into database: Database) throws {
        try AlertTable.apply(step.difference, at: step.at, in: database)
        for change in step.changes { try ChangeTable.insert(change, run: run, at: step.at, into: database) }
        for notice in step.notices { try NoticeTable.insert(notice, into: database) }
    }

    package func history(of serial: String) throws -> AlertHistory? {
        try read { database in
            guard let (alert, ended) = try AlertTable.find(serial, in: database) else { return nil }
            return AlertHistory(
                alert: alert,
                ended: ended,
                entries: try ChangeTable.entries(of: serial, in: database),
                acknowledgements: try AcknowledgementTable.all(of: serial, in: database)
            )
        }
    }

    package func record(_ slots: [SlotRecord]) throws {
        try write { database in
            for slot in slots { try SlotTable.account(for: slot, in: database) }
        }
    }

    package func stamps() throws -> [String: Stamp] { try read { try SlotTable.stamps(in: $0) } }

    package func stamp(_ stamps: [Stamp]) throws {
        try write { database in
            for stamp in stamps { try SlotTable.set(stamp, in: database) }
        }
    }

    package func replacePauses(_ pauses: [Pause]) throws {
        try write { try SlotTable.set(pauses, in: $0) }
    }

    package func slots(job: String?, limit: Int) throws -> [SlotRecord] {
        try read { try SlotTable.latest(limit, of: job, in: $0) }
    }

    package func lastVerdicts(of job: String) throws -> [LastVerdict]? {
        try read { try RunTable.lastVerdicts(of: job, in: $0) }
    }

    package func slots(of job: String, _ range: ClosedRange<Instant>) throws -> [SlotRecord] {
        try read { try SlotTable.slots(of: job, range, in: $0) }
    }

    package func unaccountedSlots(since instant: Instant) throws -> [SlotRecord] {
        try read { try SlotTable.unaccounted(since: instant, in: $0) }
    }

    @discardableResult
    package func receive(_ entry: ReceptionEntry) throws -> Int64 {
        try write { database in
            if let slip = entry.slip { try NoticeTable.insert(slip, into: database) }
            return try ReceptionTable.insert(entry.reception, slip: entry.slip?.sequence, into: database)
        }
    }

    package func touch(_ reception: Reception) throws {
        try write { try ReceptionTable.update(reception, in: $0) }
    }

    package func depart(_ files: [InboxFile: Instant], slip: Notice?) throws {
        try write { database in
            if let slip { try NoticeTable.insert(slip, into: database) }
            for (file, instant) in files { try ReceptionTable.depart(file, at: instant, in: database) }
        }
    }

    package func receptions(feed: String, limit: Int) throws -> [Reception] {
        try read { try ReceptionTable.latest(limit, of: feed, in: $0) }
    }

    package func receptionCount(feed: String) throws -> Int {
        try read { try ReceptionTable.count(of: feed, in: $0) }
    }

    package func outlivedCopies(before instant: Instant, limit: Int) throws -> [ReceivedContent] {
        try read { try ReceptionTable.outlived(before: instant, limit: limit, in: $0) }
    }

    package func forget(_ copies: [ReceivedContent], at instant: Instant) throws {
        try write { database in
            for copy in copies { try ReceptionTable.forget(copy, at: instant, in: database) }
        }
    }

    package func lastReception(of file: InboxFile) throws -> Reception? {
        try read { try ReceptionTable.last(of: file, in: $0) }
    }

    package func versions(feed: String, knownAt instant: Instant) throws -> [Reception] {
        try read { try ReceptionTable.versions(of: feed, knownAt: instant, in: $0) }
    }

    package func replacedVersions(feed: String, knownAt instant: Instant, limit: Int) throws -> [Reception] {
        try read { try ReceptionTable.replaced(of: feed, knownAt: instant, limit: limit, in: $0) }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try LedgerTrouble.explained(at: path) { try database.read(body) }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try LedgerTrouble.explained(at: path) { try database.write(body) }
    }
}
