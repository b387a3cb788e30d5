// What an operator is told about a ledger file that cannot be used.

import Alerts
import Checks
import Diagnostics
import Foundation
import GRDB
import Ledger
import TestKit
import Testing

@Suite struct LedgerFileTests {
    private let scratch: ScratchFolder
    private let path: String

    init() throws {
        scratch = try ScratchFolder()
        path = scratch("dutyd.sqlite")
    }

    private func tamper(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    private func refusal() throws -> Diagnostic {
        let error = #expect(throws: Diagnostic.self) { _ = try SQLiteLedger(path: path).restore() }
        let diagnostic = try #require(error)
        #expect(diagnostic.position?.file == path)
        #expect(diagnostic.remedy != nil)
        return diagnostic
    }

    @Test func aLedgerOfANewerVersionIsRefusedAndLeftAsItIs() throws {
        _ = try SQLiteLedger(path: path)
        func versions() throws -> [String] {
            try DatabaseQueue(path: path).read {
                try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations ORDER BY 1")
            }
        }
        let known = try versions()
        try tamper("INSERT INTO grdb_migrations VALUES ('9 something of tomorrow')")
        #expect(try refusal().problem == "the ledger was written by a newer version of dutyd")
        #expect(try versions() == known + ["9 something of tomorrow"])
    }

    @Test func anotherProgramsDatabaseIsRefusedAndLeftAsItIs() throws {
        try tamper("CREATE TABLE recipes (name TEXT)")
        #expect(try refusal().problem == "the file is an SQLite database of another program")
        let tables = try DatabaseQueue(path: path).read {
            try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema")
        }
        #expect(tables == ["recipes"])
    }

    @Test func aFileThatIsNoDatabaseIsCalledDamaged() throws {
        try scratch.put((0..<9_000).map { UInt8($0 % 251) }, at: "dutyd.sqlite")
        #expect(try refusal().problem == "the ledger is damaged")
    }

    @Test func aLedgerWithOverwrittenPagesIsCalledDamaged() throws {
        var story = try Story()
        try story.ledger.commit(story.entry((1...200).map { ("JA-\($0)", .critical) }))
        try DatabaseQueue(path: story.scratch("dutyd.sqlite")).writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        var bytes = try story.scratch.bytes(at: "dutyd.sqlite")
        // The first page stays, so that the file still looks like a database.
        for index in bytes.indices.dropFirst(4_096) { bytes[index] = 0xA5 }
        try scratch.put(bytes, at: "dutyd.sqlite")
        #expect(try refusal().problem == "the ledger is damaged")
    }

    @Test func aLedgerInAFolderThatIsMissingSaysSo() throws {
        let error = #expect(throws: Diagnostic.self) { _ = try SQLiteLedger(path: scratch("missing/dutyd.sqlite")) }
        #expect(error?.problem == "the ledger cannot be opened for writing")
    }

    @Test(arguments: [
        ("UPDATE alert SET state = 'purple'", "state", "purple"), ("UPDATE alert SET cc = '['", "cc", "["),
        ("UPDATE notice SET change = 'exploded'", "change", "exploded"),
    ])
    func aValueThatNoVersionWroteIsNamed(sql: String, column: String, value: String) throws {
        do {
            let ledger = try SQLiteLedger(path: path)
            var story = try Story()
            try ledger.commit(story.entry([("JA-01", .critical)]))
        }
        try tamper(sql)
        let refusal = try refusal()
        #expect(refusal.key == column)
        #expect(refusal.found == value)
    }
}
