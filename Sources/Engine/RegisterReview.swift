// The registers, looked through before a run needs them: what it would not understand at night is said by day.

import Almanac
import Checks
package import Diagnostics
package import Jobs
import Records

/// Reads every register as runs do, with no table to judge, and gathers what is wrong with them.
package struct RegisterReview {
    private let configuration: Configuration
    private let evidence: any EvidenceSource

    package init(configuration: Configuration, evidence: any EvidenceSource) {
        self.configuration = configuration
        self.evidence = evidence
    }

    /// How many registers there are.
    package var count: Int { registers.count }

    private var registers: [Feed] {
        configuration.feeds.values.filter { $0.source.isOwn }.sorted { $0.name < $1.name }
    }

    /// What is wrong with the registers, each thing once, in the order of files and lines.
    ///
    /// Whatever day it is, a register says the same: checks see their registers alone and judge nothing.
    package func problems() -> [Diagnostic] {
        var locations: [String: String] = [:]
        var found: [Diagnostic] = []
        for register in registers {
            var sink = ReviewSink(checks: [])
            _ = FeedReader(feeds: [:], evidence: evidence).read(register, into: &sink)
            found += sink.complaints
            for table in evidence.tables(of: register).tables { locations[table.name] = table.location }
        }
        // How registers, and the names that others give their subjects, fit together.
        let subjects = SubjectRegisters(feeds: configuration.feeds, evidence: evidence)
        for feed in configuration.feeds.values where feed.source == .inbox {
            found += subjects.rejects(of: feed).map(\.diagnostic)
        }
        for duties in duties { found += complaints(of: duties) }
        var known: Set<Diagnostic> = []
        let once = found.map { Self.relocated($0, locations) }.filter { known.insert($0).inserted }
        return once.enumerated().sorted {
            let (left, right) = ($0.element.position, $1.element.position)
            return left == right ? $0.offset < $1.offset : Self.isBefore(left, right)
        }.map(\.element)
    }

    /// So many checks are handed the rows of a register in one reading of it; each keeps what it needs of them.
    private static let checksPerReading = 64

    /// Jobs of one kind that read the same tables, each with another check, in portions.
    private var duties: [[Job]] {
        struct Tables: Hashable {
            let kind: String
            let feeds: [String: String]
        }
        struct Duty: Hashable {
            let check: CheckDefinition
            let feeds: [String: String]
        }
        var portions: [[Job]] = []
        var open: [Tables: Int] = [:]
        var known: Set<Duty> = []
        // Jobs that differ in nothing else would say the same.
        for job in configuration.jobs where known.insert(Duty(check: job.check, feeds: job.feeds)).inserted {
            let tables = Tables(kind: job.check.kind, feeds: job.feeds)
            if let index = open[tables], portions[index].count < Self.checksPerReading {
                portions[index].append(job)
            } else {
                open[tables] = portions.count
                portions.append([job])
            }
        }
        return portions
    }

    /// What the checks of jobs say about the registers that they share.
    private func complaints(of jobs: [Job]) -> [Diagnostic] {
        guard let first = jobs.first else { return [] }
        let feeds = configuration.feeds
        let day = CivilDate(daysSinceEpoch: 0)
        let schemas = first.feeds.compactMapValues { feeds[$0]?.schema }
        var sink = ReviewSink(checks: jobs.map { $0.check.begin(schemas: schemas, period: .day(day), asOf: day) })
        for (index, role) in first.check.roles.enumerated() {
            guard let feed = first.feeds[role.name].flatMap({ feeds[$0] }), feed.source.isOwn else { continue }
            sink.role = index
            // A register that cannot be read is told of as such; the others are not to blame for what it would say.
            guard FeedReader(feeds: [:], evidence: evidence).read(feed, into: &sink).isEmpty else { return [] }
        }
        return zip(jobs, sink.checks).flatMap { job, check in
            let complaints = check.complaints
            let more =
                complaints.omitted > 0
                ? [Diagnostic("\(complaints.omitted) more complaints about the registers of the job", found: job.name)]
                : []
            return complaints.all + more
        }
    }

    /// The same complaint with the file as an administrator finds it.
    private static func relocated(_ diagnostic: Diagnostic, _ locations: [String: String]) -> Diagnostic {
        guard let position = diagnostic.position, let location = locations[position.file], !location.isEmpty else {
            return diagnostic
        }
        var copy = diagnostic
        copy.position = Position(file: location, line: position.line, column: position.column)
        return copy
    }

    private static func isBefore(_ left: Position?, _ right: Position?) -> Bool {
        guard let left else { return false }
        return right.map { left < $0 } ?? true
    }
}

/// Hands the rows of registers to checks, and keeps what is wrong with the registers themselves.
private struct ReviewSink: TableSink {
    private(set) var checks: [any Check]
    var role = 0
    private(set) var complaints: [Diagnostic] = []

    init(checks: [any Check]) { self.checks = checks }

    mutating func accept(_ row: borrowing Row) {
        for index in checks.indices { checks[index].consume(row, role: role) }
    }
    mutating func reject(_ reject: Reject) { complaints.append(reject.diagnostic) }
    mutating func finished(_ reading: TableReading) {}
}
