// What was handed in, as the next start and later questions find it.

import Alerts
import Almanac
import Checks
import Diagnostics
import Engine
import GRDB
import Ledger
import Records
import TestKit
import Testing

@Suite struct ReceptionTests {
    private let scratch: ScratchFolder
    private let ledger: SQLiteLedger

    init() throws {
        scratch = try ScratchFolder()
        ledger = try SQLiteLedger(path: scratch("dutyd.sqlite"))
    }

    private func reopened() throws -> SQLiteLedger { try SQLiteLedger(path: scratch("dutyd.sqlite")) }

    private static func reception(
        _ revision: Int,
        of name: String = "a.csv",
        in feed: String = "water",
        seen: Int64,
        replaces: Int64? = nil,
        fingerprint: String? = "f"
    ) -> Reception {
        var tally = TableTally()
        tally.rowsAccepted = 1
        tally.rowsRejected = 2
        tally.cellsRejected = 3
        tally.titleRows = 4
        tally.footerRows = 5
        tally.rowsRepeated = 6
        tally.rowsSuperseded = 7
        tally.cellsFilled = 8
        return Reception(
            feed: feed,
            name: name,
            revision: revision,
            stamp: FileStamp(
                device: .max,
                inode: .max - 1,
                size: 9,
                modified: Instant(microseconds: -1),
                changed: Instant(microseconds: 1)
            ),
            fingerprint: fingerprint,
            firstSeen: Instant(seconds: seen),
            replaces: replaces.map(Instant.init(seconds:)),
            encoding: .gb18030,
            tally: tally,
            isUsable: true,
            summary: "1 row accepted"
        )
    }

    private static func slip(_ sequence: Int64, revision: Int) -> Notice {
        Notice(
            sequence: sequence,
            department: "water",
            matter: .slip(feed: "water", file: "a.csv"),
            documents: [Notice.Document(fileName: "\(sequence)-slip.txt", bytes: [1, 2])]
        )
    }

    private func enter(_ receptions: Reception...) throws {
        for reception in receptions { try ledger.receive(ReceptionEntry(reception: reception, slip: nil)) }
    }

    @Test func everythingOfAReceptionIsThereAfterARestart() throws {
        let first = Self.reception(1, seen: 10)
        let bare = Reception(
            feed: "water",
            name: "b.xlsx",
            revision: 1,
            stamp: nil,
            fingerprint: nil,
            firstSeen: Instant(seconds: 11),
            isRefused: true,
            refusal: .spreadsheet,
            isUsable: false,
            summary: "not used"
        )
        try enter(first, bare)
        let reopened = try reopened()
        let (first1, bare2) = (first.entered(1), bare.entered(2))
        #expect(Set(try reopened.restore().receptions) == [first1, bare2])
        #expect(try reopened.receptions(feed: "water", limit: 9) == [bare2, first1])
        #expect(try reopened.receptions(feed: "water", limit: 1) == [bare2])
        #expect(try reopened.receptionCount(feed: "water") == 2)
        #expect(try reopened.receptionCount(feed: "stock") == 0)
        #expect(try reopened.receptions(feed: "stock", limit: 9) == [])
        #expect(try reopened.lastReception(of: first.file) == first1)
        #expect(try reopened.lastReception(of: InboxFile(feed: "stock", name: "a.csv")) == nil)
    }

