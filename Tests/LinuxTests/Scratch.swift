// Places on disk that a test has for itself.

import Foundation
import Linux

/// A new directory that goes away with its test.
final class Scratch: Sendable {
    let path: String
    let directory: Directory
    private let isMounted: Bool

    init() throws {
        path = try Self.makePath()
        directory = try Directory.open(path: path)
        isMounted = false
    }

    /// A file system of its own in memory that takes no more than `size` bytes; only root can mount one.
    init(fileSystemOf size: Int) throws {
        path = try Self.makePath()
        try Self.run("mount", "-t", "tmpfs", "-o", "size=\(size)", "none", path)
        directory = try Directory.open(path: path)
        isMounted = true
    }

    deinit {
        if isMounted { try? Self.run("umount", "--lazy", path) }
        try? FileManager.default.removeItem(atPath: path)
    }

    func makeReadOnly() throws { try Self.run("mount", "-o", "remount,ro", path) }

    func put(_ text: String, at name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func text(at name: String) throws -> String {
        try String(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"), encoding: .utf8)
    }

    private static func makePath() throws -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("dutyd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        return url.path
    }

    private static func run(_ command: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }
}

/// Whether the tests run as root, who alone can mount file systems.
let isRoot = getuid() == 0
