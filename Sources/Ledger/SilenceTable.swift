// Silences, also those that have ended.

import Alerts
import Almanac
import Checks
import GRDB

/// The table `silence`.
enum SilenceTable {
    static func enter(_ silence: Silence, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO silence (id, job, subject, indicator, severity, author, reason, begins, until)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET until = excluded.until
                """,
            arguments: [
                silence.id, silence.matcher.job?.description, silence.matcher.subject?.description,
                silence.matcher.indicator?.description, silence.matcher.severity?.rawValue, silence.author,
                silence.reason, silence.from.microseconds, silence.until.microseconds,
            ]
        )
    }

    static func end(_ id: Int, at instant: Instant, in database: Database) throws {
        try database.execute(
            sql: "UPDATE silence SET ended = ? WHERE id = ? AND ended IS NULL",
            arguments: [instant.microseconds, id]
        )
    }

    /// Those that reign or will.
    static func standing(in database: Database) throws -> [Silence] {
        try Row.fetchAll(database, sql: "SELECT * FROM silence WHERE ended IS NULL ORDER BY id").map { row in
            Silence(
                id: Int(try row.integer("id")),
                matcher: AlertMatcher(
                    job: try row.optionalText("job").map { Glob($0) },
                    subject: try row.optionalText("subject").map { Glob($0) },
                    indicator: try row.optionalText("indicator").map { Glob($0) },
                    severity: try row.optionallyParsed("severity", Assessment.State.init(rawValue:))
                ),
                author: try row.text("author"),
                reason: try row.text("reason"),
                from: try row.instant("begins"),
                until: try row.instant("until")
            )
        }
    }

    /// The number of the last silence.
    static func last(in database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT max(id) FROM silence") ?? 0
    }
}
