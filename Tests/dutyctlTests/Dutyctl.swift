// The built program, run as a script would run it.

import Foundation
import JSON
import TestKit

/// What one run of a program said.
struct Answer {
    let status: Int32
    let output: String
    let errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }

    func documents() throws -> [JSONValue] { try lines.map { try JSONValue(parsing: Array($0.utf8)) } }
}

/// Runs dutyctl.
func dutyctl(_ arguments: String..., input: String = "") throws -> Answer {
    try dutyctl(all: arguments, input: input)
}

/// Runs dutyctl with a list of arguments.
func dutyctl(all arguments: [String], input: String = "") throws -> Answer {
    // The program stands beside the bundle of tests, wherever the build was told to put them.
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let program = tests.deletingLastPathComponent().appending(path: "dutyctl")
    return try ask(program.path, arguments, input: input)
}

/// Runs a program in UTC; files, not pipes, so that no amount of text stops both sides.
func ask(_ program: String, _ arguments: [String], input: String = "") throws -> Answer {
    let folder = try ScratchFolder()
    try folder.put(input, at: "in")
    for name in ["out", "err"] { try folder.put("", at: name) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ["TZ": "UTC", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder("in")))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder("out")))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder("err")))
    try process.run()
    process.waitUntilExit()
    return Answer(
        status: process.terminationStatus,
        output: String(decoding: try folder.bytes(at: "out"), as: UTF8.self),
        errors: String(decoding: try folder.bytes(at: "err"), as: UTF8.self)
    )
}
