// A run is entered wholly or not at all, and what was entered survives the process.

import Alerts
import Almanac
import Checks
import Diagnostics
import Engine
import Foundation
import Ledger
import Scheduling
import TestKit
import Testing

@Suite struct AtomicityTests {
    /// A way in which the last part of an entry can contradict the ledger.
    enum Contradiction: CaseIterable {
        case runNumber, slot, sequence, fileName, change, changelessNotice, secondOpenAlert
    }

    @Test(arguments: Contradiction.allCases)
    func anEntryThatContradictsTheLedgerLeavesNoTrace(_ contradiction: Contradiction) throws {
        var story = try Story()
        try story.ledger.stamp([Stamp(job: "river-sections", fingerprint: "f", last: Instant(seconds: 0))])
        let first = story.entry([("JA-01", .critical)], slot: Story.slot(10, .ran, run: 1))
        try story.ledger.commit(first)
        let before = try Picture(story.ledger)
        let book = story.book

        let good = story.entry([("JA-01", .warning), ("JA-02", .critical)], slot: Story.slot(20, .ran, run: 2))
        let bad = try contradicting(good, first, by: contradiction)
        let error = #expect(throws: Diagnostic.self) { try story.ledger.commit(bad) }
        #expect(error?.position?.file == story.scratch("dutyd.sqlite"))
        #expect(try Picture(story.ledger) == before)
        #expect(try Picture(story.reopened()) == before)
        #expect(try story.ledger.restore().book == book)

        // The ledger goes on to work.
        try story.ledger.commit(good)
        #expect(try story.ledger.restore().book == story.book)
    }

    @Test func whatWasCommittedSurvivesAKill() async throws {
        let scratch = try ScratchFolder()
        let path = scratch("dutyd.sqlite")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let ledger = try SQLiteLedger(path: path)
            try ledger.stamp([Stamp(job: "j", fingerprint: "f", last: Instant(seconds: 1))])
            for number in 1...50 { try ledger.record([Story.slot(Int64(number), .ran, job: "j")]) }
            kill(getpid(), SIGKILL)
        }
        let ledger = try SQLiteLedger(path: path)
        #expect(try ledger.slots(job: "j", limit: 99).count == 50)
        #expect(try ledger.restore().stamps["j"]?.last == Instant(seconds: 50))
    }

    @Test func somebodyWhoReadsDoesNotHoldUpACommit() throws {
        let story = try Story()
        // The tool keeps its read transaction open until its input ends.
        let reader = Process()
        reader.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        reader.arguments = [
            "python3", "-c",
            """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1], isolation_level=None)
            c.execute("BEGIN"); c.execute("SELECT count(*) FROM slot").fetchall()
            print("reading", flush=True); sys.stdin.read()
            """,
            story.scratch("dutyd.sqlite"),
        ]
        let (input, output) = (Pipe(), Pipe())
        reader.standardInput = input
        reader.standardOutput = output
        try reader.run()
        #expect(try output.fileHandleForReading.read(upToCount: 7) == Data("reading".utf8))
        try story.ledger.record([Story.slot(1, .ran)])
        #expect(try story.ledger.slots(job: nil, limit: 1).count == 1)
        try input.fileHandleForWriting.close()
        reader.waitUntilExit()
    }

    private func contradicting(_ good: RunEntry, _ first: RunEntry, by way: Contradiction) throws -> RunEntry {
        let notice = try #require(good.step.notices.last)
        let change = try #require(first.step.changes.first)
        let alert = try #require(good.step.difference.open.first)
        let others = good.step.notices.dropLast()
        return switch way {
        case .runNumber: good.with(run: first.run)
        case .slot: good.with(slot: first.slot)
        case .sequence: good.with(notices: others + [notice.with(sequence: 1)])
        case .fileName: good.with(notices: others + [notice.with(documents: first.step.notices[0].documents)])
        case .change: good.with(changes: good.step.changes + [change])
        case .changelessNotice: good.with(notices: others + [notice.with(revision: 9)])
        case .secondOpenAlert: good.with(open: good.step.difference.open + [alert.with(serial: "CN-RIV-2024-000777")])
        }
    }
}

/// All that a ledger tells.
private struct Picture: Equatable {
    let book: AlertBook
    let stamps: [String: Stamp]
    let lastAsOf: [String: Instant]
    let lastRun: Int64
    let pending: [Notice]
    let slots: [SlotRecord]

    init(_ ledger: SQLiteLedger) throws {
        let memory = try ledger.restore()
        book = memory.book
        stamps = memory.stamps
        lastAsOf = memory.lastAsOf
        lastRun = memory.lastRun
        pending = try ledger.notices(memory.pending.map(\.sequence))
        slots = try ledger.slots(job: nil, limit: 1_000)
    }
}

extension Notice {
    fileprivate func with(sequence: Int64? = nil, revision: Int? = nil, documents: [Document]? = nil) -> Notice {
        var matter = matter
        if let revision, case .alert(let serial, _, let key, let change) = matter {
            matter = .alert(serial: serial, revision: revision, key: key, change: change)
        }
        return Notice(
            sequence: sequence ?? self.sequence,
            department: department,
            matter: matter,
            documents: documents ?? self.documents
        )
    }
}

extension Alert {
    fileprivate func with(serial: String) -> Alert {
        Alert(
            key: key,
            serial: serial,
            revision: revision,
            name: name,
            period: period,
            state: state,
            latest: latest,
            raisedAt: raisedAt,
            changedAt: changedAt,
            recipients: recipients
        )
    }
}
