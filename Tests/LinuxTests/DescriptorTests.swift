// Whole contents through system calls that may stop halfway.

import Foundation
import Linux
import Testing

@Suite struct DescriptorTests {
    @Test(arguments: [0, 1, 65_536, 300_001])
    func contentsComeBackAsWritten(size: Int) throws {
        let scratch = try Scratch()
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let file = try scratch.directory.openNewFile("file")
        try file.writeAll(bytes)
        try file.sync()
        try file.close()
        #expect(try scratch.directory.openFile("file").readAll(limit: size) == bytes)
        var pieces: [UInt8] = []
        try scratch.directory.openFile("file").readChunks(of: 4096) { chunk in
            for index in chunk.indices { pieces.append(chunk[index]) }
        }
        #expect(pieces == bytes)
    }

    @Test func aFileBeyondTheLimitIsRefusedNotCut() throws {
        let scratch = try Scratch()
        try scratch.put("123456", at: "file")
        let error = #expect(throws: SystemError.self) {
            _ = try scratch.directory.openFile("file").readAll(limit: 5)
        }
        #expect(error?.code == SystemError.tooBig)
    }

    @Test func writingMoreThanAPipeHoldsWaitsForItsReader() async throws {
        var ends: [Int32] = [0, 0]
        try #require(unsafe pipe(&ends) == 0)
        let bytes = [UInt8](repeating: 7, count: 1_000_000)
        let (readEnd, writeEnd) = (ends[0], ends[1])
        let writer = Task.detached { try Descriptor(owning: writeEnd).writeAll(bytes) }
        #expect(try Descriptor(owning: readEnd).readAll(limit: 1_000_000) == bytes)
        try await writer.value
    }

    @Test func lettingGoClosesAndReleasingDoesNot() throws {
        var ends: [Int32] = [0, 0]
        try #require(unsafe pipe(&ends) == 0)
        let kept = Descriptor(owning: ends[1]).release()
        #expect(fcntl(kept, F_GETFD) != -1)
        do { _ = Descriptor(owning: kept) }
        // The reader sees the end only when nobody holds the writing end any more.
        #expect(try Descriptor(owning: ends[0]).readAll(limit: 1) == [])
    }
}
