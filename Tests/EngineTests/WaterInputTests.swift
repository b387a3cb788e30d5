// Tables of river measurements as clerks write them, read by the shipped feeds and judged by the shipped job.

import Almanac
import Checks
import Diagnostics
import Engine
import Jobs
import Records
import TestKit
import Testing

@Suite struct WaterInputTests {
    private static let register = """
        断面编码,河流,断面,目标水质,目标启用月份,责任单位
        S1,新泾港,天山路桥,Ⅲ,,
        S2,杨树浦港,控江路桥,Ⅲ,,
        S3,动物园,天鹅湖（湖心）,Ⅲ,2024-01,
        S3,动物园,天鹅湖（湖心）,Ⅳ,2024-03,

        """

    private static let registers = [
        "river-sections": [("river-sections.csv", register)],
        "section-aliases": [("section-aliases.csv", "river,section,code,from,until\n")],
    ]

    /// Read once, for there are many tables.
    private static let shipped = Result { try Configuration.shipped() }

    /// The verdicts of the shipped job on February 2024.
    private static func judge(
        _ tables: [(String, String)],
        by configuration: Configuration? = nil
    ) throws -> Findings {
        let configuration = try configuration ?? shipped.get()
        let evidence = TableEvidence(registers)
        for (name, text) in tables { evidence.add(text, as: name, in: "water-measurements") }
        let job = try #require(configuration.job(named: "river-sections"), "\(configuration.problems)")
        return Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
            .findings(period: .month(CivilMonth(year: 2024, month: 2)), asOf: try day("2024-03-05"))
    }

