// What tables of stock say that must not be guessed at: blanks, units, doubled lots, days without sense, renamed sites.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct StockInputTests {
    private static func world(_ lots: [String], unit: String = "片") -> StockWorld {
        var world = StockWorld.needing("A,MMR,10,\(unit)")
        world.lots = lots
        return world
    }

    @Test(
        "a blank is not zero, and zero is zero in any width",
        arguments: [
            ("", "no-report-of-it"), ("-", "no-report-of-it"), ("—", "no-report-of-it"), ("/", "no-report-of-it"),
            ("无", "no-report-of-it"), ("N/A", "no-report-of-it"), ("0", "stock-out"), ("０", "stock-out"),
        ]
    )
    func blanks(quantity: String, meaning: String) throws {
        let verdict = try Self.world(["A,MMR,2024-03-14,L1,\(quantity),2026-01-01"]).supply()
        #expect(verdict.state == (meaning == "stock-out" ? .critical : .unknown))
        #expect(verdict.facts.text("status") == (meaning == "stock-out" ? "stock-out" : "invalid-data"))
    }

    @Test(
        "numbers are read as offices write them, and half a separator is none",
        arguments: [
            ("\"1,234\"", "1234"), ("1，234", "1234"), ("1 234", "1234"), ("1.2万", "12000"), ("\"1,23\"", "0"),
        ]
    )
    func numbers(written: String, usable: String) throws {
        let facts = try Self.world(["A,MMR,2024-03-14,L1,\(written),2026-01-01"]).supply().facts
        #expect(facts.number("usable") == usable)
    }

    @Test(
        "units are converted by the register, and an unknown one counts for nothing",
        arguments: [
            ("5", "盒", "120", 0), ("0.5", "盒", "12", 0), ("0.3", "盒", "0", 1), ("7", "箱", "0", 1), ("7", "片", "7", 0),
            ("7", "", "7", 0),
        ]
    )
    func units(quantity: String, unit: String, usable: String, gaps: Int) throws {
        var world = Self.world(["A,MMR,2024-03-14,L1,\(quantity),2026-01-01,,\(unit)"])
        world.units = ["MMR,盒,24"]
        let verdict = try world.supply()
        #expect(verdict.facts.number("usable") == usable)
        #expect(verdict.gaps.count == gaps)
    }

    @Test(arguments: [("200", "片", "20", "盒", true), ("200", "片", "190", "盒", false), ("200", "片", "20", "片", false)])
    func `a quantity that becomes a tenth as its unit changes is in doubt`(
        old: String,
        oldUnit: String,
        new: String,
        newUnit: String,
        isDoubtful: Bool
    ) throws {
        var world = Self.world([
            "A,MMR,2024-03-07,L1,\(old),2026-01-01,,\(oldUnit)", "A,MMR,2024-03-14,L1,\(new),2026-01-01,,\(newUnit)",
        ])
        world.units = ["MMR,盒,1"]
        let verdict = try world.supply()
        #expect(verdict.gaps.map(\.description) == (isDoubtful ? ["conflicting unit lots.csv:3"] : []))
        #expect((verdict.state == .unknown) == isDoubtful)
    }

    @Test func `vials are not doses until the register says how many`() throws {
        var world = Self.world(["A,MMR,2024-03-14,L1,4,2026-01-01,,支"], unit: "剂")
        #expect(try world.supply().facts.number("usable") == "0")
        world.units = ["MMR,支,10"]
        #expect(try world.supply().facts.number("usable") == "40")
    }

    @Test(
        "a lot that stands there twice",
        arguments: [
            // The same row, another place, another quantity.
            (["L1,50,2026-01-01", "L1,50,2026-01-01"], "50", 0),
            (["L1,50,2026-01-01,,,甲库", "L1,30,2026-01-01,,,乙库"], "80", 0),
            (["L1,50,2026-01-01", "L1,30,2026-01-01"], "0", 1),
            // Without a number each day is a lot of its own.
            ([",50,2026-01-01", ",30,2026-02-01"], "80", 0),
        ]
    )
    func twice(lots: [String], usable: String, conflicts: Int) throws {
        let verdict = try Self.world(lots.map { "A,MMR,2024-03-14,\($0)" }).supply()
        #expect(verdict.facts.number("usable") == usable)
        #expect(verdict.gaps.count { $0.reason == .conflicting } == conflicts)
    }

    @Test func `of two expiries of one lot the earlier one counts, and somebody is asked to look`() throws {
        let judged = try Self.world(
            ["A,MMR,2024-03-14,L1,50,2026-01-01,,,甲库", "A,MMR,2024-03-14,L1,30,2024-03-01,,,乙库"]
        ).judge()
        let facts = try judged.of("A/MMR", "availability").facts
        #expect(facts.number("expired") == "80")
        #expect(judged.complaints.map(\.found) == ["2026-01-01, 2024-03-01"])
        #expect(judged.complaints.first?.severity == .warning)
    }

    @Test(
        "days are read in all their forms, a month alone is its last day, and what could be two days is none",
        arguments: [
            ("2024-06", "2024-06-30"), ("2024/6", "2024-06-30"), ("202406", "2024-06-30"), ("2024年6月", "2024-06-30"),
            ("2024年6月30日", "2024-06-30"), ("2024.06.30", "2024-06-30"), ("20240630", "2024-06-30"),
            ("２０２４－６－３０", "2024-06-30"), ("30-Jun-24", "2024-06-30"), ("45473", "2024-06-30"),
            ("05/06/24", nil), ("长期", nil),
        ] as [(String, String?)]
    )
    func expiries(written: String, day: String?) throws {
        var world = Self.world(["A,MMR,2024-03-14,L1,50,\(written)"])
        world.parameters.expiryHorizonDays = 365
        let lot = try world.loss().facts.entries("expiringLots").first
        #expect(lot?["expiry"] == (try day.map { .date(try ChecksTests.day($0)) }))
    }

    @Test(
        "who writes that a lot never expires is believed of an item of which the register says so too",
        arguments: [("yes", "50", 0), ("", "0", 1)]
    )
    func endless(neverExpires: String, usable: String, complaints: Int) throws {
        var world = Self.world(["A,MMR,2024-03-14,L1,50,长期"])
        world.items = ["MMR,,,,\(neverExpires)"]
        let judged = try world.judge()
        let facts = try judged.of("A/MMR", "availability").facts
        #expect(facts.number("usable") == usable)
        #expect(judged.complaints.map(\.key) == Array(repeating: "expiry", count: complaints))
        #expect(try judged.of("A/MMR", "expiry").facts.entries("expiringLots").isEmpty)
    }

    @Test func `an item whose specification changed is another one, and its group goes on with the history of both`()
        throws
    {
        var world = StockWorld()
        world.policies = [("A,IBU,0,片", [:])]
        // 0.3 g × 20 became 0.3 g × 24: two codes, one group, in tablets.
        world.items = ["IBU20,IBU,20", "IBU24,IBU,24"]
        world.lots = ["A,IBU24,2024-03-14,L2,10,2026-01-01"]
        world.consumption = [
            "A,IBU20,2024-01-01,2024-01-31,31,issue", "A,IBU24,2024-02-01,2024-02-29,29,issue",
        ]
        let facts = try world.supply("A/IBU").facts
        #expect(facts.number("usable") == "240")
        // 31 boxes of 20 and 29 of 24 in 60 days.
        #expect(facts.number("consumed") == "1316")
        #expect(facts["inStockDays"] == .integer(60))
    }

    @Test func `the day on which a lot is dead already is one day later than its last good one`() throws {
        let columns = StockWorld.lotColumns.map { name, type in
            name == "expiry"
                ? Column(name: name, titleZh: "有效期至", titleEn: name, type: type, firstBadDayHeaders: ["失效期"])
                : Column(name: name, titleZh: name, titleEn: name, type: type)
        }
        let schema = try TableSchema(columns: columns)
        for (header, usable) in [("有效期至", "50"), ("失效期", "0")] {
            let policies = try Table(
                "policies.csv",
                StockWorld.policyColumns,
                StockWorld.policyColumns.map(\.0).joined(separator: ",") + "\nA,MMR,10,片\n"
            ).schema()
            let today = try day("2024-03-15")
            let definition = CheckDefinition.stock(.init(expiryHorizonDays: 30, staleAfterDays: 10))
            let role = try #require(definition.roles.firstIndex { $0.name == "lots" })
            var check = definition.begin(
                schemas: ["policies": policies, "lots": schema],
                period: .day(today),
                asOf: today
            )
            var complaints: [Diagnostic] = []
            let policy = Row(
                schema: policies,
                file: "policies.csv",
                line: 2,
                values: ["site": "A", "item": "MMR", "minimum": "10"],
                complaints: &complaints
            )
            check.consume(policy, role: 0)
            var sink = LotSink(check: check, role: role)
            var reader = TableReader(schema: schema, file: "lots.csv")
            let text = "site,item,date,lot,quantity,\(header)\nA,MMR,2024-03-14,L1,50,2024-03-15\n"
            let bytes = Array(text.utf8)
            reader.feed(bytes.span, into: &sink)
            reader.finish(into: &sink)
            let verdict = try #require(sink.check.finish().first)
            #expect(verdict.facts.number("usable") == usable, "\(header)")
        }
    }

    @Test func `a row of an unknown site or item is named with the nearest known one and matched to nothing`() throws {
        let judged = try Self.world([
            "AA,MMR,2024-03-14,L1,50,2026-01-01", "A,MMRV,2024-03-14,L1,50,2026-01-01",
        ]).judge()
        #expect(judged.complaints.map(\.found) == ["AA", "MMRV"])
        #expect(judged.complaints.last?.remedy == "did you mean \"MMR\"?")
        // Nobody reported of it, which is not nothing.
        #expect(try judged.of("A/MMR", "availability").facts["usable"] == nil)
    }
}

private struct LotSink: RowSink {
    var check: any Check
    let role: Int

    mutating func accept(_ row: borrowing Row) { check.consume(row, role: role) }
    mutating func reject(_ reject: Reject) {}
}
