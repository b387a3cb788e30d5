// The spool as folders: a notice is wholly there or not at all, and the same notice twice is one.

package import Alerts
import Diagnostics
import Engine
import Linux

/// Departments' notices in `<root>/<department>/new/`.
///
/// The daemon writes into `tmp/` and renames into `new/`; the department claims a file by renaming it into `cur/` and
/// puts what it has dealt with into `done/`. The daemon can neither make folders that hand their group on nor give files
/// away; it needs them made, and files inherit the department's group from `tmp/`.
package final class FolderSpool: NoticeSpool {
    let root: String
    let makesFolders: Bool
    private let reserveBytes: UInt64

    /// So many files have to be left for everybody else on the file system.
    private static let reserveFiles: UInt64 = 100

    /// Makes a spool below a folder.
    /// - Parameters:
    ///   - root: The folder that has a folder for each department.
    ///   - makesFolders: Whether missing folders are made, without groups: for use without privileges.
    ///   - reserveBytes: How much room a delivery has to leave on the file system.
    package init(root: String, makesFolders: Bool, reserveBytes: UInt64 = 8_388_608) {
        self.root = root
        self.makesFolders = makesFolders
        self.reserveBytes = reserveBytes
    }

    package func deliver(_ notice: Notice) throws {
        do {
            if makesFolders { try DepartmentFolder.make(notice.department, in: root) }
            let folder = try DepartmentFolder(notice.department, in: try Directory.open(path: root))
            for document in notice.documents { try deliver(document, to: folder) }
        } catch let error as SystemError {
            throw problem(error, department: notice.department)
        }
    }

    private func deliver(_ document: Notice.Document, to folder: DepartmentFolder) throws {
        guard try !folder.hasReceived(document.fileName) else { return }
        try checkRoom(for: document, in: folder.temporary)
        // Readable for the group it inherits from the folder, and for nobody to change.
        try folder.new.writeDurably(document.fileName, document.bytes, mode: 0o640, via: folder.temporary)
    }

    /// Refuses to fill the disk to its last byte: the ledger and other departments need some of it.
    private func checkRoom(for document: Notice.Document, in directory: Directory) throws {
        let space = try directory.space()
        let needed = reserveBytes + UInt64(document.bytes.count)
        guard space.freeBytes >= needed, space.freeInodes >= Self.reserveFiles else {
            throw Diagnostic(
                "too little room is left on the spool's file system",
                at: Position(file: directory.path),
                found: "\(space.freeBytes) bytes and \(space.freeInodes) files free",
                expected: "\(needed) bytes and \(Self.reserveFiles) files",
                remedy: "make room; the notices wait and are delivered by themselves"
            )
        }
    }

    private func problem(_ error: SystemError, department: String) -> Diagnostic {
        let folders = DepartmentFolder.remedy(makesFolders: makesFolders)
        let remedy: String? =
            switch error.code {
            case SystemError.doesNotExist, SystemError.notADirectory, SystemError.tooManyLinks,
                SystemError.crossesDevices:
                folders
            case SystemError.permissionDenied, SystemError.notPermitted:
                "the folder's owner or mode is wrong: " + folders
            case SystemError.noSpace: "make room; the notices wait and are delivered by themselves"
            case SystemError.readOnly: "mount the file system for writing"
            case SystemError.alreadyExists: "move away what has the notice's name"
            default: nil
            }
        return Diagnostic(
            "a notice cannot be put into the spool",
            at: Position(file: error.path ?? "\(root)/\(department)"),
            found: "\(error)",
            remedy: remedy
        )
    }
}
