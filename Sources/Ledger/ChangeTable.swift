// Each step of the lives of alerts, told or only recorded.

import Alerts
import Almanac
import Checks
import Engine
import GRDB

/// The table `change`.
enum ChangeTable {
    /// - Parameter run: The run that caused it; `nil` for what time or a person caused.
    static func insert(_ change: Change, run: Int64?, at instant: Instant, into database: Database) throws {
        let telling = change.isTold ? change.alert.tellings.last : nil
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO change (serial, revision, kind, run, at, state, previous, "to", cc, occasion, reason, due,
                    sent_at, sent)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(arguments: [
            change.alert.serial, telling?.revision, change.kind.rawValue, run, instant.microseconds,
            change.alert.state.rawValue, change.previous?.rawValue, TextList.text(of: change.recipients.to),
            TextList.text(of: change.recipients.cc), change.occasion?.rawValue, change.reason,
            change.due?.microseconds, telling?.at.microseconds, telling?.sentText,
        ])
    }

    /// Each time that an alert was told, in order.
    static func tellings(of serial: String, in database: Database) throws -> [Telling] {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM change WHERE serial = ? AND revision IS NOT NULL ORDER BY revision"
        )
        return try Row.fetchAll(statement, arguments: [serial]).map { row in
            Telling(
                revision: Int(try row.integer("revision")),
                kind: try row.parsed("kind", Change.Kind.init(rawValue:)),
                state: try row.parsed("state", Assessment.State.init(rawValue:)),
                sentText: try row.text("sent"),
                at: try row.instant("sent_at"),
                recipients: try row.recipients()
            )
        }
    }

    /// Everything that happened to an alert, in order.
    static func entries(of serial: String, in database: Database) throws -> [AlertHistory.Entry] {
        try Row.fetchAll(database, sql: "SELECT * FROM change WHERE serial = ? ORDER BY id", arguments: [serial]).map {
            row in
            AlertHistory.Entry(
                kind: try row.parsed("kind", Change.Kind.init(rawValue:)),
                state: try row.parsed("state", Assessment.State.init(rawValue:)),
                at: try row.instant("at"),
                revision: try row.optionalInteger("revision").map { Int($0) },
                recipients: try row.recipients(),
                occasion: try row.optionallyParsed("occasion", Change.Occasion.init(rawValue:)),
                reason: try row.optionalText("reason"),
                run: try row.optionalInteger("run")
            )
        }
    }
}
