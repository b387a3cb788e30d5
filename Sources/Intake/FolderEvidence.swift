// Tables from folders: what departments drop into the inbox, and the tables of the configuration.

import Diagnostics
package import Engine
package import Jobs
import Linux
package import Records

/// Reads tables from `inbox/<feed>/` and `registers/<feed>.csv` or `standards/<feed>.csv`, or from files that somebody
/// names instead.
///
/// Departments write the inbox: nothing in it is followed, waited for or believed before it is known to be a file.
package struct FolderEvidence: EvidenceSource {
    private let inbox: String
    private let registers: String
    private let standards: String
    private let overrides: [String: [String]]
    private let fileLimit: Int
    private let makesFolders: Bool

    /// Makes a source.
    /// - Parameters:
    ///   - inbox: The folder that has a folder for each feed of the inbox.
    ///   - registers: The folder with the register files.
    ///   - standards: The folder with the tables of dated rules.
    ///   - overrides: Files to read instead, by the feed's name.
    ///   - fileLimit: How many files of a folder are looked at: those that changed last.
    ///   - makesFolders: Whether a feed's folder that is missing is made, without groups: for use without privileges.
    package init(
        inbox: String,
        registers: String,
        standards: String = "",
        overrides: [String: [String]] = [:],
        fileLimit: Int = 5000,
        makesFolders: Bool = false
    ) {
        self.inbox = inbox
        self.registers = registers
        self.standards = standards
        self.overrides = overrides
        self.fileLimit = fileLimit
        self.makesFolders = makesFolders
    }

    package func tables(of feed: Feed) -> EvidenceListing {
        if let paths = overrides[feed.name] { return named(paths, feed) }
        return switch feed.source {
        case .inbox: dropped(feed)
        case .register: named(["\(registers)/\(feed.name).csv"], feed)
        case .standard: named(["\(standards)/\(feed.name).csv"], feed)
        }
    }

    /// Lends the text of a table that this source listed, or that an archive kept.
    ///
    /// It fails with `changedWhileRead` when the file is no longer the one that was listed, or does not stay it until the
    /// end: what was lent by then is of no use, and the table can be read when it has come to rest.
    @discardableResult
    package func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        try open(table).text(of: table.location, chunk: chunk)
    }

    /// Opens the file of a table.
    func open(_ table: EvidenceTable) throws(Reject) -> TableFile {
        let isDropped =
            overrides[table.feed] == nil && table.location == "\(inbox)/\(table.feed)/\(table.name)"
        let file =
            isDropped
            ? try TableFile(name: table.name, feed: table.feed, inbox: inbox) : try TableFile(path: table.location)
        if let stamp = table.stamp, stamp != file.stamp { throw .changed(table.location) }
        return file
    }

    /// Files that the configuration or a command names one by one.
    private func named(_ paths: [String], _ feed: Feed) -> EvidenceListing {
        var listing = EvidenceListing()
        for path in paths {
            let name = TableFile.split(path).name
            do throws(Reject) {
                let file = try TableFile(path: path)
                listing.tables.append(
                    EvidenceTable(feed: feed.name, name: name, location: path, stamp: file.stamp)
                )
            } catch {
                listing.refused.append(RefusedFile(name: printable(name, limit: 300), stamp: nil, reject: error))
            }
        }
        return listing
    }

    /// Files that a department drops.
    private func dropped(_ feed: Feed) -> EvidenceListing {
        do {
            let folder = try folder(of: feed)
            return try InboxFolder(feed: feed.name, folder: folder, fileLimit: fileLimit).listing()
        } catch {
            let remedy =
                switch error.code {
                case SystemError.doesNotExist, SystemError.notADirectory, SystemError.tooManyLinks:
                    makesFolders
                        ? "remove what is in its place; dutyd makes the folder itself"
                        : "make the folder with: dutyd tmpfiles | systemd-tmpfiles --create -"
                default: "let the user that runs dutyd read the folder"
                }
            let problem = Diagnostic(
                "the feed's folder in the inbox cannot be read",
                at: Position(file: "\(inbox)/\(feed.name)"),
                found: "\(error)",
                expected: "a folder that is no symbolic link",
                remedy: remedy
            )
            return EvidenceListing(problems: [problem])
        }
    }

    private func folder(of feed: Feed) throws(SystemError) -> Directory {
        do {
            return try Directory.open(path: inbox).subdirectory(feed.name)
        } catch {
            guard makesFolders, error.code == SystemError.doesNotExist else { throw error }
            try Directory.makePath("\(inbox)/\(feed.name)")
            return try Directory.open(path: inbox).subdirectory(feed.name)
        }
    }
}
