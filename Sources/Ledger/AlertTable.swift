// Alerts and the steps of their lives.

import Alerts
import Almanac
import Checks
import GRDB
import JSON

/// The tables `alert` and `change`.
enum AlertTable {
    /// Enters a step and what the alert became by it; a clear closes the alert.
    static func insert(_ change: Change, run: Int64, into database: Database) throws {
        let alert = change.alert
        try update(alert, clearedAt: change.kind.isEnd ? alert.changedAt : nil, in: database)
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO change (serial, revision, kind, run, at, state, previous) VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(arguments: [
            alert.serial, alert.revision, change.kind.rawValue, run, alert.changedAt.microseconds,
            alert.state.rawValue, change.previous?.rawValue,
        ])
    }

    /// Enters an open alert as it stands now.
    static func update(_ alert: Alert, in database: Database) throws {
        try update(alert, clearedAt: nil, in: database)
    }

    private static func update(_ alert: Alert, clearedAt: Instant?, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO alert (serial, job, subject, indicator, revision, name, period, state, raised_at,
                    changed_at, cleared_at, "to", cc)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (serial) DO UPDATE SET revision = excluded.revision, name = excluded.name,
                    period = excluded.period, state = excluded.state, changed_at = excluded.changed_at,
                    cleared_at = excluded.cleared_at
                """
        )
        try statement.execute(arguments: [
            alert.serial, alert.key.job, alert.key.subject, alert.key.indicator, alert.revision, alert.name,
            alert.period, alert.state.rawValue, alert.raisedAt.microseconds, alert.changedAt.microseconds,
            clearedAt?.microseconds, TextList.text(of: alert.recipients.to), TextList.text(of: alert.recipients.cc),
        ])
    }

    /// The open alerts with the counters that number the next ones.
    static func book(in database: Database) throws -> AlertBook {
        AlertBook(
            open: try Row.fetchAll(database, sql: "SELECT * FROM alert WHERE cleared_at IS NULL").map(alert),
            serials: try serials(in: database),
            sequence: try NoticeTable.lastSequence(in: database)
        )
    }

    private static func alert(_ row: Row) throws -> Alert {
        let key = AlertKey(
            job: try row.text("job"),
            subject: try row.text("subject"),
            indicator: try row.text("indicator")
        )
        let name = try row.text("name")
        let period = try row.parsed("period", Period.init(label:))
        let state = try row.parsed("state", Assessment.State.init(rawValue:))
        return Alert(
            key: key,
            serial: try row.text("serial"),
            revision: Int(try row.integer("revision")),
            name: name,
            period: period.label,
            state: state,
            latest: Assessment(
                subject: key.subject,
                name: name,
                period: period,
                indicator: key.indicator,
                state: state,
                facts: Facts()
            ),
            raisedAt: try row.instant("raised_at"),
            changedAt: try row.instant("changed_at"),
            recipients: Recipients(
                to: try row.parsed("to", TextList.texts),
                cc: try row.parsed("cc", TextList.texts)
            ),
            told: state
        )
    }

    /// The last number given under each prefix: `CN-RIV-2024` of `CN-RIV-2024-000003`.
    private static func serials(in database: Database) throws -> [String: Int] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT prefix, max(CAST(substr(serial, length(prefix) + 1) AS INTEGER)) AS number
                FROM (SELECT serial, rtrim(serial, '0123456789') AS prefix FROM alert) GROUP BY prefix
                """
        )
        return try rows.reduce(into: [:]) { result, row in
            result[String(try row.text("prefix").dropLast())] = Int(try row.integer("number"))
        }
    }
}