    private static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso8601: text)) }

    private static func verdict(_ findings: Findings, _ section: String, _ indicator: String = "class") throws
        -> Assessment
    {
        try #require(findings.assessments.first { $0.subject == section && $0.indicator == indicator })
    }

    /// One section with oxygen and one more cell under a header.
    private static func judge(_ header: String, _ cell: String) throws -> (verdict: Assessment, rejects: [Diagnostic]) {
        let findings = try judge([("w.csv", "断面编码,河流,断面,月份,溶解氧,\(header)\nS1,新泾港,天山路桥,2024-02,9.0,\(cell)\n")])
        return (try verdict(findings, "S1"), findings.rejects)
    }

    private static func value(_ verdict: Assessment, _ item: String) -> String? {
        guard case .list(let items)? = verdict.facts["items"],
            case .decimal(let number)? = items.first(where: { $0["item"] == .text(item) })?["value"]
        else { return nil }
        return number.description
    }

    @Test(arguments: [
        ("0.01L", "0.005"), ("0.01l", "0.005"), ("０.０１L", "0.005"), ("<0.01", "0.005"), ("＜0.01", "0.005"),
        ("ND(0.01)", "0.005"), ("<0.01L", "0.005"), ("未检出(0.01)", "0.005"), (".03", "0.03"), ("1.2E-1", "0.12"),
        ("4.7×10^3", "4700"), ("\"1,234\"", "1234"), ("7.2 ", "7.2"), ("７．２", "7.2"), ("0.30(复测)", "0.30"),
    ])
    func `a number however it is written`(cell: String, value: String) throws {
        let (verdict, rejects) = try Self.judge("氨氮", cell)
        #expect(Self.value(verdict, "NH3-N") == value)
        #expect(rejects == [])
    }

    @Test(arguments: [
        ("ND", "no-detection-limit", 0), ("未检出", "no-detection-limit", 0), ("-1", "not-measured", 0),
        ("--", "not-measured", 0),
        ("—", "not-measured", 0), ("-", "not-measured", 0), ("/", "not-measured", 0), ("*", "not-measured", 0),
        ("", "blank", 0), ("停测", "suspended", 0), ("断流", "dry", 0), ("NA", "not-measured", 0),
        ("NaN", "not-measured", 0),
        ("未测", "not-measured", 0), ("-0.5", "unreadable", 1), ("-2", "unreadable", 1), (">40", "unreadable", 1),
        ("50 μg/L", "unreadable", 1), ("0.1-0.2", "unreadable", 1),
    ])
    func `no value is missing for its own reason, and only slips go back`(cell: String, reason: String, told: Int)
        throws
    {
        let (verdict, rejects) = try Self.judge("氨氮", cell)
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["\(reason) NH3-N w.csv:2"])
        #expect(rejects.count == told)
        // The rest of the row is judged.
        #expect(Self.value(verdict, "DO") == "9.0")
    }

    @Test(arguments: [
        ("pH值（无量纲）", "9.5", "pH", "V+"), ("pH", "8", "pH", "I"), ("高锰酸盐指数(mg/L)", "6", "CODMn", "III"),
        ("高锰酸盐指", "6.1", "CODMn", "IV"), ("高猛酸盐指数", "6", "CODMn", "III"), ("高锰酸钾指数", "6", "CODMn", "III"),
        ("CODmn", "6", "CODMn", "III"), ("CODCr", "20", "COD", "III"), ("COD", "20", "COD", "III"),
        ("化学需氧量", "20", "COD", "III"), ("BOD₅", "4", "BOD5", "III"), ("五日生化需量", "4", "BOD5", "III"),
        ("总铅", "0.05", "Pb", "III"), ("铅", "0.05", "Pb", "III"), ("铬(六价)", "0.05", "Cr6+", "II"),
        ("铬（六价）", "0.05", "Cr6+", "II"), ("挥发性酚", "0.005", "VP", "III"), ("挥发酚", "0.005", "VP", "III"),
        ("氨氮（mg/L）", "1.0", "NH3-N", "III"), ("NH₃-N", "1.0", "NH3-N", "III"), ("总磷(以P计)", "0.2", "TP", "III"),
        ("阴离子表面活性剂", "0.2", "LAS", "I"), ("石油类", "0.05", "oil", "I"),
    ])
    func `an item by whatever name it goes`(header: String, cell: String, item: String, expected: String) throws {
        let (verdict, rejects) = try Self.judge(header, cell)
        #expect(Self.value(verdict, item) != nil)
        #expect(verdict.facts["class"] == .text(expected))
        #expect(rejects == [])
    }

    @Test(arguments: [
        // Another substance, another unit, and numbers that cannot be meant: named, and not used.
        ("总铬", "0.05"), ("氨", "0.05"), ("铅(μg/L)", "50"), ("pH", "70"), ("pH", "15"), ("总磷(%)", "98"),
    ])
    func `what is another substance or unit is never taken for the item`(header: String, cell: String) throws {
        let (verdict, rejects) = try Self.judge(header, cell)
        #expect(verdict.facts["deciding"] == .texts(["DO"]))
        #expect(!rejects.isEmpty)
    }

    @Test(arguments: ["2024-02", "2024年2月", "2024.2", "202402", "45323", "2024-02-05", "2024/2/5 08:00", "2024年2月份"])
    func `a month however it is written`(month: String) throws {
        let findings = try Self.judge([("w.csv", "断面编码,河流,断面,月份,溶解氧\nS1,新泾港,天山路桥,\(month),9.0\n")])
        #expect(try Self.verdict(findings, "S1").facts["class"] == .text("I"))
    }

    @Test(arguments: ["Ⅳ", "IV", "Ⅳ类", "4", "四类", "IV类", "ＩＶ"])
    func `the target of the row goes before the register's, however it is written, and the published class is not read`(
        target: String
    ) throws {
        let findings = try Self.judge([
            ("w.csv", "断面编码,河流,断面,月份,水质目标,水质类别,溶解氧\nS1,新泾港,天山路桥,2024-02,\(target),劣Ⅴ,3.5\n")
        ])
        let verdict = try Self.verdict(findings, "S1")
        #expect(verdict.facts["target"] == .text("IV") && verdict.facts["class"] == .text("IV"))
        #expect(verdict.state == .ok)
    }

    @Test(arguments: ["劣Ⅴ", "劣V类", ">Ⅴ", "Ⅶ", "达标"])
    func `nobody can have to reach what is worse than V`(target: String) throws {
        let findings = try Self.judge([
            ("w.csv", "断面编码,河流,断面,月份,水质目标,溶解氧\nS1,新泾港,天山路桥,2024-02,\(target),9.0\n")
        ])
        #expect(try Self.verdict(findings, "S1").state == .unknown)
    }

    @Test(arguments: [
        ("", "杨树浦港", "控江路桥", "S2"), ("", "杨树浦港 ", "控江路桥监测断面", "S2"), ("S2", "杨树浦港", "控江路桥", "S2"),
        ("", "动物园", "天鹅湖(湖心)", "S3"),
    ])
    func `a section by code or by name`(code: String, river: String, section: String, subject: String) throws {
        let findings = try Self.judge([("w.csv", "断面编码,河流,断面,月份,溶解氧\n\(code),\(river),\(section),2024-02,9.0\n")])
        #expect(try Self.verdict(findings, subject).facts["class"] == .text("I"))
        #expect(findings.rejects == [])
    }

    @Test func `a target of the register holds from its month on`() throws {
        let findings = try Self.judge([("w.csv", "断面编码,河流,断面,月份,溶解氧\nS3,动物园,天鹅湖（湖心）,2024-02,4.0\n")])
        #expect(try Self.verdict(findings, "S3").facts["target"] == .text("III"))
        #expect(findings.rejects == [])
    }

    @Test func `titles above the header and notes below the table are no rows`() throws {
        let text = """
            2024年2月地表水考核断面水质监测结果,,,,
            断面编码,河流,断面,月份,溶解氧
            S1,新泾港,天山路桥,2024-02,9.0
            注：本表数据未经审核,,,,

            """
        let findings = try Self.judge([("w.csv", text)])
        #expect(try Self.verdict(findings, "S1").facts["class"] == .text("I"))
        #expect(findings.rejects == [])
    }

    @Test(arguments: [
        ("layout: transposed\n", "河流,新泾港,杨树浦港\n断面,天山路桥,控江路桥\n月份,2024-02,2024-02\n溶解氧,9.0,4.0\n氨氮,0.4,1.2\n"),
        (
            "layout: {long: {item: 监测项目, value: 监测值}}\n",
            """
            河流,断面,月份,监测项目,监测值
            新泾港,天山路桥,2024-02,溶解氧,9.0
            新泾港,天山路桥,2024-02,氨氮,0.4
            杨树浦港,控江路桥,2024-02,溶解氧,4.0
            杨树浦港,控江路桥,2024-02,氨氮,1.2

            """
        ),
        ("", "河流,断面,月份,溶解氧,氨氮\n新泾港,天山路桥,2024-02,9.0,0.4\n杨树浦港,控江路桥,2024-02,4.0,1.2\n"),
    ])
    func `wide, long and transposed tables say the same`(layout: String, text: String) throws {
        var files = try SettingsFiles.shipped()
        files.settings["feeds/water-measurements.yaml"]?.append("\n\(layout)")
        let findings = try Self.judge([("w.csv", text)], by: files.read())
        #expect(try Self.verdict(findings, "S1").facts["class"] == .text("II"))
        #expect(try Self.verdict(findings, "S2").facts["class"] == .text("IV"))
        #expect(findings.rejects == [])
    }

    @Test func `a month that is handed in again with other values is told of with the old ones`() throws {
        let header = "断面编码,河流,断面,月份,溶解氧,氨氮\n"
        let findings = try Self.judge([
            ("a.csv", header + "S1,新泾港,天山路桥,2024-02,9.0,0.4\n"),
            ("b.csv", header + "S1,新泾港,天山路桥,2024-02,9.0,1.2\n"),
        ])
        let verdict = try Self.verdict(findings, "S1", "changed")
        #expect(verdict.state == .warning)
        guard case .list(let changes)? = verdict.facts["changes"], let change = changes.first else {
            Issue.record("nothing is said to have changed")
            return
        }
        #expect(changes.count == 1)
        #expect(change["item"] == .text("NH3-N"))
        #expect(try change["old"] == .decimal(#require(ExactDecimal("0.4"))))
        #expect(try change["new"] == .decimal(#require(ExactDecimal("1.2"))))
        #expect(change["oldRow"] == .text("a.csv:2"))
        #expect(try Self.verdict(findings, "S1").facts["class"] == .text("IV"))
    }

    @Test func `the same file handed in twice changes nothing`() throws {
        let text = "断面编码,河流,断面,月份,溶解氧\nS1,新泾港,天山路桥,2024-02,9.0\n"
        let findings = try Self.judge([("a.csv", text), ("b.csv", text)])
        #expect(try Self.verdict(findings, "S1", "changed").state == .ok)
        #expect(try Self.verdict(findings, "S1").state == .ok)
    }

    @Test func `until the first table comes nobody is told that it is late`() throws {
        let findings = try Self.judge([])
        #expect(findings.assessments.map(\.indicator) == ["class", "class", "class"])
        #expect(findings.assessments.allSatisfy { $0.state == .unknown })
    }

    @Test func `in realtime every sample has its verdict as soon as it is read, in the order of the table`() throws {
        var files = try SettingsFiles.shipped()
        files.jobs["river-sections.yaml"] = files.jobs["river-sections.yaml"]?
            .replacing("mode: assessment ", with: "mode: realtime ")
        let configuration = try files.read()
        let job = try #require(configuration.job(named: "river-sections"))
        let evidence = TableEvidence(Self.registers)
        // Two samples that measured the same at different times are two.
        let rows = [
            "S2,,,2024-02-05 08:00,1.004,", "S1,,,2024-02,0.4,12:30", "S2,,,2024/2/5 12:00,1.004,", "S2,,,2024-02,0.9,",
            "S1,,,2024-02,0.4,13:30", "S1,,,2024-01,9,",
        ]
        let text = (["断面编码,河流,断面,月份,氨氮,采样时间"] + rows).joined(separator: "\n") + "\n"
        evidence.add(text, as: "w.csv", in: "water-measurements")
        let evaluation = Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
        var seen: [String] = []
        var times: [String] = []
        let february = Period.month(CivilMonth(year: 2024, month: 2))
        _ = evaluation.judgeRows(of: february, asOf: try Self.day("2024-03-05")) { verdict in
            if case .text(let waterClass)? = verdict.facts["class"] { seen.append("\(verdict.subject) \(waterClass)") }
            if case .text(let time)? = verdict.facts["time"] { times.append(time) }
        }
        #expect(seen == ["S2 IV", "S1 II", "S2 IV", "S2 III", "S1 II"])
        #expect(times == ["2024-02-05 08:00", "12:30", "2024/2/5 12:00", "13:30"])
        var all = 0
        _ = evaluation.judgeRows(of: nil, asOf: try Self.day("2024-03-05")) { _ in all += 1 }
        #expect(all == 6)
    }

    // GB 3838-2002, table 2: limits for sources of drinking water on the surface, in mg/L.
    @Test(arguments: [
        ("硫酸盐", "SO4", "250", "250.2"), ("氯化物", "Cl-", "250", "251"), ("硝酸盐(以N计)", "NO3-N", "10", "10.01"),
        ("铁", "Fe", "0.3", "0.301"), ("锰", "Mn", "0.1", "0.101"),
    ])
    func `at a source of drinking water the items of table 2 have their limits, and decide no class`(
        title: String,
        item: String,
        limit: String,
        beyond: String
    ) throws {
        let configuration = try Self.shipped.get()
        let job = try #require(configuration.job(named: "river-sections"))
        for (value, isMet) in [(limit, true), (beyond, false)] {
            for isSource in [true, false] {
                let evidence = TableEvidence(Self.registers)
                let register = "断面编码,河流,断面,目标水质,饮用水水源地\nS1,新泾港,天山路桥,Ⅲ,\(isSource ? "是" : "否")\n"
                evidence.put(register, as: "river-sections.csv", in: "river-sections")
                let table = "断面编码,月份,河流,断面,溶解氧,\(title)\nS1,2024-02,新泾港,天山路桥,9.0,\(value)\n"
                evidence.add(table, as: "w.csv", in: "water-measurements")
                let findings = Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
                    .findings(period: .month(CivilMonth(year: 2024, month: 2)), asOf: try Self.day("2024-03-05"))
                let facts = try Self.verdict(findings, "S1").facts
                #expect(facts["class"] == .text("I"))
                guard isSource else {
                    #expect(facts["drinkingWater"] == nil)
                    continue
                }
                guard case .list(let found)? = facts["drinkingWater"], let only = found.first else {
                    Issue.record("nothing is said of \(item)")
                    continue
                }
                #expect(only["item"] == .text(item) && only["compliant"] == .flag(isMet))
                #expect(only["limit"] == .decimal(try #require(ExactDecimal(limit))))
            }
        }
    }

    @Test func `the shipped register names nobody, and nothing in it is a fault`() throws {
        let configuration = try Self.shipped.get()
        let text = try #require(try SettingsFiles.shipped().settings["registers/river-sections.csv"])
        let evidence = TableEvidence([
            "river-sections": [("river-sections.csv", text)],
            "section-aliases": Self.registers["section-aliases"] ?? [],
        ])
        #expect(text.split(separator: "\n").count == 10)
        #expect(
            RegisterReview(configuration: configuration, evidence: evidence).problems().filter {
                $0.position?.file == "river-sections.csv"
            } == []
        )
        let job = try #require(configuration.job(named: "river-sections"))
        let findings = Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
            .findings(period: .month(CivilMonth(year: 2024, month: 2)), asOf: try Self.day("2024-03-05"))
        #expect(findings.assessments == [])
    }
}
