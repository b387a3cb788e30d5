// Tables from folders: what departments drop into the inbox, and the registers of the configuration.

import Diagnostics
package import Engine
package import Jobs
import Linux
package import Records

/// Reads tables from `inbox/<feed>/` and `registers/<feed>.csv`, or from files that somebody names instead.
///
/// Departments write the inbox: nothing in it is followed, waited for or believed before it is known to be a file.
package struct FolderEvidence: EvidenceSource {
    private let inbox: String
    private let registers: String
    private let overrides: [String: [String]]

    /// Makes a source.
    /// - Parameters:
    ///   - inbox: The folder that has a folder for each feed of the inbox.
    ///   - registers: The folder with the register files.
    ///   - overrides: Files to read instead, by the feed's name.
    package init(inbox: String, registers: String, overrides: [String: [String]] = [:]) {
        self.inbox = inbox
        self.registers = registers
        self.overrides = overrides
    }

    package func tables(of feed: Feed) -> EvidenceListing {
        if let paths = overrides[feed.name] { return named(paths, feed) }
        return switch feed.source {
        case .inbox: dropped(feed)
        case .register: named(["\(registers)/\(feed.name).csv"], feed)
        }
    }

    @discardableResult
    package func read(_ table: EvidenceTable, chunk: (Span<UInt8>) -> Void) throws(Reject) -> ReadTable {
        do throws(Diagnostic) {
            let file = try TableFile(path: table.location)
            try file.read(chunk)
        } catch {
            throw Reject(.unreadableFile, error)
        }
        return ReadTable()
    }

    /// Files that the configuration or a command names one by one.
    private func named(_ paths: [String], _ feed: Feed) -> EvidenceListing {
        var listing = EvidenceListing()
        for path in paths {
            do throws(Diagnostic) {
                let file = try TableFile(path: path)
                listing.tables.append(EvidenceTable(feed: feed.name, name: file.name, location: path))
            } catch {
                listing.problems.append(error)
            }
        }
        return listing
    }

    /// Files that a department drops.
    private func dropped(_ feed: Feed) -> EvidenceListing {
        do {
            let folder = try Directory.open(path: inbox).subdirectory(feed.name)
            return try dropped(feed, in: folder)
        } catch {
            let remedy =
                switch error.code {
                case SystemError.doesNotExist, SystemError.notADirectory, SystemError.tooManyLinks:
                    "make the folder with: dutyd tmpfiles | systemd-tmpfiles --create -"
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

    private func dropped(_ feed: Feed, in folder: Directory) throws(SystemError) -> EvidenceListing {
        var listing = EvidenceListing()
        let entries = try folder.listing()
        for name in entries.names {
            let entry = InboxEntry(name: name)
            guard !entry.isIgnored else { continue }
            let status: FileStatus
            do throws(SystemError) {
                status = try folder.stat(name)
            } catch {
                // Somebody took it away since it was listed.
                guard error.code != SystemError.doesNotExist else { continue }
                throw error
            }
            if let problem = entry.problem(kind: status.kind) {
                listing.problems.append(problem.located(at: Position(file: folder.pathOf(name))))
            } else {
                listing.tables.append(EvidenceTable(feed: feed.name, name: name, location: folder.pathOf(name)))
            }
        }
        for name in entries.undecodable {
            listing.problems.append(
                Diagnostic(
                    "the file's name is not UTF-8, so it was not read",
                    at: Position(file: folder.pathOf(printable(name, limit: 80))),
                    remedy: "rename the file"
                )
            )
        }
        return listing
    }
}
