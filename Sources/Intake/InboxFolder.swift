// What lies in one folder of the inbox: tables, and files that are none.

import Diagnostics
import Engine
import Linux
import Records

/// One feed's folder, into which a department may put whatever it likes, and as much of it.
struct InboxFolder {
    let feed: String
    let folder: Directory
    /// How many files are looked at: those that changed last, since what is older was received when it came.
    let fileLimit: Int
    /// What names may end in beside what tables end in.
    var otherEndings: Set<String> = []

    /// So many times more names are read than files are looked at, to find those that changed last.
    private static let namesPerFile = 10

    /// Sorts the files without opening one.
    func listing() throws(SystemError) -> EvidenceListing {
        let entries = try folder.listing(limit: fileLimit * Self.namesPerFile)
        var listing = EvidenceListing()
        var files: [(name: String, status: FileStatus)] = []
        for name in entries.names where !InboxEntry(name: name).isIgnored {
            do throws(SystemError) {
                files.append((name, try folder.stat(name)))
            } catch {
                // Somebody took it away since it was listed.
                guard error.code != SystemError.doesNotExist else { continue }
                listing.refused.append(refused(name, .unopenable(folder.pathOf(name), error)))
            }
        }

        let count = files.count + entries.undecodable.count
        if files.count > fileLimit {
            files.sort { ($1.status.modified, $0.name) < ($0.status.modified, $1.name) }
            listing.unlisted = Set(files[fileLimit...].map { printable($0.name, limit: 300) })
            files.removeLast(files.count - fileLimit)
            files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        }
        for (name, status) in files {
            let stamp = FileStamp(status)
            if let reject = InboxEntry(name: name).reject(status, at: folder.pathOf(name), accepting: otherEndings) {
                listing.refused.append(RefusedFile(name: printable(name, limit: 300), stamp: stamp, reject: reject))
            } else {
                let location = folder.pathOf(name)
                listing.tables.append(EvidenceTable(feed: feed, name: name, location: location, stamp: stamp))
            }
        }
        for name in entries.undecodable.prefix(fileLimit - files.count) {
            listing.refused.append(refused(name, .nameIsNotText("is not UTF-8", folder.pathOf(name))))
        }
        listing.isCut = entries.isCut || entries.undecodable.count > fileLimit - files.count
        if count > fileLimit || entries.isCut {
            listing.refused.append(refused(feed, tooMany(count, isCut: entries.isCut)))
        }
        return listing
    }

    private func refused(_ name: String, _ reject: Reject) -> RefusedFile {
        RefusedFile(name: printable(name, limit: 300), stamp: nil, reject: reject)
    }

    private func tooMany(_ count: Int, isCut: Bool) -> Reject {
        Reject(
            .tooManyFiles,
            Diagnostic(
                "the folder has more files than are looked at, so only those that changed last are read",
                at: Position(file: folder.path),
                found: isCut ? "more than \(fileLimit * Self.namesPerFile) names" : "\(count) files",
                expected: "at most \(fileLimit)",
                remedy: "move files of past years out of the folder"
            )
        )
    }
}

extension FileStamp {
    init(_ status: FileStatus) {
        self.init(
            device: status.device,
            inode: status.inode,
            size: status.size,
            modified: status.modified,
            changed: status.changed
        )
    }
}
