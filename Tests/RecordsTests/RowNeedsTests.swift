// Rows that lack what they cannot do without: told of, counted as rejected, and handed on only as such.

import Diagnostics
import Records
import Testing

@Suite struct RowNeedsTests {
    private static func schema(fillsDown: Bool = false) throws -> TableSchema {
        try TableSchema(columns: [
            Column(name: "code", titleZh: "编码", titleEn: "", type: .code, isRequired: true),
            Column(name: "name", titleZh: "名称", titleEn: "", type: .text),
            Column(name: "month", titleZh: "月份", titleEn: "", type: .month, isRequired: true, fillsDown: fillsDown),
            Column(name: "DO", titleZh: "溶解氧", titleEn: "", type: .measurement, unit: "mg/L"),
        ])
    }

    private static let needs = RowNeeds(readable: [0, 2], stated: [2])

    private static func read(
        _ table: String,
        _ form: TableForm = .wide,
        fillsDown: Bool = false
    ) throws -> (sink: KeepingSink, tally: TableTally) {
        var reader = TableReader(schema: try schema(fillsDown: fillsDown), form: form, needs: needs, file: "t.csv")
        var sink = KeepingSink()
        let bytes = Array(table.utf8)
        reader.feed(bytes.span, into: &sink)
        reader.finish(into: &sink)
        return (sink, reader.tally)
    }

    @Test(
        arguments: [
            ("A,甲,三月,9.0", Reject.Reason.notAMonth, "三月", 3), ("A,甲,,9.0", .requiredCellBlank, nil, 3),
            ("A,甲,-,9.0", .requiredCellBlank, "-", 3), ("A,甲,未测,9.0", .requiredCellBlank, "未测", 3),
            ("1E+05,甲,2024-02,9.0", .codeTurnedIntoNumber, "1E+05", 1),
        ] as [(String, Reject.Reason, String?, Int)]
    )
    func `a row without a cell that it needs is rejected`(
        row: String,
        reason: Reject.Reason,
        found: String?,
        column: Int
    ) throws {
        let (sink, tally) = try Self.read("code,name,month,DO\n\(row)\nB,乙,2024-02,8.0\n")
        #expect((tally.rowsAccepted, tally.rowsRejected, tally.cellsRejected) == (1, 1, 0))
        #expect(sink.rows.map(\.isRejected) == [true, false])
        let complaint = try #require(sink.rejects.first)
        #expect(sink.rejects.count == 1)
        #expect(complaint.reason == reason)
        #expect(complaint.costsRow)
        #expect(complaint.diagnostic.severity == .error)
        #expect(complaint.diagnostic.found == found)
        #expect(complaint.diagnostic.position == Position(file: "t.csv", line: 2, column: column))
        #expect(complaint.diagnostic.problem.hasSuffix(", so the row is not used"))
    }

    @Test func `a blank code may be found by its name, and another cell costs itself`() throws {
        let (sink, tally) = try Self.read("code,name,month,DO\n,甲,2024-02,9.o\n")
        #expect((tally.rowsAccepted, tally.rowsRejected, tally.cellsRejected) == (1, 0, 1))
        #expect(sink.rows.map(\.isRejected) == [false])
        #expect(sink.rejects.map(\.costsRow) == [false])
    }

    @Test func `a row may end before the cell that it needs`() throws {
        var reader = TableReader(schema: try Self.schema(), needs: RowNeeds(stated: [3]), file: "t.csv")
        var sink = KeepingSink()
        let bytes = Array("code,name,month,DO\nA,甲,2024-02\n".utf8)
        reader.feed(bytes.span, into: &sink)
        reader.finish(into: &sink)
        #expect(sink.rejects.map(\.reason) == [.shortRow, .requiredCellBlank])
        #expect(sink.rejects.last?.diagnostic.position == Position(file: "t.csv", line: 2, column: 4))
        #expect((reader.tally.rowsAccepted, reader.tally.rowsRejected) == (0, 1))
    }

    @Test func `each cell of a rejected row is told of, and counted once with it`() throws {
        let (sink, tally) = try Self.read("code,name,month,DO\n1E+05,甲,,9.o\n")
        #expect((tally.rowsAccepted, tally.rowsRejected, tally.cellsRejected) == (0, 1, 0))
        #expect(sink.rejects.map(\.reason) == [.codeTurnedIntoNumber, .requiredCellBlank, .notANumber])
        #expect(sink.rejects.map(\.costsRow) == [true, true, false])
    }

    @Test func `a cell that was merged with an unreadable one costs its row too, and is told of there`() throws {
        let (sink, tally) = try Self.read(
            "code,name,month,DO\nA,甲,x,1\nB,乙,,2\nC,丙,2024-02,3\nD,丁,,4\n",
            fillsDown: true
        )
        #expect(sink.rows.map(\.isRejected) == [true, true, false, false])
        #expect((tally.rowsAccepted, tally.rowsRejected) == (2, 2))
        #expect(sink.rejects.map(\.diagnostic.position?.line) == [2])
    }

