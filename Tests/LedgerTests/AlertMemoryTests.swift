// Everything that an alert keeps in mind comes back from the file, however its life went.

import Alerts
import Almanac
import Checks
import Engine
import GRDB
import Ledger
import TestKit
import Testing

@Suite struct AlertMemoryTests {
    @Test("a restart finds the very book", arguments: [7, 77, 777] as [UInt64])
    func theBookComesBack(seed: UInt64) throws {
        let scratch = try ScratchFolder()
        let path = scratch("dutyd.sqlite")
        var ledger = try SQLiteLedger(path: path)
        var histories = try AlertHistories(seed: seed, start: try Instant(rfc3339: "2024-03-25T01:00:00Z"))
        var told: [String: [Change]] = [:]
        var acknowledged: Set<String> = []
        for number in 0..<250 {
            let (act, step) = histories.act()
            try ledger.enter(step)
            for change in step.changes { told[change.alert.serial, default: []].append(change) }
            if case .acknowledged(let serial, _) = act { acknowledged.insert(serial) }
            if number.isMultiple(of: 5) {
                try ledger.close()
                ledger = try SQLiteLedger(path: path)
            }
            let restored = try ledger.restore().book
            #expect(restored == histories.book, "step \(number)")
            histories.restart(with: restored)
        }
        // And each alert's history, also of those that ended.
        for (serial, changes) in told {
            let history = try #require(try ledger.history(of: serial))
            #expect(history.entries.map(\.kind) == changes.map(\.kind))
            #expect(history.entries.map(\.recipients) == changes.map(\.recipients))
            #expect(history.entries.compactMap(\.revision) == Array(1..<history.alert.revision + 1))
            #expect((history.ended == nil) == (histories.book.alert(serial) != nil))
        }
        #expect(!acknowledged.isEmpty)
        #expect(try acknowledged.allSatisfy { try ledger.history(of: $0)?.acknowledgements.isEmpty == false })
        #expect(try ledger.history(of: "CN-RIV-1999-000001") == nil)
    }

    @Test func whatPeopleWroteStaysOnRecordWhenItHasEnded() throws {
        var story = try Story()
        try story.ledger.commit(story.entry([("JA-01", .critical)]))
        let serial = "CN-RIV-2024-000001"
        func enter(_ act: (inout AlertBook) throws -> [Change]) throws {
            let before = story.book
            let changes = try act(&story.book)
            try story.ledger.enter(
                BookStep(
                    at: Instant(seconds: 1_704_160_000),
                    difference: story.book.difference(from: before, through: changes),
                    changes: changes
                )
            )
        }
        let now = Instant(seconds: 1_704_160_000)
        for note in ["pump ordered", "pump arrives on Friday"] {
            try enter {
                try $0.acknowledge(serial, author: "Wang", note: note, rules: Story.rules, at: now).changes
            }
        }
        try enter {
            try $0.silence(
                AlertMatcher(subject: Glob("JA-*"), severity: .warning),
                author: "Li",
                reason: "dredging",
                until: now.adding(seconds: 60),
                rules: Story.rules,
                at: now
            ).changes
        }
        try enter { try $0.unsilence(1, rules: Story.rules, at: now) }
        #expect(try story.reopened().restore().book == story.book)
        let notes = try story.reopened().history(of: serial)?.acknowledgements.map(\.note)
        #expect(notes == ["pump ordered", "pump arrives on Friday"])
        let file = try DatabaseQueue(path: story.scratch("dutyd.sqlite"))
        let silences = try file.read { try Row.fetchAll($0, sql: "SELECT * FROM silence WHERE ended IS NOT NULL") }
        #expect(silences.map { $0["author"] as String } == ["Li"])
        // Its number is not given again.
        #expect(try story.reopened().restore().book.lastSilence == 1)
    }

    @Test func whoSaidThatItIsSettledAndWhichStageWasToldIsRemembered() throws {
        var story = try Story()
        try story.ledger.commit(story.entry([("JA-01", .critical)]))
        var alert = try #require(story.book.open.values.first)
        let before = story.book
        alert.standings["water", default: Standing()].saidSettled = Instant(seconds: 1_704_160_000)
        alert.escalation.stage = "escalated"
        let after = AlertBook(open: [alert], serials: before.serials, sequence: before.sequence)
        try story.ledger.enter(
            BookStep(
                at: Instant(seconds: 1_704_160_000),
                difference: after.difference(from: before, through: []),
                changes: []
            )
        )
        let restored = try #require(try story.reopened().restore().book.open.values.first)
        #expect(restored.standings["water"]?.saidSettled == Instant(seconds: 1_704_160_000))
        #expect(restored.escalation.stage == "escalated")
    }

    @Test func anAlertOfAnOldLedgerIsKnownToThoseWhoWereTold() throws {
        let scratch = try ScratchFolder()
        try OldLedger.write(to: scratch("dutyd.sqlite"))
        let memory = try SQLiteLedger(path: scratch("dutyd.sqlite")).restore()
        let alert = try #require(memory.book.open.values.first)
        #expect(alert.told == .critical)
        #expect(alert.latest.state == .critical)
        #expect(alert.tellings.map(\.kind) == [.raised])
        #expect(alert.tellings.map(\.recipients) == [alert.recipients])
        #expect(alert.tellings.map(\.sentText) == ["1970-01-01T00:00:00+00:00"])
        // From its delivery on an answer may be waited for.
        #expect(memory.deliveries.map(\.department) == ["ecology-environment"])
    }
}
