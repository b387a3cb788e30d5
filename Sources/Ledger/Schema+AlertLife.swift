// The migration that gave alerts the memory of their whole life.

extension Schema {
    /// What alerts keep in mind over their life, the history of each, and what people asked for: in tables of their own,
    /// which no evaluation writes over.
    ///
    /// A change that nobody was told of has no revision, and one that a tick or a person made has no run; the rows move
    /// into a table that allows for both.
    static let alertLife = """
        ALTER TABLE alert ADD COLUMN check_kind TEXT NOT NULL DEFAULT '';
        ALTER TABLE alert ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE alert ADD COLUMN as_of INTEGER;
        ALTER TABLE alert ADD COLUMN told TEXT;
        ALTER TABLE alert ADD COLUMN latest TEXT;
        ALTER TABLE alert ADD COLUMN reminder_due INTEGER;
        ALTER TABLE alert ADD COLUMN clock_started INTEGER;
        ALTER TABLE alert ADD COLUMN clock_working_seconds INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE alert ADD COLUMN clock_seconds INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE alert ADD COLUMN clock_since INTEGER;
        ALTER TABLE alert ADD COLUMN clock_runs INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE alert ADD COLUMN steps_done INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE alert ADD COLUMN confirming TEXT;
        ALTER TABLE alert ADD COLUMN confirming_runs INTEGER;
        ALTER TABLE alert ADD COLUMN withdrawn_at INTEGER;
        ALTER TABLE alert ADD COLUMN withdrawn_by TEXT;
        ALTER TABLE alert ADD COLUMN withdrawn_why TEXT;
        UPDATE alert SET told = state;

        CREATE TABLE new_change (
            id INTEGER PRIMARY KEY,
            serial TEXT NOT NULL REFERENCES alert,
            revision INTEGER,
            kind TEXT NOT NULL,
            run INTEGER REFERENCES run,
            at INTEGER NOT NULL,
            state TEXT NOT NULL,
            previous TEXT,
            "to" TEXT NOT NULL,
            cc TEXT NOT NULL,
            occasion TEXT,
            reason TEXT,
            due INTEGER,
            sent_at INTEGER,
            sent TEXT,
            UNIQUE (serial, revision),
            CHECK ((revision IS NULL) = (sent IS NULL) AND (sent IS NULL) = (sent_at IS NULL))
        ) STRICT;
        INSERT INTO new_change (serial, revision, kind, run, at, state, previous, "to", cc, sent_at, sent)
            SELECT c.serial, c.revision, c.kind, c.run, c.at, c.state, c.previous, a."to", a.cc, c.at,
                strftime('%Y-%m-%dT%H:%M:%S+00:00', c.at / 1000000, 'unixepoch')
            FROM change c JOIN alert a ON a.serial = c.serial ORDER BY c.at, c.serial, c.revision;
        DROP TABLE change;
        ALTER TABLE new_change RENAME TO change;
        CREATE INDEX change_by_run ON change (run);

        CREATE TABLE standing (
            serial TEXT NOT NULL REFERENCES alert,
            department TEXT NOT NULL,
            delivered INTEGER,
            picked_up INTEGER,
            acknowledged INTEGER,
            PRIMARY KEY (serial, department)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE acknowledgement (
            id INTEGER PRIMARY KEY,
            serial TEXT NOT NULL REFERENCES alert,
            department TEXT,
            author TEXT NOT NULL,
            note TEXT NOT NULL,
            at INTEGER NOT NULL,
            until INTEGER NOT NULL,
            ended INTEGER
        ) STRICT;
        CREATE INDEX acknowledgement_by_alert ON acknowledgement (serial);

        CREATE TABLE silence (
            id INTEGER PRIMARY KEY,
            job TEXT,
            subject TEXT,
            indicator TEXT,
            severity TEXT,
            author TEXT NOT NULL,
            reason TEXT NOT NULL,
            begins INTEGER NOT NULL,
            until INTEGER NOT NULL,
            ended INTEGER
        ) STRICT;

        CREATE TABLE candidate (
            job TEXT NOT NULL,
            subject TEXT NOT NULL,
            indicator TEXT NOT NULL,
            state TEXT NOT NULL,
            runs INTEGER NOT NULL,
            PRIMARY KEY (job, subject, indicator)
        ) STRICT, WITHOUT ROWID;
        """
}
