// The names in a directory, including those that are no text.

internal import Glibc

/// The entries of a directory except `.` and `..`.
package struct DirectoryListing: Sendable, Equatable {
    /// The names that are UTF-8, in byte order.
    package var names: [String] = []
    /// Names in another encoding, repaired for display only: no file can be opened by them.
    package var undecodable: [String] = []
    /// Whether there are more entries than were asked for.
    package var isCut = false
}

extension Directory {
    /// The names that are UTF-8, in byte order.
    package func list() throws(SystemError) -> [String] { try listing().names }

    /// All names, or as many of a folder without end as the limit says, in the order in which the system gives them.
    package func listing(limit: Int = .max) throws(SystemError) -> DirectoryListing {
        // A fresh open file, because reading a directory moves the position that duplicates share.
        let raw = try checked("openat", path) { unsafe openat(descriptor.raw, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard let stream = unsafe fdopendir(raw) else {
            let code = errno
            close(raw)
            throw SystemError(call: "fdopendir", path: path, code: code)
        }
        defer { unsafe closedir(stream) }

        var result = DirectoryListing()
        entries: while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                guard errno == 0 else { throw SystemError(call: "readdir", path: path, code: errno) }
                break entries
            }
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let bytes = unsafe UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            let name = unsafe String(validatingCString: bytes)
            if name == "." || name == ".." { continue }
            guard result.names.count + result.undecodable.count < limit else {
                result.isCut = true
                break entries
            }
            if let name {
                result.names.append(name)
            } else {
                result.undecodable.append(unsafe String(cString: bytes))
            }
        }
        result.names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return result
    }
}
