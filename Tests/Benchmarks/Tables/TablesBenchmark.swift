// Reads one table from its bytes to typed rows, or judges its sections, on one thread, and says what came of it, how long
// it took and how much memory, as one JSON line; Tests/Benchmarks/tables compares that with DuckDB.

import Diagnostics
import Engine
import Intake
import JSON
import Linux
import Records

@main
enum TablesBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments
        switch arguments.count {
        case 2: try read(arguments[1])
        case 5: try judge(root: arguments[1], register: arguments[2], table: arguments[3], period: arguments[4])
        default:
            print(
                """
                usage: benchmark-tables TABLE
                       benchmark-tables ROOT REGISTER TABLE PERIOD
                Tests/Benchmarks/tables makes the files and compares with DuckDB
                """
            )
            throw SystemError(call: "benchmark-tables", code: SystemError.invalidArgument)
        }
    }

    private static func read(_ path: String) throws {
        let evidence = FolderEvidence(inbox: "", registers: "")
        var reader = TableReader(schema: try MeasurementTable.schema(), needs: MeasurementTable.needs, file: path)
        var sink = TotalsSink()
        let start = ContinuousClock.now
        try evidence.read(EvidenceTable(feed: "measurements", name: path, location: path)) { chunk in
            reader.feed(chunk, into: &sink)
        }
        reader.finish(into: &sink)
        let elapsed = ContinuousClock.now - start
        try report(sink.totals, unreadable: reader.tally.cellsRejected + sink.complaints, elapsed)
    }

    private static func judge(root: String, register: String, table: String, period: String) throws {
        let verdicts = try Verdicts(root: root, register: register, table: table, period: period)
        let start = ContinuousClock.now
        let findings = verdicts.findings()
        let elapsed = ContinuousClock.now - start
        if let failure = findings.failure { throw failure }
        try report(findings.verdicts, unreadable: findings.rejects.count, elapsed)
    }

    private static func report(_ totals: JSONValue, unreadable: Int, _ elapsed: Duration) throws {
        let result = JSONValue.object([
            "seconds": .double(elapsed / .seconds(1)),
            "peak": .integer(Int64(try peakMemory())),
            "unreadable": .integer(Int64(unreadable)),
            "totals": totals,
        ])
        print(result.text(.line))
    }

    /// The largest resident size that the process has had, in bytes.
    private static func peakMemory() throws -> Int {
        let status = try Directory.open(path: "/proc/self").openFile("status").readAll(limit: 1 << 16)
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
        return (kibibytes ?? 0) * 1024
    }
}
