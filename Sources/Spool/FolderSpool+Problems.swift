// What is wrong with the spool's folders, told before a notice fails on them.

package import Diagnostics
package import Jobs
import Linux

extension FolderSpool {
    /// What keeps departments from getting their notices as they should; changes nothing.
    package func problems(departments: [Department]) -> [Diagnostic] {
        do {
            let spool = try Directory.open(path: root)
            let owner = try spool.status().owner
            return departments.flatMap { problems(of: $0, in: spool, owner: owner) }
        } catch {
            if makesFolders, error.code == SystemError.doesNotExist { return [] }
            return [unusable(root, "\(error)")]
        }
    }

    private func problems(of department: Department, in spool: Directory, owner: UInt32) -> [Diagnostic] {
        var rights: FolderInspection.Rights?
        if !makesFolders {
            guard let group = UserDatabase.groupID(of: department.group) else {
                return [
                    Diagnostic(
                        "the department's group does not exist",
                        at: Position(file: spool.pathOf(department.name)),
                        found: department.group,
                        remedy: "make it with: groupadd --system \(department.group)"
                    )
                ]
            }
            rights = FolderInspection.Rights(owner: owner, group: group)
        }
        var inspection = FolderInspection(rights: rights)
        if let own = inspection.inspect(department.name, in: spool, mode: DepartmentFolder.mode) {
            for part in DepartmentFolder.Part.allCases {
                inspection.inspect(part.rawValue, in: own.folder, mode: part.mode, device: own.device)
            }
        }
        return inspection.problems
    }

    func unusable(_ path: String, _ found: String) -> Diagnostic {
        Diagnostic(
            "the spool cannot be used",
            at: Position(file: path),
            found: found,
            remedy: DepartmentFolder.remedy(makesFolders: makesFolders)
        )
    }
}
