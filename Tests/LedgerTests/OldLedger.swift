// A ledger as the first version of dutyd left it behind.

import Foundation
import GRDB

/// Writes old ledgers.
enum OldLedger {
    /// Writes a ledger with one run, one open alert, a delivered notice and one that waits.
    static func write(to path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: tables + rows) }
        try queue.close()
    }

    private static let tables = """
        PRAGMA application_id = 1685419129;
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1 ledger');
        CREATE TABLE run (
            id INTEGER PRIMARY KEY, job TEXT NOT NULL, cause TEXT NOT NULL, slot INTEGER, as_of INTEGER NOT NULL,
            started INTEGER NOT NULL, finished INTEGER NOT NULL, outcome TEXT NOT NULL, summary TEXT NOT NULL
        ) STRICT;
        CREATE INDEX run_by_job ON run (job, outcome, as_of);
        CREATE TABLE assessment (
            run INTEGER NOT NULL REFERENCES run, subject TEXT NOT NULL, indicator TEXT NOT NULL, period TEXT NOT NULL,
            state TEXT NOT NULL, name TEXT NOT NULL, facts TEXT NOT NULL, gaps TEXT NOT NULL, source TEXT NOT NULL
        ) STRICT;
        CREATE INDEX assessment_by_run ON assessment (run);
        CREATE TABLE stamp (
            job TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, last INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE slot (
            job TEXT NOT NULL, instant INTEGER NOT NULL, reason TEXT NOT NULL, run INTEGER REFERENCES run,
            decided INTEGER NOT NULL, UNIQUE (job, instant)
        ) STRICT;
        CREATE INDEX slot_by_instant ON slot (instant);
        CREATE TABLE alert (
            serial TEXT PRIMARY KEY, job TEXT NOT NULL, subject TEXT NOT NULL, indicator TEXT NOT NULL,
            revision INTEGER NOT NULL, name TEXT NOT NULL, period TEXT NOT NULL, state TEXT NOT NULL,
            raised_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, cleared_at INTEGER, "to" TEXT NOT NULL,
            cc TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX open_alert ON alert (job, subject, indicator) WHERE cleared_at IS NULL;
        CREATE TABLE change (
            serial TEXT NOT NULL REFERENCES alert, revision INTEGER NOT NULL, kind TEXT NOT NULL,
            run INTEGER NOT NULL REFERENCES run, at INTEGER NOT NULL, state TEXT NOT NULL, previous TEXT,
            PRIMARY KEY (serial, revision)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX change_by_run ON change (run);
        CREATE TABLE notice (
            sequence INTEGER PRIMARY KEY, department TEXT NOT NULL, serial TEXT NOT NULL, revision INTEGER NOT NULL,
            change TEXT NOT NULL, job TEXT NOT NULL, subject TEXT NOT NULL, indicator TEXT NOT NULL,
            delivered_at INTEGER, UNIQUE (serial, revision, department),
            FOREIGN KEY (serial, revision) REFERENCES change (serial, revision)
        ) STRICT;
        CREATE INDEX pending_notice ON notice (sequence) WHERE delivered_at IS NULL;
        CREATE TABLE document (
            notice INTEGER NOT NULL REFERENCES notice, file_name TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL
        ) STRICT;
        CREATE INDEX document_by_notice ON document (notice);
        """

    private static let rows = """
        INSERT INTO run VALUES (1, 'river-sections', 'timer', NULL, 1000, 1001, 1002, 'completed', '1 judged');
        INSERT INTO alert VALUES ('CN-RIV-2024-000001', 'river-sections', 'JA-01', 'class', 1, '彭越浦', '2024-02',
            'critical', 1002, 1002, NULL, '["ecology-environment"]', '["water-affairs"]');
        INSERT INTO change VALUES ('CN-RIV-2024-000001', 1, 'raised', 1, 1002, 'critical', NULL);
        INSERT INTO notice VALUES (1, 'ecology-environment', 'CN-RIV-2024-000001', 1, 'raised', 'river-sections',
            'JA-01', 'class', 1003);
        INSERT INTO notice VALUES (2, 'water-affairs', 'CN-RIV-2024-000001', 1, 'raised', 'river-sections',
            'JA-01', 'class', NULL);
        INSERT INTO document VALUES (1, '1.txt', x'EFBBBF');
        INSERT INTO document VALUES (2, '2.txt', x'00FF');
        INSERT INTO document VALUES (2, '2.json', x'');
        """
}
