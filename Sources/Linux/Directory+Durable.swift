// Files that are either wholly there, also after a power cut, or not there at all.

internal import Glibc

/// How a durable write ended.
package enum DurableWrite: Sendable, Equatable {
    /// The file is there now and was not before.
    case written
    /// A file with the same bytes was there already, from an earlier attempt.
    case alreadyThere
}

extension Directory {
    /// Puts a complete file into this directory by way of `temporary`, on the same file system, replacing nothing.
    ///
    /// It returns when contents and name are on stable storage. On any error the temporary file is gone and the target
    /// untouched; another file of that name is `SystemError.alreadyExists`.
    @discardableResult
    package func writeDurably(
        _ name: String,
        _ bytes: [UInt8],
        mode: UInt32 = 0o640,
        via temporary: Directory
    ) throws(SystemError) -> DurableWrite {
        try temporary.writeSynced(name, bytes, mode: mode)
        let outcome = try take(name, bytes, from: temporary)
        try sync()
        return outcome
    }

    /// Takes a file of these bytes that `writeSynced` wrote in `temporary`, replacing nothing; its name is on stable
    /// storage after the next `sync` of this directory.
    ///
    /// On any error the temporary file is gone and the target untouched; another file of that name is
    /// `SystemError.alreadyExists`.
    @discardableResult
    package func take(
        _ name: String,
        _ bytes: [UInt8],
        from temporary: Directory
    ) throws(SystemError) -> DurableWrite {
        do {
            try temporary.rename(name, to: self, as: name)
            return .written
        } catch {
            // An error in here would hide the one that matters; a leftover is replaced by the next attempt.
            try? temporary.unlink(name)
            guard error.code == SystemError.alreadyExists, try holds(bytes, under: name) else { throw error }
            return .alreadyThere
        }
    }

    /// Puts a complete file into this directory in place of the one that is there.
    ///
    /// Whoever reads it finds the old contents or the new ones. After a power cut it may be empty: for what is written
    /// anew every few minutes, and worth no wait for the disk.
    package func replace(
        _ name: String,
        _ bytes: [UInt8],
        mode: UInt32 = 0o640,
        via temporary: Directory
    ) throws(SystemError) {
        let file = try temporary.openReplacing(name, mode: mode)
        do {
            try file.writeAll(bytes)
            try file.close()
            try temporary.renameReplacing(name, to: self, as: name)
        } catch {
            try? temporary.unlink(name)
            throw SystemError(call: error.call, path: pathOf(name), code: error.code)
        }
    }

    /// Puts a file that is written piece by piece into this directory by way of `temporary`, on the same file system.
    ///
    /// It returns when contents and name are on stable storage. On any error, also one that `write` throws, the temporary
    /// file is gone and the target untouched; any file of that name is `SystemError.alreadyExists`.
    package func writeDurably(
        _ name: String,
        mode: UInt32 = 0o640,
        via temporary: Directory,
        _ write: (borrowing Descriptor) throws -> Void
    ) throws {
        let file = try temporary.openReplacing(name, mode: mode)
        do {
            try write(file)
            try file.sync()
            try file.close()
            try temporary.rename(name, to: self, as: name)
        } catch {
            try? temporary.unlink(name)
            throw error
        }
        try sync()
    }

    /// A new file with these bytes on stable storage; a leftover of an attempt that died makes way.
    package func writeSynced(_ name: String, _ bytes: [UInt8], mode: UInt32) throws(SystemError) {
        let file = try openReplacing(name, mode: mode)
        do {
            try file.writeAll(bytes)
            try file.sync()
            try file.close()
        } catch {
            // After a failed write or sync the pages are lost: going on would put a torn file under a good name.
            try? unlink(name)
            throw SystemError(call: error.call, path: pathOf(name), code: error.code)
        }
    }

    private func openReplacing(_ name: String, mode: UInt32) throws(SystemError) -> Descriptor {
        do {
            return try openNewFile(name, mode: mode)
        } catch {
            guard error.code == SystemError.alreadyExists else { throw error }
            try unlink(name)
            return try openNewFile(name, mode: mode)
        }
    }

    /// Whether the name is that of a file with these bytes.
    package func holds(_ bytes: [UInt8], under name: String) throws(SystemError) -> Bool {
        // Opening a link would answer ELOOP, and the caller asks about the name.
        guard try stat(name).kind == .regular else { return false }
        let file = try openFile(name)
        let status = try file.status()
        guard status.kind == .regular, status.size == bytes.count else { return false }
        return try file.readAll(limit: bytes.count) == bytes
    }
}
