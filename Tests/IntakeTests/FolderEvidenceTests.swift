// Which files of a feed are read, and what is said of the others.

import Diagnostics
import Engine
import Foundation
import Intake
import Jobs
import TestKit
import Testing

@Suite struct FolderEvidenceTests {
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

    private func text(of table: EvidenceTable, by source: FolderEvidence? = nil) throws -> String {
        var bytes: [UInt8] = []
        try (source ?? evidence).read(table) { chunk in
            for index in chunk.indices { bytes.append(chunk[index]) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func theTablesOfAnInboxFeedComeInTheOrderOfTheirNames() throws {
        for name in ["2024-03.csv", "2024-01.CSV", "2024-02.Csv", "静安-2024-01.csv"] { try drop(name, name) }
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables.map(\.name) == ["2024-01.CSV", "2024-02.Csv", "2024-03.csv", "静安-2024-01.csv"])
        #expect(listing.tables.allSatisfy { $0.feed == "water-measurements" })
        #expect(listing.problems == [])
        #expect(try listing.tables.map { try text(of: $0) } == listing.tables.map(\.name))
    }

    @Test func aFeedThatHasNoFileYetIsQuiet() {
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables == [])
        #expect(listing.problems == [])
    }

    @Test(arguments: [
        ".hidden.csv", "~$2024-01.xlsx", "~$2024.csv", "Thumbs.db", "thumbs.DB", "desktop.ini", "2024.csv.part",
        "2024.csv.tmp", "2024.csv.crdownload", "2024.csv.filepart", "2024.CSV.TMP",
    ])
    func whatProgramsLeaveLyingAboutIsIgnored(name: String) throws {
        try drop(name)
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables == [])
        #expect(listing.problems == [])
    }

