// Copies of what was received: complete, for the daemon alone, and never more than the disk bears.

import Diagnostics
import Engine
import Foundation
import Intake
import Jobs
import Records
import TestKit
import Testing

@Suite struct FolderArchiveTests {
    private let scratch: ScratchFolder
    private let evidence: FolderEvidence
    private let archive: FolderArchive
    private let inbox: Feed

    init() throws {
        scratch = try ScratchFolder()
        evidence = FolderEvidence(inbox: scratch("inbox"), registers: "")
        archive = FolderArchive(folder: scratch("received"), evidence: evidence, reserveBytes: 0)
        inbox = try feed(.inbox)
        try scratch.makeFolder("inbox/water-measurements")
    }

    /// A table that lies in the inbox, and its fingerprint.
    private func drop(_ contents: [UInt8]) throws -> (table: EvidenceTable, fingerprint: String) {
        try scratch.put(contents, at: "inbox/water-measurements/静安.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        return (table, try bytes(of: table, by: evidence).read.fingerprint)
    }

    private func kept(_ fingerprint: String) -> EvidenceTable? {
        archive.kept(feed: "water-measurements", name: "静安.csv", fingerprint: fingerprint)
    }

    @Test func whatIsKeptIsReadLikeTheFileAfterItIsGone() throws {
        // In GBK, as it came.
        let (table, fingerprint) = try drop([0xB6, 0xCF, 0xC3, 0xE6, 0x0A])
        #expect(kept(fingerprint) == nil)
        try archive.keep(table, fingerprint: fingerprint)
        try FileManager.default.removeItem(atPath: table.location)
        let copy = try #require(kept(fingerprint))
        #expect(copy.feed == table.feed)
        #expect(copy.name == table.name)
        #expect(copy.stamp?.size == 5)
        let read = try bytes(of: copy, by: evidence)
        #expect(String(decoding: read.bytes, as: UTF8.self) == "断面\n")
        #expect(read.read == ReadTable(encoding: .gb18030, fingerprint: fingerprint))
        let name = "received/water-measurements/\(fingerprint).csv"
        #expect(copy.location == scratch(name))
        #expect(try scratch.mode(of: name) == 0o600)
        #expect(try scratch.mode(of: "received/water-measurements") == 0o700)
        #expect(try scratch.mode(of: "received") == 0o700)
        #expect(try scratch.names(in: "received/water-measurements/tmp") == [])
    }

    @Test func theSameContentAgainChangesNothing() throws {
        let (table, fingerprint) = try drop(Array("断面\n".utf8))
        try archive.keep(table, fingerprint: fingerprint)
        let before = kept(fingerprint)
        try archive.keep(table, fingerprint: fingerprint)
        #expect(kept(fingerprint) == before)
        #expect(before != nil)
    }

    @Test func aCorrectionStandsBesideWhatItCorrects() throws {
        let first = try drop(Array("断面\nA\n".utf8))
        try archive.keep(first.table, fingerprint: first.fingerprint)
        let second = try drop(Array("断面\nB\n".utf8))
        try archive.keep(second.table, fingerprint: second.fingerprint)
        let tables = try [first, second].map { try #require(kept($0.fingerprint)) }
        #expect(try tables.map { try text(of: $0, by: evidence) } == ["断面\nA\n", "断面\nB\n"])
    }

    @Test func aRemovedCopyIsGoneAndRemovingItAgainChangesNothing() throws {
        let first = try drop(Array("断面\nA\n".utf8))
        try archive.keep(first.table, fingerprint: first.fingerprint)
        let second = try drop(Array("断面\nB\n".utf8))
        try archive.keep(second.table, fingerprint: second.fingerprint)
        for _ in 1...2 {
            try archive.remove(ReceivedContent(feed: "water-measurements", fingerprint: first.fingerprint))
            #expect(kept(first.fingerprint) == nil && kept(second.fingerprint) != nil)
        }
        try archive.remove(ReceivedContent(feed: "never-kept", fingerprint: first.fingerprint))
        // Nothing outside the archive can be meant.
        for feed in ["..", "../inbox", ""] {
            #expect(throws: Diagnostic.self) {
                try archive.remove(ReceivedContent(feed: feed, fingerprint: "../inbox/water-measurements/静安"))
            }
        }
        #expect(evidence.tables(of: inbox).tables.count == 1)
    }

    @Test func aFileThatHasAnotherContentByNowIsNotKept() throws {
        let (table, _) = try drop(Array("断面\n".utf8))
        let error = #expect(throws: Diagnostic.self) {
            try archive.keep(table, fingerprint: "00112233445566778899aabbccddeeff")
        }
        #expect(error?.found?.contains("changed") == true)
        #expect(kept("00112233445566778899aabbccddeeff") == nil)
        #expect(try scratch.names(in: "received/water-measurements") == ["tmp"])
        #expect(try scratch.names(in: "received/water-measurements/tmp") == [])
    }

