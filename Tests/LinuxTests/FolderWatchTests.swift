// Hints that something happened in a folder: when they come, and that they end.

import Dispatch
import Foundation
import Linux
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct FolderWatchTests {
    private let scratch: Scratch
    private let queue = DispatchQueue(label: "watch")
    private let hint = DispatchSemaphore(value: 0)
    private let count = Counter()

    private final class Counter: Sendable {
        let value = Atomic(0)
    }

    init() throws { scratch = try Scratch() }

    private func watch(_ folders: [String]) throws -> FolderWatch {
        try FolderWatch.start(folders, on: queue) { [hint, count] in
            count.value.add(1, ordering: .relaxed)
            hint.signal()
        }
    }

    /// How many hints there were once all that happened so far has been told.
    private func hints() -> Int {
        // The source reads on this queue, so what is there now is read before the second of these blocks.
        for _ in 0..<2 { queue.sync {} }
        return count.value.load(ordering: .relaxed)
    }

    @Test(arguments: [
        "echo x > a.csv", "echo x > ../b; mv ../b a.csv", "rm old.csv", "mv old.csv ../c; mv ../c old.csv",
        "echo more >> old.csv",
    ])
    func `a file that is written, moved in or removed gives a hint`(command: String) throws {
        try FileManager.default.createDirectory(atPath: "\(scratch.path)/in", withIntermediateDirectories: false)
        try scratch.put("x", at: "in/old.csv")
        let watch = try watch(["\(scratch.path)/in"])
        try shell(command)
        #expect(hint.wait(timeout: .now() + 30) == .success)
        withExtendedLifetime(watch) {}
    }

    @Test func `without an event there is no hint, and reading is none`() throws {
        try scratch.put("x", at: "old.csv")
        let watch = try watch([scratch.path])
        _ = try scratch.text(at: "old.csv")
        #expect(hints() == 0)
        withExtendedLifetime(watch) {}
    }

    @Test func `folders that are missing, links or files are left out and the others are watched`() throws {
        try FileManager.default.createDirectory(atPath: "\(scratch.path)/in", withIntermediateDirectories: false)
        try scratch.put("x", at: "file")
        try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/link", withDestinationPath: "/tmp")
        let folders = ["missing", "link", "file", "in"].map { "\(scratch.path)/\($0)" }
        let watch = try watch(folders)
        try shell("echo x > a.csv")
        #expect(hint.wait(timeout: .now() + 30) == .success)
        withExtendedLifetime(watch) {}
    }

    @Test func `a folder that is made, or made anew, is watched from then on`() throws {
        let watch = try FolderWatch.start(["\(scratch.path)/in"], below: scratch.path, on: queue) { [hint, count] in
            count.value.add(1, ordering: .relaxed)
            hint.signal()
        }
        for replace in ["", "mv in away; ", "rm -r in; "] {
            try shell("\(replace)mkdir in", in: "")
            #expect(hint.wait(timeout: .now() + 30) == .success)
            _ = hints()
            while hint.wait(timeout: .now()) == .success {}
            try shell("echo x > a.csv")
            #expect(hint.wait(timeout: .now() + 30) == .success)
            _ = hints()
            while hint.wait(timeout: .now()) == .success {}
        }
        // What happens in a folder that was moved away is nobody's business any more.
        let before = hints()
        try shell("echo x > b.csv", in: "away")
        #expect(hints() == before)
        withExtendedLifetime(watch) {}
    }

    @Test func `a watch that is let go gives no hint and keeps no descriptor`() throws {
        let closed = "anon_inode:inotify"
        func open() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == closed
            }
        }
        for _ in 0..<50 {
            let watch = try watch([scratch.path])
            withExtendedLifetime(watch) {}
        }
        queue.sync {}
        try scratch.put("x", at: "late.csv")
        #expect(hints() == 0)
        // Cancelling ends on the queue of the source; tests beside this one may have a few of their own.
        let deadline = Date(timeIntervalSinceNow: 30)
        while try open() > 20, Date() < deadline { queue.sync {} }
        #expect(try open() <= 20)
    }

    @Test func `more events than the kernel keeps are one hint too`() throws {
        let limit = try #require(
            Int(
                String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
                    .trimmingCharacters(in: .whitespacesAndNewlines)
            )
        )
        let watch = try watch([scratch.path])
        // While the queue is held, nobody reads.
        queue.suspend()
        for number in 0..<min(limit + 100, 40_000) {
            let raw = unsafe open("\(scratch.path)/\(number % 50)", O_WRONLY | O_CREAT, 0o600)
            close(raw)
        }
        queue.resume()
        #expect(hint.wait(timeout: .now() + 30) == .success)
        #expect(hints() < 100)
        withExtendedLifetime(watch) {}
    }

    private func shell(_ command: String, in folder: String = "in") throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-ec", "cd \(scratch.path)/\(folder) && \(command)"]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
