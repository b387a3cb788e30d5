// What was handed in: each version of each file.

import Almanac
import Engine
import GRDB
import Records

/// The table `reception`.
///
/// Its order of entry is the order of receptions; `first_seen` may step back with the clock.
enum ReceptionTable {
    private static let stampColumns = ["device", "inode", "size", "modified", "changed"]
    private static var tally: [(column: String, path: WritableKeyPath<TableTally, Int>)] {
        [
            ("rows_accepted", \.rowsAccepted), ("rows_rejected", \.rowsRejected), ("cells_rejected", \.cellsRejected),
            ("title_rows", \.titleRows), ("footer_rows", \.footerRows), ("rows_repeated", \.rowsRepeated),
            ("rows_superseded", \.rowsSuperseded), ("cells_filled", \.cellsFilled),
        ]
    }

    static func insert(_ reception: Reception, slip: Int64?, into database: Database) throws -> Int64 {
        let columns =
            ["feed", "name", "revision"] + stampColumns
            + ["fingerprint", "first_seen", "gone_at", "replaces", "encoding"] + tally.map(\.column)
            + ["is_refused", "refusal", "is_usable", "summary", "slip"]
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO reception (\(columns.joined(separator: ", ")))
                VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
                """
        )
        var values: [(any DatabaseValueConvertible)?] = [reception.feed, reception.name, reception.revision]
        values += self.values(of: reception.stamp)
        values += [
            reception.fingerprint, reception.firstSeen.microseconds, reception.goneAt?.microseconds,
            reception.replaces?.microseconds, reception.encoding?.rawValue,
        ]
        for (_, path) in tally { values.append(reception.tally[keyPath: path]) }
        values += [
            reception.isRefused, reception.refusal?.rawValue, reception.isUsable, reception.summary, slip,
        ]
        try statement.execute(arguments: StatementArguments(values))
        return database.lastInsertedRowID
    }

    /// Takes over the stamp.
    static func update(_ reception: Reception, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                UPDATE reception SET \(stampColumns.map { "\($0) = ?" }.joined(separator: ", "))
                WHERE feed = ? AND name = ? AND revision = ?
                """
        )
        let key: [(any DatabaseValueConvertible)?] = [reception.feed, reception.name, reception.revision]
        try statement.execute(arguments: StatementArguments(values(of: reception.stamp) + key))
    }

    /// Ends the last version of a file, once.
    static func depart(_ file: InboxFile, at instant: Instant, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                UPDATE reception SET gone_at = ? WHERE gone_at IS NULL AND id =
                    (SELECT id FROM reception WHERE feed = ? AND name = ? ORDER BY revision DESC LIMIT 1)
                """
        )
        try statement.execute(arguments: [instant.microseconds, file.feed, file.name])
    }

    static func last(of file: InboxFile, in database: Database) throws -> Reception? {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM reception WHERE feed = ? AND name = ? ORDER BY revision DESC LIMIT 1"
        )
        return try GRDB.Row.fetchOne(statement, arguments: [file.feed, file.name]).map(reception)
    }

    /// The last version of each file that has not gone.
    static func present(in database: Database) throws -> [Reception] {
        // SQLite takes the other columns from the row that has the maximum.
        try GRDB.Row.fetchAll(database, sql: "SELECT *, max(revision) FROM reception GROUP BY feed, name")
            .map(reception).filter { $0.goneAt == nil }
    }

    static func latest(_ limit: Int, of feed: String, in database: Database) throws -> [Reception] {
        try GRDB.Row.fetchAll(
            database,
            sql: "SELECT * FROM reception WHERE feed = ? ORDER BY id DESC LIMIT ?",
            arguments: [feed, limit]
        ).map(reception)
    }

    static func count(of feed: String, in database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM reception WHERE feed = ?", arguments: [feed]) ?? 0
    }

    /// When a file of each feed was last found missing.
    static func lastDepartures(in database: Database) throws -> [String: Instant] {
        let sql = "SELECT feed, max(gone_at) AS gone_at FROM reception WHERE gone_at IS NOT NULL GROUP BY feed"
        return try GRDB.Row.fetchAll(database, sql: sql).reduce(into: [:]) { departures, row in
            departures[try row.text("feed")] = try row.instant("gone_at")
        }
    }

    /// Contents whose versions all ended before an instant: each was found missing then, or the next was seen then.
    static func outlived(before instant: Instant, limit: Int, in database: Database) throws -> [ReceivedContent] {
        let sql = """
            SELECT feed, fingerprint, max(coalesce(
                gone_at,
                (SELECT next.first_seen FROM reception AS next
                    WHERE next.feed = version.feed AND next.name = version.name
                        AND next.revision = version.revision + 1),
                ?
            )) AS ended
            FROM reception AS version WHERE fingerprint IS NOT NULL
            GROUP BY feed, fingerprint
            HAVING ended < ? AND sum(copy_removed IS NULL) > 0
            ORDER BY ended LIMIT ?
            """
        let never = Int64.max
        return try GRDB.Row.fetchAll(database, sql: sql, arguments: [never, instant.microseconds, limit]).map { row in
            ReceivedContent(feed: try row.text("feed"), fingerprint: try row.text("fingerprint"))
        }
    }

    static func forget(_ content: ReceivedContent, at instant: Instant, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                UPDATE reception SET copy_removed = ?
                WHERE feed = ? AND fingerprint = ? AND copy_removed IS NULL
                """
        )
        try statement.execute(arguments: [instant.microseconds, content.feed, content.fingerprint])
    }

    static func versions(of feed: String, knownAt instant: Instant, in database: Database) throws -> [Reception] {
        try GRDB.Row.fetchAll(
            database,
            sql: """
                SELECT *, max(revision) FROM reception WHERE feed = ? AND first_seen <= ? GROUP BY name ORDER BY name
                """,
            arguments: [feed, instant.microseconds]
        ).map(reception).filter { version in version.goneAt.map { $0 > instant } ?? true }
    }

    static func replaced(
        of feed: String,
        knownAt instant: Instant,
        limit: Int,
        in database: Database
    ) throws -> [Reception] {
        try GRDB.Row.fetchAll(
            database,
            sql: """
                SELECT * FROM reception AS version
                WHERE feed = ? AND first_seen <= ? AND is_usable AND fingerprint IS NOT NULL AND copy_removed IS NULL
                    AND EXISTS (
                        SELECT 1 FROM reception AS next
                        WHERE next.feed = version.feed AND next.name = version.name
                            AND next.revision > version.revision AND next.first_seen <= ?
                    )
                ORDER BY id DESC LIMIT ?
                """,
            arguments: [feed, instant.microseconds, instant.microseconds, limit]
        ).map(reception)
    }

    /// An inode may need all 64 bits, which an integer of SQLite has with a sign.
    private static func values(of stamp: FileStamp?) -> [(any DatabaseValueConvertible)?] {
        [
            stamp.map { Int64(bitPattern: $0.device) }, stamp.map { Int64(bitPattern: $0.inode) }, stamp?.size,
            stamp?.modified.microseconds, stamp?.changed.microseconds,
        ]
    }

    private static func stamp(of row: GRDB.Row) throws -> FileStamp? {
        guard let device = try row.optionalInteger("device") else { return nil }
        return FileStamp(
            device: UInt64(bitPattern: device),
            inode: UInt64(bitPattern: try row.integer("inode")),
            size: try row.integer("size"),
            modified: try row.instant("modified"),
            changed: try row.instant("changed")
        )
    }

    private static func reception(_ row: GRDB.Row) throws -> Reception {
        var counts = TableTally()
        for (column, path) in tally { counts[keyPath: path] = Int(try row.integer(column)) }
        return Reception(
            feed: try row.text("feed"),
            name: try row.text("name"),
            revision: Int(try row.integer("revision")),
            order: try row.integer("id"),
            stamp: try stamp(of: row),
            fingerprint: try row.optionalText("fingerprint"),
            firstSeen: try row.instant("first_seen"),
            goneAt: try row.optionalInstant("gone_at"),
            replaces: try row.optionalInstant("replaces"),
            encoding: try row.optionalText("encoding") == nil
                ? nil : try row.parsed("encoding", TextEncoding.init(rawValue:)),
            tally: counts,
            isRefused: try row.integer("is_refused") != 0,
            // A reason that only a newer dutyd knows says no more than none.
            refusal: try row.optionalText("refusal").flatMap(Reject.Reason.init(rawValue:)),
            copyRemoved: try row.optionalInstant("copy_removed"),
            isUsable: try row.integer("is_usable") != 0,
            summary: try row.text("summary")
        )
    }
}
