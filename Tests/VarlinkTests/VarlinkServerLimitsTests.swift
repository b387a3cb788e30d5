// Clients that are broken or hostile, and that others do not notice.

import Foundation
import JSON
import Linux
import Testing
import Varlink

@Suite(.timeLimit(.minutes(1))) struct VarlinkServerLimitsTests {
    private static func expectService(_ server: ScratchServer) async throws {
        let reply = try await server.call("io.dutyd.Test.Echo", .object(["text": "fine", "number": 1]))
        #expect(reply["text"] == "fine")
    }

    @Test(
        arguments: [
            Array("no JSON".utf8) + [0],
            [0],
            [UInt8](repeating: 0x20, count: 70_000),
            wire("Echo", .object(["text": .string(String(repeating: "x", count: 70_000)), "number": 1])),
            Array(#"{"method":"io.dutyd.Test.Echo","parameters":\#(String(repeating: "[", count: 40))"#.utf8) + [0],
        ]
    )
    func whatIsNoCallEndsTheConnectionAndIsReported(bytes: [UInt8]) async throws {
        var limits = VarlinkServer.Limits()
        limits.messageBytes = 65_536
        let server = try await ScratchServer(limits: limits)
        let replies = try await server.client { connection in
            // The server may close before it has read everything.
            try? connection.sendAll(bytes)
            return (try? connection.rest()) ?? []
        }
        #expect(replies.isEmpty)
        var incidents = server.incidents.makeAsyncIterator()
        guard case .malformedMessage(let peer, _) = await incidents.next() else {
            Issue.record("no report of a malformed message")
            return
        }
        #expect(peer.pid == getpid())
        try await Self.expectService(server)
    }

    @Test func anUpgradeIsRefused() async throws {
        let server = try await ScratchServer()
        let reply = try await server.client { connection in
            try connection.sendAll(Array(#"{"method":"io.dutyd.Test.Whoami","upgrade":true}"#.utf8) + [0])
            return try connection.message()
        }
        #expect(reply?["error"] == "org.varlink.service.MethodNotImplemented")
    }

    @Test func oneUserCannotTakeAllConnections() async throws {
        var limits = VarlinkServer.Limits()
        limits.connectionsPerUser = 3
        let server = try await ScratchServer(limits: limits)
        try await server.client { first in
            let second = try ScratchServer.connect(server.path)
            let third = try ScratchServer.connect(server.path)
            let fourth = try ScratchServer.connect(server.path)
            #expect(try fourth.message() == nil)
            try third.sendAll(wire("Whoami"))
            #expect(try third.message() != nil)
            try second.close()
            _ = first.raw
        }
        var incidents = server.incidents.makeAsyncIterator()
        #expect(await incidents.next() == .tooManyConnections(.init(pid: getpid(), uid: getuid(), gid: getgid())))
    }

    @Test func aPlaceThatBecomesFreeIsGivenAgain() async throws {
        var limits = VarlinkServer.Limits()
        limits.connections = 1
        let server = try await ScratchServer(limits: limits)
        for _ in 0..<50 {
            try await server.client { connection in
                try connection.sendAll(wire("Whoami"))
                _ = try #require(try connection.message())
                // The server closes its end, so the place is free when this returns.
                connection.finishSending()
                _ = try connection.rest()
            }
        }
    }

    @Test func aSilentClientIsLetGo() async throws {
        var limits = VarlinkServer.Limits()
        limits.idle = .milliseconds(50)
        let server = try await ScratchServer(limits: limits)
        let replies = try await server.client { connection in
            try connection.sendAll(wire("Whoami") + Array("{\"meth".utf8))
            return try connection.rest()
        }
        #expect(replies.count == 1)
    }

    @Test func aClientThatWaitsForItsAnswerIsNotIdle() async throws {
        var limits = VarlinkServer.Limits()
        limits.idle = .milliseconds(50)
        let server = try await ScratchServer(limits: limits)
        async let answer = server.call("io.dutyd.Test.Wait")
        // By the time that a silent client was let go, the waiting one was not.
        _ = try await server.client { try $0.rest() }
        _ = try await server.client { try $0.rest() }
        _ = try await server.call("io.dutyd.Test.Open")
        #expect(try await answer == .object([]))
    }

    @Test func noiseDoesNotHurt() async throws {
        let server = try await ScratchServer()
        let valid = wire("Echo", .object(["text": "河", "number": 1]), more: true)
        try await server.client { _ in
            var generator = SystemRandomNumberGenerator()
            for round in 0..<400 {
                let connection = try ScratchServer.connect(server.path)
                var bytes = (0..<Int.random(in: 0...3, using: &generator)).flatMap { _ in valid }
                for _ in 0..<Int.random(in: 0...8, using: &generator) where !bytes.isEmpty {
                    bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
                }
                if round % 4 == 0 { bytes += (0..<200).map { _ in .random(in: 0...255, using: &generator) } }
                try? connection.sendAll(bytes)
                if round % 2 == 0 {
                    connection.finishSending()
                    _ = try? connection.readAll(limit: 1_000_000)
                }
            }
        }
        try await Self.expectService(server)
    }
}
