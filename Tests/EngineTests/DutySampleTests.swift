// The sample tables of stock, cold chain, beds and sentinels, judged by the shipped jobs.

import Almanac
import Checks
import Engine
import JSON
import Jobs
import TestKit
import Testing

@Suite struct DutySampleTests {
    /// The shipped settings, with the sample tables in the place of what departments and registers hold.
    private static func judge(_ name: String) throws -> Findings {
        let files = try SettingsFiles.shipped()
        let configuration = try files.read()
        let job = try #require(configuration.job(named: name))
        var tables: [String: [(file: String, text: String)]] = [:]
        for feed in configuration.feeds.keys {
            let text =
                files.settings["demo/duties/\(feed).csv"] ?? files.settings["registers/\(feed).csv"]
                ?? files.settings["standards/\(feed).csv"]
            if let text { tables[feed] = [("\(feed).csv", text)] }
        }
        let day = try #require(CivilDate(iso8601: "2024-03-15"))
        return Evaluation(job: job, feeds: configuration.feeds, evidence: TableEvidence(tables))
            .findings(period: job.period(asOf: day), asOf: day)
    }

    /// What the samples are made to show: every kind of verdict.
    private static let shown:
        [(job: String, subject: String, indicator: String, state: Assessment.State, what: String)] = [
            ("vaccine-stock", "DEMO-C1/VAC-MMR", "availability", .ok, "over-max"),
            ("vaccine-stock", "DEMO-C1/VAC-MMR", "expiry", .warning, "will-waste"),
            ("vaccine-stock", "DEMO-C2/VAC-MMR", "availability", .warning, "below-min"),
            ("vaccine-stock", "DEMO-C3/VAC-MMR", "availability", .critical, "stock-out"),
            ("vaccine-stock", "DEMO-C3/VAC-MMR", "expiry", .warning, "expired"),
            ("vaccine-stock", "DEMO-C4/VAC-MMR", "availability", .unknown, "stale"),
            ("vaccine-stock", "DEMO-C6/VAC-MMR", "availability", .unknown, "no-report"),
            ("vaccine-stock", "DISTRICT/VAC-MMR", "availability", .ok, "normal"),
            ("medical-supplies", "DEMO-H1/MASK", "availability", .warning, "below-min"),
            ("medical-supplies", "DEMO-H1/GOWN", "availability", .unknown, "invalid-data"),
            ("medical-supplies", "DEMO-H2/KIT", "expiry", .warning, "near-expiry"),
            ("pharmacy-supply", "DEMO-H2/FEVER", "availability", .warning, "below-min"),
            ("pharmacy-supply", "DEMO-H1/PAX", "availability", .ok, "normal"),
            ("grain-reserve", "DEMO-G1/GRAIN", "availability", .ok, "rotating"),
            ("grain-reserve", "DEMO-G2/GRAIN", "expiry", .warning, "will-waste"),
            ("cold-chain", "DEMO-T1", "temperature", .ok, ""), ("cold-chain", "DEMO-T2", "temperature", .warning, ""),
            ("cold-chain", "DEMO-T3", "temperature", .critical, ""), ("cold-chain", "DEMO-T4", "logger", .warning, ""),
            ("cold-chain", "DEMO-T5", "temperature", .critical, ""),
            ("icu-beds", "DEMO-H1/general", "occupancy", .critical, ""), ("icu-beds", "DEMO-H3", "icu", .warning, ""),
            ("icu-beds", "DEMO-H4/general", "occupancy", .unknown, ""),
            ("hospital-flow", "DEMO-H3", "referral", .warning, ""),
            ("fever-clinics", "DEMO-F1/FEVER", "counts", .warning, ""),
            ("fever-clinics", "DEMO-F2/FEVER", "counts", .ok, ""),
            ("fever-clinics", "DEMO-F3/FEVER", "reporting", .warning, ""),
            ("fever-clinics", "signals", "noise", .ok, ""),
        ]

    @Test(arguments: shown)
    func `the samples show every kind of verdict`(
        job: String,
        subject: String,
        indicator: String,
        state: Assessment.State,
        what: String
    ) throws {
        let findings = try Self.judge(job)
        #expect(findings.failure == nil)
        let found = findings.assessments.filter { $0.subject == subject && $0.indicator == indicator }
        let verdict = try #require(found.first, "nothing is said of \(subject)")
        #expect(found.count == 1)
        #expect(verdict.state == state)
        guard !what.isEmpty else { return }
        #expect(verdict.facts[indicator == "expiry" ? "loss" : "status"] == .text(what))
    }

    @Test(
        arguments: [
            "vaccine-stock", "medical-supplies", "pharmacy-supply", "grain-reserve", "cold-chain", "icu-beds",
            "hospital-flow", "fever-clinics",
        ]
    )
    func `the same tables give the same verdicts to the last letter`(job: String) throws {
        let (first, second) = (try Self.judge(job), try Self.judge(job))
        #expect(!first.assessments.isEmpty)
        #expect(
            first.assessments.map { $0.json(job: job).text(.line) }
                == second.assessments.map { $0.json(job: job).text(.line) }
        )
    }

    /// The names under which scripts find what a verdict rests on.
    @Test(
        arguments: [
            (
                "vaccine-stock", "DEMO-C2/VAC-MMR", "availability",
                [
                    "usable", "amc", "monthsOfStock", "daysOfSupply", "min", "max", "emergencyOrderPoint", "status",
                    "loss",
                ]
            ), ("vaccine-stock", "DEMO-C1/VAC-MMR", "expiry", ["usable", "willExpire", "status", "loss"]),
            ("cold-chain", "DEMO-T2", "temperature", ["mkt", "degreeMinutes", "excursions"]),
            ("fever-clinics", "DEMO-F1/FEVER", "counts", ["count", "expected", "statistic", "threshold", "method"]),
        ]
    )
    func `the facts have the names that scripts go by`(
        job: String,
        subject: String,
        indicator: String,
        names: [String]
    ) throws {
        let found = try Self.judge(job).assessments.first { $0.subject == subject && $0.indicator == indicator }
        let facts = try #require(found).facts
        #expect(names.filter { facts[$0] == nil } == [])
    }

    @Test func `an order point at a service level names its safety stock`() throws {
        let all = try ["vaccine-stock", "medical-supplies", "pharmacy-supply"].flatMap {
            try Self.judge($0).assessments
        }
        #expect(all.contains { $0.facts["reorderPoint"] != nil && $0.facts["safetyStock"] != nil })
    }
}
