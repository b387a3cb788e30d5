// How much a file system still takes.

internal import Glibc

/// What a service without privileges may still use of a file system.
package struct FileSystemSpace: Sendable, Hashable {
    package let freeBytes: UInt64
    /// How many more files; `UInt64.max` on file systems that have no fixed number.
    package let freeInodes: UInt64
}

extension Directory {
    /// The space left on the file system that holds this directory.
    package func space() throws(SystemError) -> FileSystemSpace {
        var answer = statvfs()
        try checked("fstatvfs", path) { unsafe fstatvfs(descriptor.raw, &answer) }
        return FileSystemSpace(
            freeBytes: UInt64(answer.f_bavail) * UInt64(answer.f_frsize),
            freeInodes: answer.f_files == 0 ? .max : UInt64(answer.f_favail)
        )
    }
}
