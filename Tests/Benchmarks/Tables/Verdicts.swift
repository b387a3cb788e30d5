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
    ///   - period: A year, or a year and a month.
    init(root: String, register: String, table: String, period: String) throws {
        let parts = period.split(separator: "-").compactMap { Int($0) }
        self.period = parts.count == 1 ? .year(parts[0]) : .month(CivilMonth(year: parts[0], month: parts[1]))
        let configuration = try Self.configuration(in: root)
        guard let job = configuration.job(named: "river-sections") else {
            throw Diagnostic("the job river-sections cannot be used", found: "\(configuration.brokenJobs)")
        }
        let evidence = FolderEvidence(
            inbox: "",
            registers: "\(root)/Config/registers",
            overrides: ["river-sections": [register], "water-measurements": [table]]
        )
        evaluation = Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
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
