// What is wrong with the spool's folders, told before a notice fails on them.

package import Diagnostics
package import Jobs
import Linux

extension FolderSpool {
    /// What keeps departments from getting their notices as they should; changes nothing.
    package func problems(departments: [Department]) -> [Diagnostic] {
        let spool: Directory
        let status: FileStatus
        do {
            spool = try Directory.open(path: root)
            status = try spool.status()
        } catch {
            if makesFolders, error.code == SystemError.doesNotExist { return [] }
            return [Self.unusable(root, "\(error)")]
        }
        return departments.flatMap { problems(of: $0, in: spool, owner: status.owner) }
    }

    private func problems(of department: Department, in spool: Directory, owner: UInt32) -> [Diagnostic] {
        let group: UInt32?
        if makesFolders {
            group = nil
        } else {
            group = UserDatabase.groupID(of: department.group)
            if group == nil {
                return [
                    Diagnostic(
                        "the department's group does not exist",
                        at: Position(file: spool.pathOf(department.name)),
                        found: department.group,
                        remedy: "make it with: groupadd --system \(department.group)"
                    )
                ]
            }
        }
        do {
            let folder: Directory
            guard let own = try look(at: department.name, in: spool) else { return missing(department.name, in: spool) }
            var problems = wrongs(own, of: spool.pathOf(department.name), mode: DepartmentFolder.mode, owner, group)
            guard own.kind == .directory else { return problems }
            folder = try spool.subdirectory(department.name)
            for part in DepartmentFolder.Part.allCases {
                let path = folder.pathOf(part.rawValue)
                guard let status = try look(at: part.rawValue, in: folder) else {
                    problems += missing(part.rawValue, in: folder)
                    continue
                }
                problems += wrongs(status, of: path, mode: part.mode, owner, group)
                if status.kind == .directory, status.device != own.device {
                    problems.append(
                        Diagnostic(
                            "the folder is on another file system than the department's own folder",
                            at: Position(file: path),
                            expected: "one file system, because files move into it by renaming",
                            remedy: "unmount what is mounted there"
                        )
                    )
                }
            }
            return problems
        } catch {
            return [Self.unusable(spool.pathOf(department.name), "\(error)")]
        }
    }

    /// What a name stands for; `nil` when it stands for nothing.
    private func look(at name: String, in directory: Directory) throws(SystemError) -> FileStatus? {
        do {
            return try directory.stat(name)
        } catch {
            guard error.code == SystemError.doesNotExist else { throw error }
            return nil
        }
    }

    private func missing(_ name: String, in directory: Directory) -> [Diagnostic] {
        if makesFolders { return [] }
        return [
            Diagnostic(
                "the folder is missing",
                at: Position(file: directory.pathOf(name)),
                remedy: DepartmentFolder.remedy
            )
        ]
    }

    /// What is wrong with one folder; owner and rights matter only where groups do.
    private func wrongs(
        _ status: FileStatus,
        of path: String,
        mode: UInt32,
        _ owner: UInt32,
        _ group: UInt32?
    ) -> [Diagnostic] {
        guard status.kind == .directory else {
            return [
                Diagnostic(
                    "this is no folder",
                    at: Position(file: path),
                    found: status.kind.rawValue,
                    expected: "a folder that is no symbolic link",
                    remedy: "remove it, then " + DepartmentFolder.remedy
                )
            ]
        }
        guard !makesFolders, let group else { return [] }
        var problems: [Diagnostic] = []
        func complain(_ problem: String, _ found: String, _ expected: String) {
            problems.append(
                Diagnostic(
                    problem,
                    at: Position(file: path),
                    found: found,
                    expected: expected,
                    remedy: DepartmentFolder.remedy
                )
            )
        }
        if status.owner != owner {
            complain(
                "the folder has the wrong owner",
                UserDatabase.userName(status.owner),
                "\(UserDatabase.userName(owner)), who owns the spool"
            )
        }
        if status.group != group {
            complain(
                "the folder has the wrong group",
                UserDatabase.groupName(status.group),
                UserDatabase.groupName(group)
            )
        }
        if status.mode != mode {
            complain("the folder has the wrong mode", String(status.mode, radix: 8), String(mode, radix: 8))
        }
        return problems
    }

    static func unusable(_ path: String, _ found: String) -> Diagnostic {
        Diagnostic(
            "the spool cannot be used",
            at: Position(file: path),
            found: found,
            remedy: DepartmentFolder.remedy
        )
    }
}
