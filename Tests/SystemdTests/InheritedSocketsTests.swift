// Sockets that somebody else opened.

import Diagnostics
import Foundation
import Linux
import Testing

@testable import Systemd

@Suite struct InheritedSocketsTests {
    private static func listening() throws -> Int32 {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("dutyd-\(UUID().uuidString)").path
        defer { unsafe unlink(path) }
        return try UnixSocket.listen(path: path).release()
    }

    @Test func withoutAManagerThereAreNone() throws {
        let isAbsent = try InheritedSockets.control() == nil
        #expect(isAbsent)
    }

    @Test(arguments: ["control", "unknown", "dutyd.socket"])
    func theOnlySocketIsTheControlSocketWhateverItsName(name: String) throws {
        let raw = try Self.listening()
        // As an inherited socket does by default.
        _ = fcntl(raw, F_SETFL, 0)
        defer { close(raw) }
        let found = try InheritedSockets.control(among: [(raw, name)])?.release()
        #expect(found == raw)
        #expect(fcntl(raw, F_GETFL) & O_NONBLOCK != 0)
    }

    @Test func ofSeveralTheNamedOneIsTaken() throws {
        let (other, control) = (try Self.listening(), try Self.listening())
        defer {
            close(other)
            close(control)
        }
        let found = try InheritedSockets.control(among: [(other, "other"), (control, "control")])?.release()
        #expect(found == control)
    }

    @Test(arguments: [["a", "b"], ["control", "control"]])
    func severalWithoutOneNameAreRefused(names: [String]) throws {
        let error = #expect(throws: Diagnostic.self) {
            _ = try InheritedSockets.control(among: names.map { (-1, $0) })
        }
        #expect(error?.found == names.joined(separator: ", "))
    }

    @Test func whatDoesNotListenIsRefused() throws {
        let file = unsafe open("/dev/null", O_RDONLY)
        let datagram = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        let unconnected = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        for raw in [file, datagram, unconnected] {
            #expect(throws: Diagnostic.self) { _ = try InheritedSockets.control(among: [(raw, "control")]) }
            close(raw)
        }
    }
}
