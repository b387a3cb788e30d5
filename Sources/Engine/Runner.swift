// Runs a job's check over its tables. Nothing here decides anything: it opens, reads, folds, and hands over.

package import Almanac
package import Checks
import Diagnostics
package import Jobs
import Linux
import Records

/// Reads the tables of one run at a time on its own queue, away from the scheduler's.
package actor Runner {
    private let executor: QueueExecutor

    // Safe: the actor keeps its executor for as long as it lives.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    package init(label: String) { executor = QueueExecutor(label: label) }

    /// Judges the period that the job states as of an instant.
    /// - Parameter isPatient: Whether nothing is decided as long as a table is being written.
    package func findings(
        of job: Job,
        asOf instant: Instant,
        zone: Zone,
        feeds: [String: Feed],
        evidence: any EvidenceSource,
        isPatient: Bool = true
    ) -> Findings {
        let date = zone.civil(at: instant).date
        let findings = Evaluation(job: job, feeds: feeds, evidence: evidence, isPatient: isPatient)
            .findings(period: job.period(asOf: date), asOf: date)
        // glibc keeps what a big table needed; an idle daemon should not.
        trimHeap()
        return findings
    }
}

/// One job's check, its feeds and their tables.
package struct Evaluation {
    private let job: Job
    private let feeds: [String: Feed]
    private let evidence: any EvidenceSource
    private let isPatient: Bool

    /// - Parameter isPatient: Whether every verdict is open as long as a table is being written, which may say anything;
    ///   otherwise only the good ones are.
    package init(job: Job, feeds: [String: Feed], evidence: any EvidenceSource, isPatient: Bool = true) {
        self.job = job
        self.feeds = feeds
        self.evidence = evidence
        self.isPatient = isPatient
    }

    /// Folds all tables, registers first, and gives the verdicts for one period.
    ///
    /// Rows of a table that changes while it is read may be half of what they will be. Then everything is read once more,
    /// and when that comes to the same, nothing is judged.
    /// - Parameter give: Takes the verdicts one by one, which are not among the findings then, so that there may be any
    ///   number of them.
    package func findings(period: Period, asOf: CivilDate, _ give: ((Assessment) -> Void)? = nil) -> Findings {
        steady(give) { job.check.begin(schemas: schemas, period: period, asOf: asOf) } ?? Findings()
    }

    /// The verdicts on every period that the judged table has rows for, earliest first; in one reading where the kind of
    /// check can do that.
    package func findingsOfAllPeriods(_ give: ((Assessment) -> Void)? = nil) -> [Findings] {
        if let all = steady(give, { job.check.beginAll(schemas: schemas, rule: job.period) }) { return [all] }
        return periodsInData().map { findings(period: $0.period, asOf: $0.asOf, give) }
    }

    /// Gives the verdict on each row as soon as it was read, in the order of the rows, where the kind of check judges every
    /// row by itself; `nil` where it does not.
    /// - Parameter period: The period whose rows are judged; `nil` for all rows.
    package func judgeRows(
        of period: Period?,
        asOf: CivilDate,
        _ give: @escaping (Assessment) -> Void
    ) -> Findings? {
        guard let kind = job.check.ofEachRow else { return nil }
        let check =
            period.map { kind.begin(schemas: schemas, period: $0, asOf: asOf) }
            ?? kind.beginAll(schemas: schemas, rule: job.period)
        return check.map { fold($0, rowByRow: true, give) }
    }

    private var schemas: [String: TableSchema] { job.feeds.compactMapValues { feeds[$0]?.schema } }

    /// Folds the tables once, and once more when they changed meanwhile; `nil` when there is no check.
    private func steady(_ give: ((Assessment) -> Void)?, _ begin: () -> (any Check)?) -> Findings? {
        guard let check = begin() else { return nil }
        let first = fold(check, give)
        guard !first.changed.isEmpty, let again = begin() else { return first }
        var second = fold(again, give)
        guard !second.changed.isEmpty else { return second }
        second.failure = Diagnostic(
            "tables changed while they were read, so nothing was judged",
            found: second.changed.joined(separator: ", "),
            remedy: "nothing to do: the job is run again when they have come to rest"
        )
        return second
    }

    /// Folds the tables, and judges unless they changed meanwhile.
    /// - Parameter rowByRow: Whether the verdicts on rows are given as they come, and nothing is taken back.
    private func fold(_ check: any Check, rowByRow: Bool = false, _ give: ((Assessment) -> Void)?) -> Findings {
        var sink = FoldingSink(check: check, take: rowByRow ? give : nil)
        let reader = FeedReader(feeds: feeds, evidence: evidence)
        var unread: [String] = []
        for (index, role) in job.check.roles.enumerated() {
            guard let feed = job.feeds[role.name].flatMap({ feeds[$0] }) else { continue }
            sink.role = index
            if reader.duplicates(of: feed) != nil { sink.check.expectDistinctRows(role: index) }
            let readBefore = sink.findings.readings.count
            let days = role.datedBy.flatMap { column in sink.check.days(role: index).map { (column, $0) } }
            let tables = reader.read(feed, days: days, into: &sink)
            if feed.source == .inbox, !sink.findings.readings[readBefore...].contains(where: \.isUsable) {
                sink.check.awaitFirstTable(role: index)
            }
            // Without its register a check would take strangers for subjects and find nobody missing.
            let isRegisterLost = feed.source.isOwn && !tables.isEmpty
            if let failure = isRegisterLost ? SubjectRegisters.unreadable(feed.name) : reader.failure(of: feed) {
                sink.findings.failure = failure
                return sink.findings
            }
            unread += tables
        }
        sink.findings.unread = unread
        let arriving = Set(sink.findings.arriving.map(\.name))
        let gaps = unread.map { Gap(arriving.contains($0) ? .arriving : .unreadable, $0) }
        let isOpen = isPatient && !arriving.isEmpty
        if rowByRow || sink.findings.changed.isEmpty {
            if let give {
                sink.check.finish { give($0.missing(gaps, isOpen: isOpen)) }
            } else {
                sink.findings.assessments = sink.check.finish().map { $0.missing(gaps, isOpen: isOpen) }
            }
        }
        let complaints = sink.check.complaints
        sink.findings.rejects += complaints.all
        if complaints.omitted > 0 {
            sink.findings.rejects.append(Diagnostic("\(complaints.omitted) more complaints of this kind"))
        }
        return sink.findings
    }

    /// The periods, each with the day it is judged as of, that the judged table has rows for, earliest first.
    package func periodsInData() -> [(period: Period, asOf: CivilDate)] {
        var dates: Set<CivilDate> = []
        for role in job.check.roles {
            guard let column = role.datedBy, let feed = job.feeds[role.name].flatMap({ feeds[$0] }),
                let index = feed.schema.index(of: column)
            else { continue }
            var sink = DateSink(column: index)
            _ = FeedReader(feeds: feeds, evidence: evidence).read(feed, into: &sink)
            dates.formUnion(sink.dates)
        }
        let periods = Set(dates.map { job.period.containing($0) })
        return periods.map { ($0, job.check.dayOfJudgement(on: $0)) }.sorted { $0.period.first < $1.period.first }
    }
}

