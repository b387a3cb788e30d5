// The typed client: what dutyctl and tests talk through.

package import JSON
package import Varlink

/// A connection to a daemon's control socket.
package struct ControlClient: ~Copyable {
    private var client: VarlinkClient

    /// Connects to the socket at `path`.
    /// - Throws: `VarlinkClientError.notReachable` when nobody answers there.
    package init(socket path: String) throws(VarlinkClientError) {
        client = try VarlinkClient.connect(path: path)
    }

    /// Calls a method and gives its typed reply together with the reply as it came.
    /// - Throws: `VarlinkClientError`, or a decoding error when the daemon is of another version.
    package mutating func call<Method: ControlMethod>(_ method: Method) throws -> (Method.Reply, JSONValue) {
        let reply = try client.call("\(ControlInterface.name).\(Method.name)", JSONValue(encoding: method))
        return (try reply.decoded(as: Method.Reply.self), reply)
    }
}
