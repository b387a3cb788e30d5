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
        configuration.feeds.values.filter { $0.source == .register }.sorted { $0.name < $1.name }
    }

    /// What is wrong with the registers, each thing once, in the order of files and lines.
    ///
    /// Whatever day it is, a register says the same: checks see their registers alone and judge nothing.
    package func problems() -> [Diagnostic] {
        var locations: [String: String] = [:]
        var found: [Diagnostic] = []
        for register in registers {
            var sink = ReviewSink()
            _ = FeedReader(feeds: [:], evidence: evidence).read(register, into: &sink)
            found += sink.complaints
            for table in evidence.tables(of: register).tables { locations[table.name] = table.location }
        }
        // How registers, and the names that others give their subjects, fit together.
        let subjects = SubjectRegisters(feeds: configuration.feeds, evidence: evidence)
        for feed in configuration.feeds.values where feed.source == .inbox {
            found += subjects.rejects(of: feed).map(\.diagnostic)
        }
        for job in configuration.jobs { found += complaints(of: job) }
        var known: Set<Diagnostic> = []
        let once = found.map { Self.relocated($0, locations) }.filter { known.insert($0).inserted }
        return once.enumerated().sorted {
            let (left, right) = ($0.element.position, $1.element.position)
            return left == right ? $0.offset < $1.offset : Self.isBefore(left, right)
        }.map(\.element)
    }

    /// What the check of a job says about its registers.
    private func complaints(of job: Job) -> [Diagnostic] {
        let day = CivilDate(daysSinceEpoch: 0)
        // A register that cannot be read is told of as such; the others are not to blame for what it would say.
        let check = job.checkOfRegisters(feeds: configuration.feeds, evidence: evidence, today: day)
        guard let complaints = check?.complaints else { return [] }
        let more =
            complaints.omitted > 0
            ? [Diagnostic("\(complaints.omitted) more complaints about the registers of the job", found: job.name)] : []
        return complaints.all + more
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

/// Keeps what is wrong with a register itself.
private struct ReviewSink: TableSink {
    private(set) var complaints: [Diagnostic] = []

    mutating func accept(_ row: borrowing Row) {}
    mutating func reject(_ reject: Reject) { complaints.append(reject.diagnostic) }
    mutating func finished(_ reading: TableReading) {}
}
