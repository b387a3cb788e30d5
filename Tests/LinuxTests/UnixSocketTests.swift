// The path of the control socket, and who comes through it.

import Diagnostics
import Foundation
import Linux
import Testing

@Suite struct UnixSocketTests {
    private let scratch: Scratch
    private var path: String { "\(scratch.path)/control" }

    init() throws { scratch = try Scratch() }

    @Test func aConnectionTellsWhoItIs() throws {
        let listening = try UnixSocket.listen(path: path, mode: 0o640)
        #expect(try scratch.directory.stat("control").mode == 0o640)
        #expect(try UnixSocket.accept(listening) == nil)
        let client = try UnixSocket.connect(path: path)
        guard let server = try UnixSocket.accept(listening) else {
            Issue.record("the connection does not arrive")
            return
        }
        #expect(try UnixSocket.peer(server) == PeerCredentials(pid: getpid(), uid: getuid(), gid: getgid()))
        try client.writeAll([1, 2, 3])
        try client.close()
        #expect(try server.readAll(limit: 3) == [1, 2, 3])
    }

    @Test func aSocketLeftBehindMakesWay() throws {
        do { _ = try UnixSocket.listen(path: path) }
        #expect(throws: SystemError.self) { _ = try UnixSocket.connect(path: path) }
        let listening = try UnixSocket.listen(path: path)
        _ = try UnixSocket.connect(path: path)
        #expect(try UnixSocket.accept(listening) != nil)
    }

    @Test func aLiveDaemonKeepsItsSocket() throws {
        let first = try UnixSocket.listen(path: path)
        let error = #expect(throws: Diagnostic.self) { _ = try UnixSocket.listen(path: path) }
        #expect(error?.problem == "another daemon answers on the control socket")
        // The probe of the second daemon is one connection; the client's is the next.
        _ = try UnixSocket.accept(first)
        _ = try UnixSocket.connect(path: path)
        #expect(try UnixSocket.accept(first) != nil)
    }

    @Test func anotherFileIsNotRemoved() throws {
        try scratch.put("precious", at: "control")
        #expect(throws: Diagnostic.self) { _ = try UnixSocket.listen(path: path) }
        #expect(try scratch.text(at: "control") == "precious")
    }

    @Test func aPathThatDoesNotFitIsRefused() {
        let long = "\(scratch.path)/\(String(repeating: "x", count: 108))"
        let error = #expect(throws: SystemError.self) { _ = try UnixSocket.connect(path: long) }
        #expect(error?.description.contains("File name too long") == true)
    }

    @Test func membershipFollowsTheUserDatabase() {
        #expect(PeerCredentials.isMember(uid: 0, ofGroup: "root"))
        #expect(!PeerCredentials.isMember(uid: 0, ofGroup: "nogroup"))
        #expect(!PeerCredentials.isMember(uid: 0, ofGroup: "no-such-group"))
        #expect(!PeerCredentials.isMember(uid: 4_000_000_001, ofGroup: "root"))
    }
}
