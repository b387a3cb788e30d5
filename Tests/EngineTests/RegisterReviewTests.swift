// Registers looked through before the night: every message with file, line, column and key, and what to write.

import Almanac
import Checks
import Diagnostics
import Engine
import Foundation
import Jobs
import Records
import TestKit
import Testing

@Suite struct RegisterReviewTests {
    private static func demo(_ name: String) throws -> String {
        try SettingsFiles.shipped("demo/registers/\(name).csv")
    }

    /// The registers of the demo, with the shipped rules.
    private static func registers() throws -> [String: String] {
        var registers: [String: String] = [:]
        for name in ["river-sections", "stock-policies", "drill-units"] { registers[name] = try demo(name) }
        for name in ["drill-rules", "duty-exemptions", "section-aliases", "site-aliases", "item-aliases"] {
            registers[name] = try SettingsFiles.shipped("registers/\(name).csv")
        }
        return registers
    }

    private static func review(_ registers: [String: String]) throws -> [Diagnostic] {
        let evidence = TableEvidence(
            Dictionary(uniqueKeysWithValues: registers.map { ($0.key, [("\($0.key).csv", $0.value)]) })
        )
        let configuration = try Configuration.shipped()
        try #require(configuration.problems == [])
        return RegisterReview(configuration: configuration, evidence: evidence).problems()
    }

    @Test func `the shipped registers and those of the demo have no complaints`() throws {
        #expect(try Self.review(Self.registers()) == [])
        var empty = try Self.registers()
        for name in ["river-sections", "stock-policies", "drill-units"] {
            empty[name] = try SettingsFiles.shipped("registers/\(name).csv")
        }
        #expect(try Self.review(empty) == [])
    }

    struct Slip: Sendable, CustomTestStringConvertible {
        let register: String
        let piece: String
        let replacement: String
        let message: String

        init(_ register: String, _ piece: String, _ replacement: String, _ message: String) {
            self.register = register
            self.piece = piece
            self.replacement = replacement
            self.message = message
        }

        var testDescription: String { message }
    }

    private static let classes = "expected a class from Ⅰ to Ⅴ, such as Ⅲ, III or 三类"

    @Test(
        arguments: [
            Slip(
                "river-sections",
                "共和新路桥,Ⅴ",
                "共和新路桥,六类",
                "river-sections.csv:3:4: error: target: this is no water-quality class, so the section has no target and is never called compliant: found \"六类\", \(classes)"
            ),
            Slip(
                "river-sections",
                "共和新路桥,Ⅴ",
                "共和新路桥,",
                "river-sections.csv:3:4: warning: target: the section has no target, so it is judged only where a measured row states one: \(classes)"
            ),
            Slip(
                "river-sections",
                "演示责任单位3,pH;DO;CODMn",
                "演示责任单位3,pH;DO;CODMm",
                "river-sections.csv:4:6: error: expected_items: GB3838-2002 has no such item, so it is missing in every month: found \"CODMm\"; did you mean \"CODMn\"?"
            ),
            Slip(
                "river-sections",
                "演示责任单位3,pH;DO",
                "演示责任单位3,pH;TN",
                "river-sections.csv:4:6: error: expected_items: this item does not decide the class of a section, so it is missing in every month: found \"TN\"; take it out"
            ),
            Slip(
                "river-sections",
                "JA-02,",
                "JA-01,",
                "river-sections.csv:3: error: the section stands there twice, only its first row is used: found \"JA-01\"; keep one of the rows"
            ),
            Slip(
                "stock-policies",
                "只,2000,30",
                "只,,30",
                "stock-policies.csv:2:6: error: minimum: the policy has no minimum, so nobody can say whether the stock suffices: expected a number, 0 when only days of supply are demanded"
            ),
            Slip(
                "stock-policies",
                "只,2000,30,1500",
                "只,2000,30,",
                "stock-policies.csv:2:8: error: monthly_consumption: days of supply are demanded and nothing says how much a month takes, so they are never counted: expected a number above 0; state the monthly consumption, or leave minimum_days empty"
            ),
            Slip(
                "drill-units",
                "演示小学,school",
                "演示小学,schol",
                "drill-units.csv:2:3: error: tags: no rule applies to units with this tag: found \"schol\"; did you mean \"school\"?"
            ),
            Slip(
                "drill-units",
                "演示小学,school",
                "演示小学,",
                "drill-units.csv:2:3: error: tags: the unit has no tag, so no rule applies to it: expected tags with semicolons, in the words of the column applies_to of the rules"
            ),
            Slip(
                "drill-rules",
                "P2Y,1,rolling",
                "P2Y,1,roling",
                "drill-rules.csv:2:8: error: clock: unknown clock, the rule is not used: found \"roling\", expected rolling, bucket, anchored, window, event or one-off"
            ),
            Slip(
                "drill-rules",
                "1,bucket,规范性文件",
                "1,bucket,指南",
                "drill-rules.csv:13:9: warning: basis: notices cannot say of what rank the rule is: found \"指南\", expected 法定, 规范性文件, 本区自定, 外地参考 or 待核实"
            ),
            Slip(
                "section-aliases",
                "until\n",
                "until\n彭越浦,旧桥,JA-09,,\n",
                "section-aliases.csv:2:3: error: code: the register has no such code, so the alias is not used: found \"JA-09\"; did you mean \"JA-01\"?"
            ),
            Slip(
                "section-aliases",
                "until\n",
                "until\n彭越浦,旧桥,JA-01,2024-05-01,2024-04-01\n",
                "section-aliases.csv:2:5: error: until: the alias ends before it begins, the row is not used: found \"2024-05-01 to 2024-04-01\", expected the first and the last day on which the name is in use"
            ),
        ]
    )
    func `what a register cannot say is named by day`(slip: Slip) throws {
        var registers = try Self.registers()
        let text = try #require(registers[slip.register])
        let changed = text.replacing(slip.piece, with: slip.replacement, maxReplacements: 1)
        try #require(changed != text, "\(slip.register) has no \(slip.piece)")
        registers[slip.register] = changed
        #expect(try Self.review(registers).map(\.description) == [slip.message])
    }

