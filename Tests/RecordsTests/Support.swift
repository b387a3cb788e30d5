// What the table tests share: a sink that keeps everything, and the call of an oracle in Python.

import Diagnostics
import Foundation
import Records
import Testing

/// One row as it was delivered.
struct KeptRow: Equatable {
    let line: Int
    let cells: [Cell]
    let texts: [String?]
    var isRejected = false
    var fileRows = 1
}

/// A sink that keeps every row and every complaint.
struct KeepingSink: RowSink, Equatable {
    var rows: [KeptRow] = []
    var rejects: [Reject] = []
    var diagnostics: [Diagnostic] { rejects.map(\.diagnostic) }

    mutating func accept(_ row: borrowing Row) {
        var cells: [Cell] = []
        var texts: [String?] = []
        for index in 0..<row.count {
            cells.append(row[index])
            texts.append(row.text(index))
        }
        rows.append(
            KeptRow(line: row.line, cells: cells, texts: texts, isRejected: row.isRejected, fileRows: row.fileRows)
        )
    }

    mutating func reject(_ reject: Reject) { rejects.append(reject) }

    /// The complaints as a person reads them.
    var complaints: [String] { diagnostics.map(\.description) }
    /// The rows' texts, with `nil` as "–".
    var texts: [[String]] { rows.map { $0.texts.map { $0 ?? "–" } } }
}

/// Columns such as a monthly table of river sections has.
func sectionSchema() throws -> TableSchema {
    try TableSchema(columns: [
        Column(name: "section", titleZh: "断面", titleEn: "Section", type: .text, isRequired: true),
        Column(name: "month", titleZh: "月份", titleEn: "Month", type: .month, isRequired: true),
        Column(
            name: "NH3-N",
            titleZh: "氨氮",
            titleEn: "Ammonia nitrogen",
            aliases: ["NH₃-N"],
            type: .decimal,
            unit: "mg/L"
        ),
        Column(name: "Cr6+", titleZh: "铬(六价)", titleEn: "Chromium (VI)", type: .decimal, unit: "mg/L"),
        Column(name: "class", titleZh: "水质类别", titleEn: "Class", type: .text, isIgnored: true),
    ])
}

/// Reads a table in chunks of the given sizes, the last one as long as need be.
func read(
    _ bytes: [UInt8],
    schema: TableSchema,
    chunks: [Int] = [],
    limits: TableReader.Limits = .default
) -> (sink: KeepingSink, reader: TableReader) {
    var reader = TableReader(schema: schema, file: "t.csv", limits: limits)
    var sink = KeepingSink()
    var start = 0
    for size in chunks {
        let end = min(start + size, bytes.count)
        reader.feed(bytes.span.extracting(start..<end), into: &sink)
        start = end
    }
    reader.feed(bytes.span.extracting(start..<bytes.count), into: &sink)
    reader.finish(into: &sink)
    return (sink, reader)
}

/// Reads a table of river sections.
func read(_ text: String, limits: TableReader.Limits = .default) throws -> KeepingSink {
    read(Array(text.utf8), schema: try sectionSchema(), limits: limits).sink
}

/// The lines that an oracle under `Oracles` prints.
func oracle(_ script: String, _ arguments: String...) throws -> [Substring] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Oracles")
    process.arguments = [folder.appending(path: script).path] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(script) failed")
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
}

/// Whether this machine has the oracle; as root, the tests run in any case and fail without it.
let oracleIsExpected = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3") || NSUserName() == "root"
