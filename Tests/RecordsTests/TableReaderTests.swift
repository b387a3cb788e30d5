// Rows of tables: what is read, what is rejected, and where it says so.

import Almanac
import Diagnostics
import Records
import Testing

@Suite struct TableReaderTests {
    private static let header = "断面,月份,氨氮\n"

    private func mixedSchema() throws -> TableSchema {
        try TableSchema(
            columns: ColumnType.allCases.map { Column(name: $0.rawValue, titleZh: "", titleEn: "", type: $0) }
        )
    }

    /// The one cell of a table with one column of that type.
    private func cell(_ bytes: [UInt8], _ type: ColumnType) throws -> (cell: Cell, complaints: [String]) {
        let table = Array("x,\(type.rawValue)\n1,".utf8) + bytes + [0x0A]
        let schema = try TableSchema(columns: [
            Column(name: "x", titleZh: "", titleEn: "", type: .flag),
            Column(name: type.rawValue, titleZh: "", titleEn: "", type: type),
        ])
        let sink = read(table, schema: schema).sink
        return (try #require(sink.rows.first).cells[1], sink.complaints)
    }

    @Test(arguments: [
        ("2024-02-05", ColumnType.date, "2024-02-05"), ("2024/2/5", .date, "2024-02-05"),
        ("2024.2.5", .date, "2024-02-05"), ("20240205", .date, "2024-02-05"), ("2024年2月5日", .date, "2024-02-05"),
        ("2024-02-29", .date, "2024-02-29"), ("2024-02", .month, "2024-02"), ("2024/2", .month, "2024-02"),
        ("2024.12", .month, "2024-12"), ("202402", .month, "2024-02"), ("2024年2月", .month, "2024-02"),
        ("yes", .flag, "yes"), ("TRUE", .flag, "yes"), ("是", .flag, "yes"), ("1", .flag, "yes"), ("No", .flag, "no"),
        ("false", .flag, "no"), ("否", .flag, "no"), ("0", .flag, "no"), ("0.590", .decimal, "0.590"),
        (".03", .decimal, "0.03"), ("-4", .integer, "-4"), (" 12\t", .integer, "12"), ("\"7.4\"", .decimal, "7.4"),
        ("\" 7.4 \" ", .decimal, "7.4"), ("\u{3000}0.5\u{A0}", .decimal, "0.5"),
        ("a \"b\" c", .text, "a \"b\" c"), ("\"a \"\"b\"\", c\"", .text, "a \"b\", c"),
    ])
    func `a cell of its type is read`(text: String, type: ColumnType, value: String) throws {
        let schema = try mixedSchema()
        let sink = read(Array("\(type.rawValue)\n\(text)\n".utf8), schema: schema).sink
        let index = try #require(schema.index(of: type.rawValue))
        #expect(sink.complaints.isEmpty)
        #expect(sink.rows.first?.texts[index] == value)
    }

    @Test(arguments: [
        ("2024-02-05 x", ColumnType.date), ("20242", .month), ("maybe", .flag), ("o.59", .decimal),
        ("o.59", .measurement),
        ("x", .expiry),
    ])
    func `a cell that is not of its type is unreadable`(text: String, type: ColumnType) throws {
        let (cell, complaints) = try cell(Array(text.utf8), type)
        #expect(cell == .unreadable)
        #expect(
            complaints == [
                "t.csv:2:2: error: \(type.rawValue): the cell cannot be read: found \"\(text)\", "
                    + "expected \(type.acceptedForms)"
            ]
        )
    }

    @Test(
        arguments: [
            [0xFF], [0x61, 0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xB6, 0xCF, 0xC3, 0xE6], [0x61, 0x00, 0x62],
            [0x00],
            [0x22, 0x61, 0xFF, 0x22], [0x22, 0x22, 0x22, 0xFF, 0x22],
        ] as [[UInt8]]
    )
    func `text that is not UTF-8 or holds a NUL is unreadable`(bytes: [UInt8]) throws {
        let (cell, complaints) = try cell(bytes, .text)
        #expect(cell == .unreadable)
        #expect(complaints.count == 1)
        #expect(complaints.first?.hasSuffix("expected text in UTF-8") == true)
    }

