// Judges the sections of one table as a run of the job does.

import Almanac
import Checks
import Diagnostics
import Engine
import Intake
import JSON
import Jobs
import Linux

/// The job of the river sections, with the register and the table that it is to judge by.
struct Verdicts {
    private let evaluation: Evaluation
    private let period: Period

    /// - Parameters:
    ///   - root: The folder with the configuration and the jobs, as the repository has them.
    ///   - period: The label of a month or a quarter.
    init(root: String, register: String, table: String, period: String) throws {
        guard let judged = Period(label: period) else {
            throw Diagnostic("this is no period", found: period, expected: "2024-02 or 2024-Q1")
        }
        self.period = judged
        let configuration = try Self.configuration(in: root)
        guard let job = configuration.job(named: "river-sections") else {
            throw Diagnostic("the job river-sections cannot be used", found: "\(configuration.brokenJobs)")
        }
        let evidence = FolderEvidence(
            inbox: "",
            registers: "\(root)/Config/registers",
            overrides: ["river-sections": [register], "water-measurements": [table]]
        )
        // DuckDB finds classes out, and nothing that follows from them.
        guard case .sectionCompliance(var parameters) = job.check else {
            throw Diagnostic("the job river-sections judges something else", found: job.check.kind)
        }
        parameters.indicators = []
        evaluation = Evaluation(
            job: job.judging(.sectionCompliance(parameters)),
            feeds: configuration.feeds,
            evidence: evidence
        )
    }

    func findings() -> Findings { evaluation.findings(period: period, asOf: period.last) }

    private static func configuration(in root: String) throws -> Configuration {
        var settings = try files(of: "\(root)/Config", prefix: "")
        for folder in ["feeds", "standards", "calendars", "words/zh-CN", "words/en"] {
            settings += try files(of: "\(root)/Config/\(folder)", prefix: "\(folder)/")
        }
        let zones = ZoneDatabase()
        return try Configuration(settings: settings, jobs: try files(of: "\(root)/Jobs", prefix: "")) {
            name throws(Diagnostic) in try zones.zone(named: name)
        }
    }

    private static func files(of path: String, prefix: String) throws -> [SettingsFile] {
        let folder = try Directory.open(path: path)
        return try folder.list().filter { $0.contains(".") && !$0.hasSuffix(".md") }.map { name in
            let bytes = try folder.openTrusted(name).readAll(limit: 4 << 20)
            return SettingsFile(path: prefix + name, displayName: "\(path)/\(name)", bytes: bytes)
        }
    }
}

extension Findings {
    /// The sections with their classes and states.
    var verdicts: JSONValue {
        .object([
            "sections": .integer(Int64(assessments.count)),
            "verdicts": .object(
                assessments.map { verdict in
                    .init(
                        verdict.subject,
                        .array([verdict.facts["class"]?.json ?? .null, .string(verdict.state.rawValue)])
                    )
                }
            ),
        ])
    }
}
