// How much room there is, and a little that is set aside for saying that there is none.

import Diagnostics
package import Engine
import Linux

extension FolderSpool {
    /// What the notice from the reserve has to leave on the file system.
    static let smallestReserve: UInt64 = 65_536
    /// A file of this size makes room for a few notices, and for the ledger's entry when it shares the disk.
    private static let ballastBytes = 1 << 20
    private static let ballast = ".reserve"

    package func room() throws -> SpoolRoom {
        let space: FileSystemSpace
        do throws(SystemError) {
            space = try Directory.open(path: root).space()
        } catch {
            throw unusable(root, "\(error)")
        }
        return SpoolRoom(
            freeBytes: Int64(clamping: space.freeBytes),
            freeFiles: Int64(clamping: space.freeInodes),
            neededBytes: Int64(clamping: reserveBytes),
            neededFiles: Int64(clamping: Consignment.reserveFiles)
        )
    }

    package func fillReserve() {
        // Without a reserve the notice has what room there is; nothing else hangs on it.
        guard let directory = try? Directory.open(path: root), let space = try? directory.space(),
            space.freeBytes >= reserveBytes + UInt64(Self.ballastBytes),
            let isThere = try? directory.exists(Self.ballast), !isThere
        else { return }
        // Zeros could be kept as a hole, which makes no room when it goes.
        let bytes = (0..<Self.ballastBytes).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) }
        try? directory.writeSynced(Self.ballast, bytes, mode: 0o600)
    }

    /// Gives the room back that was set aside; `false` when there was none.
    func releaseReserve() -> Bool {
        guard let directory = try? Directory.open(path: root) else { return false }
        do throws(SystemError) {
            try directory.unlink(Self.ballast)
            try directory.sync()
            return true
        } catch {
            return false
        }
    }
}
