// One small district with everything the engine needs, in memory.

import Alerts
import Almanac
import Engine
import Jobs
import Linux
import Scheduling
import TestKit
import Testing

/// The outside world of an engine; a new engine over it is a restart of the daemon.
struct District {
    static let good = "river,section,month,DO,NH3-N\n新泾港,天山路桥,2024-02,9.0,0.4\n"
    static let bad = "river,section,month,DO,NH3-N\n新泾港,天山路桥,2024-02,9.0,1.2\n"
    static let worse = "river,section,month,DO,NH3-N\n新泾港,天山路桥,2024-02,9.0,1.9\n"

    var files = SettingsFiles.district
    /// The clock stands still for a second at most: it is the system's, shifted.
    var clock: WallClock
    let ledger = MemoryLedger()
    let spool = MemorySpool()
    let evidence = TableEvidence([
        "sections": [("sections.csv", "code,river,section,target\nS1,新泾港,天山路桥,Ⅲ\n")]
    ])
    let events = CapturedEvents()

    /// - Parameters:
    ///   - now: What the clock shows at the beginning; the real time when left out.
    ///   - water: The table of measurements.
    init(now: String? = "2024-03-05T12:00:00Z", water: String) throws {
        clock = try now.map { WallClock.starting(at: try Instant(rfc3339: $0)) } ?? WallClock()
        measure(water)
    }

    func measure(_ table: String) { evidence.put(table, as: "water.csv", in: "water") }

    /// A started engine.
    func engine() async throws -> DutyEngine {
        let engine = try unstarted()
        try await engine.start()
        return engine
    }

    func unstarted() throws -> DutyEngine {
        try DutyEngine(
            configuration: try files.read(),
            clock: clock,
            ledger: ledger,
            evidence: evidence,
            archive: evidence,
            spool: spool,
            log: events,
            generator: "dutyd test",
            onProgress: { _ in }
        )
    }

    /// Notes that the job's slots are accounted for up to that instant, as an earlier life of the daemon did.
    func remember(last: String) throws {
        let job = try #require(try files.read().job(named: "river"))
        try ledger.stamp([
            Stamp(job: job.name, fingerprint: job.schedule.fingerprint, last: try Instant(rfc3339: last))
        ])
    }

    /// Waits until a run has ended, well or not.
    func nextRun() async throws -> RunOrder {
        let order = await events.next { event -> RunOrder? in
            switch event {
            case .ran(let report): report.order
            case .failed(let order, _): order
            default: nil
            }
        }
        return try #require(order)
    }
}

extension DutyEngine {
    /// Runs the district's job now.
    @discardableResult
    func runRiver(asOf: String? = nil, isDryRun: Bool = false) async throws -> RunReport {
        try await run(job: "river", asOf: try asOf.map { try Instant(rfc3339: $0) }, isDryRun: isDryRun)
    }
}

extension Notice {
    /// The serial number of the alert that it tells of; empty for a return slip.
    var serial: String {
        guard case .alert(let serial, _, _, _) = matter else { return "" }
        return serial
    }

    /// How often the alert was told of; 0 for a return slip.
    var revision: Int {
        guard case .alert(_, let revision, _, _) = matter else { return 0 }
        return revision
    }

    /// What happened to the alert; `nil` for a return slip.
    var change: Change.Kind? { matter.change }
}

extension Notice.Matter {
    /// What happened to the alert; `nil` for a return slip.
    var change: Change.Kind? {
        guard case .alert(_, _, _, let change) = self else { return nil }
        return change
    }
}
