// One message to a datagram socket: how services speak to their manager.

internal import Glibc

/// Sending to Unix datagram sockets.
package enum UnixDatagram {
    /// Sends one message without waiting; a path that begins with `@` names a socket in the abstract namespace.
    package static func send(_ bytes: [UInt8], to path: String) throws(SystemError) {
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
        let sender = Descriptor(owning: try checked("socket") { socket(AF_UNIX, kind, 0) })
        let raw = sender.raw
        var address = try UnixSocket.address(of: path)
        // The length tells where an abstract name ends, which may hold zero bytes.
        var size = socklen_t(MemoryLayout<sockaddr_un>.size)
        if path.utf8.first == UInt8(ascii: "@") {
            address.sun_path.0 = 0
            size = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
        }
        try checked("sendto", path) {
            unsafe UnixSocket.withPointer(to: address) { pointer, _ in
                let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
                let count = unsafe bytes.withUnsafeBytes {
                    unsafe sendto(raw, $0.baseAddress, $0.count, flags, pointer, size)
                }
                return Int32(truncatingIfNeeded: count)
            }
        }
        try sender.close()
    }
}
