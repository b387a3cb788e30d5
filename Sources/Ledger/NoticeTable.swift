// Notices and their documents: the outbox.

import Alerts
import Almanac
import Engine
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

    static func mark(_ marks: NoticeMarks, in database: Database) throws {
        func set(_ columns: String, of sequences: [Int64], where condition: String) throws {
            let statement = try database.cachedStatement(
                sql: "UPDATE notice SET \(columns) WHERE sequence = ? AND \(condition)"
            )
            for sequence in sequences { try statement.execute(arguments: [marks.at.microseconds, sequence]) }
        }
        try set("delivered_at = ?", of: marks.delivered, where: "delivered_at IS NULL")
        try set("picked_up_at = ?", of: marks.pickedUp, where: "picked_up_at IS NULL")
        try set("resent_at = ?, picked_up_at = NULL", of: marks.resent, where: "delivered_at IS NOT NULL")
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

    static func lastSequence(in database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT max(sequence) FROM notice") ?? 0
    }

    /// What nobody has marked as visible, oldest first.
    static func pending(in database: Database) throws -> [NoticeHead] {
        try Row.fetchAll(database, sql: "SELECT * FROM notice WHERE delivered_at IS NULL ORDER BY sequence")
            .map { try head($0, in: database) }
    }

    /// What a department got and is not known to have taken.
    static func untaken(by department: String, in database: Database) throws -> [UntakenNotice] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT *, (SELECT count(*) FROM document WHERE notice = sequence) AS documents FROM notice
                WHERE department = ? AND delivered_at IS NOT NULL AND picked_up_at IS NULL ORDER BY sequence
                """
        )
        return try Row.fetchAll(statement, arguments: [department]).map { row in
            UntakenNotice(head: try head(row, in: database), files: Int(try row.integer("documents")))
        }
    }

    static func heads(serial: String, department: String?, in database: Database) throws -> [NoticeHead] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT * FROM notice
                WHERE (serial = ? OR sequence IN (SELECT notice FROM digested WHERE serial = ?))
                    AND (? IS NULL OR department = ?)
                ORDER BY sequence
                """
        )
        return try Row.fetchAll(statement, arguments: [serial, serial, department, department])
            .map { try head($0, in: database) }
    }

    /// Notices with their documents, in the order of their sequences.
    static func notices(_ sequences: [Int64], in database: Database) throws -> [Notice] {
        let statement = try database.cachedStatement(sql: "SELECT * FROM notice WHERE sequence = ?")
        return try sequences.sorted().compactMap { sequence in
            guard let row = try Row.fetchOne(statement, arguments: [sequence]) else { return nil }
            return Notice(
                sequence: sequence,
                department: try row.text("department"),
                matter: try matter(row, in: database),
                documents: try documents(of: sequence, in: database)
            )
        }
    }

    /// Removes the documents of notices that were taken long ago; their rows keep the numbers from being given again.
    static func forgetDocuments(takenBefore instant: Instant, limit: Int, in database: Database) throws -> Int {
        let sequences = try Int64.fetchAll(
            database,
            sql: """
                SELECT DISTINCT sequence FROM notice JOIN document ON notice = sequence
                WHERE picked_up_at < ? AND delivered_at < ? ORDER BY sequence LIMIT ?
                """,
            arguments: [instant.microseconds, instant.microseconds, limit]
        )
        let statement = try database.cachedStatement(sql: "DELETE FROM document WHERE notice = ?")
        for sequence in sequences { try statement.execute(arguments: [sequence]) }
        return sequences.count
    }

    private static func head(_ row: Row, in database: Database) throws -> NoticeHead {
        NoticeHead(
            sequence: try row.integer("sequence"),
            department: try row.text("department"),
            matter: try matter(row, in: database)
        )
    }

    /// The first delivery of each open alert at each department.
    static func deliveries(in database: Database) throws -> [Handling] {
        let sql = """
            SELECT a.serial, a.job, a.subject, a.indicator, n.department, min(n.delivered_at) AS delivered_at
            FROM (
                SELECT serial, department, delivered_at FROM notice
                UNION ALL
                SELECT d.serial, department, delivered_at FROM digested d JOIN notice ON sequence = d.notice
            ) n JOIN alert a ON a.serial = n.serial
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
