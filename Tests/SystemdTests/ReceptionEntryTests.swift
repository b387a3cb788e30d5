// How a reception stands in the journal.

import Almanac
import Diagnostics
import Engine
import Records
import Systemd
import Testing

@Suite struct ReceptionEntryTests {
    private static func entry(
        rejects: Int,
        isUsable: Bool = true,
        department: String? = "water",
        name: String = "水质.csv"
    ) throws -> JournalEntry {
        var tally = TableTally()
        tally.rowsAccepted = 12
        tally.rowsRejected = 1
        tally.cellsRejected = rejects
        let reception = Reception(
            feed: "water-measurements",
            name: name,
            revision: 2,
            stamp: nil,
            fingerprint: "abc",
            firstSeen: Instant(seconds: 0),
            encoding: .gb18030,
            tally: tally,
            isUsable: isUsable,
            summary: "12 rows accepted"
        )
        let journal = Journal(destination: .capture)
        let complaints = (1...9).prefix(rejects).map { line in
            Reject(.notANumber, Diagnostic("this is no number", at: Position(file: "水质.csv", line: line)))
        }
        JournalEventLog(journal: journal, zone: .utc)
            .record(.received(reception, department: department, rejects: complaints))
        #expect(journal.captured.count == 1)
        return try #require(journal.captured.first)
    }

    @Test func itsFieldsSayWhatWasReceivedFromWhom() throws {
        let entry = try Self.entry(rejects: 2)
        let fields = Dictionary(uniqueKeysWithValues: entry.fields.map { ($0.name, $0.value) })
        #expect(
            fields == [
                "DUTYD_FEED": "water-measurements", "DUTYD_FILE": "水质.csv", "DUTYD_DEPARTMENT": "water",
                "DUTYD_ACCEPTED": "12", "DUTYD_REJECTED": "1", "DUTYD_REJECTED_CELLS": "2",
                "DUTYD_ENCODING": "GB18030",
                "DUTYD_FINGERPRINT": "abc",
            ]
        )
        #expect(entry.messageID == MessageID.received.rawValue)
        #expect(try Self.entry(rejects: 0, department: nil).fields.allSatisfy { $0.name != "DUTYD_DEPARTMENT" })
    }

    @Test func withdrawnFilesAreNamedUpToANumber() throws {
        let journal = Journal(destination: .capture)
        let files = (10..<35).map { "\($0).csv" }
        JournalEventLog(journal: journal, zone: .utc).record(.departed(files, feed: "water", department: "office"))
        let entry = try #require(journal.captured.first)
        #expect(entry.message.hasPrefix("water: withdrawn: 10.csv, 11.csv"))
        #expect(entry.message.hasSuffix("29.csv and 5 more"))
        #expect(entry.fields.map(\.name) == ["DUTYD_FEED", "DUTYD_DEPARTMENT"])
    }

    @Test(arguments: [(0, true, JournalPriority.info), (1, true, .warning), (0, false, .warning)])
    func whatWasNotUsedMakesItAWarning(rejects: Int, isUsable: Bool, expected: JournalPriority) throws {
        #expect(try Self.entry(rejects: rejects, isUsable: isUsable).priority == expected)
    }

    @Test func theFirstComplaintsStandInTheText() throws {
        let message = try Self.entry(rejects: 8).message
        let lines = message.split(separator: "\n")
        #expect(lines.first == "water-measurements: received 水质.csv (version 2): 12 rows accepted")
        #expect(lines.count == 7)
        #expect(lines.last == "and 3 more")
    }

    @Test func aNameCannotForgeALine() throws {
        let message = try Self.entry(rejects: 0, name: "a\nforged.csv").message
        #expect(!message.contains("\n"))
    }
}
