// Reading and writing whole contents, with the interruptions and short counts that system calls allow themselves.

internal import Glibc

extension Descriptor {
    /// Reads once; 0 means the end.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        try checked("read") { unsafe Glibc.read(raw, buffer.baseAddress, buffer.count) }
    }

    /// Everything up to the end; more than `limit` bytes are refused with `SystemError.tooBig`.
    package func readAll(limit: Int) throws(SystemError) -> [UInt8] {
        var result: [UInt8] = []
        if let size = try? status().size, size > 0 { result.reserveCapacity(Int(min(size, Int64(limit)))) }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = try read(into: &chunk)
            if count == 0 { return result }
            guard count <= limit - result.count else { throw SystemError(call: "read", code: SystemError.tooBig) }
            result.append(contentsOf: chunk[..<count])
        }
    }

    /// Hands the contents over piece by piece, so that a file of any size needs one buffer of `size` bytes.
    ///
    /// It ends after `limit` bytes, so that a file that grows while it is read comes to an end.
    package func readChunks(
        of size: Int = 262_144,
        limit: Int64 = .max,
        _ body: (Span<UInt8>) throws -> Void
    ) throws {
        var chunk = [UInt8](repeating: 0, count: size)
        var rest = limit
        while rest > 0 {
            let count = min(try read(into: &chunk), Int(clamping: rest))
            if count == 0 { return }
            try body(chunk.span.extracting(first: count))
            rest -= Int64(count)
        }
    }

    /// Writes every byte or throws; after a throw, how much was written is unknown.
    package func writeAll(_ bytes: [UInt8]) throws(SystemError) { try writeAll(bytes.span) }

    /// Writes every byte or throws; after a throw, how much was written is unknown.
    package func writeAll(_ bytes: Span<UInt8>) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = try checked("write") {
                unsafe bytes.withUnsafeBytes { buffer in
                    unsafe Glibc.write(raw, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                }
            }
            // A regular file that takes nothing without an error would keep us here for ever.
            guard count > 0 else { throw SystemError(call: "write", code: EIO) }
            written += count
        }
    }

    private func read(into chunk: inout [UInt8]) throws(SystemError) -> Int {
        try checked("read") { unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(raw, $0.baseAddress, $0.count) } }
    }
}
