// What a new file says otherwise than those before it.

import Records
import Testing

@Suite struct StandingRowsTests {
    private struct Sink: RowSink {
        var standing: StandingRows
        mutating func accept(_ row: borrowing Row) { standing.take(row) }
        mutating func reject(_ reject: Reject) {}
    }

    /// What each table replaces of those before it, as `file rows [samples]`.
    private static func replaced(_ tables: [String], several: Bool = false, limit: Int = 1_000) throws -> [[String]] {
        let schema = try TableSchema(columns: [
            Column(name: "code", titleZh: "编码", titleEn: "Code", type: .text),
            Column(name: "value", titleZh: "数值", titleEn: "Value", type: .decimal),
        ])
        let rule = DuplicateRule(schema: schema, key: [0], conflicts: .newest, hasSeveralRows: several)
        var standing = StandingRows(rule, limit: limit)
        return tables.enumerated().map { number, table in
            let file = "\(number).csv"
            standing.begin(file: file)
            var gate = DuplicateGate(rule, memory: DuplicateMemory(), file: file, next: Sink(standing: standing))
            var reader = TableReader(schema: schema, file: file)
            let text = "code,value\n" + table.split(separator: " ").joined(separator: "\n") + "\n"
            let bytes = Array(text.utf8)
            reader.feed(bytes.span, into: &gate)
            reader.finish(into: &gate)
            standing = gate.next.standing
            return standing.end().map { "\($0.file) \($0.rows) \($0.samples)" }
        }
    }

    @Test(
        arguments: [
            // The same again replaces nothing, other keys replace nothing.
            (["A,1 B,2", "A,1.0 C,3"], [[], []]),
            (["A,1 B,2 C,3", "B,5 A,4"], [[], [#"0.csv 2 ["A", "B"]"#]]),
            // Only the word that counted so far is replaced, and it may be in several files.
            (["A,1 B,1", "A,2", "A,3 B,3"], [[], [#"0.csv 1 ["A"]"#], [#"0.csv 1 ["B"]"#, #"1.csv 1 ["A"]"#]]),
            // Back to what the first file said is a change of what the second said.
            (["A,1", "A,2", "A,1"], [[], [#"0.csv 1 ["A"]"#], [#"1.csv 1 ["A"]"#]]),
            (["A,1 B,1 C,1 D,1", "D,2 C,2 B,2 A,2"], [[], [#"0.csv 4 ["A", "B", "C"]"#]]),
        ] as [([String], [[String]])]
    )
    func `rows that a newer file says otherwise are counted by file`(tables: [String], expected: [[String]]) throws {
        #expect(try Self.replaced(tables) == expected)
    }

    @Test(
        arguments: [
            (["A,1 A,2 A,3", "A,2 A,4"], [[], [#"0.csv 2 ["A"]"#]]),
            (["A,1 A,2", "A,2 A,1"], [[], []]),
            (["A,1 A,2", "A,1 A,2 A,3"], [[], []]),
            (["A,1 A,2", "A,2", "A,1"], [[], [#"0.csv 1 ["A"]"#], [#"1.csv 1 ["A"]"#]]),
        ] as [([String], [[String]])]
    )
    func `of several rows a key each counts that is not said again`(tables: [String], expected: [[String]]) throws {
        #expect(try Self.replaced(tables, several: true) == expected)
    }

    @Test func `beyond its limit nothing is compared, and what was remembered is`() throws {
        #expect(try Self.replaced(["A,1 B,1", "B,2 A,2"], limit: 1) == [[], [#"0.csv 1 ["A"]"#]])
    }
}
