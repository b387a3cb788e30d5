// Looks at one folder after another and keeps what is wrong with them.

import Diagnostics
import Linux

/// The faults of folders; each is told with its path and a remedy.
struct FolderInspection {
    /// Who has to own the folders, and which group they hand on.
    struct Rights {
        let owner: UInt32
        let group: UInt32
    }

    /// What the folders' rights have to be; `nil` in a spool without groups, whose missing folders are made on the way.
    let rights: Rights?
    private(set) var problems: [Diagnostic] = []

    private var remedy: String { DepartmentFolder.remedy(makesFolders: rights == nil) }

    init(rights: Rights?) { self.rights = rights }

    /// Looks at a folder and opens it if it is one.
    /// - Parameter device: The file system that it has to be on.
    @discardableResult
    mutating func inspect(
        _ name: String,
        in directory: Directory,
        mode: UInt32,
        device: UInt64? = nil
    ) -> (folder: Directory, device: UInt64)? {
        let path = directory.pathOf(name)
        do {
            let status = try directory.stat(name)
            guard status.kind == .directory else {
                complain(
                    "this is no folder",
                    at: path,
                    found: status.kind.rawValue,
                    expected: "a folder that is no symbolic link",
                    remedy: rights == nil ? remedy : "remove it, then " + remedy
                )
                return nil
            }
            if let rights { check(status, at: path, mode: mode, rights) }
            if let device, device != status.device {
                complain(
                    "the folder is on another file system than the department's own folder",
                    at: path,
                    expected: "one file system, because files move into it by renaming",
                    remedy: "unmount what is mounted there"
                )
            }
            return (try directory.subdirectory(name), status.device)
        } catch  where error.code == SystemError.doesNotExist {
            if rights != nil { complain("the folder is missing", at: path) }
        } catch {
            complain("the folder cannot be looked at", at: path, found: "\(error)")
        }
        return nil
    }

    private mutating func check(_ status: FileStatus, at path: String, mode: UInt32, _ rights: Rights) {
        if status.owner != rights.owner {
            complain(
                "the folder has the wrong owner",
                at: path,
                found: UserDatabase.userName(status.owner),
                expected: "\(UserDatabase.userName(rights.owner)), who owns the spool"
            )
        }
        if status.group != rights.group {
            complain(
                "the folder has the wrong group",
                at: path,
                found: UserDatabase.groupName(status.group),
                expected: UserDatabase.groupName(rights.group)
            )
        }
        if status.mode != mode {
            complain(
                "the folder has the wrong mode",
                at: path,
                found: String(status.mode, radix: 8),
                expected: String(mode, radix: 8)
            )
        }
    }

    private mutating func complain(
        _ problem: String,
        at path: String,
        found: String? = nil,
        expected: String? = nil,
        remedy: String? = nil
    ) {
        problems.append(
            Diagnostic(
                problem,
                at: Position(file: path),
                found: found,
                expected: expected,
                remedy: remedy ?? self.remedy
            )
        )
    }
}
