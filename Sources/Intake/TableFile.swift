// One table's file, opened with care.

import Diagnostics
import Linux

/// An open regular file; whoever laid it there, opening it neither waits nor follows a link.
struct TableFile: ~Copyable {
    /// Reading more than that would keep the other jobs waiting for minutes.
    private static let sizeLimit: Int64 = 4 << 30

    let name: String
    private let path: String
    private let file: Descriptor
    private let size: Int64

    /// Opens a file by the path of a trusted folder and a name in it.
    init(path: String) throws(Diagnostic) {
        let slash = path.lastIndex(of: "/")
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let file = try Self.opened(name, in: folder, path: path)
        let status: FileStatus
        do {
            status = try file.status()
        } catch {
            throw Self.problem(error, path: path)
        }
        guard status.size <= Self.sizeLimit else {
            throw Diagnostic(
                "the file is too large for a table",
                at: Position(file: path),
                found: "\(status.size) bytes",
                expected: "at most \(Self.sizeLimit) bytes",
                remedy: "hand the table in in parts"
            )
        }
        guard status.kind == .regular else {
            throw Diagnostic(
                "this is no file, so it cannot be read as a table",
                at: Position(file: path),
                found: status.kind.title,
                remedy: "name a CSV file"
            )
        }
        self.name = name
        self.path = path
        self.file = file
        size = status.size
    }

    private static func opened(_ name: String, in folder: String, path: String) throws(Diagnostic) -> Descriptor {
        let directory: Directory
        do {
            directory = try Directory.open(path: folder)
        } catch {
            throw problem(error, path: path)
        }
        do {
            return try directory.openFile(name)
        } catch {
            throw problem(error, path: path, status: try? directory.stat(name))
        }
    }

    /// Lends the bytes that the file had when it was opened, a quarter of a mebibyte at a time.
    func read(_ chunk: (Span<UInt8>) -> Void) throws(Diagnostic) {
        do {
            try file.readChunks(limit: size, chunk)
        } catch {
            throw Diagnostic(
                "the table could not be read to its end",
                at: Position(file: path),
                found: "\(error)",
                remedy: "look for disk errors with journalctl -k"
            )
        }
    }

    private static func problem(_ error: SystemError, path: String, status: FileStatus? = nil) -> Diagnostic {
        let position = Position(file: path)
        if let status, error.code == SystemError.permissionDenied {
            let mode = String(status.mode, radix: 8)
            return Diagnostic(
                "dutyd may not read the file",
                at: position,
                found: "owner \(UserDatabase.userName(status.owner)), mode \(mode)",
                expected: "a file that the group of its folder may read",
                remedy: "let its owner make it readable for the group (chmod g+r)"
            )
        }
        if let status, status.kind == .symlink {
            return Diagnostic(
                "a symbolic link is not followed",
                at: position,
                remedy: "name the file itself, or put it where the link is"
            )
        }
        if error.code == SystemError.doesNotExist {
            return Diagnostic("there is no such file", at: position, remedy: "put the CSV file there")
        }
        return Diagnostic("the file cannot be opened", at: position, found: "\(error)")
    }
}
