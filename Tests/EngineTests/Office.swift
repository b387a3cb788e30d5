// The shipped settings with a few subjects: what comes of a table that a clerk hands in.

import Alerts
import Almanac
import Checks
import Diagnostics
import Engine
import Jobs
import Linux
import Records
import TestKit
import Testing

/// The shipped settings with a few subjects, on 5 March 2024 in Shanghai.
struct Office {
    let configuration: Configuration
    let evidence: TableEvidence
    private let ledger = MemoryLedger()
    private let spool = MemorySpool()

    /// - Parameters:
    ///   - policies: The rows of the register of stock requirements.
    ///   - siteAliases: The rows of the register of other names of sites.
    ///   - itemAliases: The rows of the register of other names of items.
    ///   - units: The rows of the register of units that drill.
    ///   - change: What is different from the shipped settings.
    init(
        policies: String = "S1,甲中心,N95,口罩,只,100,,,\nS1,甲中心,GOWN,隔离衣,件,100,,,\n",
        siteAliases: String = "",
        itemAliases: String = "",
        units: String = "SCH,演示小学,school,2024-01-01\n",
        change: (inout SettingsFiles) -> Void = { _ in }
    ) throws {
        var files = try SettingsFiles.shipped()
        change(&files)
        configuration = try files.read()
        try #require(configuration.problems == [])
        func register(_ name: String, _ rows: String = "") throws -> (file: String, text: String) {
            let header = try #require(files.settings["registers/\(name).csv"]?.split(separator: "\n").first)
            return ("\(name).csv", "\(header)\n\(rows)")
        }
        evidence = TableEvidence([
            "river-sections": [
                try register("river-sections", "JA-01,彭越浦,汶水路桥,Ⅴ,,\nJA-02,走马塘,共和新路桥,Ⅴ,,\n")
            ],
            "section-aliases": [try register("section-aliases")],
            "stock-policies": [try register("stock-policies", policies)],
            "site-aliases": [try register("site-aliases", siteAliases)],
            "item-aliases": [try register("item-aliases", itemAliases)],
            "duty-exemptions": [try register("duty-exemptions")],
            "drill-units": [try register("drill-units", units)],
            "drill-rules": [
                (
                    "drill-rules.csv",
                    "rule,title_zh,title_en,applies_to,kinds,period,count,clock,basis,source,article\n"
                        + "R1,应急疏散演练,Drill,school,疏散,P1M,1,bucket,法定,某文件,第一条\n"
                        + "R2,消防演练,Drill,market,消防演练,P1M,1,bucket,法定,某文件,第二条\n"
                )
            ],
        ])
    }

    /// What comes of a table that is handed in: what the ledger enters, and the slip's text.
    func receive(_ text: String, feed: String, as name: String = "t.csv") async throws -> (
        reception: Reception, slip: String
    ) {
        let clock = WallClock.starting(at: try Instant(rfc3339: "2024-03-05T12:00:00+08:00"))
        evidence.handIn(text, as: name, to: feed, changed: WallClock().now().adding(seconds: -3_600))
        let memory = try ledger.restore()
        let log = CapturedEvents()
        let desk = DutyDesk(ledger: ledger, memory: memory, generator: "dutyd test")
        let receptionist = Receptionist(
            configuration: configuration,
            known: memory.receptions,
            evidence: evidence,
            archive: evidence,
            desk: desk,
            courier: Courier(
                spool: spool,
                ledger: ledger,
                desk: desk,
                log: log,
                clock: clock,
                limits: UntakenLimits(files: 1_000, bytes: 1 << 30)
            ),
            log: log,
            clock: clock
        )
        let reception = try #require(await receptionist.sweep().received.first)
        let document = try #require(spool.delivered.last?.documents.first { $0.fileName.hasSuffix(".txt") })
        return (reception, String(decoding: document.bytes, as: UTF8.self).replacing("\r\n", with: "\n"))
    }

    /// What a run of a job finds in March 2024, on the same day unless it is another.
    func findings(_ name: String, day: Int = 5) throws -> Findings {
        let job = try #require(configuration.job(named: name))
        let asOf = try #require(CivilDate(year: 2024, month: 3, day: day))
        return Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
            .findings(period: job.period(asOf: asOf), asOf: asOf)
    }
}
