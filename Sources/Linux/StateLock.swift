// One daemon per state directory.

package import Diagnostics
internal import Glibc

/// Holds a directory against a second daemon; the kernel releases it when this value or the process goes away.
package final class StateLock: Sendable {
    private let descriptor: Descriptor

    /// Takes the lock, or says which process holds it.
    package init(in directory: Directory, name: String = "lock") throws(Diagnostic) {
        do {
            descriptor = try Self.lockedFile(name, in: directory)
        } catch  where error.code == EWOULDBLOCK {
            throw Diagnostic(
                "the state directory is in use by another process",
                at: Position(file: directory.pathOf(name)),
                found: Self.holder(of: name, in: directory).map { "pid \($0)" } ?? "an unknown process",
                expected: "one daemon per state directory",
                remedy: "stop that process, or give this one a state directory of its own"
            )
        } catch {
            throw Diagnostic(
                "the state directory cannot be locked",
                at: Position(file: directory.pathOf(name)),
                found: "\(error)",
                remedy: "make the directory writable for the user that runs the daemon"
            )
        }
    }

    private static func lockedFile(_ name: String, in directory: Directory) throws(SystemError) -> Descriptor {
        let file = try directory.openAny(name, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o640)
        try checked("flock", directory.pathOf(name)) { flock(file.raw, LOCK_EX | LOCK_NB) }
        try checked("ftruncate", directory.pathOf(name)) { ftruncate(file.raw, 0) }
        try file.writeAll(Array("\(getpid())\n".utf8))
        return file
    }

    private static func holder(of name: String, in directory: Directory) -> Int? {
        guard let file = try? directory.openFile(name), let bytes = try? file.readAll(limit: 32) else { return nil }
        return Int(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