extension Assessment {
    /// The same verdict in the knowledge that tables are missing: a good one is unknown then, a bad one names them.
    fileprivate func missing(_ tables: [Gap], isOpen: Bool) -> Assessment {
        guard !tables.isEmpty else { return self }
        var copy = self
        copy.gaps += tables
        if copy.state == .ok || isOpen { copy.state = .unknown }
        return copy
    }
}

/// Hands rows to the check and keeps the complaints.
private struct FoldingSink: TableSink {
    var check: any Check
    /// Takes the verdicts that are ready before the tables end.
    let take: ((Assessment) -> Void)?
    var role = 0
    var findings = Findings()

    mutating func accept(_ row: borrowing Row) {
        check.consume(row, role: role)
        if let take { check.takeVerdicts().forEach(take) }
    }

    mutating func supersede(_ row: borrowing Row) { check.consumeSuperseded(row, role: role) }

    mutating func reject(_ reject: Reject) {
        // A run has nothing to tell of what nobody need look at.
        guard reject.diagnostic.severity != .note else { return }
        findings.rejects.append(reject.diagnostic)
        findings.rejectsWhileReading += 1
    }

    mutating func finished(_ reading: TableReading) {
        guard !reading.isArriving else {
            findings.arriving.insert(InboxFile(feed: reading.table.feed, name: reading.table.name))
            return
        }
        if reading.stopped?.reason == .changedWhileRead { findings.changed.append(reading.table.name) }
        findings.tables.append(reading.table.name)
        findings.readings.append(reading)
        findings.rowsRead += reading.tally.rowsAccepted
    }
}

/// Keeps the dates of one column.
private struct DateSink: TableSink {
    let column: Int
    var dates: Set<CivilDate> = []

    mutating func accept(_ row: borrowing Row) {
        switch row[column] {
        case .date(let date): dates.insert(date)
        case .month(let month): dates.insert(month.firstDay)
        default: break
        }
    }

    mutating func reject(_ reject: Reject) {}
    mutating func finished(_ reading: TableReading) {}
}
