// The made-up district year of the demo: every promise that can be watched is seen working.

import Almanac
import Checks
import Engine
import Foundation
import Jobs
import TestKit
import Testing

@Suite(.timeLimit(.minutes(2))) struct SampleWorldTests {
    private static let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardized

    /// The files of the world, by their path in it.
    private static func files() throws -> [String: String] {
        let scratch = try ScratchFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", root.appending(path: "Config/demo/make-world").path, scratch("world"), "2024-11-20",
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let world = URL(fileURLWithPath: scratch("world"))
        return try FileManager.default.subpathsOfDirectory(atPath: world.path).reduce(into: [:]) { files, name in
            guard name.hasSuffix(".csv") || name.hasSuffix(".yaml") else { return }
            files[name] = try String(contentsOf: world.appending(path: name), encoding: .utf8)
        }
    }

    /// How each promise stands on 20 November 2024.
    private static func standings() throws -> (standings: [CommitmentStanding], rejects: [String]) {
        let world = try files()
        var settings = try SettingsFiles.shipped()
        settings.settings["commitments.yaml"] = world["commitments.yaml"]
        let configuration = try settings.read()
        try #require(configuration.problems == [])
        let evidence = TableEvidence()
        for feed in configuration.feeds.values where feed.source.isOwn {
            let path = "\(feed.source == .register ? "registers" : "standards")/\(feed.name).csv"
            let text = world[path] ?? settings.settings["demo/\(path)"] ?? settings.settings[path]
            evidence.put(try #require(text, "\(path)"), as: "\(feed.name).csv", in: feed.name)
        }
        for (path, text) in world.sorted(by: { $0.key < $1.key }) where path.hasPrefix("tables/") {
            let parts = path.split(separator: "/").map(String.init)
            evidence.add(text, as: parts[2], in: parts[1])
        }
        let asOf = try #require(CivilDate(iso8601: "2024-11-20"))
        var last: [String: [LastVerdict]] = [:]
        var rejects: [String] = []
        for job in configuration.jobs where !job.commitments.isEmpty {
            let findings = Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
                .findings(period: job.period(asOf: asOf), asOf: asOf)
            try #require(findings.failure == nil, "\(job.name)")
            rejects += findings.rejects.map { "\(job.name): \($0)" }
            last[job.name] = findings.assessments.map {
                LastVerdict(
                    subject: $0.subject,
                    indicator: $0.indicator,
                    state: $0.state,
                    name: $0.name,
                    facts: "",
                    asOf: Instant(seconds: 0)
                )
            }
        }
        let standings = configuration.commitments.map { commitment in
            CommitmentStanding(commitment, last: commitment.job.flatMap { last[$0] }, isJobUsable: true)
        }
        return (standings, rejects)
    }

    @Test func everyPromiseThatCanBeWatchedHasVerdictsAndNoTableIsComplainedOfButWhereNewerOnesReplaceIt() throws {
        let (standings, rejects) = try Self.standings()
        // A list that is handed in again says most of it again.
        let news = rejects.filter { !$0.contains("again what") && !$0.contains("otherwise") }
        #expect(news == [])
        #expect(standings.count == 128)
        for standing in standings {
            let commitment = standing.commitment
            let hasVerdicts = !standing.verdicts.isEmpty
            #expect(hasVerdicts == (commitment.job != nil), "\(commitment.id) \(standing.status) \(standing.reason)")
        }
        let counts = Dictionary(grouping: standings, by: \.status).mapValues(\.count)
        #expect(counts[.unmeasured] == 10)
        #expect(counts[.noData] == nil && counts[.noIndicator] == nil)
        #expect((counts[.kept] ?? 0) > 0 && (counts[.atRisk] ?? 0) > 0 && (counts[.broken] ?? 0) > 0)
    }
}
