// A place on disk that a test has for itself.

import Foundation
import Testing

/// A new folder that goes away with its test.
package final class ScratchFolder: Sendable {
    package let path: String
    private let isMounted: Bool

    package init() throws {
        path = try Self.makePath()
        isMounted = false
    }

    /// A file system of its own in memory that takes no more than `size` bytes; only root can mount one.
    package init(fileSystemOf size: Int) throws {
        path = try Self.makePath()
        isMounted = true
        #expect(try run("mount", "-t", "tmpfs", "-o", "size=\(size)", "none", path).status == 0)
    }

    deinit {
        if isMounted { _ = try? run("umount", "--lazy", path) }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a name in the folder.
    package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    package func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: self(name), withIntermediateDirectories: true)
    }

    package func put(_ bytes: some Sequence<UInt8>, at name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: self(name)))
    }

    package func put(_ text: String, at name: String) throws { try put(text.utf8, at: name) }

    package func bytes(at name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: self(name))))
    }

    /// The names in a folder, in order.
    package func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: self(folder)).sorted()
    }

    /// The permission bits of a name.
    package func mode(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: self(name))
        return try #require(attributes[.posixPermissions] as? NSNumber).intValue
    }

    private static func makePath() throws -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("dutyd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        return url.path
    }
}

/// Runs a program to its end with a text as its input and gives its status with all that it said.
@discardableResult
package func run(_ command: String..., input: String = "") throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let (source, sink) = (Pipe(), Pipe())
    process.standardInput = source
    process.standardOutput = sink
    process.standardError = sink
    try process.run()
    try source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try source.fileHandleForWriting.close()
    let output = try sink.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}

/// Whether the tests run as root, who alone can mount file systems and give files away.
package let isRoot = geteuid() == 0
