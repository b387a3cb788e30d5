// Numbers that can be read and hardly be right, and months that were changed.

import Almanac
import Checks
import Records
import Testing

@Suite struct SectionPlausibilityTests {
    private static func odd(_ items: [String], _ rows: [String]) throws -> [String] {
        let judged = try SurfaceWater.watch(items: items, rows: rows, in: SurfaceWater.month(2024, 3))
        let verdict = try judged.of("S1", "implausible")
        let oddities = verdict.facts.entries("oddities")
        #expect(verdict.state == (oddities.isEmpty ? .ok : .warning))
        return oddities.map { "\($0.text("oddity") ?? "") \($0.text("item") ?? "")" }
    }

    @Test(arguments: [
        (["TP"], "0", ["zero TP"]), (["NH3-N", "TN"], "2.0,1.9", ["more-than NH3-N"]),
        (["NH3-N", "TN"], "1.9,2.0", []),
        (["CODMn", "COD"], "23,20", ["more-than CODMn"]), (["CODMn", "COD"], "22,20", []),
        (["DO"], "23", ["oxygen-saturation DO"]), (["DO"], "12", []), (["NH3-N"], "201", ["unit NH3-N"]),
        (["NH3-N"], "200", []), (["NH3-N", "TP"], "0,0", ["zero NH3-N", "zero TP", "all-zero "]),
        // Half a detection limit says nothing of what is more.
        (["NH3-N", "TN"], "8L,1.9", []),
    ])
    func `numbers that contradict nature or each other`(items: [String], cells: String, odd: [String]) throws {
        #expect(try Self.odd(items, ["S1,2024-03,\(cells)"]) == odd)
    }

    @Test(arguments: [
        (["0.587", "0.587", "0.587"], true), (["0.587", "0.588", "0.587"], false),
        // A pH of 8 three times in a row is nothing odd, nor is what was never detected.
        (["0.58", "0.58", "0.58"], false), (["0.025L", "0.025L", "0.025L"], false),
    ])
    func `a value that is the same to its last digit three months in a row`(values: [String], isOdd: Bool) throws {
        let rows = values.enumerated().map { "S1,2024-0\($0 + 1),\($1)" }
        #expect(try Self.odd(["NH3-N"], rows) == (isOdd ? ["frozen NH3-N"] : []))
    }

    @Test func `the state of all sections is told by shares from five sections on`() throws {
        // Eight of nine sections at III or better: 88.9 %.
        let codes = (1...9).map { "S\($0)" }
        let judged = try SurfaceWater.watch(
            register: codes.map { "\($0),河\($0),桥,Ⅲ" },
            items: ["NH3-N"],
            rows: codes.map { "\($0),2024-02,\($0 == "S9" ? "1.2" : "0.4")" },
            in: SurfaceWater.month(2024, 2)
        )
        let facts = try judged.of("district", "district").facts
        #expect(facts.text("method") == "ratio" && facts.text("grade") == "good")
        #expect(facts.number("goodShare") == "88.9" && facts.number("missed") == "1")
        #expect(facts.entries("mainPollutants").map { $0.number("share") } == ["11.1"])
        #expect(facts.entries("table").count == 9)
        #expect(try judged.of("district", "district").state == .warning)
    }

    @Test(arguments: [
        // Shares of I–III and of worse than V among ten sections, and the state of them all.
        (9, 0, "excellent"), (8, 2, "good"), (7, 1, "light-pollution"), (6, 3, "moderate-pollution"),
        (6, 4, "heavy-pollution"), (5, 5, "heavy-pollution"),
    ])
    func `shares and states`(good: Int, worst: Int, grade: String) throws {
        let codes = (0..<10).map { "S\($0)" }
        let judged = try SurfaceWater.watch(
            register: codes.map { "\($0),河\($0),桥,Ⅴ" },
            items: ["NH3-N"],
            rows: codes.enumerated().map { "\($1),2024-02,\($0 < good ? "0.4" : $0 >= 10 - worst ? "3" : "1.8")" },
            in: SurfaceWater.month(2024, 2)
        )
        #expect(try judged.of("district", "district").facts.text("grade") == grade)
    }

    @Test func `fewer than five sections are judged by their means`() throws {
        let judged = try SurfaceWater.watch(
            register: ["S1,新泾港,天山路桥,Ⅲ", "S2,新泾港,仙霞路桥,Ⅲ"],
            items: ["NH3-N"],
            rows: ["S1,2024-02,0.3", "S2,2024-02,1.9"],
            in: SurfaceWater.month(2024, 2)
        )
        let facts = try judged.of("district", "district").facts
        // 1.10 is class IV, between II and V.
        #expect(facts.text("method") == "mean" && facts.text("meanClass") == "IV")
        #expect(facts.text("grade") == "light-pollution")
    }

