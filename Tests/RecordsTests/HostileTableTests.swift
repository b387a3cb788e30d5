// Tables that once broke a promise of table reading, and what counts as text at the edges of UTF-8.

import Diagnostics
import Records
import Testing

@Suite struct HostileTableTests {
    private func read(_ text: String, form: TableForm = .wide) throws -> (sink: KeepingSink, tally: TableTally) {
        let schema = try TableSchema(columns: [
            Column(name: "section", titleZh: "断面", titleEn: "", type: .text),
            Column(name: "month", titleZh: "月份", titleEn: "", type: .month),
            Column(name: "NH3-N", titleZh: "氨氮", titleEn: "", type: .measurement),
            Column(name: "date", titleZh: "日期", titleEn: "", type: .date, fillsDown: true),
        ])
        var reader = TableReader(schema: schema, form: form, file: "t.csv")
        var sink = KeepingSink()
        reader.feed(Array(text.utf8).span, into: &sink)
        reader.finish(into: &sink)
        return (sink, reader.tally)
    }

    @Test(arguments: ["B", "B,1", "B,1,", "B,1, ", "B,1,\"\""])
    func `a blank cell below an unreadable one is unreadable, and the one above is named`(below: String) throws {
        let (sink, tally) = try read("断面,氨氮,日期\nA,1,soon\n\(below)\nC,1,2024-02-05\nD,1,\n")
        #expect(sink.rows.map { $0.cells[3] }.prefix(2) == [.unreadable, .unreadable])
        #expect(sink.texts.map { $0[3] } == ["–", "–", "2024-02-05", "2024-02-05"])
        let complaints = sink.rejects.filter { $0.reason != .shortRow }
        #expect(complaints.map(\.diagnostic.position) == [Position(file: "t.csv", line: 2, column: 3)])
        #expect(tally.cellsRejected == 2)
        #expect(tally.cellsFilled == 1)
    }

    @Test(arguments: ["断面,月份,项目,值\n", "断面,断面,月份,月份,项目,值\n"])
    func `an item that the table has as a column is not read twice`(header: String) throws {
        let form = TableForm(layout: .long(item: "项目", value: "值"))
        let blanks = String(repeating: "A,", count: header.contains("断面,断面") ? 4 : 2)
        let (sink, tally) = try read("\(header)\(blanks)月份,2024-02\n\(blanks)氨氮,0.5\n", form: form)
        #expect(sink.rows.map { $0.cells[2] } == [try exact("0.5")])
        #expect(sink.rejects.filter { $0.diagnostic.position?.line == 2 }.map(\.reason) == [.repeatedColumn])
        #expect(tally.rowsRejected == 1)
        #expect(tally.cellsRejected == sink.rows.flatMap(\.cells).count { $0 == .unreadable })
    }

    /// Bytes at the borders of what UTF-8 allows in each place.
    private static let edges: [UInt8] = [
        0x00, 0x01, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBD, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xE3,
        0xE4, 0xE9, 0xEA, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]

    @Test(arguments: edges)
    func `a cell is text exactly when it is UTF-8 without NUL and U+FFFD`(first: UInt8) throws {
        let schema = try TableSchema(columns: [
            Column(name: "a", titleZh: "", titleEn: "", type: .text),
            Column(name: "b", titleZh: "", titleEn: "", type: .integer),
        ])
        var table = Array("a,b\n".utf8)
        var cells: [[UInt8]] = []
        for second in Self.edges {
            for third in [0x41, 0x7F, 0x80, 0x9F, 0xBD, 0xBF, 0xC0, 0xEF] as [UInt8] {
                for rest in [[0x80], [0xBD], []] as [[UInt8]] {
                    // The letters keep blanks and marks from being anything else than text.
                    let cell = [0x78] + [first, second, third] + rest + [0x79]
                    cells.append(cell)
                    table += cell + Array(",1\n".utf8)
                }
            }
        }
        let rows = RecordsTests.read(table, schema: schema).sink.rows
        try #require(rows.count == cells.count)
        for (row, cell) in zip(rows, cells) {
            let text = String(validating: cell, as: UTF8.self)
            let isText = text.map { !$0.unicodeScalars.contains("\u{FFFD}") && !cell.contains(0) } ?? false
            try #require(row.cells[0] == (isText ? .text : .unreadable), "\(cell)")
            if isText { try #require(row.texts[0] == text) }
        }
    }
}
