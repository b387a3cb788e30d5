// River sections against GB 3838: class by the worst item, each section against its own target.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct SectionComplianceTests {
    @Test(
        "limits are inclusive, and the best class that a value meets is its class",
        arguments: [
            ("NH3-N", "0.15", "I"), ("NH3-N", "0.16", "II"), ("NH3-N", "0.5", "II"), ("NH3-N", "1.0", "III"),
            ("NH3-N", "1.01", "IV"), ("NH3-N", "1.5", "IV"), ("NH3-N", "2.0", "V"), ("NH3-N", "2.01", "V+"),
            ("DO", "7.5", "I"), ("DO", "7.4", "II"), ("DO", "5", "III"), ("DO", "3", "IV"), ("DO", "2", "V"),
            ("DO", "1.9", "V+"), ("COD", "15", "I"), ("COD", "15.1", "III"), ("BOD5", "3", "I"), ("oil", "0.05", "I"),
            ("oil", "0.06", "IV"), ("TP", "0.2", "III"), ("TP", "0.201", "IV"), ("pH", "6", "I"), ("pH", "9", "I"),
            ("pH", "5", "V+"), ("pH", "10", "V+"),
        ]
    )
    func classOfOneItem(item: String, value: String, expected: String) throws {
        #expect(try SurfaceWater.verdict(item, value).facts.text("class") == expected)
    }

    @Test(
        "a mean is rounded half to even on the decimal value, to the official decimals, and then compared",
        arguments: [
            ("NH3-N", "1.005", "1.00", "III"), ("NH3-N", "1.015", "1.02", "IV"), ("DO", "4.95", "5.0", "III"),
            ("DO", "4.85", "4.8", "IV"), ("CODMn", "6.05", "6.0", "III"), ("CODMn", "6.15", "6.2", "IV"),
            ("pH", "9.4", "9", "I"), ("pH", "9.5", "10", "V+"), ("VP", "0.00015", "0.0002", "I"),
            ("oil", "0.005", "0.005", "I"),
        ]
    )
    func rounding(item: String, value: String, rounded: String, expected: String) throws {
        let facts = try SurfaceWater.verdict(item, value).facts
        #expect(facts.text("class") == expected)
        #expect(try facts.item(item).number("value") == rounded)
    }

    @Test func theWorstItemDecides() throws {
        let verdict = try SurfaceWater.judge(
            items: ["DO", "NH3-N", "TP"],
            rows: ["新泾港,天山路桥,2024-02,,9.0,1.2,0.25"]
        ).of("S1")
        #expect(verdict.facts.text("class") == "IV")
        #expect(verdict.facts["deciding"] == .texts(["NH3-N", "TP"]))
        #expect(verdict.facts.entries("exceeding").map { $0.text("item") } == ["NH3-N", "TP"])
        #expect(verdict.facts.flag("compliant") == false)
    }

    @Test(
        "one class beyond the target warns, two are critical",
        arguments: [
            ("1.0", Assessment.State.ok), ("1.5", .warning), ("2.0", .critical), ("9.9", .critical),
        ]
    )
    func stateByDistanceFromTheTarget(value: String, state: Assessment.State) throws {
        #expect(try SurfaceWater.verdict("NH3-N", value).state == state)
    }

    @Test func multiplesAreValueOverLimitMinusOne() throws {
        let judged = try SurfaceWater.judge(
            sections: ["S1,新泾港,天山路桥,Ⅴ,"],
            items: ["NH3-N", "DO", "pH"],
            rows: ["新泾港,天山路桥,2024-02,,2.41,1.0,10"]
        ).of("S1")
        let ammonia = try judged.facts.item("NH3-N")
        #expect(ammonia.number("multipleTarget") == "0.205")
        #expect(ammonia.number("multipleIII") == "1.410")
        #expect(ammonia.number("targetLimit") == "2.0")
        // Oxygen and pH are beyond their limits too, but have no multiple.
        #expect(try judged.facts.item("DO")["multipleTarget"] == nil)
        #expect(try judged.facts.item("pH")["multipleIII"] == nil)
    }

    @Test func severalSamplesAreAveragedBeforeTheClassIsTaken() throws {
        let verdict = try SurfaceWater.judge(
            items: ["NH3-N"],
            rows: ["新泾港,天山路桥,2024-02,,0.4", "新泾港,天山路桥,2024-02,,1.5"]
        ).of("S1")
        // Class II and class IV: the mean of 0.95 is class III, neither the worse sample nor a mean of classes.
        #expect(verdict.facts.text("class") == "III")
        #expect(try verdict.facts.item("NH3-N").number("value") == "0.95")
        #expect(verdict.source.map(\.description) == ["water.csv:2", "water.csv:3"])
    }

    @Test func ofManySamplesEachCountsAndTheFirstThousandRowsAreNamed() throws {
        let rows = (0..<2500).map { "新泾港,天山路桥,2024-02,,0.\(1000 + $0)" }
        let verdict = try SurfaceWater.judge(items: ["NH3-N"], rows: rows).of("S1")
        #expect(try verdict.facts.item("NH3-N")["samples"] == .integer(2500))
        // The mean of 0.1000 to 0.3499.
        #expect(try verdict.facts.item("NH3-N").number("value") == "0.22")
        #expect(verdict.source.count == 1000)
        #expect(verdict.source.last?.line == 1001)
    }

    @Test func theMeanOfPHGoesThroughTheHydrogenIons() throws {
        // The ions of pH 4 outweigh those of pH 8: the mean is 4.3, not 6.
        let verdict = try SurfaceWater.judge(
            items: ["pH"],
            rows: ["新泾港,天山路桥,2024-02,,4", "新泾港,天山路桥,2024-02,,8"]
        ).of("S1")
        #expect(verdict.facts.text("class") == "V+")
        #expect(try verdict.facts.item("pH").number("value") == "4")
    }

    @Test(
        "a slip of the pen in one of two pH values is seen, and does no harm",
        arguments: ["720", "-720", "99999999999999999"]
    )
    func absurdPHValues(slip: String) throws {
        let verdict = try SurfaceWater.judge(
            items: ["pH"],
            rows: ["新泾港,天山路桥,2024-02,,\(slip)", "新泾港,天山路桥,2024-02,,\(slip)"]
        ).of("S1")
        #expect(verdict.state != .ok)
        #expect(verdict.facts.flag("compliant") != true)
    }

    @Test func aSectionWithoutAnyPHIsUnknown() throws {
        let judged = try SurfaceWater.judge(
            sections: ["S1,新泾港,天山路桥,Ⅲ,", "S2,新泾港,仙霞路桥,Ⅲ,"],
            items: ["pH", "DO"],
            rows: ["新泾港,天山路桥,2024-02,,,9.0"]
        )
        #expect(try judged.of("S1").gaps.map(\.description) == ["blank pH water.csv:2"])
        #expect(try judged.of("S2").gaps.map(\.reason) == [.noRow])
    }

    @Test func totalNitrogenNeverDecides() throws {
        let verdict = try SurfaceWater.judge(
            items: ["NH3-N", "TN"],
            rows: ["新泾港,天山路桥,2024-02,,0.1,9.9"]
        ).of("S1")
        #expect(verdict.facts.text("class") == "I")
        #expect(verdict.state == .ok)
    }

    @Test(
        "what is blank, unreadable or impossible is never compliant, and is named",
        arguments: [
            ("", "blank NH3-N water.csv:2"), ("未检出?", "unreadable NH3-N water.csv:2"),
            ("-0.5", "unreadable NH3-N water.csv:2"), ("1 2", "unreadable NH3-N water.csv:2"),
            ("99999999999999999", "unreadable NH3-N water.csv:2"),
        ]
    )
    func gapsAreNeverCompliant(cell: String, gap: String) throws {
        let verdict = try SurfaceWater.judge(
            items: ["DO", "NH3-N"],
            rows: ["新泾港,天山路桥,2024-02,,9.0,\(cell)"]
        ).of("S1")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == [gap])
        #expect(verdict.facts.flag("compliant") == nil)
    }

    @Test func anUnreadableCellIsNamedWithItsPlace() throws {
        let judged = try SurfaceWater.judge(items: ["DO", "NH3-N"], rows: ["新泾港,天山路桥,2024-02,,9.0,o.59"])
        let reject = try #require(judged.rejects.first)
        #expect(judged.rejects.count == 1)
        #expect(reject.position == Position(file: "water.csv", line: 2, column: 6))
        #expect(reject.found == "o.59")
    }

    @Test func aRealExceedanceRaisesDespiteAGap() throws {
        let verdict = try SurfaceWater.judge(
            items: ["DO", "NH3-N"],
            rows: ["新泾港,天山路桥,2024-02,,,1.2"]
        ).of("S1")
        #expect(verdict.state == .warning)
        #expect(verdict.gaps.map(\.reason) == [.blank])
        #expect(verdict.facts.flag("compliant") == false)
    }

    @Test func aBlankInOneOfTwoSamplesIsStillAGap() throws {
        let verdict = try SurfaceWater.judge(
            items: ["NH3-N"],
            rows: ["新泾港,天山路桥,2024-02,,0.4", "新泾港,天山路桥,2024-02,,"]
        ).of("S1")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["blank NH3-N water.csv:3"])
    }

    @Test func anExpectedItemWithoutAColumnIsAGap() throws {
        let verdict = try SurfaceWater.judge(
            sections: ["S1,新泾港,天山路桥,Ⅲ,DO;NH3-N;TP"],
            items: ["DO", "NH3-N"],
            rows: ["新泾港,天山路桥,2024-02,,9.0,0.4"]
        ).of("S1")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["no-column TP"])
    }

    @Test func aVerdictSaysHowManyItemsItSaw() throws {
        let verdict = try SurfaceWater.judge(
            sections: ["S1,新泾港,天山路桥,Ⅲ,DO;NH3-N;TP"],
            items: ["DO", "NH3-N", "TP"],
            rows: ["新泾港,天山路桥,2024-02,,9.0,,0.1"]
        ).of("S1")
        #expect(verdict.facts.number("evaluated") == "2")
        #expect(verdict.facts.number("expected") == "3")
        // Without a list in the register, the standard's deciding items are what could have been seen.
        #expect(try SurfaceWater.verdict("DO", "9").facts.number("expected") == "9")
    }

    @Test func aRegisteredSectionWithoutARowIsUnknown() throws {
        let judged = try SurfaceWater.judge(
            sections: ["S1,新泾港,天山路桥,Ⅲ,", "S2,新泾港,仙霞路桥,Ⅲ,"],
            items: ["DO"],
            rows: ["新泾港,天山路桥,2024-02,,9.0", "新泾港,仙霞路桥,2024-01,,9.0"]
        )
        #expect(try judged.of("S1").state == .ok)
        let absent = try judged.of("S2")
        #expect(absent.state == .unknown)
        #expect(absent.gaps.map(\.description) == ["no-row 2024-02"])
    }

    @Test func theRowsTargetGoesBeforeTheRegisters() throws {
        let verdict = try SurfaceWater.judge(items: ["NH3-N"], rows: ["新泾港,天山路桥,2024-02,Ⅴ类,1.9"]).of("S1")
        #expect(verdict.state == .ok)
        #expect(verdict.facts.text("target") == "V")
        #expect(verdict.facts.text("targetSource") == "water.csv:2")
    }

    @Test func anUnreadableTargetIsNeverCompliant() throws {
        let verdict = try SurfaceWater.judge(items: ["NH3-N"], rows: ["新泾港,天山路桥,2024-02,Ⅶ,0.1"]).of("S1")
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["unreadable target water.csv:2"])
    }

    @Test func aSectionWithoutAnyTargetIsUnknown() throws {
        let verdict = try SurfaceWater.judge(
            sections: ["S1,新泾港,天山路桥,,"],
            items: ["NH3-N"],
            rows: ["新泾港,天山路桥,2024-02,,0.1"]
        ).of("S1")
        #expect(verdict.state == .unknown)
        #expect(verdict.facts.text("class") == "I")
        #expect(verdict.gaps.map(\.description) == ["blank target sections.csv:2"])
    }

    @Test func anUnregisteredSectionIsNamedWithTheNearestOne() throws {
        let judged = try SurfaceWater.judge(items: ["NH3-N"], rows: ["新泾港,天山桥路,2024-02,Ⅲ,0.1"])
        let complaint = try #require(judged.complaints.first)
        #expect(judged.complaints.count == 1)
        #expect(complaint.found == "新泾港 天山桥路")
        #expect(complaint.remedy == "did you mean \"新泾港 天山路桥\"?")
        #expect(complaint.position == Position(file: "water.csv", line: 2))
        // A slip of the pen becomes no subject of its own, and does not stand in for the registered one.
        #expect(judged.assessments.map(\.subject) == ["S1"])
        #expect(try judged.of("S1").gaps.map(\.reason) == [.noRow])
    }

    @Test func aRowThatIsHandedInTwiceCountsOnce() throws {
        let judged = try SurfaceWater.judge(
            items: ["NH3-N"],
            rows: ["新泾港,天山路桥,2024-02,,0.4", "新泾港,天山路桥,2024-02,,0.4", "新泾港,天山路桥,2024-02,,1.0"]
        )
        #expect(try judged.of("S1").facts.entries("items").first?.number("value") == "0.70")
        #expect(judged.complaints.map(\.position?.line) == [3])
    }

    @Test func aSectionThatTheRegisterHasTwiceIsNamed() throws {
        let judged = try SurfaceWater.judge(
            sections: ["S1,新泾港,天山路桥,Ⅲ,", "S1,新泾港,仙霞路桥,Ⅴ,"],
            items: ["NH3-N"],
            rows: ["新泾港,天山路桥,2024-02,,0.1"]
        )
        #expect(judged.assessments.map(\.subject) == ["S1"])
        #expect(judged.complaints.map(\.found) == ["S1"])
        #expect(judged.complaints.first?.position == Position(file: "sections.csv", line: 3))
    }

    @Test func aRowWithoutAMonthIsNamedAndNotUsed() throws {
        let judged = try SurfaceWater.judge(items: ["NH3-N"], rows: ["新泾港,天山路桥,,,0.1"])
        #expect(judged.complaints.map(\.position) == [Position(file: "water.csv", line: 2)])
        #expect(try judged.of("S1").state == .unknown)
    }

    @Test func anUnknownCodeDoesNotTakeOverARegisteredPlace() throws {
        let columns: [(String, ColumnType)] = [
            ("code", .text), ("river", .text), ("section", .text), ("month", .month), ("NH3-N", .decimal),
        ]
        let register: [(String, ColumnType)] = [
            ("code", .text), ("river", .text), ("section", .text), ("target", .text),
        ]
        let judged = try SurfaceWater.check().judge(
            [
                "sections": Table("sections.csv", register, "code,river,section,target\nS1,新泾港,天山路桥,Ⅲ\n"),
                "measurements": Table(
                    "water.csv",
                    columns,
                    "code,river,section,month,NH3-N\nS9,新泾港,天山路桥,2024-02,9\n,新泾港,天山路桥,2024-02,0.1\n"
                ),
            ],
            period: SurfaceWater.february2024,
            asOf: try day("2024-03-05")
        )
        #expect(try judged.of("S1").state == .ok)
        #expect(judged.assessments.map(\.subject) == ["S1"])
        #expect(judged.complaints.map(\.found) == ["S9"])
    }
}
