// What dutyctl says of the inbox before it asks the daemon.

import Foundation
import TestKit
import Testing

@Suite struct FeedsCommandTests {
    @Test func whatWasKnownOnceIsForDryRunsOnly() throws {
        let answer = try dutyctl("run", "river-sections", "--known-at", "2024-03-05")
        #expect(answer.status == 2)
        #expect(answer.errors.contains("--dry-run"))
        // With it, the command goes as far as the socket.
        let nowhere = try dutyctl(
            "run",
            "river-sections",
            "--dry-run",
            "--known-at",
            "2024-03-05",
            "--socket",
            "/nonexistent"
        )
        #expect(nowhere.status == 3)
    }

    @Test(arguments: [["bogus"], ["feeds", "--count", "x"], ["run", "x", "--known-at", "2024-03-05"]])
    func wrongUsageIsSaidOnce(arguments: [String]) throws {
        let answer = try dutyctl(all: arguments)
        #expect(answer.status == 2)
        #expect(answer.errors.hasPrefix("dutyctl: error: "))
        #expect(answer.errors.lowercased().components(separatedBy: "error:").count == 2)
    }

    @Test func theHelpSaysWhatAStateMeans() throws {
        let answer = try dutyctl("feeds", "--help")
        #expect(answer.status == 0)
        for word in ["awaiting", "received", "unusable", "--known-at"] { #expect(answer.output.contains(word)) }
    }
}
