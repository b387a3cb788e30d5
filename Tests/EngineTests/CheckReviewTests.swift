// What only a check can know about a row that can be read: told on the return slip, counted, and true of runs.

import Checks
import Diagnostics
import Engine
import Records
import TestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct CheckReviewTests {
    private static let drills = """
        单位编码,单位名称,演练类型,演练日期
        SCH,,疏散,2024-01-04
        SCH,,疏散演习,2024-02-05
        SCH,,消防演练,2024-02-06

        """
    private static let counts = "站点编码,物资编码,盘点日期,数量,有效期至,批号,计量单位,状态\n"
    private static let policies = "S1,甲中心,N95,口罩,只,100,,,\nS1,甲中心,GOWN,隔离衣,件,100,,,\nS2,乙中心,N95,口罩,只,100,,,\n"

    @Test func `a drill of an unknown kind goes back, and one that no rule of the unit asks for is to be checked`()
        async throws
    {
        let office = try Office()
        let (reception, slip) = try await office.receive(Self.drills, feed: "drill-records")
        #expect((reception.tally.rowsAccepted, reception.tally.rowsRejected) == (1, 2))
        #expect(slip.contains("第 3 行 C 列“演练类型”：填写为“疏散演习”，不认识这个写法。应填：疏散。这一行没有采用。\n"), "\(slip)")
        #expect(
            slip.contains("第 4 行 C 列“演练类型”：填写为“消防演练”，不是该单位的规则认可的演练类型，这一次不计入。该单位认可：疏散。写错的，请改正；确实是另外组织的，无需办理。\n"),
            "\(slip)"
        )
        #expect(slip.contains("Row 3, column C \"Kind of drill\": \"疏散演习\" is not known here. Write 疏散."))
        let verdict = try #require(try office.findings("emergency-drills").assessments.first)
        #expect(verdict.source.contains(RowReference(file: "t.csv", line: 2)))
        #expect(!verdict.source.contains(RowReference(file: "t.csv", line: 3)))
    }

    @Test func `a table of subjects that nobody has registered yet is told of once, and none of it is used`()
        async throws
    {
        for (feed, table) in [
            ("drill-records", Self.drills), ("stock-lots", Self.counts + "S1,N95,2024-03-05,1,2030-01-31,A,只,\n"),
        ] {
            let (reception, slip) = try await Office(policies: "", units: "").receive(table, feed: feed)
            #expect(reception.tally.rowsAccepted == 0)
            #expect(reception.tally.rowsRejected == table.split(separator: "\n").count - 1)
            #expect(slip.contains("请核对（1 处）：\n  1. 登记表还没有内容，收到的数据都无法评价。"), "\(slip)")
            #expect(reception.isUsable)
        }
    }

    @Test func `an item that the site need not hold is told of once, and its rows are not counted as used`()
        async throws
    {
        let rows =
            "S2,N95,2024-03-05,500,2030-01-31,A,只,\nS2,GOWN,2024-03-05,5,2030-01-31,B,件,\nS2,GOWN,2024-03-05,6,2030-01-31,C,件,\n"
        let (reception, slip) = try await Office(policies: Self.policies).receive(
            Self.counts + rows,
            feed: "stock-lots"
        )
        #expect((reception.tally.rowsAccepted, reception.tally.rowsRejected) == (1, 2))
        #expect(slip.contains("请核对（1 处）：\n  1. 第 3 行 B 列“物资编码”：登记表没有“S2/GOWN”的要求，该站点该物资的各行都不评价。"), "\(slip)")
    }

    @Test(
        arguments: [
            ("只,可用", true, ""), (",", true, ""), ("只,正常", true, ""), ("只,封存", true, ""), ("只,ＵＳＡＢＬＥ", true, ""),
            (
                "箱,可用", false,
                "第 2 行 G 列“计量单位”：填写为“箱”，登记表按“只”计，数量无法使用。请换算数量，单位一并改正。这一行没有采用。\n"
            ),
            ("只,合恪", true, "第 2 行 H 列“状态”：填写为“合恪”，不认识这个写法。应填：可用、合格、正常"),
        ]
    )
    func `a unit and a status are what register and feed know`(written: String, isUsed: Bool, sentence: String)
        async throws
    {
        let office = try Office(policies: "S1,甲中心,N95,口罩,只,100,,,\n")
        let table = Self.counts + "S1,N95,2024-03-05,500,2030-01-31,A,\(written)\n"
        let (reception, slip) = try await office.receive(table, feed: "stock-lots")
        #expect((reception.tally.rowsAccepted == 1) == isUsed)
        #expect(slip.contains(sentence), "\(slip)")
        #expect(slip.contains("1 行全部采用，无需更正") == sentence.isEmpty, "\(slip)")
        let verdict = try #require(
            try office.findings("medical-stock").assessments.first { $0.indicator == "availability" }
        )
        #expect(
            verdict.state
                == (sentence.isEmpty && !written.contains("封存") ? .ok : written.contains("封存") ? .critical : .unknown)
        )
    }

    @Test func `two rows of one lot that differ are both named, and neither counts`() async throws {
        let office = try Office(policies: "S1,甲中心,N95,口罩,只,100,,,\n")
        let rows =
            "S1,N95,2024-03-05,500,2030-01-31,A,只,\nS1,N95,2024-03-05,600,2030-01-31,A,只,\nS1,N95,2024-03-05,7,2030-01-31,B,只,\n"
        let (reception, slip) = try await office.receive(Self.counts + rows, feed: "stock-lots")
        #expect((reception.tally.rowsAccepted, reception.tally.rowsRejected) == (1, 2))
        #expect(slip.contains("第 3 行：与 第 2 行是同一项数据（A），填写却不同，都没有采用。") || slip.contains("第 3 行：与第 2 行"), "\(slip)")
        #expect(slip.contains("须更正（2 处）"), "\(slip)")
        let verdict = try #require(try office.findings("medical-stock").assessments.first)
        #expect(verdict.gaps.map(\.reason) == [.conflicting])
    }

    @Test func `a count that leaves out what the site has to hold is to be checked`() async throws {
        let rows =
            "S1,N95,2024-03-04,500,2030-01-31,A,只,\nS1,GOWN,2024-03-05,500,2030-01-31,B,件,\nS2,N95,2024-03-05,500,2030-01-31,C,只,\n"
        let office = try Office(policies: Self.policies)
        let slip = try await office.receive(Self.counts + rows, feed: "stock-lots").slip
        #expect(slip.contains("请核对（1 处）：\n  1. 第 3 行：甲中心 2024-03-05 的盘点没有列出全部物资，缺：口罩。"), "\(slip)")
        let verdict = try #require(
            try office.findings("medical-stock").assessments.first { $0.subject == "S1/N95" }
        )
        #expect(verdict.state == .unknown)
        // One that cannot be used was made all the same.
        let blank = try await office.receive(
            Self.counts + "S2,N95,2024-03-05,,2030-01-31,C,只,\n",
            feed: "stock-lots"
        ).slip
        #expect(!blank.contains("没有列出全部物资"))
    }

    @Test(arguments: [("Ⅲ", true), ("Ｖ类", true), ("三类", true), ("Ⅵ", false), ("劣Ⅴ", false), ("良好", false)])
    func `a target in a row is a class that can be reached`(target: String, isKnown: Bool) async throws {
        let table = "断面编码,河流,断面,月份,目标水质,氨氮\nJA-01,彭越浦,汶水路桥,2024-02,\(target),0.4\n"
        let office = try Office()
        let (reception, slip) = try await office.receive(table, feed: "water-measurements")
        #expect(reception.tally.rowsAccepted == 1)
        #expect(reception.tally.cellsRejected == (isKnown ? 0 : 1))
        #expect(
            slip.contains("第 2 行 E 列“目标水质”：填写为“\(target)”，不认识这个写法。应填：Ⅰ、Ⅱ、Ⅲ、Ⅳ、Ⅴ。\n") == !isKnown,
            "\(slip)"
        )
        let verdict = try #require(try office.findings("river-sections").assessments.first { $0.subject == "JA-01" })
        #expect((verdict.state == .ok) == isKnown)
    }

    @Test func `a number that no check believes is told where the feed has no bound for it`() async throws {
        let table = "断面编码,河流,断面,月份,氨氮\nJA-01,彭越浦,汶水路桥,2024-02,4000000000\n"
        let slip = try await Office().receive(table, feed: "water-measurements").slip
        #expect(slip.contains("第 2 行 E 列“氨氮（mg/L）”：填写为“4000000000”，不可能有这样的数值"), "\(slip)")
    }

    @Test func `what one job has no use for and another one judges is not told`() async throws {
        let office = try Office { files in
            let job = files.jobs["emergency-drills.yaml"] ?? ""
            files.jobs["fire-drills.yaml"] = job.replacing("job: emergency-drills", with: "job: fire-drills")
                .replacing("serial: DRL", with: "serial: FIR").replacing(
                    "rules: drill-rules",
                    with: "rules: fire-rules"
                )
            files.settings["feeds/fire-rules.yaml"] = (files.settings["feeds/drill-rules.yaml"] ?? "")
                .replacing("feed: drill-rules", with: "feed: fire-rules")
        }
        office.evidence.put(
            "rule,title_zh,title_en,applies_to,kinds,period,count,clock,basis,source,article\n"
                + "F1,消防演练,Drill,school,消防演练,P1M,1,bucket,法定,某文件,第一条\n",
            as: "fire-rules.csv",
            in: "fire-rules"
        )
        let (reception, slip) = try await office.receive(Self.drills, feed: "drill-records")
        #expect((reception.tally.rowsAccepted, reception.tally.rowsRejected) == (2, 1))
        #expect(slip.contains("疏散演习") && !slip.contains("“消防演练”"), "\(slip)")
    }

    @Test func `cells are counted in rows that are used, and in no others`() async throws {
        let table = """
            断面编码,河流,断面,月份,目标水质,溶解氧(%),氨氮
            JA-01,,,2024-02,Ⅵ,90,o.4
            JA-09,,,2024-02,,90,o.4
            JA-02,,,2024-02,,90,0.4
            JA-02,,,2024-02,,90,0.4

            """
        let tally = try await Office().receive(table, feed: "water-measurements").reception.tally
        // The target, the oxygen in another unit and the ammonia of the first row; the oxygen of the last two, which nobody
        // knows to be the same.
        #expect((tally.rowsAccepted, tally.rowsRejected, tally.rowsRepeated, tally.cellsRejected) == (3, 1, 0, 5))
    }

    /// Rows of a table with a row for each value, and what becomes of each.
    private static let values = """
        断面编码,河流,断面,月份,监测项目,监测值
        JA-01,,,2024-02,氨氮,0.5
        JA-01,,,2024-02,溶解氧,9.0
        JA-01,,,2024-02,总磷,o.1
        JA-01,,,2024-02,氨氮,0.5
        JA-01,,,2024-02,电导率,500
        JA-01,,,2024-02,水质类别,Ⅱ
        JA-02,,,2024-02,溶解氧,9.0
        JA-02,,,2024-02,氨蛋,0.5
        JA-09,,,2024-02,氨氮,0.5
        JA-09,,,2024-02,溶解氧,9.0
        JA-01,,,二月,氨氮,0.5

        """

    @Test func `of a table with a row for each value its rows are counted, as a clerk counts them`() async throws {
        let office = try Office { files in
            files.settings["feeds/water-measurements.yaml"]? += "layout: {long: {item: 监测项目, value: 监测值}}\n"
        }
        let (reception, slip) = try await office.receive(Self.values, feed: "water-measurements")
        let tally = reception.tally
        #expect((tally.rowsAccepted, tally.rowsRejected, tally.rowsRepeated) == (3, 5, 1))
        #expect(tally.cellsRejected == 0)
        #expect(slip.contains("有不评价的项目没有读取（共 2 行），不影响其他数据，无需办理：电导率, 水质类别。"), "\(slip)")
        #expect(tally.rowsAccepted + tally.rowsRejected + tally.rowsRepeated + 2 == 11)
        // The same again under another name: every row that was used is one that stands there already.
        let again = try await office.receive(Self.values, feed: "water-measurements", as: "u.csv").reception.tally
        #expect((again.rowsAccepted, again.rowsRejected, again.rowsRepeated) == (3, 5, 1))
        // A correction takes the place of all three rows of the section's month.
        let corrected = Self.values.replacing("溶解氧,9.0", with: "溶解氧,8.0")
        let other = try await office.receive(corrected, feed: "water-measurements", as: "v.csv").slip
        #expect(other.contains("t.csv：3 行") || other.contains("u.csv：3 行"), "\(other)")
    }
}
