// Reads a table at once and in pieces, and holds what comes of it against what table reading promises.

import Diagnostics
import Records

/// One table that is tried.
struct TableTrial {
    static let file = "t.csv"

    let bytes: [UInt8]
    let form: TableForm
    let limits: TableReader.Limits
    let seed: UInt64

    /// What came of one reading.
    private struct Outcome: Equatable {
        let sink: KeepingSink
        let tally: TableTally
        let isEmpty: Bool
    }

    func check() {
        let whole = read(chunks: [])
        check(whole)
        let pieces = chunks()
        let parted = read(chunks: pieces)
        promise(parted.sink.rows == whole.sink.rows, "rows depend on chunks of \(pieces.prefix(12))…")
        promise(parted.sink.rejects == whole.sink.rejects, "complaints depend on chunks of \(pieces.prefix(12))…")
        promise(parted == whole, "the tally depends on chunks of \(pieces.prefix(12))…")
    }

    private func read(chunks: [Int]) -> Outcome {
        var reader = TableReader(schema: Self.schema, form: form, needs: Self.needs, file: Self.file, limits: limits)
        var sink = KeepingSink()
        var start = 0
        for size in chunks + [bytes.count] {
            let end = min(start + size, bytes.count)
            reader.feed(bytes.span.extracting(start..<end), into: &sink)
            promise(reader.bytesHeld <= limits.rowBytes, "\(reader.bytesHeld) bytes are held back")
            start = end
        }
        reader.finish(into: &sink)
        return Outcome(sink: sink, tally: reader.tally, isEmpty: reader.isEmpty)
    }

    /// The sizes of the chunks that are fed, the last one left out; some are empty.
    private func chunks() -> [Int] {
        guard seed > 0 else { return Array(repeating: 1, count: bytes.count) }
        var state = seed
        return (0..<bytes.count / 3).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % (2 + Int(seed % 29))
        }
    }

    private func check(_ outcome: Outcome) {
        let rows = outcome.sink.rows
        let tally = outcome.tally
        let accepted = rows.filter { !$0.isRejected }
        promise(accepted.count == tally.rowsAccepted, "\(accepted.count) rows came, \(tally.rowsAccepted) are counted")
        promise(rows.count - accepted.count <= tally.rowsRejected, "\(tally.rowsRejected) rejected rows are counted")
        for row in rows {
            promise(row.isRejected == Self.needs.isLacking(row), "a row is accepted without what it needs")
        }
        let unreadable = accepted.reduce(0) { $0 + $1.cells.count(where: \.isRejected) }
        promise(unreadable == tally.cellsRejected, "\(unreadable) cells, \(tally.cellsRejected) are counted")
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        for row in rows {
            promise((1...lines).contains(row.reference.line), "a row on line \(row.reference.line) of \(lines)")
            row.check()
        }
        if form.layout == .wide {
            promise(
                zip(rows, rows.dropFirst()).allSatisfy { $0.reference.line < $1.reference.line },
                "rows are mixed up"
            )
        }
        check(outcome.sink.rejects, lines: lines)
    }

    private func check(_ rejects: [Reject], lines: Int) {
        promise(rejects.count <= limits.diagnostics + 1, "\(rejects.count) complaints")
        for (index, reject) in rejects.enumerated() {
            let diagnostic = reject.diagnostic
            let isLast = index == rejects.count - 1
            promise(reject.reason != .notListed || isLast, "the end of the complaints is not at their end")
            promise(diagnostic.position?.file == Self.file, "no file: \(diagnostic)")
            promise(!diagnostic.problem.isEmpty, "nothing is said")
            promise((diagnostic.found?.utf8.count ?? 0) <= 4096, "a long complaint: \(diagnostic)")
            if let line = diagnostic.position?.line {
                promise((1...lines).contains(line), "line \(line) of \(lines): \(diagnostic)")
            } else {
                let isAboutAll = [.emptyTable, .notListed].contains(reject.reason) || form.layout == .transposed
                promise(isAboutAll, "no line: \(diagnostic)")
            }
            if let column = diagnostic.position?.column {
                promise((1...limits.columns).contains(column), "column \(column): \(diagnostic)")
            }
        }
    }

    private static let needs = RowNeeds(readable: [0, 3, 5], stated: [3, 5])

    /// A column of each type, and of each kind of care that a column may need.
    private static let schema: TableSchema = {
        do {
            return try TableSchema(columns: [
                Column(name: "t", titleZh: "断面", titleEn: "", type: .text, isRequired: true),
                Column(name: "c", titleZh: "编码", titleEn: "", type: .code, fillsDown: true),
                Column(name: "n", titleZh: "数量", titleEn: "", type: .decimal, unit: "盒", missingCodes: ["-1", "x"]),
                Column(
                    name: "m",
                    titleZh: "氨氮",
                    titleEn: "",
                    type: .measurement,
                    unit: "mg/L",
                    atLeast: ExactDecimal(0)
                ),
                Column(name: "i", titleZh: "人数", titleEn: "", type: .integer, atMost: ExactDecimal(9)),
                Column(name: "d", titleZh: "日期", titleEn: "", type: .date, fillsDown: true),
                Column(name: "e", titleZh: "有效期", titleEn: "", type: .expiry, firstBadDayHeaders: ["失效"]),
                Column(name: "o", titleZh: "月份", titleEn: "", type: .month, missingCodes: ["2000-01"]),
                Column(name: "f", titleZh: "实战", titleEn: "", type: .flag),
                Column(name: "g", titleZh: "类别", titleEn: "", type: .text, isIgnored: true),
            ])
        } catch {
            fatalError("\(error)")
        }
    }()
}

extension RowNeeds {
    /// Whether a row as it was delivered lacks what it needs.
    fileprivate func isLacking(_ row: KeptRow) -> Bool {
        readable.contains { row.cells[$0].isRejected }
            || stated.contains { index in
                switch row.cells[index] {
                case .absent, .blank, .missing: true
                default: false
                }
            }
    }
}
