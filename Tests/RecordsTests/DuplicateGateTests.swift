// Rows that stand there twice: one by one, and against a model that remembers everything.

import Diagnostics
import Records
import TestKit
import Testing

@Suite struct DuplicateGateTests {
    private static func schema() throws -> TableSchema {
        try TableSchema(columns: [
            Column(name: "code", titleZh: "编码", titleEn: "Code", type: .text),
            Column(name: "name", titleZh: "名称", titleEn: "Name", type: .text),
            Column(name: "month", titleZh: "月份", titleEn: "Month", type: .month),
            Column(name: "value", titleZh: "数值", titleEn: "Value", type: .decimal),
            Column(name: "note", titleZh: "备注", titleEn: "Note", type: .text, isIgnored: true),
        ])
    }

    private static func rule(_ conflicts: DuplicateRule.Conflicts, several: Bool = false) throws -> DuplicateRule {
        DuplicateRule(
            schema: try schema(),
            key: [0, 2],
            names: [0: [1]],
            conflicts: conflicts,
            hasSeveralRows: several
        )
    }

    private struct Passed {
        /// File and line of what passed.
        var rows: [String] = []
        var rejects: [Reject] = []
        var repeated = 0
        var superseded = 0
    }

    /// What passes of tables that are read one after the other, each with its own header.
    private static func pass(_ tables: [String], _ rule: DuplicateRule?, limit: Int = 1_000_000) throws -> Passed {
        var passed = Passed()
        var memory = DuplicateMemory(limit: limit)
        for (number, table) in tables.enumerated() {
            let file = "\(number).csv"
            var gate = DuplicateGate(rule, memory: memory, file: file, next: KeepingSink())
            var reader = TableReader(schema: try schema(), file: file)
            let bytes = Array(("code,name,month,value,note\n" + table).utf8)
            reader.feed(bytes.span, into: &gate)
            reader.finish(into: &gate)
            gate.finish()
            memory = gate.memory
            passed.rows += gate.next.rows.map { "\(file):\($0.line)" }
            passed.rejects += gate.next.rejects
            passed.repeated += gate.rowsRepeated
            passed.superseded += gate.rowsSuperseded
        }
        return passed
    }

