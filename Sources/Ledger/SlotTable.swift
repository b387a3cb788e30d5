// Slots, what became of them, and how far they are accounted for.

import Almanac
import GRDB
import Scheduling

/// The tables `slot` and `stamp`.
enum SlotTable {
    /// Records a slot and moves the job's stamp on to it, never back.
    ///
    /// A slot that was skipped because the job was running leaves the stamp where it is: the running run's own slot is
    /// older and not accounted for yet, and if the daemon dies before that run ends, the slot has to be caught up. The
    /// skipped one then comes up again with it and is decided anew, so that decision replaces the `overlap`, as it does
    /// what an audit noted of a slot that nothing was known of. Any other second record would say that a slot was decided
    /// twice, and the ledger refuses it.
    static func account(for record: SlotRecord, in database: Database) throws {
        let isOverlap = record.reason == .skipped(.overlap)
        // What a clock decided that was more than a day ahead never was.
        try database.execute(
            sql: "DELETE FROM slot WHERE job = ? AND instant = ? AND decided > ?",
            arguments: [
                record.slot.job, record.slot.instant.microseconds,
                record.decided.adding(seconds: Scheduler.credibleSeconds).microseconds,
            ]
        )
        if !isOverlap {
            try database.execute(
                sql: "DELETE FROM slot WHERE job = ? AND instant = ? AND reason IN (?, ?)",
                arguments: [
                    record.slot.job, record.slot.instant.microseconds, SlotReason.skipped(.overlap).text,
                    SlotReason.skipped(.unaccounted).text,
                ]
            )
        }
        try database.execute(
            sql: """
                INSERT INTO slot (job, instant, reason, run, decided, since, remark, plan)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                record.slot.job, record.slot.instant.microseconds, record.reason.text, record.run,
                record.decided.microseconds, record.since?.microseconds, record.remark,
                record.plan?.microseconds,
            ]
        )
        guard !isOverlap else { return }
        try database.execute(
            sql: "UPDATE stamp SET last = max(last, ?) WHERE job = ?",
            arguments: [record.slot.instant.microseconds, record.slot.job]
        )
    }

    static func set(_ stamp: Stamp, in database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO stamp (job, fingerprint, last, since) VALUES (?, ?, ?, ?)",
            arguments: [stamp.job, stamp.fingerprint, stamp.last.microseconds, stamp.since.microseconds]
        )
    }

    static func stamps(in database: Database) throws -> [String: Stamp] {
        var served: [String: Set<Instant>] = [:]
        let plans = try Row.fetchAll(
            database,
            sql: """
                SELECT slot.job, slot.plan FROM stamp JOIN slot ON slot.job = stamp.job
                AND slot.instant > max(stamp.since, stamp.last - ?) AND slot.instant <= stamp.last
                WHERE slot.plan IS NOT NULL
                """,
            arguments: [Stamp.reachSeconds * 1_000_000]
        )
        for row in plans { served[try row.text("job"), default: []].insert(try row.instant("plan")) }
        return try Row.fetchAll(database, sql: "SELECT * FROM stamp").reduce(into: [:]) { result, row in
            let job = try row.text("job")
            result[job] = Stamp(
                job: job,
                fingerprint: try row.text("fingerprint"),
                last: try row.instant("last"),
                since: try row.instant("since"),
                served: served[job] ?? []
            )
        }
    }

    /// The slots of a job between two instants, both included, earliest first.
    static func slots(of job: String, _ range: ClosedRange<Instant>, in database: Database) throws -> [SlotRecord] {
        try Row.fetchAll(
            database,
            sql: "SELECT * FROM slot WHERE job = ? AND instant BETWEEN ? AND ? ORDER BY instant",
            arguments: [job, range.lowerBound.microseconds, range.upperBound.microseconds]
        ).map(record)
    }

    /// The slots that audits found without a record since an instant, earliest first.
    static func unaccounted(since instant: Instant, in database: Database) throws -> [SlotRecord] {
        // The reason stands in the text, so that the index of these slots is used.
        try Row.fetchAll(
            database,
            sql: "SELECT * FROM slot WHERE reason = 'skipped: unaccounted' AND decided >= ? ORDER BY instant",
            arguments: [instant.microseconds]
        ).map(record)
    }

    /// Jobs that somebody has paused.
    static func pauses(in database: Database) throws -> [Pause] {
        try Row.fetchAll(database, sql: "SELECT * FROM pause").map { row in
            let job = try row.text("job")
            return Pause(
                job: job.isEmpty ? nil : job,
                since: try row.instant("since"),
                author: try row.text("author"),
                note: try row.text("note")
            )
        }
    }

    static func set(_ pauses: [Pause], in database: Database) throws {
        try database.execute(sql: "DELETE FROM pause")
        for pause in pauses {
            try database.execute(
                sql: "INSERT INTO pause (job, since, author, note) VALUES (?, ?, ?, ?)",
                arguments: [pause.job ?? "", pause.since.microseconds, pause.author, pause.note]
            )
        }
    }

    /// The latest slots, newest first, of one job or of all.
    static func latest(_ limit: Int, of job: String?, in database: Database) throws -> [SlotRecord] {
        // Two statements, because one with "? IS NULL OR job = ?" would walk the whole table.
        let rows =
            if let job {
                try Row.fetchAll(
                    database,
                    sql: "SELECT * FROM slot WHERE job = ? ORDER BY instant DESC LIMIT ?",
                    arguments: [job, limit]
                )
            } else {
                try Row.fetchAll(
                    database,
                    sql: "SELECT * FROM slot ORDER BY instant DESC, job LIMIT ?",
                    arguments: [limit]
                )
            }
        return try rows.map(record)
    }

    private static func record(_ row: Row) throws -> SlotRecord {
        SlotRecord(
            slot: Slot(job: try row.text("job"), instant: try row.instant("instant")),
            reason: try row.parsed("reason", SlotReason.init(text:)),
            run: try row.optionalInteger("run"),
            decided: try row.instant("decided"),
            since: try row.optionalInstant("since"),
            remark: try row.optionalText("remark"),
            plan: try row.optionalInstant("plan")
        )
    }
}
