// Where an entry arrives.

import Foundation
import Testing

@testable import Systemd

@Suite struct JournalTests {
    @Test(
        arguments: [
            ("8:42", "8:42", true, Journal.Destination.native) as (String?, String?, Bool, Journal.Destination),
            ("8:42", "8:42", false, .standardError(prefix: true)),
            ("8:42", "0:7", true, .standardError(prefix: false)),
            (nil, "8:42", true, .standardError(prefix: false)),
            (nil, nil, true, .standardError(prefix: false)),
        ]
    )
    func entriesGoWhereStandardErrorGoes(
        stream: String?,
        standardError: String?,
        isPresent: Bool,
        destination: Journal.Destination
    ) {
        let chosen = Journal.suitableDestination(
            journalStream: stream,
            standardError: standardError,
            isJournalPresent: isPresent
        )
        #expect(chosen == destination)
    }

    @Test func capturedEntriesCanBeLookedAt() {
        let journal = Journal(destination: .capture)
        journal.send(JournalEntry("one"))
        journal.send(JournalEntry("two", priority: .error))
        #expect(journal.captured.map(\.message) == ["one", "two"])
    }

    @Test func aTerminalGetsALine() async throws {
        let result = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
            Journal(destination: .standardError(prefix: false)).send(
                JournalEntry("stock is low", priority: .warning, fields: [("DUTYD_JOB", "stock")])
            )
        }
        #expect(
            String(decoding: result.standardErrorContent, as: UTF8.self).contains(
                "warning: stock is low [DUTYD_JOB=stock]\n"
            )
        )
    }

    /// In a mount namespace of its own, where this test is journald (or nobody is).
    @Test(.enabled(if: getuid() == 0)) func journaldGetsMultiLineValuesWhole() async {
        await #expect(processExitsWith: .success) {
            try PrivateRun.enter()
            let journald = try DatagramReceiver(path: "/run/systemd/journal/socket")
            Journal(destination: .native).send(
                JournalEntry("one\ntwo", priority: .notice, fields: [("DUTYD_JOB", "river-sections")])
            )
            let received = try #require(journald.receive())
            // journald's native protocol: a value with a line break follows its length in 8 bytes, little end first.
            let message = Array("MESSAGE\n".utf8) + [7, 0, 0, 0, 0, 0, 0, 0] + Array("one\ntwo\n".utf8)
            precondition(received.starts(with: message))
            let rest = String(decoding: received.dropFirst(message.count), as: UTF8.self)
            precondition(rest == "PRIORITY=5\nSYSLOG_IDENTIFIER=dutyd\nDUTYD_JOB=river-sections\n")
        }
    }

    @Test(.enabled(if: getuid() == 0)) func withoutJournaldNothingIsLost() async throws {
        let result = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
            try PrivateRun.enter()
            Journal(destination: .native).send(JournalEntry("still heard", priority: .alert))
        }
        #expect(String(decoding: result.standardErrorContent, as: UTF8.self).contains("<1>still heard\n"))
    }
}

/// A `/run` that nobody else sees.
private enum PrivateRun {
    static func enter() throws {
        // Glibc's module does not declare unshare; it is there all the same.
        guard let symbol = unsafe dlsym(nil, "unshare") else { throw CocoaError(.featureUnsupported) }
        typealias Unshare = @convention(c) (Int32) -> Int32
        let unshare = unsafe unsafeBitCast(symbol, to: Unshare.self)
        let newMountNamespace: Int32 = 0x0002_0000
        let privately = UInt(MS_REC | MS_PRIVATE)
        guard unshare(newMountNamespace) == 0, unsafe mount("none", "/", nil, privately, nil) == 0,
            unsafe mount("none", "/run", "tmpfs", 0, nil) == 0
        else { throw CocoaError(.fileWriteNoPermission) }
        try FileManager.default.createDirectory(atPath: "/run/systemd/journal", withIntermediateDirectories: true)
    }
}
