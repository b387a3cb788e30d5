// An open directory: names are looked up in it and never again from the root, so nobody can swap the way to them.

internal import Glibc

/// An open directory; every name given to it is one component, and no symbolic link below it is followed.
package final class Directory: Sendable {
    /// The path it was opened by, for messages.
    package let path: String
    let descriptor: Descriptor

    private init(path: String, descriptor: consuming Descriptor) {
        self.path = path
        self.descriptor = descriptor
    }

    /// Opens a trusted path, following links on the way as the administrator laid them.
    package static func open(path: String) throws(SystemError) -> Directory {
        let raw = try checked("open", path) {
            unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        }
        return Directory(path: path, descriptor: Descriptor(owning: raw))
    }

    /// Opens a directory below this one, component by component, refusing symbolic links.
    package func subdirectory(_ relativePath: String) throws(SystemError) -> Directory {
        var current = self
        for name in relativePath.split(separator: "/", omittingEmptySubsequences: false) {
            let name = String(name)
            let opened = try current.openAny(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
            current = Directory(path: current.pathOf(name), descriptor: opened)
        }
        return current
    }

    /// Makes a directory in this one with exactly these permission bits, whatever the umask is.
    package func makeDirectory(_ name: String, mode: UInt32 = 0o750) throws(SystemError) {
        try check(name)
        try checked("mkdirat", pathOf(name)) { unsafe mkdirat(descriptor.raw, name, mode) }
        try subdirectory(name).descriptor.setMode(mode)
    }

    /// Returns once the names in this directory are on stable storage.
    package func sync() throws(SystemError) {
        try checked("fsync", path) { fsync(descriptor.raw) }
    }

    /// What this directory itself is.
    package func status() throws(SystemError) -> FileStatus { try descriptor.status() }

    /// Whether the path that it was opened by still leads to it: somebody may have put another in its place.
    package var isStillThere: Bool {
        var (own, found) = (Glibc.stat(), Glibc.stat())
        let areKnown = unsafe fstat(descriptor.raw, &own) == 0 && fstatat(AT_FDCWD, path, &found, 0) == 0
        return areKnown && own.st_dev == found.st_dev && own.st_ino == found.st_ino
    }

    /// The path of a name in this directory, for messages.
    package func pathOf(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

    /// Opens a name of any kind in this directory.
    func openAny(_ name: String, _ flags: Int32, mode: UInt32 = 0) throws(SystemError) -> Descriptor {
        try check(name)
        let raw = try checked("openat", pathOf(name)) {
            unsafe openat(descriptor.raw, name, flags | O_CLOEXEC, mode)
        }
        return Descriptor(owning: raw)
    }

    /// Refuses what is not one plain component: it could lead out of the directory.
    func check(_ name: String) throws(SystemError) {
        let isPlain =
            !name.isEmpty && name != "." && name != ".." && !name.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "/") }
        guard isPlain else { throw SystemError(call: "open", path: pathOf(name), code: EINVAL) }
    }
}
