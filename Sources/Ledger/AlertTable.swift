// Open and ended alerts, as they stand.

import Alerts
import Almanac
import Checks
import GRDB
import JSON

/// The tables `alert`, `standing` and `candidate`.
enum AlertTable {
    /// Enters what a step has changed in the book.
    static func apply(_ difference: AlertBook.Difference, at instant: Instant, in database: Database) throws {
        // What ends first makes room for another alert of the same key.
        for alert in difference.ended { try enter(alert, hasEnded: true, at: instant, in: database) }
        for alert in difference.open { try enter(alert, hasEnded: false, at: instant, in: database) }
        for (key, confirmation) in difference.candidates { try set(confirmation, of: key, in: database) }
        for silence in difference.silences { try SilenceTable.enter(silence, in: database) }
        for silence in difference.endedSilences { try SilenceTable.end(silence.id, at: instant, in: database) }
    }

    private static func enter(_ alert: Alert, hasEnded: Bool, at instant: Instant, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO alert (serial, job, subject, indicator, revision, name, period, state, raised_at, changed_at,
                    cleared_at, "to", cc, check_kind, run, as_of, told, latest, reminder_due, clock_started,
                    clock_working_seconds, clock_seconds, clock_since, clock_runs, steps_done, confirming,
                    confirming_runs, withdrawn_at, withdrawn_by, withdrawn_why, escalated_stage)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (serial) DO UPDATE SET job = excluded.job, revision = excluded.revision,
                    name = excluded.name, period = excluded.period, state = excluded.state,
                    changed_at = excluded.changed_at, cleared_at = excluded.cleared_at, "to" = excluded."to",
                    cc = excluded.cc, check_kind = excluded.check_kind, run = excluded.run, as_of = excluded.as_of,
                    told = excluded.told, latest = excluded.latest, reminder_due = excluded.reminder_due,
                    clock_started = excluded.clock_started,
                    clock_working_seconds = excluded.clock_working_seconds,
                    clock_seconds = excluded.clock_seconds, clock_since = excluded.clock_since,
                    clock_runs = excluded.clock_runs, steps_done = excluded.steps_done,
                    confirming = excluded.confirming, confirming_runs = excluded.confirming_runs,
                    withdrawn_at = excluded.withdrawn_at, withdrawn_by = excluded.withdrawn_by,
                    withdrawn_why = excluded.withdrawn_why, escalated_stage = excluded.escalated_stage
                """
        )
        let clock = alert.escalation
        let head: StatementArguments = [
            alert.serial, alert.key.job, alert.key.subject, alert.key.indicator, alert.revision, alert.name,
            alert.period, alert.state.rawValue, alert.raisedAt.microseconds, alert.changedAt.microseconds,
            hasEnded ? instant.microseconds : nil, TextList.text(of: alert.recipients.to),
            TextList.text(of: alert.recipients.cc),
        ]
        let life: StatementArguments = [
            alert.checkKind, alert.run, alert.asOf.microseconds, alert.told?.rawValue, alert.latest.record.text(.line),
            alert.reminderDue?.microseconds, clock.started?.microseconds, clock.workingSeconds, clock.seconds,
            clock.since?.microseconds, clock.isRunning, clock.done, alert.confirmation?.state.rawValue,
            alert.confirmation?.runs, alert.withdrawal?.at.microseconds, alert.withdrawal?.author,
            alert.withdrawal?.reason, clock.stage,
        ]
        try statement.execute(arguments: head + life)
        for (department, standing) in alert.standings {
            try set(standing, of: alert.serial, department, in: database)
        }
        try AcknowledgementTable.enter(
            hasEnded ? nil : alert.acknowledgement,
            of: alert.serial,
            at: instant,
            in: database
        )
    }

    /// The open alerts with the silences and with the counters that number the next ones.
    static func book(in database: Database) throws -> AlertBook {
        AlertBook(
            open: try Row.fetchAll(database, sql: "SELECT * FROM alert WHERE cleared_at IS NULL").map {
                try alert($0, in: database)
            },
            candidates: try candidates(in: database),
            silences: try SilenceTable.standing(in: database),
            lastSilence: try SilenceTable.last(in: database),
            serials: try serials(in: database),
            sequence: try NoticeTable.lastSequence(in: database)
        )
    }

    /// An alert, open or ended, with its end.
    static func find(_ serial: String, in database: Database) throws -> (alert: Alert, ended: Instant?)? {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM alert WHERE serial = ?", arguments: [serial])
        return try row.map { (try alert($0, in: database), try $0.optionalInstant("cleared_at")) }
    }

    private static func alert(_ row: Row, in database: Database) throws -> Alert {
        let serial = try row.text("serial")
        let state = try row.parsed("state", Assessment.State.init(rawValue:))
        let raisedAt = try row.instant("raised_at")
        let key = AlertKey(
            job: try row.text("job"),
            subject: try row.text("subject"),
            indicator: try row.text("indicator")
        )
        return Alert(
            key: key,
            serial: serial,
            revision: Int(try row.integer("revision")),
            name: try row.text("name"),
            period: try row.text("period"),
            state: state,
            latest: try latest(row, key, state),
            checkKind: try row.text("check_kind"),
            run: try row.integer("run"),
            asOf: try row.optionalInstant("as_of") ?? raisedAt,
            raisedAt: raisedAt,
            changedAt: try row.instant("changed_at"),
            recipients: try row.recipients(),
            told: try row.optionallyParsed("told", Assessment.State.init(rawValue:)),
            tellings: try ChangeTable.tellings(of: serial, in: database),
            standings: try standings(of: serial, in: database),
            reminderDue: try row.optionalInstant("reminder_due"),
            escalation: EscalationClock(
                started: try row.optionalInstant("clock_started"),
                workingSeconds: try row.integer("clock_working_seconds"),
                seconds: try row.integer("clock_seconds"),
                since: try row.optionalInstant("clock_since"),
                isRunning: try row.integer("clock_runs") != 0,
                done: Int(try row.integer("steps_done")),
                stage: try row.optionalText("escalated_stage")
            ),
            acknowledgement: try AcknowledgementTable.standing(of: serial, in: database),
            confirmation: try row.optionallyParsed("confirming", Assessment.State.init(rawValue:)).map {
                Confirmation(state: $0, runs: Int(try row.integer("confirming_runs")))
            },
            withdrawal: try row.optionalInstant("withdrawn_at").map {
                Withdrawal(
                    author: try row.optionalText("withdrawn_by"),
                    reason: try row.optionalText("withdrawn_why"),
                    at: $0
                )
            }
        )
    }

    /// The verdict that an alert rests on; of one raised before verdicts were kept only the outline is known.
    private static func latest(_ row: Row, _ key: AlertKey, _ state: Assessment.State) throws -> Assessment {
        guard try row.optionalText("latest") != nil else {
            return Assessment(
                subject: key.subject,
                name: try row.text("name"),
                period: try row.parsed("period", Period.init(label:)),
                indicator: key.indicator,
                state: state,
                facts: Facts()
            )
        }
        return try row.parsed("latest") { text in
            (try? JSONValue(parsing: Array(text.utf8))).flatMap(Assessment.init(record:))
        }
    }

    private static func set(_ standing: Standing, of serial: String, _ department: String, in database: Database) throws
    {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO standing (serial, department, delivered, picked_up, acknowledged, said_settled)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (serial, department) DO UPDATE SET delivered = excluded.delivered,
                    picked_up = excluded.picked_up, acknowledged = excluded.acknowledged,
                    said_settled = excluded.said_settled
                """
        )
        try statement.execute(arguments: [
            serial, department, standing.delivered?.microseconds, standing.pickedUp?.microseconds,
            standing.acknowledged?.microseconds, standing.saidSettled?.microseconds,
        ])
    }

    private static func standings(of serial: String, in database: Database) throws -> [String: Standing] {
        let statement = try database.cachedStatement(sql: "SELECT * FROM standing WHERE serial = ?")
        return try Row.fetchAll(statement, arguments: [serial]).reduce(into: [:]) { result, row in
            result[try row.text("department")] = Standing(
                delivered: try row.optionalInstant("delivered"),
                pickedUp: try row.optionalInstant("picked_up"),
                acknowledged: try row.optionalInstant("acknowledged"),
                saidSettled: try row.optionalInstant("said_settled")
            )
        }
    }

    private static func set(_ confirmation: Confirmation?, of key: AlertKey, in database: Database) throws {
        let place: StatementArguments = [key.job, key.subject, key.indicator]
        guard let confirmation else {
            let sql = "DELETE FROM candidate WHERE job = ? AND subject = ? AND indicator = ?"
            return try database.execute(sql: sql, arguments: place)
        }
        try database.execute(
            sql: "INSERT OR REPLACE INTO candidate (job, subject, indicator, state, runs) VALUES (?, ?, ?, ?, ?)",
            arguments: place + [confirmation.state.rawValue, confirmation.runs]
        )
    }

    private static func candidates(in database: Database) throws -> [AlertKey: Confirmation] {
        try Row.fetchAll(database, sql: "SELECT * FROM candidate").reduce(into: [:]) { result, row in
            let key = AlertKey(
                job: try row.text("job"),
                subject: try row.text("subject"),
                indicator: try row.text("indicator")
            )
            result[key] = Confirmation(
                state: try row.parsed("state", Assessment.State.init(rawValue:)),
                runs: Int(try row.integer("runs"))
            )
        }
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
