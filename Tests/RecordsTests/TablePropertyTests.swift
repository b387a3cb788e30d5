// Properties of table reading: chunk borders do not matter, Python's tables read back, and no bytes bring it down.

import Diagnostics
import Foundation
import Records
import TestKit
import Testing

@Suite struct TablePropertyTests {
    private struct OracleTable: Decodable {
        let csv: String
        let rows: [[String]]
        let width: Int
    }

    /// A table with a piece of everything, put together from a seed.
    private func table(_ random: inout SeededGenerator) -> [UInt8] {
        let pieces = [
            "A,2024-02,0.5\n", "B,2024-02,0.5\r\n", "\"C\nC\",\"2024-02\",\"1\"\n", "\"D\"\"\",2024-02,\n", "\n",
            "x,y\n",
            "\"E\"x,2024-02,1\n", ",,\n", "江场河-万荣路桥,2024年2月,7\n", "F,2024-02,?\n", "\"", "a\"b,2024-02,1\n",
            String(repeating: "长", count: 30) + "\n", "1,2,3,4,5,6,7,8,9\n", "\"open\n", " \"G\" , 2024-02 , 1 \n",
            "\u{0},,\n",
        ]
        var text = ["", "\u{FEFF}"].randomElement(using: &random) ?? ""
        text += ["断面,月份,氨氮(mg/L)\n", "\"section\",month,\"NH3-N\"\r\n"].randomElement(using: &random) ?? ""
        for _ in 0..<Int.random(in: 0...12, using: &random) { text += pieces.randomElement(using: &random) ?? "" }
        var bytes = Array(text.utf8)
        if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...min(3, bytes.count), using: &random)) }
        return bytes
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `chunk borders change nothing`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let schema = try sectionSchema()
        let limits = TableReader.Limits(rowBytes: 80, columns: 8, diagnostics: 5)
        for _ in 0..<60 {
            let bytes = table(&random)
            let whole = read(bytes, schema: schema, limits: limits)
            let single = Array(repeating: 1, count: bytes.count)
            var splits =
                [single]
                + (0..<6).map { _ in
                    (0..<bytes.count / 4).map { _ in Int.random(in: 0...12, using: &random) }
                }
            splits += (0...min(bytes.count, 60)).map { [$0] }
            for split in splits {
                let parts = read(bytes, schema: schema, chunks: split, limits: limits)
                try #require(parts.sink == whole.sink, "\(String(decoding: bytes, as: UTF8.self)) split at \(split)")
                try #require(parts.reader.tally.rowsRejected == whole.reader.tally.rowsRejected)
                try #require(parts.reader.tally.cellsRejected == whole.reader.tally.cellsRejected)
            }
        }
    }

    @Test(.enabled(if: oracleIsExpected)) func `tables that Python wrote read back equal`() throws {
        let count = 600
        let lines = try oracle("tables.py", "7", String(count))
        #expect(lines.count == count)
        for line in lines {
            let table = try JSONDecoder().decode(OracleTable.self, from: Data(line.utf8))
            let schema = try TableSchema(
                columns: (0..<table.width).map { Column(name: "c\($0)", titleZh: "", titleEn: "", type: .text) }
            )
            let sink = read(Array(table.csv.utf8), schema: schema, chunks: [11, 17, 1]).sink
            try #require(sink.complaints.isEmpty)
            // What holds nothing is no row.
            let rows = table.rows.filter { !$0.allSatisfy(\.isEmpty) }
            // A mark alone is no text.
            let marks = ["-", "--", "/", "//"]
            let written = rows.map { row in row.map { marks.contains($0) ? "" : $0 } }
            try #require(sink.rows.map { $0.texts.map { $0 ?? "" } } == written, "\(table.csv)")
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `random bytes are survived`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let schema = try sectionSchema()
        let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x20, 0x00, 0xFF, 0x41, 0x31, 0xE6, 0x9C, 0x88]
        for round in 0..<500 {
            let length = Int.random(in: 0...400, using: &random)
            var bytes = round % 2 == 0 ? Array("断面,月份,氨氮\n".utf8) : []
            for _ in 0..<length {
                bytes.append(
                    round % 3 == 0
                        ? UInt8.random(in: 0...255, using: &random) : alphabet.randomElement(using: &random) ?? 0
                )
            }
            let limits = TableReader.Limits(rowBytes: 64, columns: 5, diagnostics: 20)
            let (sink, reader) = read(bytes, schema: schema, chunks: [7, 7, 7, 7], limits: limits)
            #expect(sink.rows.count == reader.tally.rowsAccepted)
            #expect(sink.diagnostics.count <= 21)
            #expect(sink.rows.allSatisfy { $0.cells.count == schema.columns.count })
            #expect(sink.rows.flatMap(\.cells).filter { $0 == .unreadable }.count == reader.tally.cellsRejected)
        }
    }

    @Test func `a table that never ends its line keeps no more than one row`() throws {
        let schema = try sectionSchema()
        for opening in ["断面,月份,氨氮\n", "断面,月份,氨氮\n\"", ""] {
            var reader = TableReader(schema: schema, file: "t.csv")
            var sink = KeepingSink()
            reader.feed(Array(opening.utf8).span, into: &sink)
            let chunk = Array(repeating: UInt8(ascii: "x"), count: 1 << 16)
            for _ in 0..<64 { reader.feed(chunk.span, into: &sink) }
            #expect(reader.bytesHeld == 0)
            reader.finish(into: &sink)
            #expect(sink.diagnostics.count == 1)
            #expect(sink.diagnostics.first?.problem.contains("longer than 1048576 bytes") == true)
        }
    }
}
