// The daemon, wired in one place from top to bottom: settings, ledger, engine, socket.

import Almanac
import Control
import Diagnostics
import Dispatch
import Engine
import Glibc
import Intake
import Jobs
import Ledger
import Linux
import Logging
import Spool
import Systemd
import Varlink

/// A daemon before it runs.
struct Daemon {
    let places: Places
    let clock: WallClock
    let journal: Journal

    /// Starts everything; whoever calls it says READY and waits for the end.
    /// - Throws: What keeps the daemon from starting.
    @MainActor
    func start() async throws -> RunningDaemon {
        // A reader of standard error that went away must not take the daemon with it.
        signal(SIGPIPE, SIG_IGN)
        let journal = journal
        LoggingSystem.bootstrap { _ in JournalLogHandler(journal: journal) }
        let notifier = ServiceNotifier.ofThisProcess()
        let tree = try SettingsTree(places)
        let configuration = try tree.configuration(zones: ZoneDatabase())
        let log = JournalEventLog(journal: journal, zone: configuration.settings.zone)
        try makeFolders(for: configuration)

        let lock = try StateLock(in: try Directory.open(path: places.state))
        let ledger = try SQLiteLedger(path: places.ledger)
        let spool = FolderSpool(
            root: places.spool,
            makesFolders: places.makesFolders,
            reserveBytes: UInt64(configuration.settings.spool.reserveMebibytes) << 20
        )
        for problem in spool.prepare(departments: configuration.departments, now: clock.now()) {
            log.record(.misconfigured(problem))
        }
        let evidence = FolderEvidence(
            inbox: places.inbox,
            registers: places.registers,
            standards: places.standards,
            makesFolders: places.makesFolders
        )
        let engine = try DutyEngine(
            configuration: configuration,
            clock: clock,
            ledger: ledger,
            evidence: evidence,
            archive: FolderArchive(folder: "\(places.state)/received", evidence: evidence),
            spool: spool,
            receipts: FolderReceipts(spool: places.spool),
            log: log,
            generator: "dutyd \(Version.current)",
            // A status line that does not arrive harms nobody.
            onProgress: { try? notifier.status($0) }
        )

        try await engine.start()
        await watchInbox(of: configuration, for: engine, log: log)
        await watchReceipts(of: configuration, for: engine, log: log)
        let reloader = Reloader(
            places: places,
            engine: engine,
            spool: spool,
            log: log,
            clock: clock,
            fingerprint: tree.fingerprint
        )
        reloader.watchZones(of: configuration)
        reloader.watchLocalZone()
        do {
            try await engine.watchClock()
        } catch {
            log.record(.trouble("a clock that is set is noticed within five minutes only: \(error)"))
        }
        let server = try await serve(engine, configuration, reloader, log: log)
        if let interval = ServiceNotifier.watchdogInterval {
            await engine.keepWatch(everyMicroseconds: interval / 3) { try? notifier.watchdog() }
        }
        // Reading the files took more memory than what was found in them.
        trimHeap()
        return RunningDaemon(
            engine: engine,
            server: server,
            ledger: ledger,
            log: log,
            notifier: notifier,
            lock: lock,
            reloader: reloader
        )
    }

    private func watchInbox(of configuration: Configuration, for engine: DutyEngine, log: JournalEventLog) async {
        do {
            try await engine.watchInbox(places.inboxFolders(of: configuration), below: places.inbox)
        } catch {
            log.record(.trouble("the inbox is looked into every five minutes only, it cannot be watched: \(error)"))
        }
    }

    private func watchReceipts(of configuration: Configuration, for engine: DutyEngine, log: JournalEventLog) async {
        do {
            try await engine.watchReceipts(places.receiptFolders(of: configuration))
        } catch {
            log.record(.trouble("answers are looked for every five minutes only, they cannot be watched: \(error)"))
        }
    }

    @MainActor
    private func serve(
        _ engine: DutyEngine,
        _ configuration: Configuration,
        _ reloader: Reloader,
        log: any EventLog
    ) async throws -> VarlinkServer {
        let logger = Logger(label: "dutyd.control")
        let incidents = QuietReport(clock: clock)
        var limits = VarlinkServer.Limits()
        // A call is a few words; whoever may connect, which is everybody, should not be able to fill the memory.
        limits.messageBytes = 65_536
        limits.exemptUsers = [0]
        let server = VarlinkServer(
            listening: try InheritedSockets.control() ?? UnixSocket.listen(path: places.controlSocket),
            info: VarlinkServiceInfo(
                vendor: "dutyd",
                product: "dutyd",
                version: Version.current,
                url: ""
            ),
            interfaces: [
                ControlService(
                    engine: engine,
                    configuration: configuration,
                    reloader: reloader,
                    authority: Authority(
                        lookGroup: configuration.settings.lookGroup,
                        actGroup: configuration.settings.actGroup,
                        ownUser: getuid(),
                        trustsOwnUser: places.makesFolders
                    ),
                    log: log,
                    version: Version.current,
                    isRehearsal: clock.isShifted
                )
            ],
            limits: limits,
            report: { incident in incidents.report("\(incident)") { logger.warning("\($0)") } }
        )
        await server.start()
        return server
    }

    /// Below a root of its own the daemon makes its folders; an installed one gets them from systemd.
    private func makeFolders(for configuration: Configuration) throws {
        guard places.makesFolders else { return }
        let socket = places.controlSocket
        let socketFolder = String(socket[..<(socket.lastIndex(of: "/") ?? socket.startIndex)])
        for path in [places.state, places.spool, places.inbox, socketFolder] { try Directory.makePath(path) }
        // A folder that cannot be made is told of by whoever wants to read it.
        for feed in configuration.feeds.values where feed.source == .inbox {
            try? Directory.makePath("\(places.inbox)/\(feed.name)")
        }
    }
}

/// A daemon that runs, with the lock that keeps others away.
@MainActor
struct RunningDaemon {
    fileprivate let engine: DutyEngine
    fileprivate let server: VarlinkServer
    fileprivate let ledger: SQLiteLedger
    fileprivate let log: JournalEventLog
    fileprivate let notifier: ServiceNotifier
    fileprivate let lock: StateLock
    /// Puts changed files into force.
    let reloader: Reloader

    /// Tells systemd and the journal that it is ready.
    /// - Throws: `SystemError` when systemd does not hear it.
    @MainActor
    func announce() async throws {
        let status = await engine.statusLine
        try notifier.ready(status: status)
        log.recordStart(version: Version.current, status: status)
    }

    /// Puts changed files into force because somebody sent SIGHUP, and tells the journal what came of it.
    @MainActor
    func reload() async {
        do throws(Reloader.Refusal) {
            if try await reloader.reload().difference == nil {
                log.record(.reloaded(nil))
            }
        } catch {
            log.record(.trouble("nothing is reloaded: \(error)"))
        }
    }

    /// Ends what runs, starts nothing more, and returns.
    @MainActor
    func stop() async {
        try? notifier.stopping(status: "finishing what runs")
        // First the engine: whoever waits for a run that is ending still gets the answer.
        await engine.stop()
        await server.stop()
        // A file that cannot be closed is as safe as one after a power cut, and the next start reads it.
        try? ledger.close()
        log.recordStop()
    }
}
