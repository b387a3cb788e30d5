// What SQLite complains about, said so that somebody can mend it.

import Diagnostics
import GRDB

/// Turns the errors of the file and of SQLite into complaints.
enum LedgerTrouble {
    /// Does something with the ledger at a path; whatever fails says where and what to do.
    static func explained<Value>(at path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw diagnostic(of: error, at: path)
        } catch let diagnostic as Diagnostic {
            throw diagnostic.located(at: Position(file: path))
        }
    }

    static func newer(_ path: String) -> Diagnostic {
        Diagnostic(
            "the ledger was written by a newer version of dutyd",
            at: Position(file: path),
            remedy: "install that version again, or restore the backup that was made before it ran"
        )
    }

    static func notALedger(_ path: String) -> Diagnostic {
        Diagnostic(
            "the file is an SQLite database of another program",
            at: Position(file: path),
            expected: "a ledger of dutyd, or no file",
            remedy: "name the right file, or move this one away: dutyd makes a new one"
        )
    }

    private static func diagnostic(of error: DatabaseError, at path: String) -> Diagnostic {
        let (problem, remedy): (String, String) =
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB:
                (
                    "the ledger is damaged",
                    "stop dutyd, move the file with its -wal and -shm aside and restore a backup; "
                        + "without one, dutyd starts anew and raises again what is still bad"
                )
            case .SQLITE_FULL: ("the disk with the ledger is full", "make room; dutyd catches up by itself")
            case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
                (
                    "the ledger cannot be opened for writing",
                    "let the user that runs dutyd own the file and its folder"
                )
            case .SQLITE_BUSY, .SQLITE_LOCKED:
                ("another program holds the ledger", "end that program's transaction")
            case .SQLITE_IOERR: ("the disk failed under the ledger", "look for disk errors with journalctl -k")
            case .SQLITE_CONSTRAINT:
                ("the ledger refused a record that contradicts another", "report this: it is an error in dutyd")
            default: ("the ledger did not work", "report this: it is an error in dutyd")
            }
        return Diagnostic(
            problem,
            at: Position(file: path),
            found: error.message ?? error.resultCode.description,
            remedy: remedy
        )
    }
}
