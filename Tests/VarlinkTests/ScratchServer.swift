// A server with a test interface on a socket of its own, and blocking clients for it.

import Foundation
import JSON
import Linux
import Synchronization
import Varlink

/// A running server that goes away with its test.
final class ScratchServer: Sendable {
    let path: String
    let server: VarlinkServer
    let interface: TestInterface
    let incidents: AsyncStream<VarlinkServer.Incident>

    init(limits: VarlinkServer.Limits = .init()) async throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("dutyd-\(UUID().uuidString)").path
        let (incidents, continuation) = AsyncStream<VarlinkServer.Incident>.makeStream()
        self.incidents = incidents
        interface = TestInterface()
        server = VarlinkServer(
            listening: try UnixSocket.listen(path: path),
            info: VarlinkServiceInfo(vendor: "dutyd", product: "test", version: "1", url: "https://example.org/"),
            interfaces: [interface],
            limits: limits,
            report: { continuation.yield($0) }
        )
        await server.start()
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        Task { [server] in await server.stop() }
    }

    /// Runs a blocking client on a thread of its own, not on one of the few that the server's tasks need.
    func client<Result: Sendable>(
        _ body: @escaping @Sendable (borrowing Descriptor) throws -> Result
    ) async throws -> Result {
        let path = path
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Swift.Result { try body(try ScratchServer.connect(path)) })
            }
        }
    }

    /// Calls as `dutyctl` would.
    func call(_ method: String, _ parameters: JSONValue = .object([])) async throws -> JSONValue {
        let path = path
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Swift.Result {
                        var client = VarlinkClient(connection: try ScratchServer.connect(path))
                        return try client.call(method, parameters)
                    }
                )
            }
        }
    }

    /// A connection on which a silent server is a failure after twenty seconds instead of a test that hangs.
    static func connect(_ path: String) throws -> Descriptor {
        let connection = try UnixSocket.connect(path: path)
        var time = timeval(tv_sec: 20, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(connection.raw, SOL_SOCKET, SO_RCVTIMEO, &time, size)
        unsafe setsockopt(connection.raw, SOL_SOCKET, SO_SNDTIMEO, &time, size)
        return connection
    }
}

extension Descriptor {
    /// Everything that the server sends until it closes.
    func rest() throws -> [JSONValue] {
        try readAll(limit: 10_000_000).split(separator: 0).map { try JSONValue(parsing: Array($0)) }
    }

    /// The next message, read byte by byte so that nothing of the following one is lost; `nil` at the end.
    func message() throws -> JSONValue? {
        var frames = VarlinkFrames()
        var byte: [UInt8] = [0]
        while try receive(into: &byte) == 1 {
            frames.append(byte)
            if let frame = try frames.next() { return try JSONValue(parsing: frame) }
        }
        return nil
    }

    func finishSending() { shutdown(raw, Int32(SHUT_WR)) }
}

/// What a call looks like on the wire.
func wire(_ method: String, _ parameters: JSONValue = .object([]), oneway: Bool = false, more: Bool = false) -> [UInt8]
{
    VarlinkMessage.Call(method: "io.dutyd.Test.\(method)", parameters: parameters, oneway: oneway, more: more).bytes
}

/// Methods that show what a server must get right.
final class TestInterface: VarlinkInterface {
    let name = "io.dutyd.Test"
    let description = """
        # For tests only.
        interface io.dutyd.Test

        # Answers with what it was given.
        method Echo(text: string, number: int) -> (text: string, number: int)

        # Counts from 1, one reply for each number.
        method Count(upto: int) -> (number: int)

        # Remembers a text.
        method Note(text: string) -> ()

        # Always refuses.
        method Refuse(reason: string) -> ()

        # Answers only after Open.
        method Wait() -> ()
        method Open() -> ()

        # Streams for ever.
        method Flood() -> (filling: string)
        method Produced() -> (count: int)

        # Who calls.
        method Whoami() -> (pid: int, uid: int)

        error Refused (reason: string)

        """

    struct Echo: Codable {
        var text: String
        var number: Int
    }

    let notes: AsyncStream<String>
    let endedStreams: AsyncStream<Void>
    private let noted: AsyncStream<String>.Continuation
    private let ended: AsyncStream<Void>.Continuation
    private let gate: AsyncStream<Void>
    private let opened: AsyncStream<Void>.Continuation
    private let produced = Atomic<Int>(0)

    init() {
        (notes, noted) = AsyncStream<String>.makeStream()
        (endedStreams, ended) = AsyncStream<Void>.makeStream()
        (gate, opened) = AsyncStream<Void>.makeStream()
    }

    func call(_ call: VarlinkCall) async throws(VarlinkError) -> JSONValue {
        switch call.method {
        case "Echo":
            let echo = try call.decoded(as: Echo.self)
            return .object(["text": .string(echo.text), "number": .integer(Int64(echo.number))])
        case "Count":
            guard case .integer(let last) = call.parameters["upto"] else { throw .invalidParameter("upto") }
            for number in 1..<last { try await call.send(.object(["number": .integer(number)])) }
            return .object(["number": .integer(last)])
        case "Note":
            noted.yield(call.parameters["text"]?.text ?? "")
            return .object([])
        case "Refuse":
            throw VarlinkError("io.dutyd.Test.Refused", .object(["reason": call.parameters["reason"]]))
        case "Wait":
            for await _ in gate { break }
            if Task.isCancelled { ended.yield() }
            return .object([])
        case "Open":
            opened.yield()
            return .object([])
        case "Flood":
            defer { ended.yield() }
            while true {
                produced.add(1, ordering: .relaxed)
                try await call.send(.object(["filling": .string(String(repeating: "x", count: 10_000))]))
            }
        case "Produced":
            return .object(["count": .integer(Int64(produced.load(ordering: .relaxed)))])
        case "Whoami":
            return .object(["pid": .integer(Int64(call.peer.pid)), "uid": .integer(Int64(call.peer.uid))])
        default:
            throw .methodNotFound(call.method)
        }
    }
}
