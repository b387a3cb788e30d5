// Reading files that others write: what is lent is what was listed, or nothing.

import Diagnostics
import Engine
import Foundation
import Intake
import Jobs
import Records
import TestKit
import Testing

@Suite struct TableFileTests {
    private let scratch: ScratchFolder
    private let evidence: FolderEvidence
    private let inbox: Feed

    init() throws {
        scratch = try ScratchFolder()
        evidence = FolderEvidence(inbox: scratch("inbox"), registers: scratch("registers"))
        inbox = try feed(.inbox)
        try scratch.makeFolder("inbox/water-measurements")
        try scratch.makeFolder("registers")
    }

    private func drop(_ name: String, _ text: String = "section\n") throws {
        try scratch.put(text, at: "inbox/water-measurements/\(name)")
    }

    @Test(arguments: ["ln -s /etc/passwd a.csv", "mkfifo a.csv", "mkdir a.csv", "ln b.csv a.csv"])
    func whatTakesTheNameOfAListedTableIsNotRead(making: String) throws {
        try drop("a.csv")
        try drop("b.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        let folder = scratch("inbox/water-measurements")
        #expect(try run("sh", "-ec", "cd '\(folder)'; rm a.csv; \(making)").status == 0)
        let unstamped = EvidenceTable(feed: table.feed, name: table.name, location: table.location)
        let reject = #expect(throws: Reject.self) { try text(of: unstamped, by: evidence) }
        #expect(reject?.reason == (making.hasPrefix("ln b") ? .hasSeveralNames : .notAFile))
    }

    @Test func aLinkThatReplacesAListedFileIsNotFollowed() throws {
        try drop("a.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        try FileManager.default.removeItem(atPath: scratch("inbox/water-measurements/a.csv"))
        try FileManager.default.createSymbolicLink(
            atPath: scratch("inbox/water-measurements/a.csv"),
            withDestinationPath: "/etc/passwd"
        )
        let reject = #expect(throws: Reject.self) { try text(of: table, by: evidence) }
        #expect(reject?.reason == .notAFile)
        #expect(reject?.diagnostic.found == "a symbolic link")
    }

    @Test func aLinkThatReplacesTheFeedsFolderIsNotFollowed() throws {
        try drop("a.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        let folder = scratch("inbox/water-measurements")
        #expect(try run("sh", "-ec", "mv '\(folder)' '\(folder).old'; ln -s '\(folder).old' '\(folder)'").status == 0)
        let reject = #expect(throws: Reject.self) { try text(of: table, by: evidence) }
        #expect(reject?.reason == .unreadableFile)
    }

    @Test(arguments: ["../passwd", "a/b", "..", "", "/etc/passwd"])
    func aTableIsNoPathOutOfItsFolder(name: String) throws {
        try scratch.put("secret", at: "passwd")
        let location = scratch("inbox/water-measurements/\(name)")
        let table = EvidenceTable(feed: "water-measurements", name: name, location: location)
        #expect(throws: Reject.self) { try text(of: table, by: evidence) }
    }

    @Test func aFileThatIsTakenAwayBeforeItIsReadIsReported() throws {
        try drop("a.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        try FileManager.default.removeItem(atPath: scratch("inbox/water-measurements/a.csv"))
        let reject = #expect(throws: Reject.self) { try text(of: table, by: evidence) }
        #expect(reject?.reason == .unreadableFile)
        #expect(reject?.diagnostic.problem == "there is no such file")
    }

    @Test(arguments: ["echo more >> a.csv", "cp b.csv a.csv", "mv b.csv a.csv", "touch -d 2020-01-01 a.csv"])
    func aFileThatIsAnotherThanTheOneListedIsReadLater(change: String) throws {
        try drop("a.csv")
        try drop("b.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        let folder = scratch("inbox/water-measurements")
        #expect(try run("sh", "-ec", "cd '\(folder)'; \(change)").status == 0)
        let reject = #expect(throws: Reject.self) { try text(of: table, by: evidence) }
        #expect(reject?.reason == .changedWhileRead)
        // Listed anew it is read.
        #expect(throws: Never.self) {
            try text(of: try #require(evidence.tables(of: inbox).tables.first), by: evidence)
        }
    }

    @Test func aFileThatMayNotBeReadSaysWhoseItIsAndWhatToDo() async throws {
        try drop("a.csv")
        let path = scratch("inbox/water-measurements/a.csv")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        if !isRoot { try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path) }
        await #expect(processExitsWith: .success) { [root = scratch.path as String] in
            if isRoot { #expect(setuid(65_534) == 0) }
            let evidence = FolderEvidence(inbox: "\(root)/inbox", registers: "")
            let listing = evidence.tables(of: try feed(.inbox))
            let table = try #require(listing.tables.first)
            let reject = #expect(throws: Reject.self) { try evidence.read(table) { _ in } }
            #expect(reject?.reason == .mayNotBeRead)
            #expect(reject?.diagnostic.problem == "dutyd may not read the file")
            #expect(reject?.diagnostic.found == (isRoot ? "owner root, mode 600" : "owner \(NSUserName()), mode 0"))
            #expect(reject?.diagnostic.remedy?.contains("chmod a+r") == true)
        }
    }

    @Test func aTableComesInPiecesThatTogetherAreTheFile() throws {
        let bytes = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31) & 0x7F }
        try scratch.put(bytes, at: "inbox/water-measurements/big.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        var read: [UInt8] = []
        var largest = 0
        try evidence.read(table) { chunk in
            largest = max(largest, chunk.count)
            for index in chunk.indices { read.append(chunk[index]) }
        }
        #expect(read == bytes)
        #expect(largest <= 262_144)
    }

    @Test func aFileThatGrowsWhileItIsReadComesToAnEnd() throws {
        try drop("a.csv", String(repeating: "x", count: 300_000))
        let table = try #require(evidence.tables(of: inbox).tables.first)
        let handle = try #require(FileHandle(forWritingAtPath: scratch("inbox/water-measurements/a.csv")))
        var count = 0
        let reject = #expect(throws: Reject.self) {
            try evidence.read(table) { chunk in
                count += chunk.count
                // A reader that runs after the end must fail this test, not fill the disk.
                guard count < 3_000_000 else { return }
                handle.seekToEndOfFile()
                handle.write(Data(repeating: 120, count: 300_000))
            }
        }
        #expect(reject?.reason == .changedWhileRead)
        #expect(count == 300_000)
    }

    @Test(arguments: [0, 10, 290_000])
    func aFileThatShrinksWhileItIsReadIsReadLater(size: UInt64) throws {
        try drop("a.csv", String(repeating: "x", count: 300_000))
        let table = try #require(evidence.tables(of: inbox).tables.first)
        let handle = try #require(FileHandle(forWritingAtPath: scratch("inbox/water-measurements/a.csv")))
        let reject = #expect(throws: Reject.self) {
            try evidence.read(table) { _ in try? handle.truncate(atOffset: size) }
        }
        #expect(reject?.reason == .changedWhileRead)
    }

    @Test func aTimeThatIsSetBackHidesNoChange() throws {
        try drop("a.csv", String(repeating: "x", count: 300_000))
        let path = scratch("inbox/water-measurements/a.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        let handle = try #require(FileHandle(forWritingAtPath: path))
        let modified = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        // More than a tick of the clock by which the kernel stamps files.
        usleep(20_000)
        let reject = #expect(throws: Reject.self) {
            try evidence.read(table) { _ in
                handle.write(Data("y".utf8))
                try? FileManager.default.setAttributes([.modificationDate: modified as Any], ofItemAtPath: path)
            }
        }
        #expect(reject?.reason == .changedWhileRead)
    }
}
