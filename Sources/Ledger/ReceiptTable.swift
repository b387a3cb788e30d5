// What departments answered.

import Alerts
import Almanac
import Engine
import GRDB

/// The table `receipt`.
enum ReceiptTable {
    static func insert(_ entry: ReceiptEntry, into database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO receipt (department, file, fingerprint, received, serial, answer, date, approver, reason,
                    evidence, author, refusal, slip)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        let receipt = entry.receipt
        try statement.execute(arguments: [
            entry.department, entry.file, entry.fingerprint, entry.received.microseconds, receipt?.serial,
            receipt?.answer.rawValue, receipt?.date?.description, receipt?.approver, receipt?.reason,
            receipt?.evidence, receipt?.author, entry.refusal, entry.slip?.sequence,
        ])
    }

    static func receipts(serial: String, in database: Database) throws -> [Receipt] {
        let statement = try database.cachedStatement(sql: "SELECT * FROM receipt WHERE serial = ? ORDER BY id")
        return try Row.fetchAll(statement, arguments: [serial]).map { row in
            Receipt(
                department: try row.text("department"),
                serial: try row.text("serial"),
                answer: try row.parsed("answer", Receipt.Answer.init(rawValue:)),
                date: try row.optionalText("date").flatMap(CivilDate.init(iso8601:)),
                approver: try row.optionalText("approver"),
                reason: try row.optionalText("reason"),
                evidence: try row.optionalText("evidence"),
                author: try row.optionalText("author")
            )
        }
    }

    static func knows(department: String, file: String, fingerprint: String, in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM receipt WHERE department = ? AND file = ? AND fingerprint = ?)",
            arguments: [department, file, fingerprint]
        ) ?? false
    }
}