    @Test func aFileThatWasReplacedOrTakenAwayIsNotKept() throws {
        let (table, fingerprint) = try drop(Array("断面\n".utf8))
        _ = try drop(Array("断面断面\n".utf8))
        #expect(throws: Diagnostic.self) { try archive.keep(table, fingerprint: fingerprint) }
        try FileManager.default.removeItem(atPath: table.location)
        #expect(throws: Diagnostic.self) { try archive.keep(table, fingerprint: fingerprint) }
        #expect(kept(fingerprint) == nil)
    }

    @Test func aTableBeyondTheLimitIsNotKeptAndSaysSo() throws {
        let limit = FolderArchive.sizeLimit
        try scratch.put("", at: "inbox/water-measurements/静安.csv")
        let handle = try #require(FileHandle(forWritingAtPath: scratch("inbox/water-measurements/静安.csv")))
        try handle.truncate(atOffset: UInt64(limit) + 1)
        let table = try #require(evidence.tables(of: inbox).tables.first)
        let error = #expect(throws: Diagnostic.self) { try archive.keep(table, fingerprint: "ab") }
        #expect(error?.problem.hasPrefix("no copy of the table is kept") == true)
        #expect(error?.found == "\(limit + 1) bytes")
        #expect(error?.expected == "at most \(limit) bytes")
        #expect(kept("ab") == nil)
    }

    @Test func whatADeadAttemptLeftMakesWay() throws {
        let (table, fingerprint) = try drop(Array("断面\n".utf8))
        try scratch.makeFolder("received/water-measurements/tmp")
        for name in ["\(fingerprint).csv", "other.csv"] {
            try scratch.put("torn", at: "received/water-measurements/tmp/\(name)")
        }
        try archive.keep(table, fingerprint: fingerprint)
        #expect(try scratch.names(in: "received/water-measurements/tmp") == [])
        #expect(try text(of: try #require(kept(fingerprint)), by: evidence) == "断面\n")
    }

    @Test(arguments: ["..", "../..", "a/b", "", "water-measurements/../water-measurements"])
    func aFeedOrFingerprintIsNoPath(name: String) throws {
        let (table, fingerprint) = try drop(Array("断面\n".utf8))
        try archive.keep(table, fingerprint: fingerprint)
        try scratch.put("secret", at: "secret.csv")
        #expect(archive.kept(feed: name, name: "静安.csv", fingerprint: fingerprint) == nil)
        #expect(archive.kept(feed: "water-measurements", name: "静安.csv", fingerprint: "\(name)/../../secret") == nil)
        let stranger = EvidenceTable(feed: name, name: table.name, location: table.location)
        #expect(throws: Diagnostic.self) { try archive.keep(stranger, fingerprint: fingerprint) }
    }

    @Test(.enabled(if: isRoot)) func aDiskThatIsNearlyFullIsLeftToTheLedger() throws {
        let small = try ScratchFolder(fileSystemOf: 1 << 20)
        let (table, fingerprint) = try drop(Array(repeating: 0x61, count: 100_000))
        let careful = FolderArchive(folder: small("received"), evidence: evidence, reserveBytes: 1 << 20)
        let error = #expect(throws: Diagnostic.self) { try careful.keep(table, fingerprint: fingerprint) }
        #expect(error?.remedy?.contains("make room") == true)
        #expect(careful.kept(feed: table.feed, name: table.name, fingerprint: fingerprint) == nil)

        // Without the reserve, the disk fills up in the middle.
        let (large, other) = try drop(Array(repeating: 0x62, count: 3 << 20))
        let careless = FolderArchive(folder: small("received"), evidence: evidence, reserveBytes: 0)
        #expect(throws: Diagnostic.self) { try careless.keep(large, fingerprint: other) }
        #expect(try small.names(in: "received/water-measurements/tmp") == [])
        let (again, fitting) = try drop(Array(repeating: 0x61, count: 100_000))
        try careless.keep(again, fingerprint: fitting)
        #expect(careless.kept(feed: again.feed, name: again.name, fingerprint: fitting) != nil)
    }
}
