// What the engine knows of the inbox between two looks into it.

import Almanac
import Diagnostics
import Jobs

/// The versions that lie there, when to look again, and which jobs their news concerns.
struct InboxStanding {
    /// No look is further away, so that a lost hint costs no more than that.
    private static let longestWaitSeconds: Int64 = 300
    /// A program that writes several files hints at each of them.
    private static let hintSeconds: Int64 = 1
    /// When files keep coming, jobs wait for the last of them no longer than that.
    private static let patienceSeconds: Int64 = 300

    /// The version that lies in the inbox, of each file.
    private(set) var present: [InboxFile: Reception]
    private(set) var isSweeping = false
    /// Jobs that have to run on data, with since when.
    private(set) var expectant: [String: Instant] = [:]
    /// Jobs that run on data at the moment.
    var judging: Set<String> = []
    /// Whether the last look left settled files for the next one.
    private var isFlooded = false
    private var due: Instant?
    private var isHinted = false

    init(known receptions: [Reception]) {
        present = Dictionary(receptions.map { ($0.file, $0) }) { $1 }
    }

    /// When to look; `nil` while somebody looks.
    func nextSweep(now: Instant) -> Instant? {
        guard !isSweeping else { return nil }
        // A clock that was set back must not put the next look off.
        return min(due ?? now, now.adding(seconds: Self.longestWaitSeconds))
    }

    mutating func hint(now: Instant) {
        guard !isSweeping else {
            isHinted = true
            return
        }
        let soon = now.adding(seconds: Self.hintSeconds)
        due = min(due ?? soon, soon)
    }

    mutating func beginSweep() { isSweeping = true }

    /// Takes in what a look came to.
    mutating func endSweep(_ sweep: Receptionist.Sweep, now: Instant) {
        isSweeping = false
        for file in sweep.departed { present[file] = nil }
        for reception in sweep.received + sweep.touched { present[reception.file] = reception }
        isFlooded = sweep.isIncomplete
        let bound = now.adding(seconds: Self.longestWaitSeconds)
        // Never at once: a file that is written without end must not keep the daemon busy.
        let soon = now.adding(seconds: Self.hintSeconds)
        due = max(soon, min(bound, sweep.lookAgain ?? bound))
        if isHinted || isFlooded { due = soon }
        isHinted = false
    }

    /// Notes that a job has to run on data.
    mutating func expect(_ job: String, now: Instant) { expectant[job] = min(expectant[job] ?? now, now) }

    /// Notes that the job runs, or that it need not.
    mutating func settle(_ job: String) { expectant[job] = nil }

    /// The jobs that may run on data now: a flood of files is judged when it has ebbed, or after some time.
    func ripe(now: Instant) -> [String] {
        expectant.filter { job, since in
            !judging.contains(job) && (!isFlooded || now >= since.adding(seconds: Self.patienceSeconds))
        }.keys.sorted()
    }

    /// What a run has to tell itself of its input: all but the complaints of reading what was received as it was read.
    func untold(_ findings: Findings, feeds: [String: Feed]) -> [Diagnostic] {
        var told: Set<String> = []
        var untold: Set<String> = []
        for reading in findings.readings {
            if isReceived(reading) { told.insert(reading.table.name) } else { untold.insert(reading.table.name) }
        }
        let read = Set(findings.readings.map(\.table.feed))
        for reception in present.values where reception.isRefused && read.contains(reception.feed) {
            told.insert(reception.name)
        }
        told.subtract(untold)
        let reading = findings.rejects.prefix(findings.rejectsWhileReading).filter { reject in
            guard let file = reject.position?.file else { return true }
            return !told.contains(String(file.split(separator: "/").last ?? ""))
        }
        return reading + findings.rejects.dropFirst(findings.rejectsWhileReading)
    }

    private func isReceived(_ reading: TableReading) -> Bool {
        guard let known = present[InboxFile(feed: reading.table.feed, name: reading.table.name)] else { return false }
        return known.stamp == reading.table.stamp || known.fingerprint.map { $0 == reading.read?.fingerprint } ?? false
    }
}