    @Test(
        arguments: [
            (TableForm.Layout.transposed, "code,A,B,C\nmonth,x,,2024-02\nDO,1,2,3\n"),
            (.long(item: "项目", value: "值"), "code,month,项目,值\nA,x,DO,1\nB,,DO,2\nC,2024-02,DO,3\n"),
        ]
    )
    func `records that stand side by side or in parts need the same`(layout: TableForm.Layout, table: String) throws {
        let (sink, tally) = try Self.read(table, TableForm(layout: layout))
        #expect(sink.rows.map(\.isRejected) == [true, true, false])
        #expect((tally.rowsAccepted, tally.rowsRejected, tally.cellsRejected) == (1, 2, 0))
        #expect(sink.rejects.map(\.reason) == [.notAMonth, .requiredCellBlank])
        #expect(sink.rejects.allSatisfy { $0.costsRow })
        #expect(sink.rejects.allSatisfy { $0.diagnostic.position?.column != nil })
    }

    @Test(
        arguments: [
            // Identical, but one may be believed and the other not.
            (false, ["A,\u{FFFD},2024-02,1", "A,甲,2024-02,1"], [true, false], 0),
            (false, ["A,甲,2024-02,1", "A,\u{FFFD},2024-02,1"], [false, true], 0),
            // Of one row a key nothing is believed that another row contradicts, and no row is rejected twice.
            (true, ["A,\u{FFFD},2024-02,1", "A,甲,2024-02,1"], [true, false], 1),
            (true, ["A,甲,2024-02,1", "A,\u{FFFD},2024-02,1"], [false, true], 1),
            (true, ["A,\u{FFFD},2024-02,1", "A,\u{FFFD},2024-02,1"], [true, true], 0),
        ]
    )
    func `a rejected row is like no other, and counted once`(
        isOne: Bool,
        rows: [String],
        rejected: [Bool],
        contradicted: Int
    ) throws {
        let schema = try Self.schema()
        let rule = DuplicateRule(schema: schema, key: [0, 2], conflicts: .newest, hasSeveralRows: !isOne)
        var gate = DuplicateGate(
            rule.ignoring(names: [1]),
            memory: DuplicateMemory(),
            file: "t.csv",
            next: KeepingSink()
        )
        var reader = TableReader(schema: schema, needs: RowNeeds(readable: [1]), file: "t.csv")
        let bytes = Array(("code,name,month,DO\n" + rows.joined(separator: "\n") + "\n").utf8)
        reader.feed(bytes.span, into: &gate)
        reader.finish(into: &gate)
        gate.finish()
        #expect(gate.next.rows.map(\.isRejected) == rejected)
        #expect(gate.rowsContradicted == contradicted)
        #expect((gate.rowsRepeated, gate.rowsSuperseded) == (0, 0))
        #expect(reader.tally.rowsRejected == rejected.count { $0 })
    }

    @Test(
        arguments: [
            ("A,甲,2024-02,", true), ("A,甲,2024-02", true), ("A,甲,2024-02,0", false), ("A,甲,2024-02,停测", false),
            ("A,甲,2024-02,断流", false), ("A,甲,2024-02,-", false), ("A,甲,2024-02,x", false), ("A,甲,,", false),
        ]
    )
    func `a row that says nothing of its subject is told of once`(row: String, isTold: Bool) throws {
        var gate = ValueGate([3], file: "t.csv", next: KeepingSink())
        var reader = TableReader(schema: try Self.schema(), needs: Self.needs, file: "t.csv")
        let bytes = Array("code,name,month,DO\n\(row)\nB,乙,2024-02,8.0\n".utf8)
        reader.feed(bytes.span, into: &gate)
        reader.finish(into: &gate)
        gate.finish()
        let told = gate.next.rejects.filter { $0.reason == .rowWithoutValue }
        #expect(told.map(\.diagnostic.position?.line) == (isTold ? [2] : []))
        #expect(told.allSatisfy { $0.diagnostic.severity == .warning })
        #expect(gate.next.rows.count == 2)
    }

    @Test func `of many rows without a value most are counted only`() throws {
        var gate = ValueGate([3], file: "t.csv", limit: 3, next: KeepingSink())
        var reader = TableReader(schema: try Self.schema(), file: "t.csv")
        let rows = (1...10).map { "A\($0),甲,2024-02,\n" }.joined()
        let bytes = Array(("code,name,month,DO\n" + rows).utf8)
        reader.feed(bytes.span, into: &gate)
        reader.finish(into: &gate)
        gate.finish()
        #expect(gate.next.rejects.map(\.reason) == [.rowWithoutValue, .rowWithoutValue, .rowWithoutValue, .notListed])
        #expect(gate.next.rejects.last?.diagnostic.found == "7")
        #expect(gate.next.rejects.last?.diagnostic.severity == .warning)
    }
}
