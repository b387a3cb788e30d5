// What an open directory lets happen to names, in a folder where others write too.

import Almanac
import Foundation
import Testing

@testable import Linux

@Suite struct DirectoryTests {
    private let scratch: Scratch
    private var directory: Directory { scratch.directory }

    init() throws { scratch = try Scratch() }

    @Test(arguments: ["", ".", "..", "../etc/passwd", "a/b", "/etc/passwd", "a\0b"])
    func namesThatLeadElsewhereAreRefused(name: String) {
        #expect(throws: SystemError.self) { _ = try directory.stat(name) }
        #expect(throws: SystemError.self) { _ = try directory.openNewFile(name) }
        #expect(throws: SystemError.self) { try directory.unlink(name) }
    }

    @Test(arguments: ["link", "link/below", "real/../../escape", "real//below", "/tmp"])
    func subdirectoriesAreNotReachedThroughLinksOrDots(path: String) throws {
        try FileManager.default.createDirectory(
            atPath: "\(scratch.path)/real/below",
            withIntermediateDirectories: true
        )
        try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/link", withDestinationPath: "real")
        #expect(throws: SystemError.self) { _ = try directory.subdirectory(path) }
        #expect(try directory.subdirectory("real/below").status().kind == .directory)
    }

    @Test func listingIsSortedAndRepeatable() throws {
        for name in ["b", "a", "\u{6CB3}", "Z", ".hidden"] { try scratch.put("", at: name) }
        #expect(try directory.list() == [".hidden", "Z", "a", "b", "\u{6CB3}"])
        #expect(try directory.list() == [".hidden", "Z", "a", "b", "\u{6CB3}"])
    }

    @Test func namesInAnotherEncodingAreToldApart() throws {
        try scratch.put("", at: "good")
        // "河" in GB18030.
        let bytes = Array("\(scratch.path)/".utf8).map(CChar.init(bitPattern:)) + [-70, -45, 0]
        try #require(unsafe mkdir(bytes, 0o700) == 0)
        let listing = try directory.listing()
        #expect(listing.names == ["good"])
        #expect(listing.undecodable.count == 1)
        unsafe rmdir(bytes)
    }

    @Test(arguments: [(0, true), (3, true), (4, false), (100, false)])
    func aListingEndsAtItsLimit(limit: Int, isCut: Bool) throws {
        for name in ["a", "b", "c", "d"] { try scratch.put("", at: name) }
        let listing = try directory.listing(limit: limit)
        #expect(listing.names.count == min(limit, 4))
        #expect(listing.isCut == isCut)
        #expect(listing.names == listing.names.sorted())
    }

    @Test func theTimeOfTheLastChangeCannotBeSetBack() throws {
        try scratch.put("1", at: "file")
        let before = try directory.stat("file")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)],
            ofItemAtPath: "\(scratch.path)/file"
        )
        let after = try directory.stat("file")
        #expect(after.modified == Instant(seconds: 1_000_000_000))
        #expect(after.changed >= before.changed)
        #expect(abs(Double(after.changed.microseconds) / 1e6 - Date().timeIntervalSince1970) < 60)
    }

    @Test func openingALinkIsRefused() throws {
        try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/link", withDestinationPath: "/etc/passwd")
        let error = #expect(throws: SystemError.self) { _ = try directory.openFile("link") }
        #expect(error?.code == SystemError.tooManyLinks)
        #expect(error?.description == "openat \(scratch.path)/link: Too many levels of symbolic links (ELOOP)")
    }

    @Test(.timeLimit(.minutes(1))) func openingAFIFOWithoutAWriterDoesNotHang() throws {
        try #require(unsafe mkfifo("\(scratch.path)/pipe", 0o600) == 0)
        #expect(try directory.openFile("pipe").status().kind == .fifo)
    }

    @Test func statusTellsSizeModeLinksAndTime() throws {
        try scratch.put("12345", at: "file")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o604, .modificationDate: Date(timeIntervalSince1970: 1_700_000_000)],
            ofItemAtPath: "\(scratch.path)/file"
        )
        try FileManager.default.linkItem(atPath: "\(scratch.path)/file", toPath: "\(scratch.path)/other")
        let status = try directory.stat("file")
        #expect(status.kind == .regular)
        #expect(status.size == 5)
        #expect(status.mode == 0o604)
        #expect(status.links == 2)
        #expect(status.modified == Instant(seconds: 1_700_000_000))
        #expect(status.owner == getuid())
        #expect(try directory.stat("other").inode == status.inode)
    }

    @Test func aNameExistsOrNotButAnErrorIsNeither() throws {
        try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/dangling", withDestinationPath: "nowhere")
        #expect(try directory.exists("dangling"))
        #expect(try !directory.exists("nothing"))
        #expect(throws: SystemError.self) { try directory.exists(String(repeating: "x", count: 300)) }
    }

    @Test func renamingNeverReplaces() throws {
        try scratch.put("mine", at: "mine")
        try scratch.put("theirs", at: "theirs")
        let error = #expect(throws: SystemError.self) { try directory.rename("mine", to: directory, as: "theirs") }
        #expect(error?.code == SystemError.alreadyExists)
        #expect(try scratch.text(at: "theirs") == "theirs")
        try directory.rename("mine", to: directory, as: "moved")
        #expect(try directory.list() == ["moved", "theirs"])
    }

    @Test func theFallbackForOldFileSystemsNeverReplacesEither() throws {
        try scratch.put("mine", at: "mine")
        try scratch.put("theirs", at: "theirs")
        #expect(throws: SystemError.self) { try directory.link("mine", thenUnlinkAs: "theirs", in: directory) }
        #expect(try directory.list() == ["mine", "theirs"])
        try directory.link("mine", thenUnlinkAs: "moved", in: directory)
        #expect(try directory.list() == ["moved", "theirs"])
        #expect(try scratch.text(at: "moved") == "mine")
    }

    @Test(.enabled(if: isRoot)) func spaceIsThatOfTheFileSystem() throws {
        let small = try Scratch(fileSystemOf: 65_536)
        #expect(try small.directory.space().freeBytes == 65_536)
        try small.put(String(repeating: "x", count: 4096), at: "page")
        #expect(try small.directory.space().freeBytes == 61_440)
    }
}
