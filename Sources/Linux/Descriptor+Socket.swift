// Sending and receiving on stream sockets, where a peer that went away is an answer and not a signal.

internal import Glibc

extension Descriptor {
    /// Sends what the socket takes without waiting; `SystemError.wouldBlock` when it takes nothing now.
    package func send(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
        try checked("send") {
            unsafe bytes.withUnsafeBytes {
                unsafe Glibc.send(raw, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
        }
    }

    /// Sends every byte, waiting for a blocking socket as long as it takes.
    package func sendAll(_ bytes: [UInt8]) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = try checked("send") {
                unsafe rest.withUnsafeBytes {
                    unsafe Glibc.send(raw, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Receives once into the buffer and returns how many bytes; 0 means that the peer sends no more.
    package func receive(into buffer: inout [UInt8]) throws(SystemError) -> Int {
        try checked("recv") { unsafe buffer.withUnsafeMutableBytes { unsafe recv(raw, $0.baseAddress, $0.count, 0) } }
    }

    /// Whether nobody is at the other end any more, as against a peer that only ended its own sending.
    package func isHungUp() -> Bool {
        var request = pollfd(fd: raw, events: 0, revents: 0)
        return unsafe poll(&request, 1, 0) == 1 && request.revents & Int16(POLLHUP) != 0
    }
}
