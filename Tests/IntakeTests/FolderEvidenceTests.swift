// Which files of a feed are read, and what is said of the others.

import Diagnostics
import Engine
import Foundation
import Intake
import Jobs
import Records
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

    @Test func theTablesOfAnInboxFeedComeInTheOrderOfTheirNames() throws {
        for name in ["2024-03.csv", "2024-01.CSV", "2024-02.Csv", "静安-2024-01.csv"] { try drop(name, name) }
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables.map(\.name) == ["2024-01.CSV", "2024-02.Csv", "2024-03.csv", "静安-2024-01.csv"])
        #expect(listing.tables.allSatisfy { $0.feed == "water-measurements" })
        #expect(listing.tables.map { $0.stamp?.size } == listing.tables.map { Int64($0.name.utf8.count) })
        #expect(Set(listing.tables.map { $0.stamp?.inode }).count == 4)
        #expect(listing.problems == [])
        #expect(listing.refused == [])
        #expect(try listing.tables.map { try text(of: $0, by: evidence) } == listing.tables.map(\.name))
    }

    @Test func aFeedThatHasNoFileYetIsQuiet() {
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables == [])
        #expect(listing.problems == [])
    }

    @Test(arguments: [
        ".hidden.csv", "~$2024-01.xlsx", "~$2024.csv", "Thumbs.db", "thumbs.DB", "desktop.ini", "2024.csv.part",
        "2024.csv.tmp", "2024.csv.crdownload", "2024.csv.filepart", "2024.CSV.TMP", ".DS_Store", "..csv", "2024.csv~",
        ".~lock.2024.csv#", "2024.csv.xltd",
    ])
    func whatProgramsLeaveLyingAboutIsIgnored(name: String) throws {
        try drop(name)
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables == [])
        #expect(listing.problems == [])
        #expect(listing.refused == [])
    }

    @Test(arguments: [
        ("2024.xlsx", Reject.Reason.spreadsheet, "CSV UTF-8"), ("2024.XLS", .spreadsheet, "CSV UTF-8"),
        ("2024.et", .spreadsheet, "CSV UTF-8"), ("report.pdf", .document, "ask for the table itself"),
        ("扫描件.jpg", .document, "ask for the table itself"), ("report.wps", .document, "ask for the table itself"),
        ("all.zip", .archive, "unpack it"),
        ("README", .otherFormat, "CSV UTF-8"), ("2024.csv.bak", .otherFormat, "CSV UTF-8"),
        ("2024.csv.", .otherFormat, "CSV UTF-8"),
    ])
    func aFileOfAnotherSortIsNamedWithWhatToDo(name: String, reason: Reject.Reason, remedy: String) throws {
        try drop(name)
        try drop("good.csv")
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables.map(\.name) == ["good.csv"])
        #expect(listing.problems == [])
        #expect(listing.refused.map(\.name) == [name])
        #expect(listing.refused.map(\.stamp?.size) == [8])
        let reject = try #require(listing.refused.first?.reject)
        #expect(reject.reason == reason)
        #expect(reject.diagnostic.position?.file == scratch("inbox/water-measurements/\(name)"))
        #expect(reject.diagnostic.remedy?.contains(remedy) == true)
        // People who read the console's English are not told in Chinese; slips are in both languages.
        #expect(reject.diagnostic.remedy?.unicodeScalars.allSatisfy(\.isASCII) == true)
    }

    @Test(arguments: ["a.txt", "a.tsv", "a.TXT"])
    func tablesThatExcelSavesAsTextAreTables(name: String) throws {
        try drop(name)
        #expect(evidence.tables(of: inbox).tables.map(\.name) == [name])
    }

    @Test(arguments: [
        ("mkdir a.csv", "a folder"), ("mkfifo a.csv", "a FIFO"), ("ln -s /etc/passwd a.csv", "a symbolic link"),
        ("ln -s missing a.csv", "a symbolic link"), ("mkdir a.xlsx", "a folder"),
        ("ln -s . a.csv", "a symbolic link"),
        (
            "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"a.csv\")'", "a socket"
        ),
    ])
    func whatIsNoFileIsSaidToBeWhatItIs(making: String, found: String) throws {
        let folder = scratch("inbox/water-measurements")
        #expect(try run("sh", "-ec", "cd '\(folder)'; \(making)").status == 0)
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables == [])
        #expect(listing.refused.map(\.reject.reason) == [.notAFile])
        #expect(listing.refused.map(\.reject.diagnostic.found) == [found])
        #expect(listing.refused.map { $0.reject.diagnostic.position?.file } == ["\(folder)/\(listing.refused[0].name)"])
    }

    @Test(.enabled(if: isRoot)) func aDeviceIsSaidToBeOne() throws {
        #expect(try run("mknod", scratch("inbox/water-measurements/zero.csv"), "c", "1", "5").status == 0)
        #expect(evidence.tables(of: inbox).refused.map(\.reject.diagnostic.found) == ["a device"])
    }

    @Test func aFileWithTwoNamesIsRefusedInTheInboxAlone() throws {
        try drop("a.csv", "one")
        try scratch.makeFolder("elsewhere")
        let (inside, outside) = (scratch("inbox/water-measurements/a.csv"), scratch("registers/river-sections.csv"))
        try FileManager.default.linkItem(atPath: inside, toPath: outside)
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables == [])
        #expect(listing.refused.map(\.reject.reason) == [.hasSeveralNames])
        #expect(listing.refused.map(\.reject.diagnostic.found) == ["2 names"])
        let register = try #require(evidence.tables(of: try feed(.register)).tables.first)
        #expect(try text(of: register, by: evidence) == "one")
        let named = FolderEvidence(inbox: scratch("inbox"), registers: "", overrides: ["water-measurements": [inside]])
        #expect(try text(of: try #require(named.tables(of: inbox).tables.first), by: named) == "one")
    }

    @Test(arguments: [
        ("a\nb.csv", "a\\nb.csv"), ("a\u{1B}[2J.csv", "a\\u{1b}[2J.csv"), ("\u{202E}vsc.csv", "\\u{202e}vsc.csv"),
        ("a\tb.csv", "a\\tb.csv"), ("a\u{2028}.xlsx", "a\\u{2028}.xlsx"),
    ])
    func aNameWithControlCharactersIsRefusedAndPrintable(name: String, shown: String) throws {
        try drop(name)
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables == [])
        #expect(listing.refused.map(\.name) == [shown])
        #expect(listing.refused.map(\.reject.reason) == [.nameIsNotText])
        #expect(listing.refused.first?.reject.description.contains("\n") == false)
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
        #expect(listing.refused.map(\.reject.reason) == [.nameIsNotText])
        #expect(listing.refused.map { $0.reject.diagnostic.remedy?.hasPrefix("rename the file") } == [true])
    }

    @Test func ofTooManyFilesThoseThatChangedLastAreRead() throws {
        for number in 1...9 {
            try drop("\(number).csv")
            try FileManager.default.setAttributes(
                // The first three are the newest.
                [.modificationDate: Date(timeIntervalSince1970: Double(2_000_000_000 - number))],
                ofItemAtPath: scratch("inbox/water-measurements/\(number).csv")
            )
        }
        func listing(_ limit: Int) -> EvidenceListing {
            FolderEvidence(inbox: scratch("inbox"), registers: "", fileLimit: limit).tables(of: inbox)
        }
        #expect(listing(9).tables.count == 9)
        #expect(listing(9).refused == [])
        let few = listing(3)
        #expect(few.tables.map(\.name) == ["1.csv", "2.csv", "3.csv"])
        #expect(few.refused.map(\.reject.reason) == [.tooManyFiles])
        #expect(few.refused.map(\.reject.diagnostic.found) == ["9 files"])
    }

    @Test func aFolderWithoutEndIsNotReadToItsEnd() throws {
        for number in 1...40 { try drop("\(number).csv") }
        try drop("~$lock.xlsx")
        let listing = FolderEvidence(inbox: scratch("inbox"), registers: "", fileLimit: 2).tables(of: inbox)
        #expect(listing.tables.count == 2)
        #expect(listing.refused.map(\.reject.reason) == [.tooManyFiles])
        #expect(listing.refused.map(\.reject.diagnostic.found) == ["more than 20 names"])
        // Files that are refused count like the others.
        for number in 1...40 {
            try FileManager.default.removeItem(atPath: scratch("inbox/water-measurements/\(number).csv"))
            if number < 12 { try drop("\(number).xlsx") }
        }
        let others = FolderEvidence(inbox: scratch("inbox"), registers: "", fileLimit: 5).tables(of: inbox)
        #expect(others.refused.map(\.reject.reason).filter { $0 == .spreadsheet }.count == 5)
        #expect(others.refused.map(\.reject.reason).last == .tooManyFiles)
    }

    @Test func oneFeedsFolderDoesNotTouchAnothers() throws {
        for name in ["a.xlsx", "b\n.csv", "c.csv"] { try drop(name) }
        try scratch.put("section\nJA-01\n", at: "registers/river-sections.csv")
        try FileManager.default.removeItem(atPath: scratch("inbox/water-measurements"))
        #expect(evidence.tables(of: inbox).problems.count == 1)
        let register = evidence.tables(of: try feed(.register))
        #expect(register.problems == [])
        #expect(register.tables.count == 1)
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

    @Test func aMissingFolderIsMadeWhereNobodyElseMakesIt() throws {
        try FileManager.default.removeItem(atPath: scratch("inbox"))
        let own = FolderEvidence(inbox: scratch("inbox"), registers: scratch("registers"), makesFolders: true)
        #expect(own.tables(of: inbox).problems == [])
        try drop("a.csv")
        #expect(own.tables(of: inbox).tables.map(\.name) == ["a.csv"])
        // A link in its place stays a problem, with another remedy than where systemd makes the folders.
        try FileManager.default.removeItem(atPath: scratch("inbox/water-measurements"))
        try FileManager.default.createSymbolicLink(
            atPath: scratch("inbox/water-measurements"),
            withDestinationPath: "/nonexistent"
        )
        let remedy = own.tables(of: inbox).problems.first?.remedy
        #expect(remedy == "remove what is in its place; dutyd makes the folder itself")
    }

    @Test func filesBeyondTheLimitAreNamedAsThere() throws {
        for name in ["a.csv", "b.csv", "c.csv"] { try drop(name) }
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 0)],
            ofItemAtPath: scratch("inbox/water-measurements/b.csv")
        )
        let source = FolderEvidence(inbox: scratch("inbox"), registers: scratch("registers"), fileLimit: 2)
        let listing = source.tables(of: inbox)
        #expect(listing.tables.map(\.name) == ["a.csv", "c.csv"])
        #expect(listing.unlisted == ["b.csv"] && !listing.isCut)
        #expect(listing.refused.map(\.reject.reason) == [.tooManyFiles])
    }

    @Test func aFileOfManyGigabytesIsRefusedUnread() throws {
        try drop("a.csv")
        let handle = try #require(FileHandle(forWritingAtPath: scratch("inbox/water-measurements/a.csv")))
        try handle.truncate(atOffset: (4 << 30) + 1)
        let listing = evidence.tables(of: inbox)
        #expect(listing.tables == [])
        #expect(listing.refused.map(\.reject.reason) == [.tooLarge])
        #expect(listing.refused.map(\.reject.diagnostic.found) == ["4294967297 bytes"])
    }

    @Test func aRegisterIsTheOneFileOfItsName() throws {
        try scratch.put("section\nJA-01\n", at: "registers/river-sections.csv")
        try scratch.put("section\nJA-02\n", at: "registers/river-sections-old.csv")
        let listing = evidence.tables(of: try feed(.register))
        #expect(listing.tables.map(\.name) == ["river-sections.csv"])
        #expect(listing.problems == [])
        #expect(try listing.tables.map { try text(of: $0, by: evidence) } == ["section\nJA-01\n"])
    }

    @Test func aMissingRegisterIsAProblem() throws {
        let listing = evidence.tables(of: try feed(.register))
        #expect(listing.tables == [])
        #expect(listing.refused.map(\.reject.diagnostic.problem) == ["there is no such file"])
        #expect(
            listing.refused.map { $0.reject.diagnostic.position?.file } == [scratch("registers/river-sections.csv")]
        )
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
        #expect(listing.refused.map { $0.reject.diagnostic.position?.file } == [scratch("missing.csv")])
        // Another feed still comes from its folder.
        let register = try feed(.register)
        #expect(source.tables(of: register).refused.map(\.reject.diagnostic.problem) == ["there is no such file"])
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
        #expect(source.tables(of: inbox).refused.map(\.reject.diagnostic.found) == ["a FIFO"])
    }
}
