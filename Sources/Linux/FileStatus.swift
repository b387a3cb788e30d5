// What the system says about a file.

package import Almanac
internal import Glibc

/// The part of `struct stat` that decides whether a file may be trusted and whether it changed.
package struct FileStatus: Sendable, Hashable {
    /// What sort of thing a name stands for.
    package enum Kind: String, Sendable {
        case regular, directory, symlink, fifo, socket, characterDevice, blockDevice, unknown
    }

    package let kind: Kind
    /// In bytes.
    package let size: Int64
    /// Permission bits with set-id and sticky bits, without the kind.
    package let mode: UInt32
    package let owner: UInt32
    package let group: UInt32
    /// How many names the file has.
    package let links: Int
    /// The last change of the contents.
    package let modified: Instant
    /// The last change of contents, names, owner or rights, which nobody can set back.
    package let changed: Instant
    package let inode: UInt64
    package let device: UInt64

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            case S_IFLNK: .symlink
            case S_IFIFO: .fifo
            case S_IFSOCK: .socket
            case S_IFCHR: .characterDevice
            case S_IFBLK: .blockDevice
            default: .unknown
            }
        size = Int64(status.st_size)
        mode = status.st_mode & 0o7777
        owner = status.st_uid
        group = status.st_gid
        links = Int(status.st_nlink)
        modified = Self.instant(status.st_mtim)
        changed = Self.instant(status.st_ctim)
        inode = UInt64(status.st_ino)
        device = UInt64(status.st_dev)
    }

    private static func instant(_ time: timespec) -> Instant {
        // Whoever owns a file sets its time; some file systems keep times that microseconds cannot count.
        let seconds = min(max(Int64(time.tv_sec), -9_000_000_000_000), 9_000_000_000_000)
        return Instant(microseconds: seconds * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
