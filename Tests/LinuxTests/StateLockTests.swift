// Two daemons and one state directory.

import Foundation
import Linux
import Testing

@Suite struct StateLockTests {
    @Test func theSecondIsToldWhoTheFirstIs() throws {
        let scratch = try Scratch()
        let first = try StateLock(in: scratch.directory)
        let error = #expect(throws: (any Error).self) { _ = try StateLock(in: scratch.directory) }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains("pid \(getpid())"))
        #expect(text.contains("\(scratch.path)/lock"))
        withExtendedLifetime(first) {}
    }

    @Test func aLockFileLeftByADeadDaemonIsNoObstacle() throws {
        let scratch = try Scratch()
        try scratch.put("999999999\n", at: "lock")
        let lock = try StateLock(in: scratch.directory)
        #expect(try scratch.text(at: "lock") == "\(getpid())\n")
        withExtendedLifetime(lock) {}
    }

    @Test func lettingGoReleases() throws {
        let scratch = try Scratch()
        do { _ = try StateLock(in: scratch.directory) }
        _ = try StateLock(in: scratch.directory)
    }
}
