// What a starting daemon does with its spool.

package import Almanac
package import Diagnostics
package import Jobs
import Linux

extension FolderSpool {
    /// Makes folders where that is this spool's business, removes what dead deliveries left, and tells what is wrong.
    package func prepare(departments: [Department], now: Instant) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        if makesFolders {
            for department in departments {
                do {
                    try DepartmentFolder.make(department.name, in: root)
                } catch {
                    problems.append(unusable("\(root)/\(department.name)", "\(error)"))
                }
            }
        }
        problems += self.problems(departments: departments)
        for department in departments {
            // A folder that cannot be opened is among the problems already.
            guard let folder = try? Directory.open(path: root).subdirectory(department.name),
                let temporary = try? folder.subdirectory(DepartmentFolder.Part.temporary.rawValue)
            else { continue }
            problems += sweep(temporary, olderThan: now.adding(seconds: -Self.leftoverSeconds))
        }
        return problems
    }

    private func sweep(_ directory: Directory, olderThan limit: Instant) -> [Diagnostic] {
        do {
            return try directory.list().compactMap { name throws(SystemError) in
                guard try directory.stat(name).modified < limit else { return nil }
                try directory.unlink(name)
                return Diagnostic(
                    "a leftover of an interrupted delivery was removed",
                    severity: .warning,
                    at: Position(file: directory.pathOf(name)),
                    remedy: "nothing to do: the notice itself is in the ledger"
                )
            }
        } catch {
            return [unusable(directory.path, "\(error)")]
        }
    }
}
