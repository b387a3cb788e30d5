// Notices and their documents: the outbox.

import Alerts
import Almanac
import FoundationEssentials
import GRDB

/// The tables `notice` and `document`.
enum NoticeTable {
    static func insert(_ notice: Notice, into database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO notice
                    (sequence, department, serial, revision, change, job, subject, indicator, feed, file, digest_of)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        let head: StatementArguments = [notice.sequence, notice.department]
        switch notice.matter {
        case .alert(let serial, let revision, let key, let change):
            try statement.execute(
                arguments: head + [
                    serial, revision, change.rawValue, key.job, key.subject, key.indicator, nil, nil, nil,
                ]
            )
        case .slip(let feed, let file):
            try statement.execute(arguments: head + [nil, nil, nil, nil, nil, nil, feed, file, nil])
        case .digest(let job, let run, let alerts):
            try statement.execute(arguments: head + [nil, nil, nil, job, nil, nil, nil, nil, run])
            try insert(alerts, toldBy: notice.sequence, into: database)
        }
        let documents = try database.cachedStatement(
            sql: "INSERT INTO document (notice, file_name, bytes) VALUES (?, ?, ?)"
        )
        for document in notice.documents {
            try documents.execute(arguments: [notice.sequence, document.fileName, Data(document.bytes)])
        }
    }

    private static func insert(_ alerts: [Notice.Told], toldBy sequence: Int64, into database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO digested (notice, serial, revision, change, job, subject, indicator)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        )
        for alert in alerts {
            try statement.execute(
                arguments: [
                    sequence, alert.serial, alert.revision, alert.change.rawValue, alert.key.job, alert.key.subject,
                    alert.key.indicator,
                ]
            )
        }
    }

    static func mark(_ sequences: [Int64], deliveredAt instant: Instant, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "UPDATE notice SET delivered_at = ? WHERE sequence = ? AND delivered_at IS NULL"
        )
        for sequence in sequences { try statement.execute(arguments: [instant.microseconds, sequence]) }
    }

    static func lastSequence(in database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT max(sequence) FROM notice") ?? 0
    }

    /// What nobody has marked as visible, oldest first.
    static func pending(in database: Database) throws -> [Notice] {
        try Row.fetchAll(database, sql: "SELECT * FROM notice WHERE delivered_at IS NULL ORDER BY sequence").map {
            row in
            let sequence = try row.integer("sequence")
            return Notice(
                sequence: sequence,
                department: try row.text("department"),
                matter: try matter(row, in: database),
                documents: try documents(of: sequence, in: database)
            )
        }
    }

    private static func matter(_ row: Row, in database: Database) throws -> Notice.Matter {
        if let feed = try row.optionalText("feed") { return .slip(feed: feed, file: try row.text("file")) }
        if let run = try row.optionalInteger("digest_of") {
            let statement = try database.cachedStatement(
                sql: "SELECT * FROM digested WHERE notice = ? ORDER BY rowid"
            )
            return .digest(
                job: try row.text("job"),
                run: run,
                alerts: try Row.fetchAll(statement, arguments: [try row.integer("sequence")]).map(told)
            )
        }
        let told = try told(row)
        return .alert(serial: told.serial, revision: told.revision, key: told.key, change: told.change)
    }

    private static func told(_ row: Row) throws -> Notice.Told {
        Notice.Told(
            serial: try row.text("serial"),
            revision: Int(try row.integer("revision")),
            key: AlertKey(
                job: try row.text("job"),
                subject: try row.text("subject"),
                indicator: try row.text("indicator")
            ),
            change: try row.parsed("change", Change.Kind.init(rawValue:))
        )
    }

    private static func documents(of sequence: Int64, in database: Database) throws -> [Notice.Document] {
        let statement = try database.cachedStatement(
            sql: "SELECT file_name, bytes FROM document WHERE notice = ? ORDER BY rowid"
        )
        return try Row.fetchAll(statement, arguments: [sequence]).map { row in
            Notice.Document(fileName: try row.text("file_name"), bytes: Array(try row.data("bytes")))
        }
    }
}
