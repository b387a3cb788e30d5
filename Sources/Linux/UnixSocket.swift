// Stream sockets with a path.

internal import CLinux
internal import Diagnostics
internal import Glibc

/// Listening, connecting and accepting on Unix stream sockets.
package enum UnixSocket {
    /// Listens at `path` with exactly these permission bits; the descriptor does not block.
    ///
    /// A socket that nobody answers on is removed; a live one, or another kind of file, is refused with a `Diagnostic`.
    package static func listen(path: String, mode: UInt32 = 0o660) throws -> Descriptor {
        try makeWay(at: path)
        let socket = try makeSocket(blocking: false)
        // The new file takes the socket's own mode, so that it is closed to others until it is set right below.
        try socket.setMode(0o600)
        let raw = socket.raw
        let address = try address(of: path)
        try checked("bind", path) { unsafe withPointer(to: address) { unsafe bind(raw, $0, $1) } }
        try checked("chmod", path) { unsafe chmod(path, mode) }
        try checked("listen", path) { Glibc.listen(raw, 128) }
        return socket
    }

    /// Connects to whoever listens at `path`; the descriptor blocks.
    package static func connect(path: String) throws(SystemError) -> Descriptor {
        try connect(path: path, blocking: true)
    }

    /// The next waiting connection, which does not block, or `nil` when none waits.
    package static func accept(_ listening: borrowing Descriptor) throws(SystemError) -> Descriptor? {
        let flags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let listening = listening.raw
        do {
            let raw = try checked("accept4") { accept4(listening, nil, nil, flags) }
            return Descriptor(owning: raw)
        } catch {
            guard error.code == EAGAIN || error.code == ECONNABORTED else { throw error }
            return nil
        }
    }

    /// Who connected.
    package static func peer(_ connection: borrowing Descriptor) throws(SystemError) -> PeerCredentials {
        let raw = connection.raw
        // The kernel's struct ucred: pid, uid, gid.
        var numbers: [UInt32] = [0, 0, 0]
        var size = socklen_t(MemoryLayout<UInt32>.stride * numbers.count)
        try checked("getsockopt") { unsafe getsockopt(raw, SOL_SOCKET, SO_PEERCRED, &numbers, &size) }
        return PeerCredentials(pid: Int32(bitPattern: numbers[0]), uid: numbers[1], gid: numbers[2])
    }

    private static func connect(path: String, blocking: Bool) throws(SystemError) -> Descriptor {
        let socket = try makeSocket(blocking: blocking)
        let raw = socket.raw
        let address = try address(of: path)
        try checked("connect", path) { unsafe withPointer(to: address) { unsafe Glibc.connect(raw, $0, $1) } }
        return socket
    }

    /// Removes a socket that its daemon left behind.
    private static func makeWay(at path: String) throws {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        guard FileStatus(status).kind == .socket else {
            throw Diagnostic(
                "something else stands where the control socket belongs",
                at: Position(file: path),
                found: FileStatus(status).kind.rawValue,
                expected: "nothing, or a socket left by an earlier daemon",
                remedy: "move it away, or choose another path for the socket"
            )
        }
        guard try !isAnswered(path) else {
            throw Diagnostic(
                "another daemon answers on the control socket",
                at: Position(file: path),
                expected: "a path on which nobody answers",
                remedy: "stop that daemon, or choose another path for the socket"
            )
        }
        try checked("unlink", path) { unsafe unlink(path) }
    }

    /// Whether a live process listens on the socket at `path`.
    private static func isAnswered(_ path: String) throws(SystemError) -> Bool {
        do {
            // Not blocking: a live daemon whose queue is full answers EAGAIN and must not hold us up.
            _ = try connect(path: path, blocking: false)
            return true
        } catch {
            switch error.code {
            case SystemError.wouldBlock: return true
            case SystemError.connectionRefused: return false
            default: throw error
            }
        }
    }

    private static func makeSocket(blocking: Bool) throws(SystemError) -> Descriptor {
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | (blocking ? 0 : SOCK_NONBLOCK.rawValue)
        let raw = try checked("socket") { socket(AF_UNIX, Int32(kind), 0) }
        return Descriptor(owning: raw)
    }

    static func address(of path: String) throws(SystemError) -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        // One byte stays zero as the end of the path.
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.isEmpty, !bytes.contains(0) else {
            throw SystemError(call: "connect", path: path, code: ENAMETOOLONG)
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        return address
    }

    static func withPointer(
        to address: sockaddr_un,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
