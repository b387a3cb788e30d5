// Tables that Python wrote, in every encoding and with every separator that is read, come back as they were.

import Diagnostics
import Engine
import Foundation
import Intake
import Records
import TestKit
import Testing

@Suite struct WrittenTablesTests {
    private struct WrittenTable: Decodable {
        let encoding: String
        let separator: String
        let width: Int
        let titles: Int
        let footers: Int
        let rows: [[String]]
    }

    private struct TextSink: RowSink {
        var rows: [[String]] = []
        var rejects: [Reject] = []

        mutating func accept(_ row: borrowing Row) {
            var texts: [String] = []
            for index in 0..<row.count { texts.append(row.text(index) ?? "") }
            rows.append(texts)
        }

        mutating func reject(_ reject: Reject) { rejects.append(reject) }
    }

    private static let headers = ["名称甲", "名称乙", "名称丙", "名称丁", "名称戊", "名称己"]

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")), arguments: [1, 2, 3])
    func `what Python wrote reads back equal`(seed: Int) throws {
        let scratch = try ScratchFolder()
        try scratch.makeFolder("made")
        let count = 150
        let oracle = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "Oracles/written_tables.py").path
        let answer = try run("/usr/bin/python3", oracle, scratch("made"), String(seed), String(count))
        try #require(answer.status == 0, "\(answer.output)")
        let tables = try answer.output.split(separator: "\n").map {
            try JSONDecoder().decode(WrittenTable.self, from: Data($0.utf8))
        }
        try #require(tables.count == count)
        #expect(Set(tables.map { $0.encoding + $0.separator }).count == 16)
        for (number, table) in tables.enumerated() {
            let schema = try TableSchema(
                columns: Self.headers.prefix(table.width).enumerated().map { index, header in
                    Column(name: "c\(index)", titleZh: header, titleEn: "", type: .text)
                }
            )
            let path = scratch("made/\(number).csv")
            var reader = TableReader(schema: schema, file: "\(number).csv")
            var sink = TextSink()
            let made = try FolderEvidence(inbox: "", registers: "")
                .read(EvidenceTable(feed: "f", name: "\(number).csv", location: path)) { chunk in
                    reader.feed(chunk, into: &sink)
                }
            reader.finish(into: &sink)
            let about: Comment = "seed \(seed), \(number).csv, \(table.encoding), separator \(table.separator)"
            try #require(sink.rejects.isEmpty, about)
            try #require(made.encoding.rawValue == table.encoding, about)
            try #require(sink.rows == table.rows, about)
            #expect(reader.tally.rowsAccepted == table.rows.count, about)
            #expect(reader.tally.titleRows == table.titles, about)
            #expect(reader.tally.footerRows == table.footers, about)
        }
    }
}
