// Reads one table from its bytes to typed rows on one thread and says what came of it, how long it took and how much
// memory, as one JSON line; Tests/Benchmarks/tables compares that with DuckDB.

import Diagnostics
import Engine
import Intake
import JSON
import Linux
import Records

@main
enum TablesBenchmark {
    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            print("usage: benchmark-tables FILE; Tests/Benchmarks/tables makes the files and compares with DuckDB")
            throw SystemError(call: "benchmark-tables", code: SystemError.invalidArgument)
        }
        let path = CommandLine.arguments[1]
        let evidence = FolderEvidence(inbox: "", registers: "")
        var reader = TableReader(schema: try MeasurementTable.schema(), needs: MeasurementTable.needs, file: path)
        var sink = TotalsSink()
        let start = ContinuousClock.now
        try evidence.read(EvidenceTable(feed: "measurements", name: path, location: path)) { chunk in
            reader.feed(chunk, into: &sink)
        }
        reader.finish(into: &sink)
        let elapsed = ContinuousClock.now - start
        print(
            report(sink, unreadable: reader.tally.cellsRejected + sink.complaints, elapsed, try peakMemory()).text(
                .line
            )
        )
    }

    private static func report(_ sink: TotalsSink, unreadable: Int, _ elapsed: Duration, _ memory: Int) -> JSONValue {
        .object([
            "seconds": .double(elapsed / .seconds(1)),
            "peak": .integer(Int64(memory)),
            "unreadable": .integer(Int64(unreadable)),
            "totals": .object([
                "rows": .integer(Int64(sink.rows)),
                "sections": .integer(Int64(sink.sectionCount)),
                "textBytes": .integer(Int64(sink.textBytes)),
                "firstMonth": .integer(Int64(sink.firstMonth)),
                "lastMonth": .integer(Int64(sink.lastMonth)),
                "counts": .array(sink.counts.indices.map { .integer(Int64(sink.counts[$0])) }),
                "thousandths": .array(sink.sums.indices.map { .integer(sink.sums[$0]) }),
            ]),
        ])
    }

    /// The largest resident size that the process has had, in bytes.
    private static func peakMemory() throws -> Int {
        let status = try Directory.open(path: "/proc/self").openFile("status").readAll(limit: 1 << 16)
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
        return (kibibytes ?? 0) * 1024
    }
}
