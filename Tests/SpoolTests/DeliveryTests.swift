// What a department finds in its folders.

import Alerts
import Diagnostics
import Foundation
import Spool
import TestKit
import Testing

@Suite struct DeliveryTests {
    private let scratch: ScratchFolder
    private let spool: FolderSpool
    private let department = "ecology-environment"

    init() throws {
        scratch = try ScratchFolder()
        spool = FolderSpool(root: scratch("spool"), makesFolders: true)
    }

    private func found(_ folder: String) throws -> [String] { try scratch.names(in: "spool/\(department)/\(folder)") }

    private func move(_ name: String, from: String, to: String) throws {
        try FileManager.default.moveItem(
            atPath: scratch("spool/\(department)/\(from)/\(name)"),
            toPath: scratch("spool/\(department)/\(to)/\(name)")
        )
    }

    @Test func aNoticeAppearsWithAllItsDocumentsAndNothingElse() throws {
        try spool.deliver(notice())
        #expect(try found("new") == ["1-alert.json", "1-alert.txt"])
        #expect(try found("tmp") == [])
        #expect(try scratch.bytes(at: "spool/\(department)/new/1-alert.txt") == notice().documents[0].bytes)
        #expect(try scratch.mode(of: "spool/\(department)/new/1-alert.txt") == 0o640)
    }

    @Test func aSpoolWithoutPrivilegesMakesItsFoldersClosedToOthers() throws {
        try spool.deliver(notice())
        #expect(try scratch.names(in: "spool") == [department])
        #expect(try found("") == ["cur", "done", "new", "receipts", "tmp"])
        #expect(try scratch.mode(of: "spool/\(department)") == 0o750)
        #expect(try scratch.mode(of: "spool/\(department)/tmp") == 0o700)
        for part in ["new", "cur", "done", "receipts"] {
            #expect(try scratch.mode(of: "spool/\(department)/\(part)") == 0o770)
        }
    }

    @Test func whoeverWatchesNeverSeesHalfAFile() async throws {
        let size = 3_000_000
        try spool.deliver(notice(1, size: size))
        let new = scratch("spool/\(department)/new")
        let watcher = Task.detached {
            var (looks, torn) = (0, 0)
            repeat {
                for name in try FileManager.default.contentsOfDirectory(atPath: new) {
                    let file = try FileManager.default.attributesOfItem(atPath: "\(new)/\(name)")
                    looks += 1
                    if (file[.size] as? NSNumber)?.intValue != size { torn += 1 }
                }
            } while !Task.isCancelled
            return (looks, torn)
        }
        for sequence in Int64(2)...8 { try spool.deliver(notice(sequence, size: size)) }
        watcher.cancel()
        let (looks, torn) = try await watcher.value
        #expect(looks > 0)
        #expect(torn == 0)
        #expect(try found("new").count == 16)
    }

    @Test(arguments: ["new", "cur", "done"])
    func aNoticeThatTheDepartmentHasOrHadIsNotDeliveredAgain(folder: String) throws {
        try spool.deliver(notice())
        if folder != "new" { try move("1-alert.txt", from: "new", to: folder) }
        let mark = try FileManager.default.attributesOfItem(
            atPath: scratch("spool/\(department)/\(folder)/1-alert.txt")
        )
        try spool.deliver(notice())
        let all = try ["new", "cur", "done"].flatMap { try found($0) }.sorted()
        #expect(all == ["1-alert.json", "1-alert.txt"])
        let after = try FileManager.default.attributesOfItem(
            atPath: scratch("spool/\(department)/\(folder)/1-alert.txt")
        )
        #expect(after[.systemFileNumber] as? NSNumber == mark[.systemFileNumber] as? NSNumber)
        #expect(try found("tmp") == [])
    }

    @Test func aDeliveryThatStoppedHalfWayIsCompleted() throws {
        try spool.deliver(notice(endings: ["txt"]))
        try scratch.put("torn", at: "spool/\(department)/tmp/1-alert.json")
        try spool.deliver(notice())
        #expect(try found("new") == ["1-alert.json", "1-alert.txt"])
        #expect(try scratch.bytes(at: "spool/\(department)/new/1-alert.json").count == 1_000)
    }

    @Test func somethingElseUnderTheNoticesNameIsReportedAndKept() throws {
        try spool.deliver(notice(7))
        try FileManager.default.createSymbolicLink(
            atPath: scratch("spool/\(department)/new/1-alert.txt"),
            withDestinationPath: "/etc/hostname"
        )
        let error = #expect(throws: Diagnostic.self) { try spool.deliver(notice()) }
        #expect(error?.position?.file == scratch("spool/\(department)/new/1-alert.txt"))
        #expect(error?.remedy == "move away what has the notice's name")
        #expect(try found("tmp") == [])
    }

    @Test(arguments: ["..", "a/b", "", "."])
    func noDepartmentLeadsOutOfTheSpool(name: String) throws {
        try scratch.makeFolder("spool")
        #expect(throws: Diagnostic.self) { try spool.deliver(notice(to: name)) }
        #expect(try scratch.names(in: "") == ["spool"])
        #expect(try scratch.names(in: "spool") == [])
    }

