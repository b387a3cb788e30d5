// Quarters, years, all periods in one reading, the three bases, and single samples.

import Almanac
import Checks
import Records
import Testing

@Suite struct SectionPeriodTests {
    private static let months = (1...12).map { $0 < 10 ? "0\($0)" : "\($0)" }

    @Test func `a quarter is the mean of its measurements, a year that of its months`() throws {
        let rows = ["S1,2024-01,0.3", "S1,2024-02,0.3", "S1,2024-03,0.3", "S1,2024-03,1.5"]
        let quarter = try SurfaceWater.watch(items: ["NH3-N"], rows: rows, in: .quarter(year: 2024, 1)).of(
            "S1",
            "class"
        )
        #expect(try quarter.facts.item("NH3-N").number("value") == "0.60")
        let more = Self.months.dropFirst(3).map { "S1,2024-\($0),0.3" }
        let year = try SurfaceWater.watch(items: ["NH3-N"], rows: rows + more, in: .year(2024)).of("S1", "class")
        // (11 × 0.3 + 0.9) ÷ 12
        #expect(try year.facts.item("NH3-N").number("value") == "0.35")
        #expect(year.state == .ok)
    }

    @Test func `the mean of pH over months goes through the hydrogen ions of each month`() throws {
        let rows = ["S1,2024-01,4", "S1,2024-02,8", "S1,2024-02,8", "S1,2024-02,8"]
        let verdict = try SurfaceWater.watch(items: ["pH"], rows: rows, in: SurfaceWater.month(2024, 2))
            .of("S1", "exceed_ytd")
        // −log10((10⁻⁴ + 10⁻⁸) ÷ 2) = 4.3
        #expect(try verdict.facts.item("pH").number("value") == "4")
    }

    @Test(arguments: [
        (AssessmentBasis.monthly, "IV", Assessment.State.warning), (.yearToDate, "III", .ok),
        (.annual, "III", .unknown),
    ])
    func `a job chooses which months decide, and all three are reported`(
        basis: AssessmentBasis,
        expected: String,
        state: Assessment.State
    ) throws {
        let verdict = try SurfaceWater.watch(
            items: ["NH3-N"],
            rows: ["S1,2024-01,0.4", "S1,2024-02,1.2"],
            in: SurfaceWater.month(2024, 2)
        ) { $0.basis = basis }.of("S1", "class")
        #expect(verdict.facts.text("basis") == basis.rawValue)
        #expect(verdict.facts.text("class") == expected)
        #expect(verdict.state == state)
        #expect(verdict.facts.entries("bases").map { $0.text("class") } == ["IV", "III", "III"])
        #expect(verdict.facts.entries("bases").map { $0.flag("compliant") } == [false, true, nil])
    }

    @Test func `eight months make a year`() throws {
        let rows = Self.months.prefix(8).map { "S1,2024-\($0),0.4" }
        let verdict = try SurfaceWater.watch(items: ["NH3-N"], rows: rows, in: SurfaceWater.month(2024, 8)) {
            $0.basis = .annual
        }.of("S1", "class")
        #expect(verdict.state == .ok)
    }

    @Test func `every month in the data is judged in one reading as it is judged alone`() throws {
        let rows = ["S1,2023-11,0.4", "S1,2023-12,1.2", "S1,2024-01,1.3", "S1,2024-02,0.9", "S1,2024-02,1.0"]
        var parameters = SectionCompliance.Parameters(standard: try SurfaceWater.standard())
        parameters.indicators = SectionIndicator.optional
        let columns: [(String, ColumnType)] = [
            ("code", .text), ("month", .month), ("river", .text), ("section", .text), ("NH3-N", .measurement),
        ]
        let register: [(String, ColumnType)] = [
            ("code", .text), ("river", .text), ("section", .text), ("target", .text),
        ]
        let tables = [
            "sections": Table("sections.csv", register, "code,river,section,target\nS1,新泾港,天山路桥,Ⅲ\n"),
            "measurements": Table(
                "water.csv",
                columns,
                "code,month,river,section,NH3-N\n"
                    + rows.map { $0.replacing(/^(S1,[0-9-]+),/) { "\($0.output.1),,," } + "\n" }.joined()
            ),
        ]
        let check = CheckDefinition.sectionCompliance(parameters)
        let all = try check.judgeAll(tables, rule: .previousMonth).assessments
        let periods = [(2023, 11), (2023, 12), (2024, 1), (2024, 2)].map { SurfaceWater.month($0, $1) }
        let single = try periods.flatMap { period in
            try check.judge(tables, period: period, asOf: period.last.adding(days: 5)).assessments
        }
        #expect(all == single)
        #expect(all.count == 4 * SectionIndicator.allCases.count)
    }

    @Test(arguments: [
        ("NH3-N", "1.004", "IV"), ("NH3-N", "1.0", "III"), ("pH", "9.1", "V+"), ("DO", "4.96", "IV"),
        ("TP", "0.2", "III"),
    ])
    func `a sample in realtime is compared as it was read`(item: String, value: String, expected: String) throws {
        let verdict = try SurfaceWater.watch(
            items: [item],
            rows: ["S1,2024-02,\(value)"],
            in: SurfaceWater.month(2024, 2)
        ) { $0.mode = .realtime }.of("S1", "class")
        #expect(verdict.facts.text("class") == expected)
        #expect(try verdict.facts.item(item).number("value") == value)
        #expect(verdict.facts.text("mode") == "realtime")
    }

    @Test func `a section's alert follows its newest sample`() throws {
        let rows = ["S1,2024-02,3.0", "S1,2024-02,0.4"]
        let judged = try SurfaceWater.watch(items: ["NH3-N"], rows: rows, in: SurfaceWater.month(2024, 2)) {
            $0.mode = .realtime
        }
        #expect(judged.assessments.map(\.state) == [.ok])
        #expect(judged.assessments.flatMap(\.source).map(\.line) == [3])
    }
}
