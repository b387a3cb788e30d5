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
                INSERT INTO notice (sequence, department, serial, revision, change, job, subject, indicator, feed, file)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        let head: StatementArguments = [notice.sequence, notice.department]
        switch notice.matter {
        case .alert(let serial, let revision, let key, let change):
            try statement.execute(
                arguments: head + [
                    serial, revision, change.rawValue, key.job, key.subject, key.indicator, nil, nil,
                ]
            )
        case .slip(let feed, let file):
            try statement.execute(arguments: head + [nil, nil, nil, nil, nil, nil, feed, file])
        }
        let documents = try database.cachedStatement(
            sql: "INSERT INTO document (notice, file_name, bytes) VALUES (?, ?, ?)"
        )
        for document in notice.documents {
            try documents.execute(arguments: [notice.sequence, document.fileName, Data(document.bytes)])
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
                matter: try matter(row),
                documents: try documents(of: sequence, in: database)
            )
        }
    }

    /// The first delivery of each open alert at each department.
    static func deliveries(in database: Database) throws -> [Handling] {
        let sql = """
            SELECT a.serial, a.job, a.subject, a.indicator, n.department, min(n.delivered_at) AS delivered_at
            FROM notice n JOIN alert a ON a.serial = n.serial
            WHERE a.cleared_at IS NULL AND n.delivered_at IS NOT NULL GROUP BY a.serial, n.department
            """
        return try Row.fetchAll(database, sql: sql).map { row in
            Handling(
                .delivered,
                serial: try row.text("serial"),
                key: AlertKey(
                    job: try row.text("job"),
                    subject: try row.text("subject"),
                    indicator: try row.text("indicator")
                ),
                department: try row.text("department"),
                at: try row.instant("delivered_at")
            )
        }
    }

    private static func matter(_ row: Row) throws -> Notice.Matter {
        if let feed = try row.optionalText("feed") { return .slip(feed: feed, file: try row.text("file")) }
        return .alert(
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
