// Return slips in the outbox, beside the notices of alerts.

import Alerts
import Almanac
import Checks
import Engine
import Foundation
import GRDB
import Ledger
import TestKit
import Testing

@Suite struct ReturnSlipTests {
    private static func slip(_ sequence: Int64, file: String = "water-2024-03.csv") -> Notice {
        Notice(
            sequence: sequence,
            department: "ecology-environment",
            matter: .slip(feed: "water-measurements", file: file),
            documents: [Notice.Document(fileName: "\(sequence)-slip.txt", bytes: Array(0...255))]
        )
    }

    @Test func `a slip waits beside the notices until it is visible`() throws {
        var story = try Story()
        let entry = story.entry([("JA-01", .critical)])
        // A file's name may be anything that a share lets people write.
        let slips = [Self.slip(3), Self.slip(4), Self.slip(5, file: "表 '二月'\n(1).csv")]
        try story.ledger.commit(entry.with(notices: entry.step.notices + slips))
        let memory = try story.reopened().restore()
        #expect(try story.ledger.notices(memory.pending.map(\.sequence)) == entry.step.notices + slips)
        #expect(memory.book.sequence == 5)
        #expect(memory.book.open.count == 1)

        try story.ledger.markDelivered([1, 3, 5], at: Instant(seconds: 9_000))
        #expect(try story.reopened().restore().pending.map(\.sequence) == [2, 4])
    }

    @Test(arguments: [
        "digest_of = 1", "feed = 'f'", "file = 'f'", "feed = 'f', file = 'f'", "serial = NULL", "revision = NULL",
        "change = NULL",
        "job = NULL", "serial = NULL, revision = NULL, change = NULL, job = NULL, subject = NULL, indicator = NULL",
    ]
    )
    func `a notice is either of an alert or of a file`(change: String) throws {
        var story = try Story()
        try story.ledger.commit(story.entry([("JA-01", .critical)]))
        let queue = try DatabaseQueue(path: story.scratch("dutyd.sqlite"))
        let error = #expect(throws: DatabaseError.self) {
            try queue.write { try $0.execute(sql: "UPDATE notice SET \(change)") }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }

    @Test func `a digest waits with every change that it tells of, and its delivery is that of each`() throws {
        var story = try Story()
        let entry = story.entry([("JA-01", .critical), ("JA-02", .warning)])
        let told = entry.step.notices.filter { $0.department == "water-affairs" }.flatMap(\.matter.told)
        try #require(told.count >= 2)
        let digest = Notice(
            sequence: 9,
            department: "district-office",
            matter: .digest(job: "river-sections", run: entry.run, alerts: told),
            documents: [Notice.Document(fileName: "9-digest.txt", bytes: [1, 2])]
        )
        try story.ledger.commit(entry.with(notices: entry.step.notices + [digest]))
        let ledger = try story.reopened()
        let pending = try ledger.restore().pending
        #expect(try ledger.notices(pending.map(\.sequence)) == entry.step.notices + [digest])
        let serials = Set(told.map(\.serial))
        for serial in serials {
            #expect(try ledger.heads(serial: serial, department: "district-office") == [digest.head])
        }
        let at = Instant(seconds: 1_704_070_000)
        var marks = NoticeMarks(at: at)
        marks.delivered = [9]
        try ledger.mark(marks)
        let deliveries = try ledger.restore().deliveries
        #expect(Set(deliveries.map(\.serial)) == serials)
        #expect(deliveries.allSatisfy { $0.department == "district-office" && $0.at == at })
    }

    @Test func `a ledger of the first version keeps its rows and takes slips`() throws {
        let scratch = try ScratchFolder()
        let path = scratch("dutyd.sqlite")
        try OldLedger.write(to: path)
        let waiting = Notice(
            sequence: 2,
            department: "water-affairs",
            matter: .alert(
                serial: "CN-RIV-2024-000001",
                revision: 1,
                key: AlertKey(job: "river-sections", subject: "JA-01", indicator: "class"),
                change: .raised
            ),
            documents: [
                Notice.Document(fileName: "2.txt", bytes: [0x00, 0xFF]),
                Notice.Document(fileName: "2.json", bytes: []),
            ]
        )
        do {
            let ledger = try SQLiteLedger(path: path)
            let memory = try ledger.restore()
            #expect(memory.pending == [waiting.head])
            #expect(memory.book.sequence == 2)
            #expect(memory.book.open.keys.map(\.subject) == ["JA-01"])
            var story = try Story()
            try ledger.commit(story.entry().with(run: 2, notices: [Self.slip(3)]))
        }
        #expect(try SQLiteLedger(path: path).restore().pending == [waiting.head, Self.slip(3).head])
        try DatabaseQueue(path: path).read { database in
            #expect(try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").isEmpty)
            #expect(try String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok")
            #expect(try Int64.fetchAll(database, sql: "SELECT delivered_at FROM notice WHERE sequence = 1") == [1003])
            // The index by which the outbox is found at each start.
            let plan = try Row.fetchAll(
                database,
                sql: "EXPLAIN QUERY PLAN SELECT * FROM notice WHERE delivered_at IS NULL ORDER BY sequence"
            )
            #expect(plan.contains { "\($0)".contains("pending_notice") })
        }
    }
}
