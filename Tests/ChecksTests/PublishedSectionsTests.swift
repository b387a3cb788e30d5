// Jing'an district's published table of February 2024: what the district's own bureau found, found again.

import Almanac
import Checks
import JSON
import Records
import Testing

@Suite struct PublishedSectionsTests {
    private static let items = ["pH", "DO", "CODMn", "COD", "BOD5", "NH3-N", "TP", "TN", "VP", "oil"]

    /// River, section, month, target and the ten items; the published class is not among them.
    private static let table = """
        river,section,month,target,pH,DO,CODMn,COD,BOD5,NH3-N,TP,TN,VP,oil
        彭越浦,汶水路桥,2024-02,Ⅴ,8,9.5,3.2,12,2.8,0.59,0.11,2.56,0.0004,0.005
        走马塘,共和新路桥,2024-02,Ⅴ,9,10.8,3.4,13,2.9,0.48,0.12,2.07,0.0002,0.005
        夏长浦,物华苑桥,2024-02,Ⅴ,8,11.8,2.8,10,2.1,0.06,0.02,0.35,0.0002,0.005
        徐家宅河,徐家宅河桥,2024-02,Ⅴ,8,10.1,2.9,12,2.4,0.07,0.04,0.81,0.0002,0.005
        江场河,江场西路1550号,2024-02,Ⅲ,8,11.5,3.8,16,3.0,0.07,0.04,0.35,0.0004,0.005
        中扬湖,中扬湖桥,2024-02,Ⅲ,8,8.9,3.2,13,2.0,0.11,0.03,0.58,0.0002,0.005

        """

    private static let published = [
        ("彭越浦 汶水路桥", "III"), ("走马塘 共和新路桥", "III"), ("夏长浦 物华苑桥", "II"),
        ("徐家宅河 徐家宅河桥", "II"), ("江场河 江场西路1550号", "III"), ("中扬湖 中扬湖桥", "II"),
    ]

    private static func judge(_ table: String) throws -> Judgement {
        let columns: [(String, ColumnType)] =
            [("river", .text), ("section", .text), ("month", .month), ("target", .text)] + items.map { ($0, .decimal) }
        let register: [(String, ColumnType)] = [
            ("code", .text), ("river", .text), ("section", .text), ("target", .text),
        ]
        return try SurfaceWater.check().judge(
            [
                "sections": Table("sections.csv", register, "code,river,section,target\n"),
                "measurements": Table("jingan-2024-02.csv", columns, table),
            ],
            period: SurfaceWater.february2024,
            asOf: try day("2024-03-05")
        )
    }

    @Test func theSixPublishedClassesAreFoundAndAllComply() throws {
        let judged = try Self.judge(Self.table)
        #expect(judged.assessments.map(\.subject) == Self.published.map(\.0))
        #expect(judged.assessments.map { $0.facts.text("class") } == Self.published.map(\.1))
        #expect(judged.assessments.map(\.state) == Array(repeating: .ok, count: 6))
        #expect(judged.assessments.map { $0.facts.flag("compliant") } == Array(repeating: true, count: 6))
        #expect(judged.assessments.map { $0.facts.number("evaluated") } == Array(repeating: "9", count: 6))
        #expect(judged.complaints == [] && judged.rejects == [])
    }

    @Test func oneItemBeyondItsLimitChangesTheClass() throws {
        let changed = Self.table.replacing(",0.59,", with: ",1.01,")
        try #require(changed != Self.table)
        let judged = try Self.judge(changed)
        #expect(judged.assessments.map { $0.facts.text("class") } == ["IV", "III", "II", "II", "III", "II"])
        #expect(judged.assessments.first?.facts["deciding"] == .texts(["NH3-N"]))
    }

    @Test func aVerdictReadsTheSameForScripts() throws {
        let verdict = try #require(try Self.judge(Self.table).assessments.first)
        let json = verdict.json(job: "river-sections")
        #expect(json["job"] == "river-sections")
        #expect(json["period"] == "2024-02")
        #expect(json["state"] == "ok")
        #expect(json["facts"]?["class"] == "III")
        #expect(json["facts"]?["target"] == "V")
        #expect(json["source"] == .array(["jingan-2024-02.csv:2"]))
        guard case .array(let items)? = json["facts"]?["items"] else {
            Issue.record("the verdict lists no items")
            return
        }
        let ammonia = items.first { $0["item"] == "NH3-N" }
        // Decimals are strings, so that no reader's binary arithmetic changes them.
        #expect(ammonia?["value"] == "0.59")
        #expect(ammonia?["limit"] == "1.0")
    }
}
