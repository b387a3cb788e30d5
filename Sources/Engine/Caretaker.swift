// Looks at regular times what became of the notices: what was taken, what was answered, what can be cleared away.

import Alerts
package import Almanac
import Diagnostics
package import Jobs
package import Linux
import Records

/// Looks after the departments' folders on its own queue, away from the scheduler's and the courier's.
package actor Caretaker {
    /// Names are cleared away and claims counted so often.
    private static let tidySeconds: Int64 = 86_400
    /// So many notices' documents are forgotten at a time, and so many times a look.
    private static let forgottenAtOnce = 500
    /// A folder may change once more within the tick of the clock that its times are taken from.
    private static let tickSeconds: Int64 = 1

    private struct Sight {
        var stamp: FileStamp?
        var since: Instant
        var isDealtWith = false
    }

    private let executor: QueueExecutor
    private var configuration: Configuration
    private let spool: any NoticeSpool
    private let receipts: (any ReceiptBox)?
    private let desk: DutyDesk
    private let courier: Courier
    private let log: any EventLog
    private let clock: WallClock
    /// When each department's `new/` last changed, as far as it was looked through after that.
    private var lookedThrough: [String: Instant] = [:]
    private var sights: [String: [String: Sight]] = [:]
    private var tidyDue: Instant?
    /// Troubles that have been told and go on: one entry each time they begin.
    private var troubles: Set<String> = []
    private var watch: FolderWatch?

    // Safe: the actor keeps its executor for as long as it lives.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    package init(
        configuration: Configuration,
        spool: any NoticeSpool,
        receipts: (any ReceiptBox)?,
        desk: DutyDesk,
        courier: Courier,
        log: any EventLog,
        clock: WallClock
    ) {
        executor = QueueExecutor(label: "dutyd.caretaker")
        self.configuration = configuration
        self.spool = spool
        self.receipts = receipts
        self.desk = desk
        self.courier = courier
        self.log = log
        self.clock = clock
    }

    /// Looks by another configuration from the next time on.
    package func adopt(_ configuration: Configuration) { self.configuration = configuration }

    /// Looks at everything once.
    /// - Parameter beats: What each department's heartbeat says.
    /// - Returns: When an answer that lies there will have settled.
    package func look(beats: [String: [UInt8]]) async -> Instant? {
        await courier.tryAgain()
        var lookAgain: Instant?
        for department in configuration.departments.map(\.name) {
            await lookForTaken(by: department)
            if let instant = await lookForAnswers(of: department) { lookAgain = min(lookAgain ?? instant, instant) }
        }
        await tidyIfDue()
        for (department, beat) in beats { post(Heartbeat.fileName, beat, to: department) }
        postGuides()
        return lookAgain
    }

    /// Puts beside each department's folders what it has to know about them; what is there already stays as it is.
    private func postGuides() {
        let guide = SpoolGuide(words: configuration.words)
        let district = configuration.settings.district.byLanguage
        for department in configuration.departments {
            let bytes = guide.bytes(
                folder: department.name,
                names: department.title.byLanguage,
                district: district,
                formats: department.formats
            )
            if let bytes { post(SpoolGuide.fileName, bytes, to: department.name) }
        }
    }

    private func post(_ name: String, _ bytes: [UInt8], to department: String) {
        do {
            try spool.post(name, bytes, to: department)
            troubles.remove("post \(department)")
        } catch {
            tell("post \(department)", "cannot write \(name) for \(department): \(error)")
        }
    }

    private func lookForTaken(by department: String) async {
        do {
            // First what the ledger says: whatever it takes for delivered was visible before the folder is read.
            let known = try await desk.untaken(department: department)
            let now = clock.systemInstant(for: clock.now())
            guard let found = try spool.untaken(of: department, unlessChangedAt: lookedThrough[department]) else {
                return
            }
            lookedThrough[department] =
                found.changed < now.adding(seconds: -Self.tickSeconds) ? found.changed : nil
            await courier.note(department) { standing in
                standing.untakenFiles = found.files
                standing.untakenBytes = found.bytes
            }
            let taken = known.filter { found.notices[$0.head.sequence] ?? 0 < $0.files }.map(\.head)
            troubles.remove("taken \(department)")
            guard !taken.isEmpty else { return }
            do {
                try await desk.note(pickedUp: taken, at: clock.now())
                log.record(.pickedUp(taken, department: department))
                let at = clock.now()
                await courier.report(.handled(taken.flatMap { Handling.all(.pickedUp, of: $0, at: at) }))
            } catch {
                lookedThrough[department] = nil
                throw error
            }
        } catch {
            tell("taken \(department)", "cannot see what \(department) took: \(error)")
        }
    }

    private func lookForAnswers(of department: String) async -> Instant? {
        guard let receipts else { return nil }
        let listing = receipts.listing(of: department)
        let now = clock.now()
        var lookAgain: Instant?
        var seen: [String: Sight] = [:]
        func isSettled(_ name: String, _ stamp: FileStamp?) -> Bool {
            var sight = sights[department]?[name] ?? Sight(stamp: stamp, since: now)
            if sight.stamp != stamp { sight = Sight(stamp: stamp, since: now) }
            seen[name] = sight
            guard !sight.isDealtWith else { return false }
            let settle = configuration.settings.settle.seconds
            let untouched = stamp?.changed.adding(seconds: settle) ?? sight.since.adding(seconds: settle)
            guard untouched > clock.systemInstant(for: now), sight.since.adding(seconds: settle) > now else {
                return true
            }
            lookAgain = min(lookAgain ?? .distant, sight.since.adding(seconds: settle))
            return false
        }
        for file in listing.refused where isSettled(file.name, file.stamp) {
            let fingerprint = file.stamp.map { "\($0.inode)-\($0.changed.microseconds)" } ?? "-"
            let isDone = await refuse([file.reject], from: department, (file.name, fingerprint))
            seen[file.name]?.isDealtWith = isDone
        }
        for file in listing.tables where isSettled(file.name, file.stamp) {
            seen[file.name]?.isDealtWith = await enter(file, of: department, receipts)
        }
        sights[department] = seen
        return lookAgain
    }

    /// Enters one file; `false` when it has to be looked at once more.
    private func enter(_ file: EvidenceTable, of department: String, _ receipts: any ReceiptBox) async -> Bool {
        let text: [UInt8]
        let fingerprint: String
        do throws(Reject) {
            (text, fingerprint) = try receipts.text(of: file, of: department)
        } catch {
            switch error.reason {
            // Somebody writes it, took it away, or the disk fails for now: the next look tells.
            case .changedWhileRead, .unreadableFile: return false
            default:
                let stamp = file.stamp.map { "\($0.inode)-\($0.changed.microseconds)" } ?? "-"
                return await refuse([error], from: department, (file.name, stamp))
            }
        }
        switch ReceiptReader(name: file.name, department: department).read(text.span) {
        case .refused(let rejects): return await refuse(rejects, from: department, (file.name, fingerprint))
        case .receipt(let receipt):
            do {
                let result = try await desk.enter(
                    receipt,
                    file: (file.name, fingerprint),
                    configuration: configuration,
                    now: clock.now()
                )
                troubles.remove("answers")
                switch result {
                case .refused(let rejects, let slip):
                    await tell(rejects, slip, from: department, file.name)
                case .entered(let receipt, let isNew):
                    if isNew {
                        log.record(.answered(receipt))
                        await courier.report(.answered(receipt))
                    }
                    putAway(file.name, of: department, receipts)
                }
                return true
            } catch {
                tell("answers", "cannot enter answers of departments yet; they wait in receipts/: \(error)")
                return false
            }
        }
    }

    private func putAway(_ name: String, of department: String, _ receipts: any ReceiptBox) {
        do throws(Reject) {
            try receipts.putAway(name, of: department)
        } catch {
            // It was entered and is not entered twice, wherever it lies.
            log.record(.trouble("an answer of \(department) was entered and stays in receipts/: \(error)"))
        }
    }

    private func refuse(
        _ rejects: [Reject],
        from department: String,
        _ file: (name: String, fingerprint: String)
    ) async -> Bool {
        do {
            let result = try await desk.refuse(
                rejects,
                from: department,
                file: file,
                configuration: configuration,
                now: clock.now()
            )
            if case .refused(let rejects, let slip) = result { await tell(rejects, slip, from: department, file.name) }
            return true
        } catch {
            tell("answers", "cannot enter answers of departments yet; they wait in receipts/: \(error)")
            return false
        }
    }

    private func tell(_ rejects: [Reject], _ slip: Notice?, from department: String, _ file: String) async {
        guard let slip else { return }
        let problem = rejects.first?.description ?? ""
        log.record(.answerRefused(department: department, file: file, problem: problem))
        await courier.deliver([slip])
    }

    private func tidyIfDue() async {
        let now = clock.now()
        guard tidyDue.map({ $0 <= now }) ?? true else { return }
        tidyDue = now.adding(seconds: Self.tidySeconds)
        let system = clock.systemInstant(for: now)
        let keeping = configuration.settings.spool
        for department in configuration.departments.map(\.name) {
            do {
                let report = try spool.tidy(
                    department,
                    keptSince: system.adding(seconds: -keeping.keepDone.seconds),
                    claimedSince: system.adding(seconds: -keeping.claimed.seconds),
                    now: system
                )
                troubles.remove("tidy \(department)")
                await courier.note(department) { standing in
                    standing.staleClaims = report.stale
                    standing.oldestClaim = report.oldest
                }
            } catch {
                tell("tidy \(department)", "cannot clear away what \(department) has dealt with: \(error)")
            }
        }
        do {
            let limit = now.adding(seconds: -keeping.keepDocuments.seconds)
            while try await desk.forgetDocuments(takenBefore: limit, limit: Self.forgottenAtOnce) > 0 {}
        } catch {
            tell("documents", "cannot forget the documents of old notices yet: \(error)")
        }
        spool.fillReserve()
    }

    private func tell(_ kind: String, _ problem: String) {
        if troubles.insert(kind).inserted { log.record(.trouble(problem)) }
    }

    /// Takes hints that somebody dropped an answer, for as long as the caretaker lives.
    /// - Throws: `SystemError` when folders cannot be watched; then they are looked into at regular times only.
    package func watch(_ folders: [String], hint: @escaping @Sendable () -> Void) throws {
        watch = try FolderWatch.start(folders, on: executor.queue) { hint() }
    }
}

extension Instant {
    fileprivate static let distant = Instant(microseconds: .max)
}