    @Test(arguments: [
        (["0.4", "0.4"], "unchanged"), (["0.4", "1.2"], "much-worse"), (["3", "0.4"], "much-better"),
    ])
    func `the district is compared by its shares`(values: [String], trend: String) throws {
        let codes = (1...5).map { "S\($0)" }
        let rows = codes.flatMap { code in values.enumerated().map { "\(code),2024-0\($0 + 1),\($1)" } }
        let judged = try SurfaceWater.watch(
            register: codes.map { "\($0),河\($0),桥,Ⅲ" },
            items: ["NH3-N"],
            rows: rows,
            in: SurfaceWater.month(2024, 2)
        )
        #expect(try judged.of("district", "district").facts.entries("monthOnMonth").first?.text("trend") == trend)
        #expect(
            try judged.of("district", "district").facts.entries("yearOnYear").first?.text("trend") == "not-comparable"
        )
    }

    @Test func `main pollution indicators stand in the order of class, multiple and table`() throws {
        let judged = try SurfaceWater.watch(
            items: ["DO", "CODMn", "COD", "NH3-N", "TP"],
            rows: ["S1,2024-02,2.5,11,21,1.2,0.35"],
            in: SurfaceWater.month(2024, 2)
        )
        let main = try judged.of("S1", "class").facts.entries("mainPollutants")
        // V: CODMn by 0.833, TP by 0.75, and oxygen, which has no multiple; COD and ammonia are IV.
        #expect(main.map { $0.text("item") } == ["CODMn", "TP", "DO"])
        #expect(main.map { $0.number("multipleIII") } == ["0.833", "0.750", nil])
    }

    @Test func `a lake has limits of its own`() throws {
        let item = WaterQualityStandard.Item(
            symbol: "TP",
            unit: "mg/L",
            direction: .max,
            limits: try ["0.02", "0.1", "0.2", "0.3", "0.4"].map(decimal),
            lakeLimits: try ["0.01", "0.025", "0.05", "0.1", "0.2"].map(decimal),
            decimals: 3,
            decides: true
        )
        for (body, expected) in [("", WaterClass.ii), ("湖库", .iv)] {
            let judged = try SurfaceWater.watch(
                register: ["S1,动物园,天鹅湖,Ⅲ,,,,,,,\(body)"],
                items: ["TP"],
                rows: ["S1,2024-02,0.09"],
                in: SurfaceWater.month(2024, 2)
            ) {
                $0.standards = [
                    WaterQualityStandard(
                        name: "S",
                        items: [item],
                        method: SurfaceWater.method,
                        plausibility: SurfaceWater.plausibility
                    )
                ]
            }
            #expect(try judged.of("S1", "class").facts.text("class") == expected.rawValue)
        }
    }

    @Test func `of several standards the one in force at the end of the period is used`() throws {
        func standard(_ name: String, _ limit: String, _ from: String, _ until: String?) throws -> WaterQualityStandard
        {
            let limits = try Array(repeating: decimal(limit), count: 5)
            let item = WaterQualityStandard.Item(
                symbol: "NH3-N",
                unit: "mg/L",
                direction: .max,
                limits: limits,
                decimals: 2,
                decides: true
            )
            return WaterQualityStandard(
                name: name,
                items: [item],
                validFrom: try day(from),
                validUntil: try until.map(day),
                method: SurfaceWater.method,
                plausibility: SurfaceWater.plausibility
            )
        }
        let standards = [
            try standard("OLD", "1.0", "2002-06-01", "2024-02-29"), try standard("NEW", "0.5", "2024-03-01", nil),
        ]
        for (month, name, state) in [(2, "OLD", Assessment.State.ok), (3, "NEW", .critical)] {
            let verdict = try SurfaceWater.watch(
                items: ["NH3-N"],
                rows: ["S1,2024-0\(month),0.7"],
                in: SurfaceWater.month(2024, month)
            ) { $0.standards = standards }.of("S1", "class")
            #expect(verdict.facts.text("standard") == name && verdict.state == state)
        }
        let none = try SurfaceWater.watch(items: ["NH3-N"], rows: ["S1,2001-01,0.1"], in: SurfaceWater.month(2001, 1)) {
            $0.standards = standards
        }.of("S1", "class")
        #expect(none.state == .unknown && none.gaps.map(\.reason).contains(.notInForce))
    }
}
