// An open file descriptor with exactly one owner.

internal import Glibc

/// A file descriptor that is closed when its owner lets go of it.
package struct Descriptor: ~Copyable, Sendable {
    /// The number to hand to system calls; it stays valid only as long as this value lives.
    package let raw: Int32

    /// Takes over an open descriptor; nobody else may close it from now on.
    package init(owning raw: Int32) { self.raw = raw }

    deinit { _ = Glibc.close(raw) }

    /// Gives the descriptor away unclosed.
    package consuming func release() -> Int32 {
        let raw = raw
        discard self
        return raw
    }

    /// Closes now and reports what a silent close would hide: a failed write-back.
    package consuming func close() throws(SystemError) {
        let raw = release()
        // Linux has released the number even when it answers EINTR; closing again could hit a stranger's.
        guard Glibc.close(raw) == -1, errno != EINTR else { return }
        throw SystemError(call: "close", code: errno)
    }

    /// What the open file is.
    package func status() throws(SystemError) -> FileStatus {
        var status = stat()
        try checked("fstat") { unsafe fstat(raw, &status) }
        return FileStatus(status)
    }

    /// Sets the permission bits.
    package func setMode(_ mode: UInt32) throws(SystemError) {
        try checked("fchmod") { fchmod(raw, mode) }
    }

    /// Returns once contents and size are on stable storage.
    package func sync() throws(SystemError) {
        try checked("fsync") { fsync(raw) }
    }
}
