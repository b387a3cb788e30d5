// What became of the files in the departments' folders, and what is cleared away there.

package import Almanac
import Diagnostics
package import Engine
import Linux

extension FolderSpool {
    /// So many names of a folder are read; a department that leaves more has stopped reading long ago.
    private static let nameLimit = 200_000
    /// A delivery that has not ended in a day and a half never will.
    static let leftoverSeconds: Int64 = 36 * 3600

    package func untaken(of department: String, unlessChangedAt known: Instant?) throws -> UntakenNotices? {
        do throws(SystemError) {
            let new = try Directory.open(path: root).subdirectory(department)
                .subdirectory(DepartmentFolder.Part.new.rawValue)
            let changed = try new.status().modified
            guard changed != known else { return nil }
            var notices: [Int64: Int] = [:]
            var files = 0
            var bytes: Int64 = 0
            for name in try new.listing(limit: Self.nameLimit).names {
                guard let sequence = Self.sequence(of: name) else { continue }
                do throws(SystemError) {
                    bytes += try new.stat(name).size
                } catch {
                    // Taken between the listing and now.
                    guard error.code == SystemError.doesNotExist else { throw error }
                    continue
                }
                notices[sequence, default: 0] += 1
                files += 1
            }
            return UntakenNotices(notices: notices, files: files, bytes: bytes, changed: changed)
        } catch {
            throw problem(error, department: department)
        }
    }

    /// The number that a notice's file begins with.
    private static func sequence(of name: String) -> Int64? {
        guard let dash = name.utf8.firstIndex(of: UInt8(ascii: "-")) else { return nil }
        return Int64(name[..<dash])
    }

    package func post(_ name: String, _ bytes: [UInt8], to department: String) throws {
        do throws(SystemError) {
            let folder = try folder(of: department)
            if (try? folder.own.holds(bytes, under: name)) == true { return }
            try folder.own.replace(name, bytes, mode: 0o640, via: folder.temporary)
        } catch {
            throw problem(error, department: department)
        }
    }

    package func tidy(_ department: String, keptSince kept: Instant, claimedSince claimed: Instant, now: Instant) throws
        -> TidyReport
    {
        do throws(SystemError) {
            let folder = try folder(of: department)
            var report = TidyReport()
            // A rename sets the time of change and nobody can set it back, so it tells since when a file is where it is.
            try folder.done.forEachFile { name, status throws(SystemError) in
                guard status.changed < kept else { return }
                try folder.done.unlink(name)
                report.removed += 1
            }
            var oldest = claimed
            try folder.current.forEachFile { name, status throws(SystemError) in
                guard status.changed < claimed else { return }
                report.stale += 1
                if status.changed < oldest { (oldest, report.oldest) = (status.changed, name) }
            }
            let limit = now.adding(seconds: -Self.leftoverSeconds)
            try folder.temporary.forEachFile { name, status throws(SystemError) in
                if status.changed < limit { try folder.temporary.unlink(name) }
            }
            return report
        } catch {
            throw problem(error, department: department)
        }
    }
}

extension Directory {
    /// Looks at each regular file; one that goes away meanwhile is passed over.
    fileprivate func forEachFile(
        _ body: (String, FileStatus) throws(SystemError) -> Void
    ) throws(SystemError) {
        for name in try list() {
            do throws(SystemError) {
                let status = try stat(name)
                if status.kind == .regular { try body(name, status) }
            } catch {
                guard error.code == SystemError.doesNotExist else { throw error }
            }
        }
    }
}
