// One table's file, opened with care.

import Diagnostics
import Engine
import Linux
import Records

/// An open regular file; whoever laid it there, opening it neither waits nor follows a link.
struct TableFile: ~Copyable {
    /// Reading more than that would keep the other jobs waiting for minutes.
    static let sizeLimit: Int64 = 4 << 30

    /// What the file was when it was opened.
    let stamp: FileStamp
    private let path: String
    private let file: Descriptor

    /// Opens a file by the path of a trusted folder and a name in it.
    init(path: String) throws(Reject) {
        let (folder, name) = Self.split(path)
        let directory: Directory
        do {
            directory = try Directory.open(path: folder)
        } catch {
            throw .unopenable(path, error)
        }
        self = try TableFile(name, in: directory, path: path, mayHaveSeveralNames: true)
    }

    /// Opens a file of a feed's folder in the inbox, where only the way to the inbox itself is trusted.
    init(name: String, feed: String, inbox: String) throws(Reject) {
        let path = "\(inbox)/\(feed)/\(name)"
        let directory: Directory
        do {
            directory = try Directory.open(path: inbox).subdirectory(feed)
        } catch {
            throw .unopenable(path, error)
        }
        self = try TableFile(name, in: directory, path: path, mayHaveSeveralNames: false)
    }

    private init(_ name: String, in directory: Directory, path: String, mayHaveSeveralNames: Bool) throws(Reject) {
        let file = try Self.opened(name, in: directory, path: path)
        let status: FileStatus
        do {
            status = try file.status()
        } catch {
            throw .unopenable(path, error)
        }
        guard status.kind == .regular else { throw .notAFile(path, status.kind) }
        guard mayHaveSeveralNames || status.links <= 1 else { throw .severalNames(path, status.links) }
        guard status.size <= Self.sizeLimit else { throw .tooLarge(path, status.size) }
        self.path = path
        self.file = file
        stamp = FileStamp(status)
    }

    private static func opened(_ name: String, in directory: Directory, path: String) throws(Reject) -> Descriptor {
        do {
            return try directory.openFile(name)
        } catch {
            throw .unopenable(path, error, status: try? directory.stat(name))
        }
    }

    /// The folder and the name of a path.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = slash == path.startIndex ? "/" : String(path[..<slash])
        return (folder, String(path[path.index(after: slash)...]))
    }

    /// Lends the bytes, a quarter of a mebibyte at a time: no more than the file had when it was opened.
    ///
    /// The times of a file are those of a clock that ticks every few milliseconds. Whoever writes within the tick in
    /// which a file was opened, and keeps its size, is not noticed: settled files are older than that.
    /// - Throws: `changedWhileRead` at the end when the file is not what it was when it was opened, or what `body` throws.
    func read(_ body: (Span<UInt8>) throws(Reject) -> Void) throws(Reject) {
        var count: Int64 = 0
        do {
            try file.readChunks(limit: stamp.size) { bytes in
                try body(bytes)
                count += Int64(bytes.count)
            }
            guard count == stamp.size, try FileStamp(file.status()) == stamp else { throw Reject.changed(path) }
        } catch let reject as Reject {
            throw reject
        } catch {
            throw .unread(path, error)
        }
    }
}
