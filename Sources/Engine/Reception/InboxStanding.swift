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
    /// A table that is written without end keeps the verdicts of a job open no longer than that.
    private static let openSeconds: Int64 = 3_600
    /// So many complaints of one job's last run are kept in mind.
    private static let toldComplaints = 4_000

    /// The version that lies in the inbox, of each file.
    private(set) var present: [InboxFile: Reception]
    private(set) var isSweeping = false
    /// Jobs that have to run on data, with since when.
    private(set) var expectant: [String: Instant] = [:]
    /// Jobs that run on data at the moment.
    var judging: Set<String> = []
    /// Whether the last look left settled files for the next one.
    private var isFlooded = false
    /// Files that somebody may still be writing.
    private var unsettled: Set<InboxFile> = []
    /// Refused files that probably hold rows.
    private var missed: Set<InboxFile> = []
    /// What keeps feeds as a whole from being looked at.
    private(set) var problems: [Diagnostic] = []
    /// Jobs whose last run found files that had not settled.
    private var open: [String: Opening] = [:]
    /// What the last run of each job complained of.
    private var told: [String: Set<Diagnostic>] = [:]

    private struct Opening {
        let since: Instant
        var files: Set<InboxFile>
        /// Whether the job waits for the files no more.
        var isOver = false
    }
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
        unsettled = sweep.unsettled
        missed = sweep.missed
        problems = sweep.problems
        expectOpen(now: now)
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

    /// The jobs that may run on data now, of which `feeds` gives the feeds: a flood of files is judged when it has ebbed
    /// and the last of them has settled, or after some time.
    func ripe(now: Instant, feeds: (String) -> Set<String>) -> [String] {
        expectant.filter { job, since in
            guard !judging.contains(job) else { return false }
            guard now < since.adding(seconds: Self.patienceSeconds), now >= since else { return true }
            return !isFlooded && feeds(job).isDisjoint(with: unsettled.map(\.feed))
        }.keys.sorted()
    }

    /// Files that lie in the inbox and cannot be used: they keep verdicts from being good until they are mended or removed.
    var inTheWay: [Reception] {
        present.values.filter { !$0.isUsable && (!$0.isRefused || missed.contains($0.file)) }
            .sorted { ($0.feed, $0.name) < ($1.feed, $1.name) }
    }

    /// Whether a run of the job leaves its verdicts open as long as a table is being written.
    func isPatient(_ job: String, now: Instant) -> Bool {
        open[job].map { now < $0.since.adding(seconds: Self.openSeconds) } ?? true
    }

    /// Notes which files a run of the job found that had not settled; when they have, it has to run again.
    mutating func leaveOpen(_ job: String, _ files: Set<InboxFile>, now: Instant) {
        guard !files.isEmpty else {
            open[job] = nil
            return
        }
        var opening = open[job] ?? Opening(since: now, files: files)
        opening.files = files
        opening.isOver = now >= opening.since.adding(seconds: Self.openSeconds)
        open[job] = opening
    }

    /// Takes up again what an earlier life of the daemon left open.
    mutating func reopen(_ job: String, _ files: Set<InboxFile>, since: Instant) {
        open[job] = Opening(since: since, files: files)
    }

    private mutating func expectOpen(now: Instant) {
        for (job, opening) in open {
            let isLong = !opening.isOver && now >= opening.since.adding(seconds: Self.openSeconds)
            if isLong || opening.files.isDisjoint(with: unsettled) { expect(job, now: now) }
        }
    }

    /// What a run has to tell itself of its input: neither the complaints of reading what was received as it was read, nor
    /// what the job's last run complained of.
    func news(_ findings: Findings, of job: String) -> [Diagnostic] {
        let told = told[job] ?? []
        return untold(findings).filter { !told.contains($0) }
    }

    /// Keeps in mind what a run complained of.
    mutating func remember(_ findings: Findings, of job: String) {
        told[job] = Set(untold(findings).prefix(Self.toldComplaints))
    }

    private func untold(_ findings: Findings) -> [Diagnostic] {
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
