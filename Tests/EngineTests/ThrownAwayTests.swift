// What a check would throw away: told on the return slip in the words that are shipped, counted, and seen alike by runs.

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

@Suite(.timeLimit(.minutes(1))) struct ThrownAwayTests {
    private static let water = """
        断面编码,河流,断面,月份,pH值,溶解氧,氨氮,总氮
        JA-01,,,2024-02,7.5,9.0,0.5,1
        JA-01,,,2024-02,75,-9,0.5,1
        JA-01,,,二月,7.5,9.0,0.5,1
        JA-01,,,,7.5,9.0,0.5,1
        JA-02,,,2024-02,,,,
        JA-02,,,2024-02,断流,断流,断流,断流
        JA-01,,,2024-02,7.5,9.0,ND,ND
        JA-01,,,2024-04,7.5,9.0,0.5,1
        JA-01,,,2024-03,7.6,9.0,0.5,1
        JA-01,,,2024-02,7.5,9.0,0.5,1
        JA-09,,,2024-02,7.5,9.0,0.5,1
        JA-09,,,二月,7.5,9.0,0.5,1

        """

    @Test func `every row is accounted for once, whatever is wrong with it`() async throws {
        let tally = try await Office().receive(Self.water, feed: "water-measurements").reception.tally
        #expect((tally.rowsAccepted, tally.rowsRejected, tally.rowsRepeated) == (7, 4, 1))
        #expect(tally.cellsRejected == 2)
        #expect(tally.rowsAccepted + tally.rowsRejected + tally.rowsRepeated + tally.rowsSuperseded == 12)
    }

    @Test(
        arguments: [
            "第 3 行 E 列“pH值”：填写为“75”，不可能有这样的数值，不应小于 0，不应大于 14。请核对小数点和单位。",
            "第 3 行 F 列“溶解氧（mg/L）”：填写为“-9”，不可能有这样的数值，不应小于 0 mg/L，不应大于 60 mg/L。请核对小数点和单位。",
            "第 4 行 D 列“月份”：填写为“二月”，不是月份。应填：如 2024-02 或 2024年2月。这一行没有采用。",
            "第 5 行 D 列“月份”：没有数据，而这一格必须填写。应填：如 2024-02 或 2024年2月。这一行没有采用。",
            "第 6 行：这一行没有填任何数据。请补填；确实没有数据的，请在格内写明原因（如 未测、停测、断流），或删去这一行。",
            "第 8 行 G 列“氨氮（mg/L）”：填写为“ND”，没有写检出限，这一项无法评价。请连同检出限填写，如 0.01L 或 <0.01。",
            "第 9 行 D 列“月份”：填写为“2024-04”，晚于收到文件的日子。请核对年、月、日。",
            "Row 3, column E \"pH value\": \"75\" cannot be meant; at least 0; at most 14. Check the decimal point and the unit.",
            "Row 4, column D \"Month\": \"二月\" is no month. Write a month such as 2024-02 or 2024年2月. The row is not used.",
            "Row 5, column D \"Month\": there is no value, and this cell needs one. "
                + "Write a month such as 2024-02 or 2024年2月. The row is not used.",
            "Row 6: the row holds no value. Fill it in; if there is none, write why in its cells, such as 未测, 停测 or 断流, "
                + "or remove the row.",
            "Row 8, column G \"Ammonia nitrogen (mg/L)\": \"ND\" cannot be judged without its detection limit. "
                + "Write it with the limit, such as 0.01L or <0.01.",
            "Row 9, column D \"Month\": \"2024-04\" is after the day on which the file was received. "
                + "Check the year, the month and the day.",
        ]
    )
    func `the slip says it in either language`(sentence: String) async throws {
        let slip = try await Office().receive(Self.water, feed: "water-measurements").slip
        #expect(slip.contains(". \(sentence)\n"), "\(slip)")
    }

    @Test func `the slip says nothing of what is as it should be`() async throws {
        let slip = try await Office().receive(Self.water, feed: "water-measurements").slip
        // To correct: two numbers, three months, two strangers. To check: a blank row, a limit, a date, a repeated row.
        #expect(slip.contains("须更正（7 处）"))
        #expect(slip.contains("请核对（4 处）"))
        #expect(!slip.contains("第 7 行") && !slip.contains("第 10 行"))
        // Total nitrogen decides nothing, so its detection limit is nobody's loss.
        #expect(!slip.contains("总氮"))
    }

    @Test func `a run sees what the slip says, and complains of nothing that the reader has told`() async throws {
        let office = try Office()
        _ = try await office.receive(Self.water, feed: "water-measurements")
        let findings = try office.findings("river-sections")
        #expect(findings.rowsRead >= 7)
        #expect(findings.rejects.count == findings.rejectsWhileReading)
        let verdict = try #require(findings.assessments.first { $0.subject == "JA-01" })
        #expect(verdict.gaps.map(\.description).contains("unreadable pH t.csv:3"))
    }

    @Test func `without a rejected sample no section is called compliant`() async throws {
        let office = try Office()
        let header = "断面编码,河流,断面,月份,pH值,溶解氧,氨氮\n"
        let good = "JA-01,彭越浦,汶水路桥,2024-02,7.5,9.0,0.5\n"
        let (whole, _) = try await office.receive(header + good, feed: "water-measurements")
        #expect(whole.tally.rowsRejected == 0)
        #expect(try office.findings("river-sections").assessments.first?.state == .ok)
        let lost = "JA-01,\u{FFFD},汶水路桥,2024-02,7.5,9.0,9\n"
        let (reception, _) = try await office.receive(header + good + lost, feed: "water-measurements")
        #expect((reception.tally.rowsAccepted, reception.tally.rowsRejected) == (1, 1))
        let verdict = try #require(try office.findings("river-sections").assessments.first)
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["unreadable row t.csv:3"])
    }

    @Test func `a negative balance goes back, and keeps the item from being called enough`() async throws {
        let office = try Office()
        let header = "站点编码,物资编码,盘点日期,数量,有效期至,批号\n"
        let rows =
            "S1,N95,2024-03-05,500,2030-01-31,A\nS1,N95,2024-03-05,-50,2030-01-31,B\nS1,GOWN,2024-03-05,500,2030-01,C\n"
        let (reception, slip) = try await office.receive(header + rows, feed: "stock-lots")
        #expect((reception.tally.rowsAccepted, reception.tally.rowsRejected) == (2, 1))
        #expect(slip.contains("第 3 行 D 列“数量”：填写为“-50”，不可能有这样的数值，不应小于 0。请核对小数点和单位。这一行没有采用。\n"))
        let findings = try office.findings("medical-stock")
        let verdicts = findings.assessments.filter { $0.indicator == "availability" }
        #expect(verdicts.map(\.state) == [.unknown, .ok])
        #expect(verdicts.first?.gaps.map(\.description) == ["unreadable quantity t.csv:3"])
        #expect(findings.rejects.count == findings.rejectsWhileReading)
    }

    @Test(
        arguments: [
            ("2024-03-05", false), ("2024-03-06", true), ("2042-03-05", true), ("2024-02-29", false),
        ]
    )
    func `a count of tomorrow is to be checked, and no expiry is`(date: String, isTold: Bool) async throws {
        let table = "站点编码,物资编码,盘点日期,数量,有效期至,批号\nS1,N95,\(date),500,2030-01-31,A\n"
        let (reception, slip) = try await Office().receive(table, feed: "stock-lots")
        #expect(reception.tally.rowsAccepted == 1)
        #expect(slip.contains("第 2 行 C 列“盘点日期”：填写为“\(date)”，晚于收到文件的日子。") == isTold)
        #expect(slip.contains("有效期") == false)
    }

    @Test(
        arguments: [
            ("2034-03-05", false), ("2034-03-06", true), ("2099-12-31", true), ("9999-12-31", true), ("2099-12", true),
        ]
    )
    func `an expiry that hardly anybody means is to be checked`(expiry: String, isTold: Bool) async throws {
        let table = "站点编码,物资编码,盘点日期,数量,有效期至,批号\nS1,N95,2024-03-05,500,\(expiry),A\nS1,GOWN,2024-03-05,1,2030-01-31,B\n"
        let (reception, slip) = try await Office().receive(table, feed: "stock-lots")
        #expect(reception.tally.rowsAccepted == 2)
        #expect(slip.contains("第 2 行 E 列“有效期至”：读作“\(expiry)") == isTold)
        #expect(slip.contains("离现在太远") == isTold, "\(slip)")
    }

    @Test(arguments: [("2024-02-29", 1), ("2024-03-01", 0)])
    func `a site and an item go by their former names as long as these were in use`(date: String, used: Int)
        async throws
    {
        let office = try Office(siteAliases: "甲镇卫生院,S1,,2024-02-29\n", itemAliases: "医用口罩,N95,,2024-02-29\n")
        let header = "站点编码,站点名称,物资编码,物资名称,盘点日期,数量,有效期至,批号\n"
        let (reception, _) = try await office.receive(
            header + ",甲镇卫生院,,医用口罩,\(date),500,2030-01-31,A\n",
            feed: "stock-lots"
        )
        #expect((reception.tally.rowsAccepted, reception.tally.rowsRejected) == (used, 1 - used))
        let verdict = try #require(try office.findings("medical-stock").assessments.first)
        #expect(verdict.facts["usable"] == (used == 1 ? .decimal(ExactDecimal(500)) : nil))
    }

    @Test(arguments: ["", "/", "长期", "2024-02-30"])
    func `a lot whose expiry nobody knows is not counted as used`(expiry: String) async throws {
        let table = "站点编码,物资编码,盘点日期,数量,有效期至,批号\nS1,N95,2024-03-05,500,\(expiry),A\nS1,N95,2024-03-05,1,2030-01-31,B\n"
        let office = try Office()
        let (reception, slip) = try await office.receive(table, feed: "stock-lots")
        #expect((reception.tally.rowsAccepted, reception.tally.rowsRejected) == (1, 1))
        #expect(slip.contains("这一行没有采用。") && slip.contains("The row is not used."))
        let verdict = try #require(try office.findings("medical-stock").assessments.first)
        #expect(verdict.gaps.map(\.at?.line) == [2])
    }

    @Test func `a drill without a date or of an unreadable code is no drill, and is told of`() async throws {
        let office = try Office()
        let table = "单位编码,单位名称,演练类型,演练日期\nSCH,,疏散,\n1E+05,演示小学,疏散,2024-02-03\nSCH,,疏散,2024-01-04\n"
        let (reception, slip) = try await office.receive(table, feed: "drill-records")
        #expect((reception.tally.rowsAccepted, reception.tally.rowsRejected) == (1, 2))
        #expect(slip.contains("第 2 行 D 列“演练日期”：没有数据，而这一格必须填写。"))
        #expect(slip.contains("第 3 行 A 列“单位编码”："))
        let findings = try office.findings("emergency-drills")
        let gaps = try #require(findings.assessments.first).gaps.map(\.description)
        #expect(gaps == ["blank date t.csv:2", "unreadable row t.csv:3"])
        #expect(findings.rejects.count == findings.rejectsWhileReading)
    }

    @Test func `a table of which each row lacks its month cannot be used, and hands nothing in`() async throws {
        let office = try Office()
        let table = "断面编码,河流,断面,月份,pH值\nJA-01,,,二月,7.5\nJA-02,,,,7.5\n"
        let (reception, _) = try await office.receive(table, feed: "water-measurements")
        #expect(!reception.isUsable)
        #expect((reception.tally.rowsAccepted, reception.tally.rowsRejected) == (0, 2))
        #expect(try office.findings("submission-water-measurements").unread == ["t.csv"])
    }

    @Test func `a rejected row hands nothing in for its subject`() async throws {
        let office = try Office()
        let table = "断面编码,河流,断面,月份,pH值\nJA-01,,,2024-02,7.5\nJA-02,\u{FFFD},,2024-02,7.5\n"
        _ = try await office.receive(table, feed: "water-measurements")
        let facts = try #require(try office.findings("submission-water-measurements", day: 6).assessments.first).facts
        #expect(facts["seen"] == .integer(1))
        #expect(facts["missing"] == .texts(["走马塘 共和新路桥"]))
    }

    @Test func `the slip names so many notes and counts the others`() async throws {
        let rows = (1...1200).map { "JA-01,,,2025-01,7.5,\($0)\n" }.joined()
        let (reception, slip) = try await Office().receive(
            "断面编码,河流,断面,月份,pH值,氨氮\n" + rows,
            feed: "water-measurements"
        )
        #expect(reception.tally.rowsAccepted == 1200)
        #expect(slip.contains("有 1200 处请核对"))
        #expect(slip.contains("另有 200 处问题没有逐一列出"))
    }
}