    @Test func aReceptionAndItsSlipAreOneTransaction() throws {
        let entry = ReceptionEntry(reception: Self.reception(1, seen: 10), slip: Self.slip(1, revision: 1))
        try ledger.receive(entry)
        let memory = try reopened().restore()
        #expect(memory.pending == [Self.slip(1, revision: 1).head])
        #expect(memory.book.sequence == 1)
        // The version is there already, so its second slip is not entered either.
        #expect(throws: Diagnostic.self) {
            try ledger.receive(ReceptionEntry(reception: entry.reception, slip: Self.slip(2, revision: 2)))
        }
        #expect(try ledger.restore().pending == [Self.slip(1, revision: 1).head])
        #expect(throws: Diagnostic.self) {
            try ledger.receive(ReceptionEntry(reception: Self.reception(2, seen: 20), slip: Self.slip(1, revision: 2)))
        }
        #expect(try ledger.restore().receptions == [entry.reception.entered(1)])
    }

    @Test func onlyTheLastVersionOfAFileIsPresentAndOnlyUntilItGoes() throws {
        try enter(
            Self.reception(1, seen: 10),
            Self.reception(2, seen: 20, replaces: 10),
            Self.reception(1, of: "b.csv", seen: 30),
            Self.reception(1, in: "stock", seen: 40)
        )
        #expect(
            Set(try ledger.restore().receptions.map { "\($0.file.feed)/\($0.name) \($0.revision)" }) == [
                "water/a.csv 2", "water/b.csv 1", "stock/a.csv 1",
            ]
        )
        let slip = Self.slip(1, revision: 1)
        try ledger.depart([InboxFile(feed: "water", name: "a.csv"): Instant(seconds: 50)], slip: slip)
        #expect(try ledger.restore().pending == [slip.head])
        #expect(try ledger.restore().lastDepartures == ["water": Instant(seconds: 50)])
        // Said twice, as after a crash, the first time counts.
        try ledger.depart([InboxFile(feed: "water", name: "a.csv"): Instant(seconds: 60)], slip: nil)
        #expect(Set(try ledger.restore().receptions.map(\.file.name)) == ["b.csv", "a.csv"])
        let versions = try ledger.receptions(feed: "water", limit: 9).filter { $0.name == "a.csv" }
        #expect(versions.map(\.goneAt) == [Instant(seconds: 50), nil])
        #expect(try ledger.lastReception(of: InboxFile(feed: "water", name: "a.csv"))?.revision == 2)
    }

    @Test func whatOthersHaveReplacedIsFoundNewestFirstAsFarAsItIsKept() throws {
        try enter(
            Self.reception(1, seen: 10, fingerprint: "a"),
            Self.reception(1, of: "b.csv", seen: 20, fingerprint: "b"),
            Self.reception(2, seen: 30, fingerprint: "c"),
            Self.reception(3, seen: 40, fingerprint: "d"),
            Self.reception(2, of: "b.csv", seen: 50, fingerprint: nil)
        )
        func replaced(_ instant: Int64, _ limit: Int = 9) throws -> [String] {
            try ledger.replacedVersions(feed: "water", knownAt: Instant(seconds: instant), limit: limit)
                .map { "\($0.name) \($0.revision)" }
        }
        #expect(try replaced(29) == [])
        #expect(try replaced(30) == ["a.csv 1"])
        #expect(try replaced(50) == ["a.csv 2", "b.csv 1", "a.csv 1"])
        #expect(try replaced(50, 1) == ["a.csv 2"])
        try ledger.forget([ReceivedContent(feed: "water", fingerprint: "a")], at: Instant(seconds: 60))
        #expect(try replaced(60) == ["a.csv 2", "b.csv 1"])
        #expect(try ledger.replacedVersions(feed: "stock", knownAt: Instant(seconds: 60), limit: 9) == [])
    }

    @Test func aTouchedFileKeepsItsVersionAndTakesTheNewStamp() throws {
        try enter(Self.reception(1, seen: 10), Self.reception(1, of: "b.csv", seen: 11))
        var touched = Self.reception(1, seen: 10)
        touched.stamp = FileStamp(
            device: 1,
            inode: 2,
            size: 3,
            modified: Instant(seconds: 4),
            changed: Instant(seconds: 5)
        )
        try ledger.touch(touched)
        let expected = [touched.entered(1), Self.reception(1, of: "b.csv", seen: 11).entered(2)]
        #expect(Set(try reopened().restore().receptions) == Set(expected))
    }

    @Test(
        "what was known at an instant is the newest version then, unless the file had gone",
        arguments: [
            (Int64(9), []), (10, ["a.csv 1"]), (19, ["a.csv 1"]), (20, ["a.csv 2"]), (25, ["a.csv 2", "b.csv 1"]),
            (30, ["b.csv 1"]), (40, ["a.csv 3", "b.csv 1"]), (99, ["a.csv 3", "b.csv 1"]),
        ] as [(Int64, [String])]
    )
    func knownAt(seconds: Int64, expected: [String]) throws {
        try enter(Self.reception(1, seen: 10), Self.reception(2, seen: 20), Self.reception(1, of: "b.csv", seen: 25))
        try ledger.depart([InboxFile(feed: "water", name: "a.csv"): Instant(seconds: 30)], slip: nil)
        try enter(Self.reception(3, seen: 40), Self.reception(1, in: "stock", seen: 1))
        // The ledger of the tests has to agree.
        let memory = MemoryLedger()
        for reception in try ledger.receptions(feed: "water", limit: 9).reversed() {
            try memory.receive(ReceptionEntry(reception: reception, slip: nil))
        }
        for ledger in [ledger, memory] as [any DutyLedger] {
            let versions = try ledger.versions(feed: "water", knownAt: Instant(seconds: seconds))
            #expect(versions.map { "\($0.name) \($0.revision)" } == expected)
        }
    }

    @Test("a copy has outlived its time when every version of its content has", arguments: [false, true])
    func outlived(inMemory: Bool) throws {
        let ledger: any DutyLedger = inMemory ? MemoryLedger() : ledger
        for reception in [
            Self.reception(1, seen: 10, fingerprint: "replaced"), Self.reception(2, seen: 20, fingerprint: "present"),
            Self.reception(1, of: "b.csv", seen: 5, fingerprint: "gone"),
            Self.reception(1, of: "c.csv", seen: 5, fingerprint: "present"),
            Self.reception(2, of: "c.csv", seen: 6, fingerprint: nil),
        ] { _ = try ledger.receive(ReceptionEntry(reception: reception, slip: nil)) }
        try ledger.depart([InboxFile(feed: "water", name: "b.csv"): Instant(seconds: 30)], slip: nil)
        func outlived(_ second: Int64, limit: Int = 9) throws -> [String] {
            try ledger.outlivedCopies(before: Instant(seconds: second), limit: limit).map(\.fingerprint)
        }
        #expect(try outlived(20) == [])
        #expect(try outlived(21) == ["replaced"])
        #expect(try outlived(31) == ["replaced", "gone"])
        #expect(try outlived(31, limit: 1) == ["replaced"])
        let copy = ReceivedContent(feed: "water", fingerprint: "replaced")
        try ledger.forget([copy], at: Instant(seconds: 40))
        #expect(try outlived(99) == ["gone"])
        let versions = try ledger.versions(feed: "water", knownAt: Instant(seconds: 15)).filter { $0.name == "a.csv" }
        #expect(versions.map(\.copyRemoved) == [Instant(seconds: 40)])
        // The same content, handed in again, has a copy again.
        let again = Self.reception(1, of: "d.csv", seen: 50, fingerprint: "replaced")
        _ = try ledger.receive(ReceptionEntry(reception: again, slip: nil))
        #expect(try outlived(99) == ["gone"])
    }

    @Test func aLedgerFromBeforeReceptionsKeepsItsNotices() throws {
        let path = scratch("old.sqlite")
        var story = try Story()
        try story.ledger.commit(story.entry([("JA-01", .critical)]))
        let before = try story.ledger.restore()
        try FileCopy.copy(story.scratch("dutyd.sqlite"), to: path)
        let old = try DatabaseQueue(path: path)
        try old.write { database in
            try database.execute(sql: "DROP TABLE reception")
            try database.execute(
                sql: "DELETE FROM grdb_migrations WHERE identifier IN ('3 receptions', '4 inbox')"
            )
        }
        try old.close()
        let after = try SQLiteLedger(path: path).restore()
        #expect(after.pending == before.pending && !after.pending.isEmpty)
        #expect(after.book == before.book)
        #expect(after.receptions == [])
    }
}

extension Reception {
    /// The same with its place among all receptions.
    fileprivate func entered(_ order: Int64) -> Reception {
        var copy = self
        copy.order = order
        return copy
    }
}

/// Copies a ledger that may have a write-ahead log beside it.
private enum FileCopy {
    static func copy(_ path: String, to target: String) throws {
        let source = try DatabaseQueue(path: path)
        try source.backup(to: DatabaseQueue(path: target))
    }
}
