// Who has taken care of alerts, also of those that ended.

import Alerts
import Almanac
import GRDB

/// The table `acknowledgement`: rows are added and ended, never written over.
enum AcknowledgementTable {
    /// Enters the acknowledgement that holds for an alert now; another one, or the same with none, has ended.
    static func enter(
        _ present: Acknowledgement?,
        of serial: String,
        at instant: Instant,
        in database: Database
    ) throws {
        let standing = try standing(of: serial, in: database)
        guard standing != present else { return }
        if let standing, let present, standing.at == present.at,
            standing.author == present.author, standing.note == present.note,
            standing.department == present.department
        {
            // Only its end was moved, because the clock had been wrong.
            return try database.execute(
                sql: "UPDATE acknowledgement SET until = ? WHERE serial = ? AND ended IS NULL",
                arguments: [present.until.microseconds, serial]
            )
        }
        try database.execute(
            sql: "UPDATE acknowledgement SET ended = ? WHERE serial = ? AND ended IS NULL",
            arguments: [instant.microseconds, serial]
        )
        guard let present else { return }
        try database.execute(
            sql: """
                INSERT INTO acknowledgement (serial, department, author, note, at, until) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                serial, present.department, present.author, present.note, present.at.microseconds,
                present.until.microseconds,
            ]
        )
    }

    /// The one that holds.
    static func standing(of serial: String, in database: Database) throws -> Acknowledgement? {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM acknowledgement WHERE serial = ? AND ended IS NULL ORDER BY id DESC LIMIT 1"
        )
        return try Row.fetchOne(statement, arguments: [serial]).map(acknowledgement)
    }

    static func all(of serial: String, in database: Database) throws -> [Acknowledgement] {
        let sql = "SELECT * FROM acknowledgement WHERE serial = ? ORDER BY id"
        return try Row.fetchAll(database, sql: sql, arguments: [serial]).map(acknowledgement)
    }

    private static func acknowledgement(_ row: Row) throws -> Acknowledgement {
        Acknowledgement(
            author: try row.text("author"),
            note: try row.text("note"),
            at: try row.instant("at"),
            until: try row.instant("until"),
            department: try row.optionalText("department")
        )
    }
}