    @Test(arguments: ["", " ", "\t", "\u{3000}", "\"\"", "\" \"", "\"\n\""])
    func `blank cells are blank, never zero`(text: String) throws {
        for type in ColumnType.allCases {
            #expect(try cell(Array(text.utf8), type).cell == .blank)
        }
    }

    @Test func `the typed value is delivered`() throws {
        #expect(try cell(Array("0.590".utf8), .decimal).cell == .decimal(ExactDecimal(coefficient: 590, scale: 3)))
        #expect(try cell(Array("-12".utf8), .integer).cell == .integer(-12))
        #expect(try cell(Array("2024.2".utf8), .month).cell == .month(CivilMonth(year: 2024, month: 2)))
        #expect(try cell(Array("2024年2月5日".utf8), .date).cell == .date(CivilDate(daysSinceEpoch: 19_758)))
        #expect(try cell(Array("是".utf8), .flag).cell == .flag(true))
    }

    @Test func `a row with an unreadable cell is delivered`() throws {
        let (sink, reader) = read(
            Array((Self.header + "A,2024-02,o.59\nB,2024-02,0.5\n").utf8),
            schema: try sectionSchema()
        )
        #expect(sink.texts.map { $0[0] } == ["A", "B"])
        #expect(sink.rows.first?.cells[2] == .unreadable)
        #expect(reader.tally.rowsAccepted == 2)
        #expect(reader.tally.cellsRejected == 1)
        #expect(reader.tally.rowsRejected == 0)
    }

