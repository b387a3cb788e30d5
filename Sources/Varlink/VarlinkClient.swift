// The client of command-line tools: one call after the other, waiting for each.

package import JSON
package import Linux

/// Why a call brought no result.
package enum VarlinkClientError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Nobody listens there, or we may not knock.
    case notReachable(SystemError)
    /// The server refused and said why.
    case refused(VarlinkError)
    /// The connection broke before the reply was complete.
    case disconnected
    /// The other end does not speak Varlink.
    case malformed(String)

    package var description: String {
        switch self {
        case .notReachable(let error): "the daemon is not reachable: \(error)"
        case .refused(let error): "\(error)"
        case .disconnected: "the daemon closed the connection before it answered"
        case .malformed(let problem): "the answer is not understood: \(problem)"
        }
    }
}

/// A blocking connection.
package struct VarlinkClient: ~Copyable {
    private let connection: Descriptor
    private var frames: VarlinkFrames
    private var chunk = [UInt8](repeating: 0, count: 65_536)

    /// Speaks over a connected, blocking stream socket; replies may have `limit` bytes.
    package init(connection: consuming Descriptor, limit: Int = 67_108_864) {
        self.connection = connection
        frames = VarlinkFrames(limit: limit)
    }

    /// Connects to the socket at `path`.
    package static func connect(path: String) throws(VarlinkClientError) -> VarlinkClient {
        do {
            let connection = try UnixSocket.connect(path: path)
            return VarlinkClient(connection: connection)
        } catch {
            throw .notReachable(error)
        }
    }

    /// Calls a method by its full name and waits for the reply's parameters.
    package mutating func call(_ method: String, _ parameters: JSONValue = .object([])) throws(VarlinkClientError)
        -> JSONValue
    {
        try send(VarlinkMessage.Call(method: method, parameters: parameters))
        return try receive().parameters
    }

    /// As `call`, with Swift types on both sides.
    package mutating func call<Result: Decodable>(
        _ method: String,
        encoding parameters: some Encodable,
        returning type: Result.Type = Result.self
    ) throws -> Result {
        try call(method, JSONValue(encoding: parameters)).decoded(as: type)
    }

    /// Calls a method that streams and hands over each reply until the last, or until `body` returns `false`.
    ///
    /// After a `false` the connection is of no further use: replies may still be under way.
    package mutating func stream(
        _ method: String,
        _ parameters: JSONValue = .object([]),
        _ body: (JSONValue) throws -> Bool
    ) throws {
        try send(VarlinkMessage.Call(method: method, parameters: parameters, more: true))
        while true {
            let reply = try receive()
            guard try body(reply.parameters), reply.continues else { return }
        }
    }

    private func send(_ call: VarlinkMessage.Call) throws(VarlinkClientError) {
        do {
            try connection.sendAll(call.bytes)
        } catch {
            throw .disconnected
        }
    }

    private mutating func receive() throws(VarlinkClientError) -> VarlinkMessage.Reply {
        let reply: VarlinkMessage.Reply
        do {
            reply = try VarlinkMessage.Reply(parsing: try nextFrame(), maximumDepth: 64)
        } catch let error as VarlinkClientError {
            throw error
        } catch {
            throw .malformed("\(error)")
        }
        if let name = reply.error { throw .refused(VarlinkError(name, reply.parameters)) }
        return reply
    }

    private mutating func nextFrame() throws -> [UInt8] {
        while true {
            if let frame = try frames.next() { return frame }
            let count = (try? connection.receive(into: &chunk)) ?? 0
            guard count > 0 else { throw VarlinkClientError.disconnected }
            frames.append(chunk[..<count])
        }
    }
}
