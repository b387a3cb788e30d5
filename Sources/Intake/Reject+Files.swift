// The complaints about files as such.

import Diagnostics
import Linux
import Records

extension Reject {
    /// A file of another format, by its name or by what is in it.
    static func foreign(_ format: FileFormat, _ path: String, found: String) -> Reject {
        let diagnostic = Diagnostic(
            "this is no table as text, so it was not read",
            at: Position(file: path),
            found: found,
            expected: "a table as CSV",
            remedy: format.remedy
        )
        return Reject(format.reason, diagnostic)
    }

    static func notAFile(_ path: String, _ kind: FileStatus.Kind) -> Reject {
        let diagnostic = Diagnostic(
            "this is no file, so it was not read",
            at: Position(file: path),
            found: kind.title,
            expected: "a CSV file",
            remedy: kind == .symlink ? "put the file itself in the place of the link" : "remove it"
        )
        return Reject(.notAFile, diagnostic)
    }

    static func nameIsNotText(_ problem: String, _ path: String) -> Reject {
        let diagnostic = Diagnostic(
            "the file's name \(problem), so it was not read",
            at: Position(file: path),
            remedy: "rename the file"
        )
        return Reject(.nameIsNotText, diagnostic)
    }

    /// Whoever has the other name may change the file unseen, or lend one that is not theirs.
    static func severalNames(_ path: String, _ count: Int) -> Reject {
        let diagnostic = Diagnostic(
            "the file has other names elsewhere (hard links), so it was not read",
            at: Position(file: path),
            found: "\(count) names",
            expected: "one name",
            remedy: "put a copy of the file into the folder instead of a link"
        )
        return Reject(.hasSeveralNames, diagnostic)
    }

    static func tooLarge(_ path: String, _ size: Int64, limit: Int64 = TableFile.sizeLimit) -> Reject {
        let diagnostic = Diagnostic(
            "the file is too large for a table",
            at: Position(file: path),
            found: "\(size) bytes",
            expected: "at most \(limit) bytes",
            remedy: "hand the table in in parts"
        )
        return Reject(.tooLarge, diagnostic)
    }

    static func changed(_ path: String) -> Reject {
        let diagnostic = Diagnostic(
            "the file changed while it was read",
            at: Position(file: path),
            remedy: "nothing to do: it is read again when nobody writes it any more"
        )
        return Reject(.changedWhileRead, diagnostic)
    }

    static func unread(_ path: String, _ error: any Error) -> Reject {
        let diagnostic = Diagnostic(
            "the table could not be read to its end",
            at: Position(file: path),
            found: "\(error)",
            remedy: "look for disk errors with journalctl -k"
        )
        return Reject(.unreadableFile, diagnostic)
    }

    /// A file that cannot be looked at or opened; `status` is what is known of it all the same.
    static func unopenable(_ path: String, _ error: SystemError, status: FileStatus? = nil) -> Reject {
        let position = Position(file: path)
        if let status, error.code == SystemError.permissionDenied {
            let mode = String(status.mode, radix: 8)
            let diagnostic = Diagnostic(
                "dutyd may not read the file",
                at: position,
                found: "owner \(UserDatabase.userName(status.owner)), mode \(mode)",
                expected: "a file that dutyd may read",
                // Neither a file that was moved here nor one whose program set its mode has the folder's access list,
                // by which a change for the group alone would do.
                remedy: "let its owner make it readable (chmod a+r); the folder keeps strangers out all the same"
            )
            return Reject(.mayNotBeRead, diagnostic)
        }
        if let status, status.kind != .regular { return .notAFile(path, status.kind) }
        if error.code == SystemError.doesNotExist {
            return Reject(
                .unreadableFile,
                Diagnostic("there is no such file", at: position, remedy: "put the CSV file there")
            )
        }
        return Reject(.unreadableFile, Diagnostic("the file cannot be opened", at: position, found: "\(error)"))
    }
}