    @Test func `a ragged row is rejected`() throws {
        let (sink, reader) = read(
            Array((Self.header + "A\nB,2024-02,0.5,x\nC,2024-02,0.5\n").utf8),
            schema: try sectionSchema()
        )
        #expect(
            sink.complaints == [
                "t.csv:2: error: the row does not have as many cells as the header: found \"1 cells\", "
                    + "expected 3 cells; add or remove separators, or quote cells that hold one",
                "t.csv:3: error: the row does not have as many cells as the header: found \"4 cells\", "
                    + "expected 3 cells; add or remove separators, or quote cells that hold one",
            ]
        )
        #expect(sink.texts.map { $0[0] } == ["C"])
        #expect(reader.tally.rowsRejected == 2)
    }

    @Test func `lines are those of the file`() throws {
        let sink = try read("\n断面,月份,氨氮\r\n\r\n\"A\nB\n\",2024-02,1\r\n  \n\"C\"\t,2024-02,x\r\nD,2024-02,3")
        #expect(sink.rows.map(\.line) == [4, 8, 9])
        #expect(sink.rows.map { $0.texts[0] } == ["A\nB", "C", "D"])
        #expect(sink.diagnostics.map(\.position) == [Position(file: "t.csv", line: 8, column: 3)])
    }

    @Test(arguments: [",,", "", "\t", "\"\",,", " ,\u{3000},\u{A0}", ",,,,,"])
    func `what holds nothing is no row`(line: String) throws {
        let sink = try read(Self.header + "\(line)\nA,2024-02,1\n\(line)\n")
        #expect(sink.rows.map(\.line) == [3])
        #expect(sink.complaints.isEmpty)
    }

    @Test func `blank cells at a row's end may be left out or added`() throws {
        let sink = try read(Self.header + "A,2024-02\nB,2024-02,0.5,,\n")
        #expect(sink.texts.map { Array($0.prefix(3)) } == [["A", "2024-02", "–"], ["B", "2024-02", "0.5"]])
        #expect(sink.rows.first?.cells[2] == .blank)
        // A separator may be missing in the middle as well: somebody has to look.
        #expect(sink.rejects.map(\.reason) == [.shortRow])
        #expect(sink.diagnostics.map(\.severity) == [.warning])
    }

    @Test func `text after a closing quote rejects the row alone`() throws {
        let sink = try read(Self.header + "A,\"2024\"-02,1\n\"B\" \"C\",2024-02,1\nD,2024-02,1\n")
        #expect(
            sink.complaints == [
                "t.csv:2:2: error: text follows a closing quote; double the quotes inside the cell",
                "t.csv:3:1: error: text follows a closing quote; double the quotes inside the cell",
            ]
        )
        #expect(sink.texts.map { $0[0] } == ["D"])
    }

    @Test func `quotes open at the end name the line where they began`() throws {
        let (sink, reader) = read(
            Array((Self.header + "A,2024-02,1\nB,2024-02,\"1\n2\n3").utf8),
            schema: try sectionSchema()
        )
        #expect(
            sink.complaints == [
                "t.csv:3: error: the table ends inside quotes; "
                    + "close the quotes that begin on this line, or hand in the whole table"
            ]
        )
        #expect(sink.rows.count == 1)
        #expect(reader.tally.rowsRejected == 1)
    }

    @Test func `a row that is too long is skipped to the end of its line`() throws {
        let limits = TableReader.Limits(rowBytes: 40, columns: 4, diagnostics: 10)
        let long = String(repeating: "x", count: 50)
        let sink = try read(
            Self.header + "A,2024-02,1\n\(long),2024-02,1\n\"\(long)\n,2024-02,1\nB,2024-02,1\n",
            limits: limits
        )
        #expect(sink.rows.map { $0.texts[0] } == ["A", nil, "B"])
        #expect(sink.diagnostics.map(\.position?.line) == [3, 4])
        #expect(sink.complaints.first?.contains("longer than 40 bytes") == true)
    }

    @Test func `a row of exactly the longest length is read`() throws {
        let limits = TableReader.Limits(rowBytes: 40, columns: 4, diagnostics: 10)
        for (length, rows) in [(40, 1), (41, 0)] {
            let row = String(repeating: "x", count: length - 10) + ",2024-02,1"
            #expect(try read(Self.header + row, limits: limits).rows.count == rows)
            #expect(try read(Self.header + row + "\n", limits: limits).rows.count == rows)
        }
    }

    @Test(arguments: ["", "\n", "\nA,2024-02,1\n"])
    func `a row with too many cells is skipped`(ending: String) throws {
        let limits = TableReader.Limits(rowBytes: 100, columns: 4, diagnostics: 10)
        let sink = try read(Self.header + "B,2024-02,1,2,3,4,5" + ending, limits: limits)
        #expect(
            sink.complaints == ["t.csv:2: error: the row has more than 4 cells, so the rest of its line is skipped"]
        )
        #expect(sink.rows.count == (ending.count > 1 ? 1 : 0))
    }

    @Test func `complaints beyond the limit are counted`() throws {
        let limits = TableReader.Limits(rowBytes: 100, columns: 4, diagnostics: 3)
        let rows = String(repeating: "A,2024-02,?\n", count: 10)
        let sink = try read(Self.header + rows, limits: limits)
        #expect(sink.rows.count == 10)
        #expect(sink.diagnostics.count == 4)
        #expect(
            sink.complaints.last
                == "t.csv: error: 7 more complaints about this table are not listed: found \"7\"; "
                + "mend the ones listed and hand the table in again"
        )
    }

    @Test func `a broken header refuses the table`() throws {
        let (sink, reader) = read(Array("\"断面\"x,月份\nA,2024-02\n".utf8), schema: try sectionSchema())
        #expect(sink.diagnostics.count == 1)
        #expect(sink.rows.isEmpty)
        #expect(reader.tally.rowsRejected == 1)
    }

    @Test func `a complaint about a huge cell quotes its beginning`() throws {
        let (cell, complaints) = try cell(Array(repeating: UInt8(ascii: "9"), count: 100_000), .decimal)
        #expect(cell == .unreadable)
        let quoted = String(repeating: "9", count: 80) + "…"
        #expect(complaints.first?.contains("found \"\(quoted)\"") == true)
        let sink = read(
            Array("decimal\n".utf8) + Array(repeating: UInt8(ascii: "9"), count: 100_000),
            schema: try mixedSchema()
        ).sink
        #expect(try #require(sink.diagnostics.first?.found).utf8.count <= 1000)
    }

    @Test func `thousands of unknown headers are few complaints`() throws {
        let names = (0..<4000).map { "unknown-\($0)" }
        let sink = try read("断面,月份," + names.joined(separator: ",") + "\n")
        #expect(sink.rejects.map(\.reason) == [.extraColumns])
        #expect(sink.diagnostics.first?.found?.hasSuffix("unknown-7, …") == true)
        // A search for the nearest name takes time, so that few are asked about.
        let near = try read("断面,月份," + (0..<90).map { "NH\(10 + $0)-N" }.joined(separator: ",") + "\n")
        #expect(near.rejects.count { $0.reason == .unknownHeader } == 32)
        #expect(near.rejects.count { $0.reason == .extraColumns } == 1)
    }
}
