// Puts the present state of the configuration's files into force while the daemon runs.

import Almanac
import Diagnostics
import Dispatch
import Engine
import Jobs
import Linux
import Records
import Scheduling
import Spool

/// Reads the files again when somebody asks, or when the time zones have changed.
@MainActor
final class Reloader {
    /// Why nothing has changed.
    enum Refusal: Error, CustomStringConvertible {
        /// What has to be mended first.
        case broken([Diagnostic])
        case failed(String)

        var description: String {
            switch self {
            case .broken(let problems): problems.map(\.description).joined(separator: "; ")
            case .failed(let problem): problem
            }
        }
    }

    /// What reloading came to.
    struct Outcome: Sendable {
        /// `nil` when the files are what they were.
        let difference: ScheduleDifference?
        let warnings: [Diagnostic]
    }

    private let places: Places
    private let engine: DutyEngine
    private let spool: FolderSpool
    private let log: any EventLog
    private let clock: WallClock
    /// The state of the files that is in force.
    private var fingerprint: ContentFingerprint.Value
    private var zoneWatch: FolderWatch?
    private var zoneFolders: [String] = []
    private var localZoneWatch: LocalZoneWatch?

    init(
        places: Places,
        engine: DutyEngine,
        spool: FolderSpool,
        log: any EventLog,
        clock: WallClock,
        fingerprint: ContentFingerprint.Value
    ) {
        self.places = places
        self.engine = engine
        self.spool = spool
        self.log = log
        self.clock = clock
        self.fingerprint = fingerprint
    }

    /// Reads everything, and when nothing of it is wrong, swaps it in at once.
    func reload() async throws(Refusal) -> Outcome {
        // By then the texts of the files, and what was in force before, have gone.
        defer { trimHeap() }
        return try await adoptChanges()
    }

    /// Notices from now on when somebody sets the machine's own zone (`/etc/localtime`).
    ///
    /// That moves nothing, since the settings name each zone; but whoever set it may expect that it does.
    func watchLocalZone() {
        do throws(SystemError) {
            localZoneWatch = try LocalZoneWatch.start(ZoneDatabase(), on: .main) { [log] name in
                log.record(.localZoneSet(name))
            }
        } catch {
            log.record(.trouble("it goes unnoticed when the machine's own time zone is set: \(error)"))
        }
    }

    /// Notices from now on when the package tzdata brings zones anew by which anything is due.
    func watchZones(of configuration: Configuration) {
        let folders = ZoneDatabase().folders(of: configuration.zones.map(\.name))
        guard folders != zoneFolders || zoneWatch == nil else { return }
        do throws(SystemError) {
            zoneWatch = try FolderWatch.start(folders, on: .main) { @Sendable [weak self] in
                Task { @MainActor in await self?.zonesMayHaveChanged() }
            }
            zoneFolders = folders
        } catch {
            log.record(.trouble("time zones that change are put into force by a restart only: \(error)"))
        }
    }

    /// Takes a hint that time zones may have changed; slots are found anew when one did that is used here.
    private func zonesMayHaveChanged() async {
        let configuration = await engine.configuration
        let zones = ZoneDatabase()
        let changed = configuration.zones.filter { zone in
            (try? zones.zone(named: zone.name)).map { $0 != zone } ?? false
        }
        guard !changed.isEmpty else { return }
        let names = changed.map(\.name).sorted().joined(separator: ", ")
        do throws(Refusal) {
            let tree = try read()
            guard tree.fingerprint == fingerprint else {
                // What somebody is still editing must not come into force by chance.
                log.record(.trouble("the time zones \(names) have changed; reload to put that into force"))
                return
            }
            _ = try await adopt(tree)
        } catch {
            log.record(.trouble("the time zones \(names) have changed, but cannot be put into force: \(error)"))
        }
    }

    private func adoptChanges() async throws(Refusal) -> Outcome {
        let tree = try read()
        guard tree.fingerprint != fingerprint else { return Outcome(difference: nil, warnings: []) }
        return try await adopt(tree)
    }

    private func read() throws(Refusal) -> SettingsTree {
        do throws(Diagnostic) {
            return try SettingsTree(places)
        } catch {
            throw .broken([error])
        }
    }

    private func adopt(_ tree: SettingsTree) async throws(Refusal) -> Outcome {
        let configuration: Configuration
        do throws(Diagnostic) {
            configuration = try tree.configuration(zones: ZoneDatabase(), earlier: await engine.configuration)
        } catch {
            throw .broken([error])
        }
        let errors = configuration.problems.filter { $0.severity == .error }
        guard errors.isEmpty else { throw .broken(errors) }
        for problem in spool.prepare(departments: configuration.departments, now: clock.now()) {
            log.record(.misconfigured(problem))
        }
        do {
            let difference = try await engine.reload(configuration)
            fingerprint = tree.fingerprint
            watchZones(of: configuration)
            try? await engine.watchReceipts(places.receiptFolders(of: configuration))
            try? await engine.watchInbox(places.inboxFolders(of: configuration), below: places.inbox)
            return Outcome(difference: difference, warnings: configuration.problems)
        } catch {
            throw .failed("\(error)")
        }
    }
}
