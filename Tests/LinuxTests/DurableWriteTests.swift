// What a spool consumer sees after each way that a durable write can go.

import Foundation
import Linux
import Testing

@Suite struct DurableWriteTests {
    private let scratch: Scratch
    private let temporary: Directory
    private let target: Directory

    init() throws {
        scratch = try Scratch()
        (temporary, target) = try Self.folders(in: scratch)
    }

    private static func folders(in scratch: Scratch) throws -> (Directory, Directory) {
        try scratch.directory.makeDirectory("tmp")
        try scratch.directory.makeDirectory("new")
        return (try scratch.directory.subdirectory("tmp"), try scratch.directory.subdirectory("new"))
    }

    @Test func aWrittenFileIsCompleteWithItsModeAndLeavesNothingBehind() throws {
        #expect(try target.writeDurably("a.txt", Array("hello".utf8), mode: 0o664, via: temporary) == .written)
        #expect(try scratch.text(at: "new/a.txt") == "hello")
        #expect(try target.stat("a.txt").mode == 0o664)
        #expect(try target.stat("a.txt").links == 1)
        #expect(try temporary.list() == [])
    }

    @Test func theSameFileTwiceIsToldAsAlreadyThere() throws {
        try target.writeDurably("a.txt", Array("hello".utf8), via: temporary)
        #expect(try target.writeDurably("a.txt", Array("hello".utf8), via: temporary) == .alreadyThere)
        #expect(try temporary.list() == [])
    }

    @Test(arguments: ["other", "hell", "hello and more", ""])
    func anotherFileOfThatNameIsNeverReplaced(there: String) throws {
        try scratch.put(there, at: "new/a.txt")
        let error = #expect(throws: SystemError.self) {
            try target.writeDurably("a.txt", Array("hello".utf8), via: temporary)
        }
        #expect(error?.code == SystemError.alreadyExists)
        #expect(try scratch.text(at: "new/a.txt") == there)
        #expect(try temporary.list() == [])
    }

    @Test func aLinkUnderTheNameIsNotFollowed() throws {
        try scratch.put("hello", at: "elsewhere")
        try FileManager.default.createSymbolicLink(
            atPath: "\(scratch.path)/new/a.txt",
            withDestinationPath: "\(scratch.path)/elsewhere"
        )
        #expect(throws: SystemError.self) { try target.writeDurably("a.txt", Array("hello".utf8), via: temporary) }
        #expect(try target.stat("a.txt").kind == .symlink)
    }

    @Test func aLeftoverOfADeadAttemptMakesWay() throws {
        try scratch.put("torn half of an old", at: "tmp/a.txt")
        #expect(try target.writeDurably("a.txt", Array("whole".utf8), via: temporary) == .written)
        #expect(try scratch.text(at: "new/a.txt") == "whole")
    }

    @Test(.enabled(if: isRoot)) func aFullDiskLeavesNeitherATornFileNorATemporaryOne() throws {
        let small = try Scratch(fileSystemOf: 65_536)
        let (temporary, target) = try Self.folders(in: small)
        let before = try small.directory.space()
        let error = #expect(throws: SystemError.self) {
            try target.writeDurably("big", [UInt8](repeating: 1, count: 200_000), via: temporary)
        }
        #expect(error?.code == SystemError.noSpace)
        #expect(error?.path == "\(small.path)/tmp/big")
        #expect(try temporary.list() == [])
        #expect(try target.list() == [])
        #expect(try small.directory.space() == before)
        #expect(try target.writeDurably("small", [1, 2, 3], via: temporary) == .written)
    }

    private struct Interruption: Error {}

    @Test func aFileWrittenInPiecesIsThereWhenItIsWhole() throws {
        try scratch.put("torn half of an old", at: "tmp/a.csv")
        try target.writeDurably("a.csv", mode: 0o600, via: temporary) { file in
            for piece in ["one,", "two\n"] { try file.writeAll(Array(piece.utf8)) }
            #expect(try target.list() == [])
        }
        #expect(try scratch.text(at: "new/a.csv") == "one,two\n")
        #expect(try target.stat("a.csv").mode == 0o600)
        #expect(try temporary.list() == [])
    }

    @Test func whatEndsAWriteInPiecesLeavesNothing() throws {
        #expect(throws: Interruption.self) {
            try target.writeDurably("a.csv", via: temporary) { file in
                try file.writeAll([1, 2, 3])
                throw Interruption()
            }
        }
        try scratch.put("there", at: "new/b.csv")
        let error = #expect(throws: SystemError.self) {
            try target.writeDurably("b.csv", via: temporary) { try $0.writeAll([1]) }
        }
        #expect(error?.code == SystemError.alreadyExists)
        #expect(try scratch.text(at: "new/b.csv") == "there")
        #expect(try target.list() == ["b.csv"])
        #expect(try temporary.list() == [])
    }

    @Test(.enabled(if: isRoot)) func aReadOnlyFileSystemIsReportedAsSuch() throws {
        let small = try Scratch(fileSystemOf: 65_536)
        let (temporary, target) = try Self.folders(in: small)
        try small.makeReadOnly()
        let error = #expect(throws: SystemError.self) { try target.writeDurably("a", [1], via: temporary) }
        #expect(error?.code == SystemError.readOnly)
    }

    @Test(.enabled(if: isRoot)) func foldersOnTwoFileSystemsAreRefusedWithoutATrace() throws {
        let other = try Scratch(fileSystemOf: 65_536)
        let error = #expect(throws: SystemError.self) { try other.directory.writeDurably("a", [1], via: temporary) }
        #expect(error?.code == SystemError.crossesDevices)
        #expect(try temporary.list() == [])
        #expect(try other.directory.list() == [])
    }
}