    @Test(arguments: [
        ("2024.xlsx", "另存为 CSV UTF-8"), ("2024.XLS", "另存为 CSV UTF-8"), ("2024.et", "另存为 CSV UTF-8"),
        ("report.pdf", "ask for the table"), ("all.zip", "unpack"), ("2024.txt", "rename it to end in .csv"),
        ("README", "rename it to end in .csv"), ("2024.csv.bak", "as CSV UTF-8"),
    ])
    func aFileOfAnotherSortIsNamedWithWhatToDo(name: String, remedy: String) throws {
        try drop(name)
        try drop("good.csv")
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables.map(\.name) == ["good.csv"])
        #expect(listing.problems.map(\.position?.file) == [scratch("inbox/water-measurements/\(name)")])
        #expect(listing.problems.first?.remedy?.contains(remedy) == true)
    }

    @Test(arguments: [
        ("mkdir a.csv", "a folder"), ("mkfifo a.csv", "a FIFO"), ("ln -s /etc/passwd a.csv", "a symbolic link"),
        ("ln -s missing a.csv", "a symbolic link"),
        (
            "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"a.csv\")'", "a socket"
        ),
    ])
    func whatIsNoFileIsSaidToBeWhatItIs(making: String, found: String) throws {
        let folder = scratch("inbox/water-measurements")
        #expect(try run("sh", "-ec", "cd '\(folder)'; \(making)").status == 0)
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables == [])
        #expect(listing.problems.map(\.found) == [found])
        #expect(listing.problems.map(\.position?.file) == ["\(folder)/a.csv"])
    }

    @Test(.enabled(if: isRoot)) func aDeviceIsSaidToBeOne() throws {
        #expect(try run("mknod", scratch("inbox/water-measurements/zero.csv"), "c", "1", "5").status == 0)
        #expect(evidence.tables(of: inbox).problems.map(\.found) == ["a device"])
    }

    @Test func aNameInAnotherEncodingIsReportedAndTheOthersAreRead() throws {
        try drop("good.csv")
        let folder = scratch("inbox/water-measurements")
        // 水质 as GB 18030, which a zip file from Windows brings along.
        #expect(
            try run("python3", "-c", "import sys; open(sys.argv[1].encode()+b'/\\xcb\\xae\\xd6\\xca.csv','w')", folder)
                .status == 0
        )
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables.map(\.name) == ["good.csv"])
        #expect(listing.problems.map(\.remedy) == ["rename the file"])
    }

    @Test(arguments: [nil, "elsewhere"])
    func aMissingOrLinkedFolderIsAProblem(target: String?) throws {
        try FileManager.default.removeItem(atPath: scratch("inbox/water-measurements"))
        if let target {
            try scratch.makeFolder(target)
            try scratch.put("section\n", at: "\(target)/a.csv")
            try FileManager.default.createSymbolicLink(
                atPath: scratch("inbox/water-measurements"),
                withDestinationPath: scratch(target)
            )
        }
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables == [])
        #expect(listing.problems.map(\.position?.file) == [scratch("inbox/water-measurements")])
        #expect(listing.problems.first?.remedy?.contains("dutyd tmpfiles") == true)
    }

    @Test func aLinkThatReplacesAListedFileIsNotFollowed() throws {
        try drop("a.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        try FileManager.default.removeItem(atPath: scratch("inbox/water-measurements/a.csv"))
        try FileManager.default.createSymbolicLink(
            atPath: scratch("inbox/water-measurements/a.csv"),
            withDestinationPath: "/etc/passwd"
        )
        let error = #expect(throws: Diagnostic.self) { try text(of: table) }
        #expect(error?.problem == "a symbolic link is not followed")
    }

    @Test func aFileThatIsTakenAwayBeforeItIsReadIsReported() throws {
        try drop("a.csv")
        let table = try #require(evidence.tables(of: inbox).tables.first)
        try FileManager.default.removeItem(atPath: scratch("inbox/water-measurements/a.csv"))
        let error = #expect(throws: Diagnostic.self) { try text(of: table) }
        #expect(error?.problem == "there is no such file")
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
            let error = #expect(throws: Diagnostic.self) { try evidence.read(table) { _ in } }
            #expect(error?.problem == "dutyd may not read the file")
            #expect(error?.found == (isRoot ? "owner root, mode 600" : "owner \(NSUserName()), mode 0"))
            #expect(error?.remedy?.contains("chmod g+r") == true)
        }
    }

    @Test func aTableComesInPiecesThatTogetherAreTheFile() throws {
        let bytes = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31) }
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
        try evidence.read(table) { chunk in
            count += chunk.count
            // A reader that runs after the end must fail this test, not fill the disk.
            guard count < 3_000_000 else { return }
            handle.seekToEndOfFile()
            handle.write(Data(repeating: 120, count: 300_000))
        }
        #expect(count == 300_000)
    }

    @Test func aRegisterIsTheOneFileOfItsName() throws {
        try scratch.put("section\nJA-01\n", at: "registers/river-sections.csv")
        try scratch.put("section\nJA-02\n", at: "registers/river-sections-old.csv")
        let listing = evidence.tables(of: try feed(.register))
        #expect(listing.tables.map(\.name) == ["river-sections.csv"])
        #expect(listing.problems == [])
        #expect(try listing.tables.map { try text(of: $0) } == ["section\nJA-01\n"])
    }

    @Test func aMissingRegisterIsAProblem() throws {
        let listing = evidence.tables(of: try feed(.register))
        #expect(listing.tables == [])
        #expect(listing.problems.map(\.problem) == ["there is no such file"])
        #expect(listing.problems.map(\.position?.file) == [scratch("registers/river-sections.csv")])
    }

    @Test func filesThatSomebodyNamesStandForAFeed() throws {
        try drop("ignored.csv")
        try scratch.makeFolder("a")
        try scratch.makeFolder("b")
        // Two files of one name, and one that does not end in .csv: whoever names a file means it.
        try scratch.put("one", at: "a/2024.csv")
        try scratch.put("two", at: "b/2024.csv")
        try scratch.put("three", at: "table.txt")
        let paths = [scratch("b/2024.csv"), scratch("a/2024.csv"), scratch("table.txt"), scratch("missing.csv")]
        let source = FolderEvidence(
            inbox: scratch("inbox"),
            registers: scratch("registers"),
            overrides: ["water-measurements": paths]
        )
        let listing = source.tables(of: inbox)
        #expect(listing.tables.map(\.name) == ["2024.csv", "2024.csv", "table.txt"])
        #expect(try listing.tables.map { try text(of: $0, by: source) } == ["two", "one", "three"])
        #expect(listing.problems.map(\.position?.file) == [scratch("missing.csv")])
        // Another feed still comes from its folder.
        let register = try feed(.register)
        #expect(source.tables(of: register).problems.map(\.problem) == ["there is no such file"])
    }

    @Test(arguments: ["table.csv", "./table.csv", "inbox/../table.csv"])
    func aNamedFileMayBeGivenByARelativePath(path: String) async throws {
        try scratch.put("one", at: "table.csv")
        await #expect(processExitsWith: .success) { [root = scratch.path as String, path = path as String] in
            let moved = unsafe chdir(root)
            #expect(moved == 0)
            let source = FolderEvidence(inbox: "", registers: "", overrides: ["water-measurements": [path]])
            let listing = source.tables(of: try feed(.inbox))
            #expect(listing.tables.map(\.name) == ["table.csv"])
        }
    }

    @Test func aNamedFifoIsRefusedWithoutWaiting() throws {
        #expect(try run("mkfifo", scratch("pipe.csv")).status == 0)
        let source = FolderEvidence(inbox: "", registers: "", overrides: ["water-measurements": [scratch("pipe.csv")]])
        #expect(source.tables(of: inbox).problems.map(\.found) == ["a FIFO"])
    }
}
