// What follows from a section's months: warnings beside its class, each by its own rule.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct SectionAlertTests {
    /// One ammonia value a month from January on, of a section that has to reach III.
    private static func year(_ year: Int, _ values: [String]) -> [String] {
        values.enumerated().map { "S1,\(year)-\($0 < 9 ? "0" : "")\($0 + 1),\($1)" }
    }

    private static func judge(
        _ rows: [String],
        _ month: Int,
        register: [String] = ["S1,新泾港,天山路桥,Ⅲ"],
        item: String = "NH3-N",
        setting change: (inout SectionCompliance.Parameters) -> Void = { _ in }
    ) throws -> Judgement {
        try SurfaceWater.watch(
            register: register,
            items: [item],
            rows: rows,
            in: SurfaceWater.month(2024, month),
            setting: change
        )
    }

    @Test(arguments: [
        // The mean over the months, each counting alike, rounded once and compared.
        (["0.5", "1.5"], Assessment.State.ok, "1.00"), (["0.9", "1.2"], .warning, "1.05"),
        (["1.9", "2.5"], .critical, "2.20"), (["1.01", "1.0"], .ok, "1.00"),
    ])
    func `the year so far is judged by the mean of its months`(
        values: [String],
        state: Assessment.State,
        value: String
    ) throws {
        let verdict = try Self.judge(Self.year(2024, values), 2).of("S1", "exceed_ytd")
        #expect(verdict.state == state)
        #expect(try verdict.facts.item("NH3-N").number("value") == value)
        #expect(verdict.facts.number("months") == "2")
    }

    @Test func `several samples of a month are one month of the year so far`() throws {
        let rows = ["S1,2024-01,0.2", "S1,2024-01,0.4", "S1,2024-01,0.6", "S1,2024-02,1.8"]
        let verdict = try Self.judge(rows, 2).of("S1", "exceed_ytd")
        // (0.4 + 1.8) ÷ 2, not 3.0 ÷ 4.
        #expect(try verdict.facts.item("NH3-N").number("value") == "1.10")
    }

    @Test func `a month without a row keeps the year so far from being called good`() throws {
        let verdict = try Self.judge(["S1,2024-02,0.4"], 2).of("S1", "exceed_ytd")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["no-row 2024-01"])
    }

    @Test(arguments: [
        // Month and year so far one class worse than last year, worse than III, beyond the target: level 2.
        (["1.0", "1.0"], ["1.2", "1.4"], "warning", "ok"),
        // Two classes worse in both: level 1, and then not level 2.
        (["0.4", "0.4"], ["1.4", "1.2"], "ok", "critical"), (["0.9", "0.9"], ["1.9", "1.8"], "ok", "critical"),
        // The month two classes worse and the year so far one: level 2.
        (["0.9", "0.9"], ["0.9", "1.8"], "warning", "ok"),
        // Worse, but the year so far is no worse than III; worse than III, but not worse than last year.
        (["0.4", "0.4"], ["0.4", "1.2"], "ok", "ok"), (["1.2", "1.2"], ["1.2", "1.2"], "ok", "ok"),
        // Without last year's months the rule cannot be applied, and says so.
        ([], ["1.2", "1.4"], "unknown", "unknown"),
    ])
    func `the warning levels of the Yangtze rule`(
        before: [String],
        now: [String],
        level2: String,
        level1: String
    ) throws {
        let judged = try Self.judge(Self.year(2023, before) + Self.year(2024, now), 2)
        #expect(try judged.of("S1", "yangtze_l2").state.rawValue == level2)
        #expect(try judged.of("S1", "yangtze_l1").state.rawValue == level1)
        if before.isEmpty {
            #expect(
                try judged.of("S1", "yangtze_l2").gaps.map(\.description) == [
                    "no-row 2023-02", "no-row 2023-01–2023-02",
                ]
            )
        }
    }

    @Test func `the Yangtze rule asks that the year so far misses the target`() throws {
        let rows = Self.year(2023, ["1.0", "1.0"]) + Self.year(2024, ["1.2", "1.4"])
        let judged = try Self.judge(rows, 2, register: ["S1,新泾港,天山路桥,Ⅳ"])
        #expect(try judged.of("S1", "yangtze_l2").state == .ok)
    }

    @Test(arguments: [
        ("NH3-N", "0.89", Assessment.State.ok), ("NH3-N", "0.9", .warning), ("NH3-N", "1.0", .warning),
        // Beyond the limit it is no longer near it.
        ("NH3-N", "1.01", .ok), ("DO", "5.5", .warning), ("DO", "5.6", .ok), ("DO", "5", .warning), ("DO", "4.9", .ok),
        // pH has two ends and no multiple.
        ("pH", "9", .ok),
    ])
    func `an item that meets the target and comes close to its limit`(
        item: String,
        value: String,
        state: Assessment.State
    ) throws {
        let verdict = try Self.judge(["S1,2024-02,\(value)"], 2, item: item).of("S1", "near_limit")
        #expect(verdict.state == state)
        #expect(verdict.facts.entries("near").count == (state == .warning ? 1 : 0))
    }

    @Test func `a warning of the limit is not taken back because the limit is exceeded`() throws {
        let verdict = try Self.judge(["S1,2024-02,1.2"], 2).of("S1", "near_limit")
        #expect(verdict.sustained == .warning)
    }

    @Test(arguments: [
        // I and II are one grade, so nothing changed.
        ("0.1", "0.4", Assessment.State.ok, "unchanged"), ("0.4", "0.9", .warning, "worse"),
        ("0.4", "1.2", .critical, "much-worse"), ("1.2", "0.4", .ok, "much-better"), ("0.9", "0.4", .ok, "better"),
    ])
    func `a section is compared with the month before by grades`(
        before: String,
        now: String,
        state: Assessment.State,
        trend: String
    ) throws {
        let verdict = try Self.judge(Self.year(2024, [before, now]), 2).of("S1", "deteriorated")
        #expect(verdict.state == state)
        #expect(verdict.facts.entries("monthOnMonth").map { $0.text("trend") } == [trend])
        #expect(verdict.facts.entries("yearOnYear").map { $0.text("trend") } == ["not-comparable"])
    }

    @Test func `a section is compared with the same month last year, and other items make that impossible`() throws {
        let rows = ["S1,2023-02,0.4,0.1", "S1,2024-01,1.2,0.1", "S1,2024-02,1.2,0.1"]
        let judged = try SurfaceWater.watch(items: ["NH3-N", "TP"], rows: rows, in: SurfaceWater.month(2024, 2))
        let verdict = try judged.of("S1", "deteriorated")
        #expect(verdict.state == .critical)
        #expect(verdict.facts.entries("yearOnYear").map { $0.text("trend") } == ["much-worse"])
        let other = try SurfaceWater.watch(
            items: ["NH3-N", "TP"],
            rows: ["S1,2023-02,0.4,"] + rows.dropFirst(),
            in: SurfaceWater.month(2024, 2)
        ).of("S1", "deteriorated")
        #expect(other.state == .ok)
        #expect(other.gaps.map(\.description) == ["not-comparable 2023-02"])
    }

    @Test(arguments: [
        (["0.5", "1.2"], Assessment.State.ok, "1"), (["1.2", "1.2"], .warning, "2"),
        (["1.2", "1.2", "1.3"], .critical, "3"), (["1.2", "1.2", "0.5"], .ok, "0"),
        (["1.2", "0.5", "1.2", "1.9"], .warning, "2"),
    ])
    func `months in a row that miss the target`(values: [String], state: Assessment.State, count: String) throws {
        let verdict = try Self.judge(Self.year(2024, values), values.count).of("S1", "consecutive")
        #expect(verdict.state == state)
        #expect(verdict.facts.number("count") == count)
        #expect(verdict.facts.entries("missed").count == Int(count))
    }

    @Test func `each month in a row is held against the target of its time`() throws {
        let register = ["S1,新泾港,天山路桥,Ⅳ", "S1,新泾港,天山路桥,Ⅲ,,2024-03"]
        let verdicts = try Self.judge(Self.year(2024, ["1.2", "1.2", "1.2"]), 3, register: register)
        #expect(try verdicts.of("S1", "consecutive").facts.number("count") == "1")
        #expect(try verdicts.of("S1", "class").facts.text("target") == "III")
        let earlier = try Self.judge(Self.year(2024, ["1.2", "1.2", "1.2"]), 2, register: register)
        #expect(try earlier.of("S1", "class").state == .ok)
        #expect(try earlier.of("S1", "class").facts.text("target") == "IV")
    }

    @Test func `a notice says since when the target is missed and what was before`() throws {
        let facts = try Self.judge(Self.year(2024, ["0.5", "1.2", "1.3"]), 3).of("S1", "class").facts
        #expect(facts.text("since") == "2024-02")
        #expect(facts.entries("earlier").map { $0.text("period") } == ["2024-02", "2024-01"])
        #expect(facts.entries("earlier").map { $0.entries("earlierItems").first?.number("value") } == ["1.2", "0.5"])
    }

    @Test(arguments: [
        // Three months of 12 at 1.2: the other nine may be at most (12 × 1.005 − 3.6) ÷ 9 = 0.94.
        (["1.2", "1.2", "1.2"], "0.9", Assessment.State.ok, "0.9400", "safe"),
        (["1.2", "1.2", "1.2"], "0.95", .warning, "0.9400", "at-risk"),
        (["5", "5", "5"], "0.9", .critical, "-0.3267", "impossible"),
    ])
    func `what the other months have to be for the year to meet its target`(
        values: [String],
        lastYear: String,
        state: Assessment.State,
        required: String,
        outlook: String
    ) throws {
        let rows = Self.year(2023, Array(repeating: lastYear, count: 12)) + Self.year(2024, values)
        let verdict = try Self.judge(rows, 3).of("S1", "annual_projection")
        #expect(verdict.state == state)
        let ammonia = try verdict.facts.item("NH3-N")
        #expect(ammonia.number("required") == required)
        #expect(ammonia.text("outlook") == outlook)
        #expect(ammonia.number("left") == "9")
    }

    @Test func `for oxygen the other months have to be at least so much`() throws {
        let rows = Self.year(2023, Array(repeating: "5.1", count: 12)) + Self.year(2024, ["4", "4", "4"])
        let verdict = try Self.judge(rows, 3, item: "DO").of("S1", "annual_projection")
        // (12 × 4.95 − 12) ÷ 9, which last year's 5.1 would not do.
        #expect(try verdict.facts.item("DO").number("required") == "5.267")
        #expect(verdict.state == .warning)
    }

    @Test func `when the year is over, what it has become is what counts`() throws {
        let verdict = try Self.judge(Self.year(2024, Array(repeating: "1.1", count: 12)), 12).of(
            "S1",
            "annual_projection"
        )
        #expect(verdict.state == .critical)
        #expect(try verdict.facts.item("NH3-N").text("outlook") == "missed")
        #expect(try Self.judge(Self.year(2024, ["0.5"]), 1).of("S1", "annual_projection").state == .unknown)
    }

    @Test func `a month without a row, a row without a value and a row with some are three different things`() throws {
        let register = ["S1,新泾港,天山路桥,Ⅲ,DO;NH3-N", "S2,新泾港,仙霞路桥,Ⅲ,DO;NH3-N", "S3,新泾港,虹桥路桥,Ⅲ,DO;NH3-N"]
        let judged = try SurfaceWater.watch(
            register: register,
            items: ["DO", "NH3-N"],
            rows: ["S1,2024-02,,", "S2,2024-02,9,"],
            in: SurfaceWater.month(2024, 2)
        )
        #expect(try judged.of("S1", "missing").facts.text("stage") == "no-values")
        #expect(try judged.of("S1", "missing").state == .critical)
        #expect(try judged.of("S2", "missing").facts.text("stage") == "partial")
        #expect(try judged.of("S2", "missing").state == .warning)
        #expect(try judged.of("S2", "class").facts["flags"] == .texts(["provisional"]))
        #expect(try judged.of("S3", "late").state == .warning)
        #expect(try judged.of("S3", "missing").state == .unknown)
        #expect(try judged.of("S1", "late").state == .ok && judged.of("S2", "late").state == .ok)
        for section in ["S1", "S2", "S3"] { #expect(try judged.of(section, "class").facts.flag("compliant") != true) }
    }

    @Test func `when the whole table is late, that is said once with all sections`() throws {
        let register = [
            "S1,新泾港,天山路桥,Ⅲ", "S2,新泾港,仙霞路桥,Ⅲ", "S3,新泾港,虹桥路桥,Ⅲ,,2024-03", "S4,周家浜,清池路桥,Ⅲ,,,,2024-01,2024-03,清淤",
        ]
        func judged(_ rows: [String], on day: String = "2024-03-05") throws -> Judgement {
            try SurfaceWater.watch(
                register: register,
                items: ["DO"],
                rows: ["S1,2024-01,9", "S2,2024-01,9"] + rows,
                in: SurfaceWater.month(2024, 2),
                asOf: day
            )
        }
        let nothing = try judged([])
        let whole = try nothing.of("district", "late")
        #expect(whole.state == .warning)
        #expect(whole.facts.entries("lateSections").map { $0.text("code") } == ["S1", "S2", "S3"])
        for section in ["S1", "S2", "S3", "S4"] { #expect(try nothing.of(section, "late").state == .unknown) }
        #expect(try judged([], on: "2024-03-04").of("district", "late").state == .unknown)

        // As soon as a row is there, those that are not are asked for one by one.
        let some = try judged(["S1,2024-02,9"])
        #expect(try some.of("district", "late").state == .ok)
        #expect(try some.of("S1", "late").state == .ok)
        let missing = try some.of("S2", "late")
        #expect(missing.state == .warning)
        #expect(missing.facts.number("arrived") == "1" && missing.facts.number("owed") == "3")
    }

    @Test func `before its due day nothing is late`() throws {
        let judged = try SurfaceWater.watch(
            items: ["DO"],
            rows: [],
            in: SurfaceWater.month(2024, 2),
            asOf: "2024-03-04"
        )
        #expect(try judged.of("S1", "late").state == .unknown)
    }

    @Test(arguments: [
        // By the register, and by what stands in every cell.
        ("S1,新泾港,天山路桥,Ⅲ,,,,2024-01,2024-03,清淤", [] as [String]), ("S1,新泾港,天山路桥,Ⅲ", ["S1,2024-02,停测,停测"]),
    ])
    func `a suspended section is listed, and nobody is told anything`(section: String, rows: [String]) throws {
        let judged = try SurfaceWater.watch(
            register: [section],
            items: ["DO", "NH3-N"],
            rows: rows,
            in: SurfaceWater.month(2024, 2)
        )
        #expect(judged.assessments.count == SectionIndicator.allCases.count)
        #expect(judged.assessments.allSatisfy { !$0.state.isBad })
        #expect(try judged.of("S1", "late").gaps.map(\.reason) == [.suspended])
        #expect(try judged.of("district", "district").facts.number("suspendedSections") == "1")
    }

    @Test func `no month before the first one is missing or used`() throws {
        let judged = try SurfaceWater.watch(
            register: ["S1,新泾港,天山路桥,Ⅲ,,,2024-02"],
            items: ["NH3-N"],
            rows: ["S1,2024-01,9", "S1,2024-02,0.4"],
            in: SurfaceWater.month(2024, 2)
        )
        #expect(try judged.of("S1", "exceed_ytd").state == .ok)
        #expect(judged.complaints.map(\.position?.line) == [2])
    }
}
