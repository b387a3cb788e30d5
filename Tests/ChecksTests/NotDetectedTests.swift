// What was not detected and what was not measured: half the detection limit, a reason, and never a zero.

import Checks
import Diagnostics
import Records
import Testing

@Suite struct NotDetectedTests {
    @Test(arguments: ["0.02L", "<0.02", "ND(0.02)", "未检出（0.02）"])
    func `half the detection limit is assessed, and the facts say so`(written: String) throws {
        let verdict = try SurfaceWater.verdict("NH3-N", written)
        #expect(verdict.state == .ok)
        #expect(verdict.gaps.isEmpty)
        let facts = try verdict.facts.item("NH3-N")
        #expect(facts.number("value") == "0.01")
        #expect(facts.number("notDetected") == "1")
        #expect(facts.number("detectionLimit") == "0.02")
    }

    @Test func `half the limit is exact before the mean is rounded once`() throws {
        #expect(try SurfaceWater.verdict("oil", "0.01L").facts.item("oil").number("value") == "0.005")
        #expect(try SurfaceWater.verdict("VP", "0.0003L").facts.item("VP").number("value") == "0.0002")
        let verdict = try SurfaceWater.judge(
            items: ["NH3-N"],
            rows: ["新泾港,天山路桥,2024-02,,0.05L", "新泾港,天山路桥,2024-02,,0.16", "新泾港,天山路桥,2024-02,,0.02L"]
        ).of("S1")
        let facts = try verdict.facts.item("NH3-N")
        // (0.025 + 0.16 + 0.01) ÷ 3
        #expect(facts.number("value") == "0.06")
        #expect(facts.number("samples") == "3")
        #expect(facts.number("notDetected") == "2")
        #expect(facts.number("detectionLimit") == "0.05")
    }

    @Test func `a measured value says nothing of detection`() throws {
        let facts = try SurfaceWater.verdict("NH3-N", "0.02").facts.item("NH3-N")
        #expect(facts["notDetected"] == nil)
        #expect(facts["detectionLimit"] == nil)
    }

    @Test(
        arguments: [
            // Half of it would meet the target of 1.0, and of that of 5 for oxygen, without proving anything.
            ("NH3-N", "1.5L", Assessment.State.unknown, true), ("NH3-N", "1.0L", .ok, false),
            ("DO", "<12", .unknown, true), ("NH3-N", "9L", .critical, true), ("DO", "<0.5", .critical, false),
        ]
    )
    func `a detection limit beyond the target proves nothing`(
        item: String,
        written: String,
        state: Assessment.State,
        isCoarse: Bool
    ) throws {
        let verdict = try SurfaceWater.verdict(item, written)
        #expect(verdict.state == state)
        #expect(verdict.gaps.map(\.description) == (isCoarse ? ["coarse-detection-limit \(item) water.csv:2"] : []))
        #expect(try verdict.facts.item(item)["detectionLimit"] != nil)
        #expect(verdict.facts.flag("compliant") != true || state == .ok)
    }

    @Test(arguments: [
        ("ND", "no-detection-limit"), ("未检出", "no-detection-limit"), ("未测", "not-measured"), ("—", "not-measured"),
        ("停测", "suspended"), ("断流", "dry"), ("", "blank"), (">5", "unreadable"),
    ])
    func `without a number there is a gap of its own reason, never a zero`(written: String, reason: String) throws {
        let verdict = try SurfaceWater.judge(
            items: ["DO", "NH3-N"],
            rows: ["新泾港,天山路桥,2024-02,,9.0,\(written)"]
        ).of("S1")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["\(reason) NH3-N water.csv:2"])
        #expect(verdict.facts.entries("items").map { $0.text("item") } == ["DO"])
    }

    @Test func `a detection limit of pH is a slip`() throws {
        let judged = try SurfaceWater.judge(items: ["pH", "DO"], rows: ["新泾港,天山路桥,2024-02,,7L,9.0"])
        #expect(judged.complaints.map(\.key) == ["pH"])
        #expect(judged.complaints.map(\.found) == ["<7"])
        #expect(try judged.of("S1").gaps.map(\.description) == ["unreadable pH water.csv:2"])
    }

    @Test(arguments: ["99999999999L", "9223372036854775807L"])
    func `an absurd detection limit is named and not used`(written: String) throws {
        let judged = try SurfaceWater.judge(items: ["DO", "NH3-N"], rows: ["新泾港,天山路桥,2024-02,,9.0,\(written)"])
        #expect(judged.complaints.count == 1)
        #expect(try judged.of("S1").gaps.map(\.reason) == [.unreadable])
    }

    @Test func `zero stays zero`() throws {
        #expect(try SurfaceWater.verdict("TP", "0").facts.item("TP").number("value") == "0")
    }
}
