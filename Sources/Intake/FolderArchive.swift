// Copies of received tables below the state directory.

package import Diagnostics
package import Engine
import Linux
import Records

/// Keeps what was received as `<folder>/<feed>/<fingerprint>.csv`, for nobody to read but the daemon.
///
/// One caller at a time keeps copies for a feed. A copy is the file as it came, in its own encoding; the source that
/// lists tables reads it like a file that somebody names.
package struct FolderArchive: EvidenceArchive {
    /// A larger table is none that people fill in, and a few of them would fill the disk.
    package static let sizeLimit: Int64 = 64 << 20

    /// So many files have to be left for everybody else on the file system.
    private static let reserveFiles: UInt64 = 100
    /// Where a copy grows, on the same file system as the others.
    private static let temporaryName = "tmp"

    private let folder: String
    private let evidence: FolderEvidence
    private let reserveBytes: UInt64

    /// Makes an archive.
    /// - Parameters:
    ///   - folder: Where the copies lie; it is made when it is missing.
    ///   - evidence: The source of the tables.
    ///   - reserveBytes: How much room a copy has to leave on the file system, first of all for the ledger.
    package init(folder: String, evidence: FolderEvidence, reserveBytes: UInt64 = 128 << 20) {
        self.folder = folder
        self.evidence = evidence
        self.reserveBytes = reserveBytes
    }

    package func keep(_ table: EvidenceTable, fingerprint: String) throws(Diagnostic) {
        do {
            try copy(table, fingerprint)
        } catch let reject as Reject {
            throw Self.unkept(table, found: reject.diagnostic.message)
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch let error as SystemError where error.code == SystemError.noSpace {
            throw Self.unkept(table, found: "\(error)", remedy: "make room on the file system of \(folder)")
        } catch {
            throw Self.unkept(table, found: "\(error)")
        }
    }

    package func kept(feed: String, name: String, fingerprint: String) -> EvidenceTable? {
        let file = Self.fileName(fingerprint)
        guard let directory = try? Directory.open(path: folder).subdirectory(feed),
            let status = try? directory.stat(file), status.kind == .regular
        else { return nil }
        return EvidenceTable(feed: feed, name: name, location: directory.pathOf(file), stamp: FileStamp(status))
    }

    package func remove(_ content: ReceivedContent) throws(Diagnostic) {
        let file = Self.fileName(content.fingerprint)
        do throws(SystemError) {
            try Directory.open(path: folder).subdirectory(content.feed).unlink(file)
        } catch {
            guard error.code != SystemError.doesNotExist else { return }
            throw Diagnostic(
                "a kept copy whose time is over cannot be removed",
                severity: .warning,
                at: Position(file: "\(folder)/\(content.feed)/\(file)"),
                found: "\(error)"
            )
        }
    }

    private func copy(_ table: EvidenceTable, _ fingerprint: String) throws {
        let name = Self.fileName(fingerprint)
        let feed = try Self.opened(table.feed, in: try root())
        if try feed.exists(name) {
            // Whoever put it there may have died before the name was on stable storage.
            return try feed.sync()
        }
        let file = try evidence.open(table)
        let size = file.stamp.size
        guard size <= Self.sizeLimit else {
            throw Self.unkept(
                table,
                found: "\(size) bytes",
                expected: "at most \(Self.sizeLimit) bytes",
                remedy: "leave the file in its folder: a run about the past finds it nowhere else"
            )
        }
        let temporary = try Self.opened(Self.temporaryName, in: feed)
        // What is here is what an attempt left that died.
        for leftover in try temporary.list() { try temporary.unlink(leftover) }
        try checkRoom(for: table, size: UInt64(size), in: feed)

        try feed.writeDurably(name, mode: 0o600, via: temporary) { copy in
            var seen = ContentFingerprint()
            var failure: SystemError?
            try file.read { bytes throws(Reject) in
                seen.add(bytes)
                guard failure == nil else { return }
                do throws(SystemError) { try copy.writeAll(bytes) } catch { failure = error }
            }
            if let failure { throw failure }
            guard seen.text == fingerprint else { throw Reject.changed(table.location) }
        }
    }

    private func root() throws -> Directory {
        do {
            return try Directory.open(path: folder)
        } catch {
            guard error.code == SystemError.doesNotExist else { throw error }
        }
        let (parent, name) = TableFile.split(folder)
        return try Self.opened(name, in: try Directory.open(path: parent))
    }

    /// A folder, made when it is missing.
    private static func opened(_ name: String, in parent: Directory) throws(SystemError) -> Directory {
        do {
            return try parent.subdirectory(name)
        } catch {
            guard error.code == SystemError.doesNotExist else { throw error }
        }
        try parent.makeDirectory(name, mode: 0o700)
        try parent.sync()
        return try parent.subdirectory(name)
    }

    private func checkRoom(for table: EvidenceTable, size: UInt64, in directory: Directory) throws {
        let space = try directory.space()
        guard space.freeBytes >= reserveBytes + size, space.freeInodes >= Self.reserveFiles else {
            throw Self.unkept(
                table,
                found: "\(space.freeBytes) bytes and \(space.freeInodes) files free",
                expected: "\(reserveBytes + size) bytes and \(Self.reserveFiles) files",
                remedy: "make room on the file system of \(folder)"
            )
        }
    }

    private static func fileName(_ fingerprint: String) -> String { "\(fingerprint).csv" }

    private static func unkept(
        _ table: EvidenceTable,
        found: String,
        expected: String? = nil,
        remedy: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            "no copy of the table is kept, so a later correction replaces what was known",
            severity: .warning,
            at: Position(file: table.location),
            found: found,
            expected: expected,
            remedy: remedy
        )
    }
}
