// The tables of the ledger. A migration that has left this house is never edited; a new one follows it.

import GRDB

/// The schema and its history.
///
/// Times are microseconds since 1970 in integers, so that none is rounded and every comparison is one of numbers. STRICT
/// tables refuse what a column does not hold; foreign keys refuse a notice without its change.
enum Schema {
    /// What `PRAGMA application_id` says of a ledger: "duty" in ASCII.
    static let applicationID = 0x6475_7479

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 ledger") { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            for group in [runs, slots, alerts, notices] { try database.execute(sql: group) }
        }
        migrator.registerMigration("2 return slips") { database in try database.execute(sql: returnSlips) }
        migrator.registerMigration("3 receptions") { try $0.execute(sql: receptions) }
        migrator.registerMigration("4 slots explained, pauses") { try $0.execute(sql: explanations) }
        migrator.registerMigration("5 inbox") { try $0.execute(sql: inbox) }
        migrator.registerMigration("6 awaited files") { try $0.execute(sql: awaited) }
        migrator.registerMigration("7 slots audited") { try $0.execute(sql: audits) }
        migrator.registerMigration("8 digests") { try $0.execute(sql: digests) }
        migrator.registerMigration("9 delivery") { try $0.execute(sql: delivery) }
        migrator.registerMigration("10 alert life") { try $0.execute(sql: alertLife) }
        migrator.registerMigration("11 said to be settled") {
            try $0.execute(sql: "ALTER TABLE standing ADD COLUMN said_settled INTEGER")
        }
        migrator.registerMigration("12 escalated stages") {
            try $0.execute(sql: "ALTER TABLE alert ADD COLUMN escalated_stage TEXT")
        }
        return migrator
    }

    /// What each run saw and judged.
    private static let runs = """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY,
            job TEXT NOT NULL,
            cause TEXT NOT NULL,
            slot INTEGER,
            as_of INTEGER NOT NULL,
            started INTEGER NOT NULL,
            finished INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            summary TEXT NOT NULL
        ) STRICT;
        CREATE INDEX run_by_job ON run (job, outcome, as_of);

        CREATE TABLE assessment (
            run INTEGER NOT NULL REFERENCES run,
            subject TEXT NOT NULL,
            indicator TEXT NOT NULL,
            period TEXT NOT NULL,
            state TEXT NOT NULL,
            name TEXT NOT NULL,
            facts TEXT NOT NULL,
            gaps TEXT NOT NULL,
            source TEXT NOT NULL
        ) STRICT;
        CREATE INDEX assessment_by_run ON assessment (run);
        """

    /// What became of each slot, and how far each job's slots are accounted for.
    private static let slots = """
        CREATE TABLE stamp (
            job TEXT PRIMARY KEY,
            fingerprint TEXT NOT NULL,
            last INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE slot (
            job TEXT NOT NULL,
            instant INTEGER NOT NULL,
            reason TEXT NOT NULL,
            run INTEGER REFERENCES run,
            decided INTEGER NOT NULL,
            UNIQUE (job, instant)
        ) STRICT;
        CREATE INDEX slot_by_instant ON slot (instant);
        """

    /// Why a slot was where it was, which missed ones it stands for, and which jobs somebody has paused; the empty name
    /// stands for all jobs.
    private static let explanations = """
        ALTER TABLE slot ADD COLUMN since INTEGER;
        ALTER TABLE slot ADD COLUMN remark TEXT;
        CREATE TABLE pause (
            job TEXT PRIMARY KEY,
            since INTEGER NOT NULL,
            author TEXT NOT NULL,
            note TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// Since when a job's slots count by its schedule, for which instant a slot was planned that holidays may move, and the
    /// slots that an audit found without a record.
    private static let audits = """
        ALTER TABLE stamp ADD COLUMN since INTEGER;
        UPDATE stamp SET since = last;
        ALTER TABLE slot ADD COLUMN plan INTEGER;
        CREATE INDEX unaccounted_slot ON slot (decided) WHERE reason = 'skipped: unaccounted';
        """

    /// Alerts, open and closed, and each step of their lives.
    ///
    /// A key has one open alert at most.
    private static let alerts = """
        CREATE TABLE alert (
            serial TEXT PRIMARY KEY,
            job TEXT NOT NULL,
            subject TEXT NOT NULL,
            indicator TEXT NOT NULL,
            revision INTEGER NOT NULL,
            name TEXT NOT NULL,
            period TEXT NOT NULL,
            state TEXT NOT NULL,
            raised_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            cleared_at INTEGER,
            "to" TEXT NOT NULL,
            cc TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX open_alert ON alert (job, subject, indicator) WHERE cleared_at IS NULL;

        CREATE TABLE change (
            serial TEXT NOT NULL REFERENCES alert,
            revision INTEGER NOT NULL,
            kind TEXT NOT NULL,
            run INTEGER NOT NULL REFERENCES run,
            at INTEGER NOT NULL,
            state TEXT NOT NULL,
            previous TEXT,
            PRIMARY KEY (serial, revision)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX change_by_run ON change (run);
        """

    /// What departments are told, with the very bytes, so that a second delivery repeats the first.
    private static let notices = """
        CREATE TABLE notice (
            sequence INTEGER PRIMARY KEY,
            department TEXT NOT NULL,
            serial TEXT NOT NULL,
            revision INTEGER NOT NULL,
            change TEXT NOT NULL,
            job TEXT NOT NULL,
            subject TEXT NOT NULL,
            indicator TEXT NOT NULL,
            delivered_at INTEGER,
            UNIQUE (serial, revision, department),
            FOREIGN KEY (serial, revision) REFERENCES change (serial, revision)
        ) STRICT;
        CREATE INDEX pending_notice ON notice (sequence) WHERE delivered_at IS NULL;

        CREATE TABLE document (
            notice INTEGER NOT NULL REFERENCES notice,
            file_name TEXT NOT NULL UNIQUE,
            bytes BLOB NOT NULL
        ) STRICT;
        CREATE INDEX document_by_notice ON document (notice);
        """

    /// Notices that tell of a file instead of an alert: the same table, whose columns depend on which of the two it is.
    ///
    /// SQLite takes no constraint from a column, so the rows move into a table without them.
    private static let returnSlips = """
        CREATE TABLE new_notice (
            sequence INTEGER PRIMARY KEY,
            department TEXT NOT NULL,
            serial TEXT,
            revision INTEGER,
            change TEXT,
            job TEXT,
            subject TEXT,
            indicator TEXT,
            feed TEXT,
            file TEXT,
            delivered_at INTEGER,
            UNIQUE (serial, revision, department),
            FOREIGN KEY (serial, revision) REFERENCES change (serial, revision),
            CHECK (
                CASE WHEN feed IS NULL
                THEN file IS NULL AND serial IS NOT NULL AND revision IS NOT NULL AND change IS NOT NULL
                    AND job IS NOT NULL AND subject IS NOT NULL AND indicator IS NOT NULL
                ELSE file IS NOT NULL AND serial IS NULL AND revision IS NULL AND change IS NULL
                    AND job IS NULL AND subject IS NULL AND indicator IS NULL
                END
            )
        ) STRICT;
        INSERT INTO new_notice (sequence, department, serial, revision, change, job, subject, indicator, delivered_at)
            SELECT sequence, department, serial, revision, change, job, subject, indicator, delivered_at FROM notice;
        DROP TABLE notice;
        ALTER TABLE new_notice RENAME TO notice;
        CREATE INDEX pending_notice ON notice (sequence) WHERE delivered_at IS NULL;
        """

    /// Notices that tell of many changes of one job: the run behind them has a column, and the changes have a table.
    ///
    /// The rows move into a table whose constraint allows for that.
    private static let digests = """
        CREATE TABLE new_notice (
            sequence INTEGER PRIMARY KEY,
            department TEXT NOT NULL,
            serial TEXT,
            revision INTEGER,
            change TEXT,
            job TEXT,
            subject TEXT,
            indicator TEXT,
            feed TEXT,
            file TEXT,
            digest_of INTEGER,
            delivered_at INTEGER,
            UNIQUE (serial, revision, department),
            FOREIGN KEY (serial, revision) REFERENCES change (serial, revision),
            CHECK (
                CASE
                WHEN feed IS NOT NULL
                THEN file IS NOT NULL AND serial IS NULL AND revision IS NULL AND change IS NULL
                    AND job IS NULL AND subject IS NULL AND indicator IS NULL AND digest_of IS NULL
                WHEN digest_of IS NOT NULL
                THEN job IS NOT NULL AND file IS NULL AND serial IS NULL AND revision IS NULL AND change IS NULL
                    AND subject IS NULL AND indicator IS NULL
                ELSE file IS NULL AND serial IS NOT NULL AND revision IS NOT NULL AND change IS NOT NULL
                    AND job IS NOT NULL AND subject IS NOT NULL AND indicator IS NOT NULL
                END
            )
        ) STRICT;
        INSERT INTO new_notice
            (sequence, department, serial, revision, change, job, subject, indicator, feed, file, delivered_at)
            SELECT sequence, department, serial, revision, change, job, subject, indicator, feed, file, delivered_at
            FROM notice;
        DROP TABLE notice;
        ALTER TABLE new_notice RENAME TO notice;
        CREATE INDEX pending_notice ON notice (sequence) WHERE delivered_at IS NULL;

        CREATE TABLE digested (
            notice INTEGER NOT NULL REFERENCES notice,
            serial TEXT NOT NULL,
            revision INTEGER NOT NULL,
            change TEXT NOT NULL,
            job TEXT NOT NULL,
            subject TEXT NOT NULL,
            indicator TEXT NOT NULL,
            UNIQUE (notice, serial, revision),
            FOREIGN KEY (serial, revision) REFERENCES change (serial, revision)
        ) STRICT;
        CREATE INDEX digested_by_alert ON digested (serial, revision);
        """

    /// Each version of each file that was handed in; a stamp is all there or not at all.
    private static let receptions = """
        CREATE TABLE reception (
            id INTEGER PRIMARY KEY,
            feed TEXT NOT NULL,
            name TEXT NOT NULL,
            revision INTEGER NOT NULL,
            device INTEGER,
            inode INTEGER,
            size INTEGER,
            modified INTEGER,
            changed INTEGER,
            fingerprint TEXT,
            first_seen INTEGER NOT NULL,
            gone_at INTEGER,
            replaces INTEGER,
            encoding TEXT,
            rows_accepted INTEGER NOT NULL,
            rows_rejected INTEGER NOT NULL,
            cells_rejected INTEGER NOT NULL,
            title_rows INTEGER NOT NULL,
            footer_rows INTEGER NOT NULL,
            rows_repeated INTEGER NOT NULL,
            rows_superseded INTEGER NOT NULL,
            cells_filled INTEGER NOT NULL,
            is_refused INTEGER NOT NULL,
            is_usable INTEGER NOT NULL,
            summary TEXT NOT NULL,
            slip INTEGER REFERENCES notice,
            UNIQUE (feed, name, revision)
        ) STRICT;
        CREATE INDEX reception_by_feed ON reception (feed);
        """

    /// Files that a run found still being handed in.
    private static let awaited = """
        CREATE TABLE awaited (
            run INTEGER NOT NULL REFERENCES run,
            feed TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (run, feed, name)
        ) STRICT, WITHOUT ROWID;
        """

    /// Why a version was no table, and when the copy of its content was removed.
    private static let inbox = """
        ALTER TABLE reception ADD COLUMN refusal TEXT;
        ALTER TABLE reception ADD COLUMN copy_removed INTEGER;
        CREATE INDEX reception_by_content ON reception (feed, fingerprint);
        """

    /// When notices were taken, and what departments answered; a file that is no answer has a refusal instead.
    private static let delivery = """
        ALTER TABLE notice ADD COLUMN picked_up_at INTEGER;
        ALTER TABLE notice ADD COLUMN resent_at INTEGER;
        CREATE INDEX untaken_notice ON notice (department, sequence)
            WHERE delivered_at IS NOT NULL AND picked_up_at IS NULL;
        CREATE INDEX notice_by_serial ON notice (serial, department);

        CREATE TABLE receipt (
            id INTEGER PRIMARY KEY,
            department TEXT NOT NULL,
            file TEXT,
            fingerprint TEXT,
            received INTEGER NOT NULL,
            serial TEXT,
            answer TEXT,
            date TEXT,
            approver TEXT,
            reason TEXT,
            evidence TEXT,
            author TEXT,
            refusal TEXT,
            slip INTEGER REFERENCES notice,
            CHECK ((refusal IS NULL) = (serial IS NOT NULL AND answer IS NOT NULL))
        ) STRICT;
        CREATE INDEX receipt_by_serial ON receipt (serial);
        CREATE INDEX receipt_by_file ON receipt (department, file, fingerprint);
        """
}