    @Test func `a register that is not there is named`() throws {
        var registers = try Self.registers()
        registers["drill-rules"] = "no table"
        let problems = try Self.review(registers)
        #expect(problems.contains { $0.severity == .error && $0.position?.file == "drill-rules.csv" })
        // The units are not blamed for rules that nobody can read.
        #expect(!problems.contains { $0.position?.file == "drill-units.csv" }, "\(problems)")
    }

    @Test func `a register that many jobs share is complained of once, and read for many of them at a time`() throws {
        var registers = try Self.registers()
        registers["stock-policies"] = registers["stock-policies"]?.replacing("只,2000,30", with: "只,,30")
        func review(jobs count: Int) throws -> (problems: [Diagnostic], reads: Int) {
            var files = try SettingsFiles.shipped()
            let text = try #require(files.jobs["medical-stock.yaml"])
            files.jobs["medical-stock.yaml"] = nil
            for number in 1...count {
                files.jobs["stock-\(number).yaml"] = text.replacing("job: medical-stock", with: "job: stock-\(number)")
                    .replacing("stale-after: 10 days", with: "stale-after: \(number) days")
            }
            let configuration = try files.read()
            try #require(configuration.jobs.count { $0.name.hasPrefix("stock-") } == count)
            let evidence = TableEvidence(
                Dictionary(uniqueKeysWithValues: registers.map { ($0.key, [("\($0.key).csv", $0.value)]) })
            )
            return (RegisterReview(configuration: configuration, evidence: evidence).problems(), evidence.reads)
        }
        let one = try review(jobs: 1)
        let many = try review(jobs: 200)
        #expect(one.problems.count == 1)
        #expect(many.problems == one.problems)
        #expect(many.reads < one.reads + 10, "\(one.reads) readings for one job, \(many.reads) for two hundred")
    }

    /// The tables of the demo by feed, and the registers of the demo.
    private static func world() throws -> TableEvidence {
        let evidence = TableEvidence(
            Dictionary(uniqueKeysWithValues: try registers().map { ($0.key, [("\($0.key).csv", $0.value)]) })
        )
        let root = URL(fileURLWithPath: #filePath).appending(path: "../../../Config/demo/tables").standardized
        for name in try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted() where name.hasSuffix(".csv")
        {
            let parts = name.split(separator: "/").map(String.init)
            let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
            evidence.add(text, as: parts[1], in: parts[0])
        }
        return evidence
    }

    @Test func `every fact of a verdict has a name that sentences may call`() throws {
        let configuration = try Configuration.shipped()
        let evidence = try Self.world()
        var seen: Set<String> = []
        for job in configuration.jobs {
            let names = try #require(CheckDefinition.factNames(ofKind: job.check.kind))
            let evaluation = Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
            let day = try #require(CivilDate(iso8601: "2024-11-20"))
            let periods = evaluation.periodsInData() + [(period: job.period(asOf: day), asOf: day)]
            for (period, asOf) in periods {
                for assessment in evaluation.findings(period: period, asOf: asOf).assessments {
                    let known = try #require(names[assessment.indicator]).entries
                    seen.insert("\(job.check.kind) \(assessment.indicator)")
                    for fact in assessment.facts.all {
                        let entries = try #require(known[fact.name], "\(job.check.kind) has no name \(fact.name)")
                        if case .list(let list) = fact.value {
                            #expect(list.allSatisfy { entries.isSuperset(of: $0.all.map(\.name)) }, "\(fact.name)")
                        }
                        if case .texts = fact.value { #expect(entries == ["it"], "\(fact.name)") }
                    }
                }
            }
        }
        #expect(seen.count == 20)
    }

    @Test(
        arguments: [
            (nil, "awaiting-first-file"), ("单位编码,演练类型,演练日期\n", "overdue"), ("", "awaiting-first-file"),
            ("单位编码,演练类型,演练日期\nDEMO-KG,应急疏散演练,2024-01-05\n", "overdue"),
        ] as [(String?, String)]
    )
    func `a school is not overdue before the first table of drills`(records: String?, stage: String) throws {
        let configuration = try Configuration.shipped()
        let job = try #require(configuration.job(named: "emergency-drills"))
        let evidence = try Self.world()
        evidence.clear("drill-records")
        if let records { evidence.put(records, as: "drills.csv", in: "drill-records") }
        let day = try #require(CivilDate(iso8601: "2024-03-05"))
        let findings = Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
            .findings(period: .day(day), asOf: day)
        let verdict = try #require(findings.assessments.first { $0.subject == "DEMO-SCH/CN-EDU-01" })
        #expect(verdict.facts["stage"] == .text(stage))
        #expect(verdict.state == (stage == "overdue" ? .critical : .unknown))
    }
}