    @Test func aSymbolicLinkInPlaceOfTheDepartmentsFolderIsRefused() throws {
        try spool.deliver(notice(to: "water-affairs"))
        try FileManager.default.createSymbolicLink(
            atPath: scratch("spool/\(department)"),
            withDestinationPath: scratch("spool/water-affairs")
        )
        let error = #expect(throws: Diagnostic.self) { try spool.deliver(notice(9)) }
        #expect(error?.position?.file == scratch("spool/\(department)"))
        #expect(error?.remedy?.contains("dutyd makes the folders itself") == true)
        #expect(try scratch.names(in: "spool/water-affairs/new") == ["1-alert.json", "1-alert.txt"])
    }

    @Test(arguments: ["", "/new"])
    func aFolderThatLiesInThePlaceOfAnotherIsFound(part: String) throws {
        try spool.deliver(notice(1))
        let strict = FolderSpool(root: scratch("spool"), makesFolders: false)
        try strict.deliver(notice(2))
        let folder = scratch("spool/\(department)\(part)")
        try FileManager.default.moveItem(atPath: folder, toPath: scratch("away"))
        #expect(throws: Diagnostic.self) { try strict.deliver(notice(3)) }
        try spool.deliver(notice(3))
        try strict.deliver(notice(4))
        #expect(try found("new").filter { $0.hasSuffix(".txt") } == ["3-alert.txt", "4-alert.txt"])
    }

    @Test func aSpoolThatMayNotMakeFoldersSaysWhichOneIsMissing() throws {
        try scratch.makeFolder("spool/\(department)/tmp")
        let strict = FolderSpool(root: scratch("spool"), makesFolders: false)
        let error = #expect(throws: Diagnostic.self) { try strict.deliver(notice()) }
        #expect(error?.position?.file == scratch("spool/\(department)/new"))
        #expect(error?.remedy?.contains("systemd-tmpfiles") == true)
        #expect(try found("") == ["tmp"])
    }
}

@Suite(.enabled(if: isRoot)) struct FullDiskTests {
    @Test func aDiskThatFillsUpLeavesNoTornNoticeAndTheNextTryDelivers() throws {
        let disk = try ScratchFolder(fileSystemOf: 1_048_576)
        let spool = FolderSpool(root: disk.path, makesFolders: true, reserveBytes: 0)
        try spool.deliver(notice(1))
        try disk.put([UInt8](repeating: 0, count: 700_000), at: "ballast")
        // The statement of free room is right until others write; here the first document takes what the second needs,
        // and neither is shown without the other.
        let big = notice(2, size: 200_000)
        let error = #expect(throws: Diagnostic.self) { try spool.deliver(big) }
        #expect(error?.remedy == "make room; the notices wait and are delivered by themselves")
        #expect(try disk.names(in: "ecology-environment/tmp") == [])
        #expect(try disk.names(in: "ecology-environment/new") == ["1-alert.json", "1-alert.txt"])

        try FileManager.default.removeItem(atPath: disk("ballast"))
        try spool.deliver(big)
        #expect(try disk.bytes(at: "ecology-environment/new/2-alert.json") == big.documents[1].bytes)
    }

    @Test func theLastOfTheDiskIsLeftToTheLedgerAndToOthers() throws {
        let disk = try ScratchFolder(fileSystemOf: 4_194_304)
        let spool = FolderSpool(root: disk.path, makesFolders: true)
        let error = #expect(throws: Diagnostic.self) { try spool.deliver(notice()) }
        #expect(error?.problem == "too little room is left on the spool's file system")
        #expect(try disk.names(in: "ecology-environment/new") == [])
    }

    @Test func aReadOnlyFileSystemIsCalledSo() throws {
        let disk = try ScratchFolder(fileSystemOf: 67_108_864)
        let spool = FolderSpool(root: disk.path, makesFolders: true)
        try spool.deliver(notice(1))
        #expect(try run("mount", "-o", "remount,ro", disk.path).status == 0)
        let error = #expect(throws: Diagnostic.self) { try spool.deliver(notice(2)) }
        #expect(error?.remedy == "mount the file system for writing")
        // What is there counts as delivered all the same.
        try spool.deliver(notice(1))
    }

    @Test func aFolderThatTheDaemonMayNotWriteNamesTheFolder() async throws {
        let scratch = try ScratchFolder()
        let spool = FolderSpool(root: scratch.path, makesFolders: true)
        try spool.deliver(notice(1))
        #expect(try run("chown", "-R", "nobody", scratch.path).status == 0)
        #expect(try run("chown", "root", scratch("ecology-environment/new")).status == 0)
        #expect(try run("chmod", "755", scratch("ecology-environment/new")).status == 0)
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            #expect(setuid(65_534) == 0)
            let spool = FolderSpool(root: path, makesFolders: true)
            let error = #expect(throws: Diagnostic.self) { try spool.deliver(notice(2)) }
            #expect(error?.position?.file == "\(path)/ecology-environment/new/2-alert.txt")
            #expect(error?.remedy?.contains("owner or mode") == true)
        }
        #expect(try scratch.names(in: "ecology-environment/tmp") == [])
    }
}
