// Sockets that the service manager opened for us.

internal import CSystemd
package import Diagnostics
internal import Glibc
package import Linux

/// Socket activation.
package enum InheritedSockets {
    /// The name that the socket unit gives to the control socket (`FileDescriptorName=`).
    package static let controlName = "control"

    /// The control socket, not blocking, or `nil` when the manager handed us none.
    ///
    /// To be called once, at start: the descriptor belongs to the caller, and the environment forgets about it.
    package static func control() throws(Diagnostic) -> Descriptor? {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = unsafe sd_listen_fds_with_names(1, &names)
        guard count >= 0 else {
            throw Diagnostic(
                "the inherited sockets cannot be read",
                found: "\(SystemError(call: "sd_listen_fds", code: -count))"
            )
        }
        var sockets: [(raw: Int32, name: String)] = []
        for index in 0..<Int(count) {
            guard let name = unsafe names?[index] else { continue }
            unsafe sockets.append((3 + Int32(index), String(cString: name)))
            unsafe free(name)
        }
        unsafe free(names)
        return try control(among: sockets)
    }

    /// Picks the control socket: the only socket, or the one of that name.
    static func control(among sockets: [(raw: Int32, name: String)]) throws(Diagnostic) -> Descriptor? {
        if sockets.isEmpty { return nil }
        let named = sockets.filter { $0.name == controlName }
        let candidates = sockets.count == 1 ? sockets : named
        guard let socket = candidates.first, candidates.count == 1 else {
            throw Diagnostic(
                "which inherited socket is the control socket is not clear",
                found: sockets.map(\.name).joined(separator: ", "),
                expected: "one socket, or exactly one of the name \"\(controlName)\"",
                remedy: "set FileDescriptorName=\(controlName) in the socket unit"
            )
        }
        guard sd_is_socket_unix(socket.raw, Int32(SOCK_STREAM.rawValue), 1, nil, 0) > 0 else {
            throw Diagnostic(
                "the inherited socket is of the wrong kind",
                found: "descriptor \(socket.raw), \(socket.name)",
                expected: "a listening Unix stream socket",
                remedy: "use ListenStream= with a path in the socket unit"
            )
        }
        let descriptor = Descriptor(owning: socket.raw)
        _ = fcntl(socket.raw, F_SETFL, fcntl(socket.raw, F_GETFL) | O_NONBLOCK)
        return descriptor
    }
}
