// What a command-line tool can tell its user.

import Foundation
import JSON
import Linux
import Testing
import Varlink

@Suite(.timeLimit(.minutes(1))) struct VarlinkClientTests {
    @Test func aDaemonThatIsNotThereIsItsOwnError() {
        let error = #expect(throws: VarlinkClientError.self) {
            _ = try VarlinkClient.connect(path: "/nonexistent/control")
        }
        guard case .notReachable(let cause) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(cause.code == SystemError.doesNotExist)
    }

    @Test func typedCallsGoBothWays() async throws {
        let server = try await ScratchServer()
        let echo = try await server.client { _ in
            var client = VarlinkClient(connection: try ScratchServer.connect(server.path))
            return try client.call(
                "io.dutyd.Test.Echo",
                encoding: TestInterface.Echo(text: "a/b", number: 3),
                returning: TestInterface.Echo.self
            ).text
        }
        #expect(echo == "a/b")
    }

    @Test func aStreamIsHandedOverReplyByReplyUntilTheLast() async throws {
        let server = try await ScratchServer()
        let numbers = try await server.client { _ in
            var numbers: [JSONValue?] = []
            var client = VarlinkClient(connection: try ScratchServer.connect(server.path))
            try client.stream("io.dutyd.Test.Count", .object(["upto": 1000])) {
                numbers.append($0["number"])
                return true
            }
            return numbers
        }
        #expect(numbers == (1...1000).map { .integer($0) })
    }

    @Test func aServerThatLeavesOrBabblesIsTold() throws {
        var ends: [Int32] = [0, 0]
        try #require(unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        let other = Descriptor(owning: ends[1])
        var client = VarlinkClient(connection: Descriptor(owning: ends[0]))
        try other.sendAll(Array("[]".utf8) + [0])
        #expect(throws: VarlinkClientError.malformed("a message is no object")) { _ = try client.call("a.B") }
        try other.close()
        #expect(throws: VarlinkClientError.disconnected) { _ = try client.call("a.B") }
    }
}
