// What clients of the socket may count on.

import Foundation
import JSON
import Linux
import Testing
import Varlink

@Suite(.timeLimit(.minutes(1))) struct VarlinkServerTests {
    @Test func theVarlinkProjectsOwnClientIsServed() async throws {
        let server = try await ScratchServer()
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let python = tests.appendingPathComponent("../../.build/oracles/varlink/bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path),
            "run Tests/VarlinkTests/Oracles/prepare first"
        )
        let process = Process()
        process.executableURL = python
        process.arguments = [tests.appendingPathComponent("Oracles/client.py").path, server.path]
        let output = Pipe()
        process.standardOutput = output
        async let finished: Void = withCheckedContinuation { continuation in
            process.terminationHandler = { _ in continuation.resume() }
        }
        try process.run()
        await finished
        #expect(process.terminationStatus == 0)
        let seen = try JSONValue(parsing: Array(output.fileHandleForReading.readDataToEndOfFile()))

        #expect(seen["info"]?["vendor"] == "dutyd")
        #expect(seen["info"]?["interfaces"] == .array(["org.varlink.service", "io.dutyd.Test"]))
        #expect(seen["description"]?.text == server.interface.description)
        #expect(seen["own"]?.text?.contains("method GetInfo()") == true)
        #expect(seen["notFound"] == "io.dutyd.Nothing")
        #expect(seen["echo"]?["text"] == "河 \"quoted\"\n")
        #expect(seen["stream"] == .array([1, 2, 3, 4]))
        #expect(seen["afterStream"]?["text"] == "again")
        #expect(seen["error"] == .array(["io.dutyd.Test.Refused", .object(["reason": "no"])]))
        #expect(seen["afterErrors"]?["text"] == "still")
        var notes = server.interface.notes.makeAsyncIterator()
        #expect(await notes.next() == "one way")
    }

    @Test(
        arguments: [
            ("io.dutyd.Nothing.Echo", VarlinkError.interfaceNotFound("io.dutyd.Nothing")),
            ("nodots", .interfaceNotFound("nodots")),
            ("io.dutyd.Test.Nothing", .methodNotFound("Nothing")),
            ("org.varlink.service.Nothing", .methodNotFound("Nothing")),
            ("org.varlink.service.GetInterfaceDescription", .invalidParameter("interface")),
            ("io.dutyd.Test.Echo", .invalidParameter("text")),
            ("io.dutyd.Test.Count", .invalidParameter("upto")),
        ]
    )
    func mistakesAreAnsweredWithTheStandardErrors(method: String, error: VarlinkError) async throws {
        let server = try await ScratchServer()
        await #expect(throws: VarlinkClientError.refused(error)) { _ = try await server.call(method) }
    }

    @Test func aStreamForAClientThatWantsOneReplyIsRefused() async throws {
        let server = try await ScratchServer()
        await #expect(throws: VarlinkClientError.refused(.expectedMore)) {
            _ = try await server.call("io.dutyd.Test.Count", .object(["upto": 3]))
        }
    }

    @Test func theCallerIsKnown() async throws {
        let server = try await ScratchServer()
        let caller = try await server.call("io.dutyd.Test.Whoami")
        #expect(caller == .object(["pid": .integer(Int64(getpid())), "uid": .integer(Int64(getuid()))]))
    }

    @Test func pipelinedCallsAreAnsweredInTheirOrder() async throws {
        let server = try await ScratchServer()
        async let replies = server.client { connection in
            let echoes = (0..<100).flatMap { wire("Echo", .object(["text": "", "number": .integer($0)])) }
            try connection.sendAll(wire("Wait") + echoes)
            connection.finishSending()
            return try connection.rest()
        }
        _ = try await server.call("io.dutyd.Test.Open")
        #expect(try await replies.dropFirst().map { $0["parameters"]?["number"] } == (0..<100).map { .integer($0) })
    }

    @Test func aClientThatWaitsDoesNotHoldUpOthers() async throws {
        let server = try await ScratchServer()
        async let waiting = server.call("io.dutyd.Test.Wait")
        _ = try await server.call("io.dutyd.Test.Echo", .object(["text": "", "number": 1]))
        _ = try await server.call("io.dutyd.Test.Open")
        #expect(try await waiting == .object([]))
    }

    @Test func whatAClientOrdersBeforeItLeavesIsDone() async throws {
        let server = try await ScratchServer()
        try await server.client { try $0.sendAll(wire("Note", .object(["text": "a"]))) }
        try await server.client { try $0.sendAll(wire("Note", .object(["text": "b"]), oneway: true)) }
        var notes = server.interface.notes.makeAsyncIterator()
        let seen = [await notes.next(), await notes.next()]
        #expect(Set(seen) == ["a", "b"])
    }

    @Test func aSlowReaderStopsItsStreamAndLeavingEndsIt() async throws {
        let server = try await ScratchServer()
        let produced = try await server.client { slow in
            try slow.sendAll(wire("Flood", more: true))
            _ = try slow.message()
            // While the flood waits for its reader, another client is served; without the wait, it would go on meanwhile.
            let other = try ScratchServer.connect(server.path)
            var answer: JSONValue?
            for _ in 0..<500 {
                try other.sendAll(wire("Produced"))
                answer = try other.message()
            }
            return answer?["parameters"]?["count"]
        }
        // 256 KiB here and what the socket buffers hold, in replies of 10 kB.
        guard case .integer(let count) = produced else { throw CocoaError(.coderInvalidValue) }
        #expect((1...200).contains(count))
        var ended = server.interface.endedStreams.makeAsyncIterator()
        await ended.next()
    }

    @Test func aStreamThatWaitsForNewsIsCancelledWhenItsClientLeaves() async throws {
        let server = try await ScratchServer()
        try await server.client { try $0.sendAll(wire("Wait", more: true)) }
        var ended = server.interface.endedStreams.makeAsyncIterator()
        await ended.next()
    }

    @Test func stoppingClosesConnections() async throws {
        let server = try await ScratchServer()
        async let replies = server.client { connection in
            try connection.sendAll(
                wire("Echo", .object(["text": "", "number": 1])) + wire("Note", .object(["text": ""]))
            )
            return try connection.rest().count
        }
        var notes = server.interface.notes.makeAsyncIterator()
        _ = await notes.next()
        await server.server.stop()
        #expect(try await replies <= 2)
        // Refused at once, not left waiting in the queue of a socket that nobody accepts from.
        let elapsed = await ContinuousClock().measure {
            await #expect(throws: (any Error).self) { _ = try await server.call("io.dutyd.Test.Whoami") }
        }
        #expect(elapsed < .seconds(10))
    }
}
