// Runs the Python programs in the folder "Oracles" beside a test that know the expected values, each as one process over a whole batch.

import Foundation

/// A program that answers one line for each line.
package struct Oracle {
    private let program: String
    private let python: String
    private let tests: URL

    /// - Parameters:
    ///   - program: Its file in the folder.
    ///   - python: The Python that runs it; the system's, unless the program needs a library of its own.
    ///   - file: The file of the tests that ask.
    package init(program: String, python: String = "/usr/bin/python3", beside file: String = #filePath) {
        self.program = program
        self.python = python
        tests = URL(fileURLWithPath: file).deletingLastPathComponent()
    }

    /// The answers to those questions; throws when the program is missing or fails, so that no test passes unasked.
    package func answers(to questions: [String]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [tests.appending(path: "Oracles/\(program)").path]
        // Files, not pipes: a batch larger than a pipe's buffer would otherwise stop both sides.
        let folder = FileManager.default.temporaryDirectory.appending(path: "oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appending(path: "questions")
        let output = folder.appending(path: "answers")
        try Data((questions.joined(separator: "\n") + "\n").utf8).write(to: input)
        try Data().write(to: output)
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        process.waitUntilExit()
        let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        guard process.terminationStatus == 0, lines.count == questions.count else {
            throw Failure(description: "\(program): status \(process.terminationStatus), \(lines.count) answers")
        }
        return lines
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }
}
