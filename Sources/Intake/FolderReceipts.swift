// Departments' answers as files in `receipts/`, which are trusted no more than what lies in the inbox.

package import Engine
import Linux
package import Records

/// Reads `<spool>/<department>/receipts/`.
package struct FolderReceipts: ReceiptBox {
    /// An answer is a few words.
    package static let sizeLimit: Int64 = 65_536
    /// So many files of a department are looked at: those that changed last.
    package static let fileLimit = 200
    /// So many names are tried for a file that is put away.
    private static let triesToPutAway = 100

    private let spool: String

    /// - Parameter spool: The folder that has a folder for each department.
    package init(spool: String) { self.spool = spool }

    package func listing(of department: String) -> EvidenceListing {
        let folder: Directory
        do {
            folder = try Directory.open(path: spool).subdirectory("\(department)/receipts")
            return try InboxFolder(
                feed: Self.place(department),
                folder: folder,
                fileLimit: Self.fileLimit,
                otherEndings: ["json"]
            ).listing()
        } catch {
            // Folders that are missing or wrong were told of when the spool was looked at.
            return EvidenceListing()
        }
    }

    package func text(
        of file: EvidenceTable,
        of department: String
    ) throws(Reject) -> (text: [UInt8], fingerprint: String) {
        let open = try TableFile(name: file.name, feed: Self.place(department), inbox: spool)
        guard open.stamp.size <= Self.sizeLimit else {
            throw .tooLarge(file.location, open.stamp.size, limit: Self.sizeLimit)
        }
        if let stamp = file.stamp, stamp != open.stamp { throw .changed(file.location) }
        var text: [UInt8] = []
        let read = try open.text(of: file.location) { piece in
            for index in piece.indices { text.append(piece[index]) }
        }
        return (text, read.fingerprint)
    }

    package func putAway(_ name: String, of department: String) throws(Reject) {
        let path = "\(spool)/\(Self.place(department))/\(name)"
        do throws(SystemError) {
            let folder = try Directory.open(path: spool).subdirectory(department)
            let box = try folder.subdirectory("receipts")
            let done = try folder.subdirectory("done")
            for attempt in 0..<Self.triesToPutAway {
                if try Self.move(name, from: box, to: done, as: Self.name(name, attempt)) { return }
            }
            throw SystemError(call: "renameat2", path: path, code: SystemError.alreadyExists)
        } catch {
            throw .unopenable(path, error)
        }
    }

    /// Moves a file; `false` when another has the name already.
    private static func move(
        _ name: String,
        from box: Directory,
        to done: Directory,
        as newName: String
    ) throws(SystemError) -> Bool {
        do {
            try box.rename(name, to: done, as: newName)
            return true
        } catch {
            guard error.code == SystemError.alreadyExists else { throw error }
            return false
        }
    }

    private static func name(_ name: String, _ attempt: Int) -> String {
        guard attempt > 0 else { return name }
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        return "\(name[..<dot])-\(attempt + 1)\(name[dot...])"
    }

    private static func place(_ department: String) -> String { "\(department)/receipts" }
}
