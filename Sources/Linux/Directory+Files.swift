// Looking at, opening, moving and removing the files of a directory.

internal import CLinux
internal import Glibc

extension Directory {
    /// What a name stands for; a symbolic link is told as such.
    package func stat(_ name: String) throws(SystemError) -> FileStatus {
        try check(name)
        var status = Glibc.stat()
        try checked("fstatat", pathOf(name)) { unsafe fstatat(descriptor.raw, name, &status, AT_SYMLINK_NOFOLLOW) }
        return FileStatus(status)
    }

    /// The same; `nil` when nothing has the name.
    package func statIfThere(_ name: String) throws(SystemError) -> FileStatus? {
        do {
            return try stat(name)
        } catch {
            guard error.code == SystemError.doesNotExist else { throw error }
            return nil
        }
    }

    /// Whether the name is taken, by whatever.
    package func exists(_ name: String) throws(SystemError) -> Bool { try statIfThere(name) != nil }

    /// Whether the name is that of a regular file.
    package func holdsFile(_ name: String) throws(SystemError) -> Bool { try statIfThere(name)?.kind == .regular }

    /// Opens for reading without following a link and without waiting for the writer of a FIFO.
    ///
    /// The caller asks the descriptor's `status()` whether it is a regular file before it believes anything.
    package func openFile(_ name: String) throws(SystemError) -> Descriptor {
        try openAny(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    }

    /// Opens for reading where nobody but the administrator can lay anything: symbolic links are followed.
    package func openTrusted(_ name: String) throws(SystemError) -> Descriptor {
        try openAny(name, O_RDONLY | O_NONBLOCK)
    }

    /// Makes a file for writing that did not exist, with exactly these permission bits, whatever the umask is.
    package func openNewFile(_ name: String, mode: UInt32 = 0o640) throws(SystemError) -> Descriptor {
        let file = try openAny(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
        // To look is cheap; to set what is set already would be one more change of the inode.
        if try file.status().mode != mode { try file.setMode(mode) }
        return file
    }

    /// Removes a name that is no directory.
    package func unlink(_ name: String) throws(SystemError) {
        try check(name)
        try checked("unlinkat", pathOf(name)) { unsafe unlinkat(descriptor.raw, name, 0) }
    }

    /// Moves a file into another directory (or gives it another name) and never replaces one: `alreadyExists`.
    package func rename(_ name: String, to target: Directory, as newName: String) throws(SystemError) {
        try check(name)
        try target.check(newName)
        do {
            try checked("renameat2", target.pathOf(newName)) {
                unsafe renameat2(descriptor.raw, name, target.descriptor.raw, newName, CLINUX_RENAME_NOREPLACE)
            }
        } catch  where error.code == EINVAL || error.code == ENOSYS {
            try link(name, thenUnlinkAs: newName, in: target)
        }
    }

    /// Moves a file into another directory in place of the one that has the name there.
    func renameReplacing(_ name: String, to target: Directory, as newName: String) throws(SystemError) {
        try check(name)
        try target.check(newName)
        try checked("renameat", target.pathOf(newName)) {
            unsafe renameat(descriptor.raw, name, target.descriptor.raw, newName)
        }
    }

    /// The way of file systems whose rename cannot promise not to replace: two names for a moment, never none.
    func link(_ name: String, thenUnlinkAs newName: String, in target: Directory) throws(SystemError) {
        try checked("linkat", target.pathOf(newName)) {
            unsafe linkat(descriptor.raw, name, target.descriptor.raw, newName, 0)
        }
        try unlink(name)
    }
}