    @Test func `a row that says the same counts once, however it is written`() throws {
        let table = "A,甲,2024-02,0.50,x\nA,甲,2024年2月,0.5,y\n A ,\"甲\",2024/2,.5000,\nB,甲,2024-02,0.5,\n"
        let passed = try Self.pass([table], try Self.rule(.refuse))
        #expect(passed.rows == ["0.csv:2", "0.csv:5"])
        #expect(passed.repeated == 2)
        #expect(passed.rejects.map(\.reason) == [.repeatedRow, .repeatedRow])
        #expect(passed.rejects.map(\.diagnostic.severity) == [.warning, .warning])
        #expect(
            passed.rejects.first?.diagnostic.problem == "the row says again what 0.csv:2 says, it counts once"
        )
    }

    @Test(arguments: ["", "-0.5", "0.51", "5", "o.5"])
    func `in one file other values contradict, both rows are told and both pass`(value: String) throws {
        let table = "A,甲,2024-02,0.5,\nA,甲,2024-02,\(value),\nA,甲,2024-02,7,\nA,甲,2024-02,0.5,\n"
        let passed = try Self.pass([table], try Self.rule(.newest))
        #expect(passed.rows == ["0.csv:2", "0.csv:3", "0.csv:4"])
        let told = passed.rejects.filter { $0.reason == .contradictsRow }
        // The first row is told once, though two others contradict it.
        #expect(told.map(\.diagnostic.position?.line) == [2, 3, 4])
        #expect(told.allSatisfy { $0.diagnostic.severity == .error && $0.diagnostic.found == "A 2024-02" })
        #expect(passed.repeated == 1)
    }

    @Test func `rows that differ in nothing that can be read are told by their cells alone`() throws {
        let table = "A,甲,2024-02,o.5,\nA,甲,2024-02,o.5,\nA,甲,2024-02,x,\n"
        let passed = try Self.pass([table], try Self.rule(.refuse))
        #expect(passed.rows == ["0.csv:2", "0.csv:3", "0.csv:4"])
        #expect(passed.rejects.map(\.reason) == [.notANumber, .notANumber, .notANumber])
        // One that can be read contradicts them for certain.
        let other = try Self.pass([table + "A,甲,2024-02,1,\n"], try Self.rule(.refuse))
        #expect(other.rejects.filter { $0.reason == .contradictsRow }.map(\.diagnostic.position?.line) == [5])
    }

    @Test func `in a table of columns it is the column that contradicts or repeats`() throws {
        let table = "code,A,A,A,B,B\nmonth,2024-02,2024-02,2024-02,2024-02,2024-02\nvalue,1,2,1,3,3\n"
        var gate = DuplicateGate(
            try Self.rule(.refuse),
            memory: DuplicateMemory(),
            file: "t.csv",
            next: KeepingSink()
        )
        var reader = TableReader(schema: try Self.schema(), form: TableForm(layout: .transposed), file: "t.csv")
        reader.feed(Array(table.utf8).span, into: &gate)
        reader.finish(into: &gate)
        gate.finish()
        let rejects = gate.next.rejects
        #expect(rejects.map(\.reason) == [.contradictsRow, .contradictsRow, .repeatedRow, .repeatedRow])
        #expect(
            rejects.map(\.diagnostic.position?.description) == ["t.csv:1:2", "t.csv:1:3", "t.csv:1:4", "t.csv:1:6"]
        )
        let others = [3, 2, 2, 5].map { Reject.Detail.row(RowReference(file: "t.csv", line: 1, column: $0)) }
        #expect(rejects.map(\.detail) == others)
        #expect(rejects[0].diagnostic.problem == "the row contradicts t.csv:1:3, so neither is believed")
    }

    @Test func `rows with a cell that cannot be read are never known to say the same`() throws {
        let table = "A,甲,2024-02,o.5,\nA,甲,2024-02,o.5,\nA,甲,2024-02,0.5,\nA,甲,2024-02,0.5,\n"
        let passed = try Self.pass([table, table], try Self.rule(.refuse, several: true))
        #expect(passed.rows == ["0.csv:2", "0.csv:3", "0.csv:4", "1.csv:2", "1.csv:3"])
        #expect(passed.repeated == 3)
        // A newer file is believed all the same.
        let newest = try Self.pass([table, table], try Self.rule(.newest, several: true))
        #expect(newest.rows == ["0.csv:2", "0.csv:3", "0.csv:4"])
        #expect((newest.repeated, newest.superseded) == (3, 2))
    }

    @Test func `a newer file wins, and says so of the first rows and of how many more there are`() throws {
        let newer = (0..<9).map { "S\($0),甲,2024-02,1,\n" }.joined()
        let older = (0..<9).map { "S\($0),甲,2024-02,\($0 == 0 ? 1 : 2),\n" }.joined() + "S0,甲,2024-01,5,\n"
        let passed = try Self.pass([newer, older], try Self.rule(.newest))
        #expect(passed.rows == (2...10).map { "0.csv:\($0)" } + ["1.csv:11"])
        #expect((passed.repeated, passed.superseded) == (1, 8))
        let told = passed.rejects.filter { $0.reason == .supersededRow }
        #expect(told.map(\.diagnostic.severity) == [.warning, .warning, .warning, .warning])
        #expect(told.map(\.diagnostic.position?.line) == [3, 4, 5, nil])
        #expect(told.first?.diagnostic.problem == "the newer 0.csv:3 says otherwise, so the row is not used")
        #expect(told.last?.diagnostic.found == "5")
    }

    @Test func `where conflicts are refused, files that differ pass both`() throws {
        let passed = try Self.pass(
            ["A,甲,2024-02,1,\n", "A,甲,2024-02,2,\nA,甲,2024-02,1,\n", "A,甲,2024-02,2,\n"],
            try Self.rule(.refuse)
        )
        #expect(passed.rows == ["0.csv:2", "1.csv:2"])
        #expect(passed.rejects.map(\.reason) == [.repeatedRow, .repeatedRow])
        #expect(passed.rejects.last?.diagnostic.problem.contains("1.csv:2") == true)
    }

    @Test func `samples of one file stand beside each other, and give way to a newer file together`() throws {
        let newer = "A,甲,2024-02,1,\nA,甲,2024-02,2,\nA,甲,2024-02,1,\n"
        let older = "A,甲,2024-02,2,\nA,甲,2024-02,3,\nA,甲,2024-02,4,\n"
        let passed = try Self.pass([newer, older], try Self.rule(.newest, several: true))
        #expect(passed.rows == ["0.csv:2", "0.csv:3"])
        #expect((passed.repeated, passed.superseded) == (2, 2))
        #expect(!passed.rejects.contains { $0.reason == .contradictsRow })
    }

    @Test func `samples of a month that were taken on different days or at different times are different ones`() throws
    {
        let table = [
            "2024-02-05 08:00", "2024-02-05 12:00", "2024-02-06", "2024-02-06", "2024-02", "2024年2月",
            "2024-02-05 08:00",
        ].map { "A,甲,\($0),1,\n" }.joined()
        let passed = try Self.pass([table], try Self.rule(.newest, several: true))
        #expect(passed.rows == ["0.csv:2", "0.csv:3", "0.csv:4", "0.csv:6"])
        #expect(passed.repeated == 3)
        // Where a month has one row, a day in it is no more than the month.
        #expect(try Self.pass([table], try Self.rule(.newest)).repeated == 6)
    }

    @Test func `among many rows each that stands there again is found, with the place of the first`() throws {
        let rows = (0..<5000).map { "S\($0 % 7),甲,2024-02,\($0),\n" }
        let passed = try Self.pass([rows.joined(), rows.joined()], try Self.rule(.refuse, several: true))
        #expect(passed.rows.count == 5000)
        #expect(passed.repeated == 5000)
        let again = try Self.pass([rows.joined() + rows[4321]], try Self.rule(.refuse, several: true))
        #expect(again.rejects.map(\.detail) == [.row(RowReference(file: "0.csv", line: 4323))])
    }

    @Test func `without a code the name stands for it, and without either a row is let alone`() throws {
        let table = ",甲,2024-02,1,\n,乙,2024-02,1,\n,甲,2024-02,1,\n,,2024-02,1,\n,,2024-02,1,\nA,甲,,1,\nA,甲,,1,\n"
        let passed = try Self.pass([table], try Self.rule(.refuse))
        #expect(passed.rows == [2, 3, 5, 6, 7, 8].map { "0.csv:\($0)" })
        #expect(passed.repeated == 1)
    }

    @Test func `a name that was held against its code says nothing more`() throws {
        let table = "A,甲,2024-02,1,\nA,甲站,2024-02,1,\n"
        #expect(
            try Self.pass([table], try Self.rule(.refuse)).rejects.map(\.reason) == [.contradictsRow, .contradictsRow]
        )
        #expect(try Self.pass([table], try Self.rule(.refuse).ignoring(names: [1])).repeated == 1)
    }

    @Test func `without a rule nothing is held against anything`() throws {
        let passed = try Self.pass(["A,甲,2024-02,1,\nA,甲,2024-02,1,\nA,甲,2024-02,2,\n"], nil)
        #expect(passed.rows.count == 3)
        #expect(passed.rejects == [])
    }

    @Test func `what does not fit into the memory passes, and that is said once`() throws {
        let table = (0..<20).map { "S\($0),甲,2024-02,1,\n" }.joined()
        let passed = try Self.pass([table, table], try Self.rule(.refuse), limit: 5)
        #expect(passed.rows.count == 35)
        #expect(passed.repeated == 5)
        #expect(
            passed.rejects.filter { $0.reason == .tableTooLarge }.map(\.diagnostic.position) == [
                Position(file: "0.csv", line: 7)
            ]
        )
    }

    @Test func `a table of nothing but repetitions floods nobody`() throws {
        let table = String(repeating: "A,甲,2024-02,1,\n", count: 5000)
        let passed = try Self.pass([table], try Self.rule(.refuse))
        #expect(passed.repeated == 4999)
        #expect(passed.rejects.count == 1001)
        #expect(passed.rejects.last?.diagnostic.found == "3999")
    }

    /// One row of the model: everything that it says.
    private struct ModelRow: Equatable {
        let file: Int
        let line: Int
        let key: String
        let value: String
        var name: String { "\(file).csv:\(line)" }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `rows are judged as by somebody who remembers everything`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<80 {
            let conflicts = random.pick(DuplicateRule.Conflicts.allCases)
            let isSeveral = Bool.random(using: &random)
            var tables: [String] = []
            var all: [ModelRow] = []
            for file in 0..<Int.random(in: 1...4, using: &random) {
                var table = ""
                for line in 0..<Int.random(in: 0...25, using: &random) {
                    let key = random.pick(["A", "B", "C"])
                    let value = random.pick(["1", "2", "3", ""])
                    table += "\(key),甲,2024-02,\(value),\n"
                    all.append(ModelRow(file: file, line: line + 2, key: key, value: value))
                }
                tables.append(table)
            }

            var kept: [ModelRow] = []
            var repeated: [String] = []
            var superseded: [String] = []
            var contradictory: Set<String> = []
            for row in all {
                let same = kept.filter { $0.key == row.key }
                if same.contains(where: { $0.value == row.value }) {
                    repeated.append(row.name)
                } else if conflicts == .newest, same.contains(where: { $0.file != row.file }) {
                    superseded.append(row.name)
                } else {
                    if !isSeveral, let earlier = same.first(where: { $0.file == row.file }) {
                        contradictory.formUnion([earlier.name, row.name])
                    }
                    kept.append(row)
                }
            }

            let passed = try Self.pass(tables, try Self.rule(conflicts, several: isSeveral))
            try #require(passed.rows == kept.map(\.name))
            try #require(passed.repeated == repeated.count)
            try #require(passed.superseded == superseded.count)
            let told = passed.rejects.filter { $0.reason == .contradictsRow }.compactMap(
                \.diagnostic.position?.description
            )
            try #require(Set(told) == contradictory)
            try #require(told.count == contradictory.count)
        }
    }
}
