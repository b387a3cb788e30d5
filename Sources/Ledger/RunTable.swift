// Runs and their verdicts.

import Almanac
import Checks
import Engine
import GRDB
import JSON
import Scheduling

/// The tables `run`, `assessment` and `awaited`.
enum RunTable {
    static func insert(_ entry: RunEntry, into database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO run (id, job, cause, slot, as_of, started, finished, outcome, summary)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.run, entry.job, entry.cause.rawValue, entry.slot?.slot.instant.microseconds,
                entry.asOf.microseconds, entry.started.microseconds, entry.finished.microseconds,
                entry.outcome.rawValue, entry.summary,
            ]
        )
        for file in entry.awaited {
            try database.execute(
                sql: "INSERT INTO awaited (run, feed, name) VALUES (?, ?, ?)",
                arguments: [entry.run, file.feed, file.name]
            )
        }
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO assessment (run, subject, indicator, period, state, name, facts, gaps, source)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        for assessment in entry.assessments {
            try statement.execute(arguments: [
                entry.run, assessment.subject, assessment.indicator, assessment.period.label,
                assessment.state.rawValue, assessment.name, assessment.facts.json.text(.line),
                list(assessment.gaps), list(assessment.source),
            ])
        }
    }

    /// The number of the last run.
    static func last(in database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT max(id) FROM run") ?? 0
    }

    /// The latest instant that each job was judged as of; a run that failed has judged nothing.
    static func lastAsOf(in database: Database) throws -> [String: Instant] {
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT job, max(as_of) AS as_of FROM run WHERE outcome = ? GROUP BY job",
            arguments: [RunOutcome.completed.rawValue]
        )
        return try rows.reduce(into: [:]) { result, row in
            result[try row.text("job")] = try row.instant("as_of")
        }
    }

    /// How each job's last run went.
    static func lastOfEachJob(in database: Database) throws -> [String: RunSummary] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, job, cause, as_of, outcome, summary FROM run
                WHERE id IN (SELECT max(id) FROM run GROUP BY job)
                """
        )
        return try rows.reduce(into: [:]) { result, row in
            result[try row.text("job")] = RunSummary(
                run: try row.integer("id"),
                cause: try row.parsed("cause", Cause.init(rawValue:)),
                asOf: try row.instant("as_of"),
                outcome: try row.parsed("outcome", RunOutcome.init(rawValue:)),
                summary: try row.text("summary")
            )
        }
    }

    /// What the last run of a job that judged said, in its order; `nil` when none has.
    static func lastVerdicts(of job: String, in database: Database) throws -> [LastVerdict]? {
        let run = try Row.fetchOne(
            database,
            sql: "SELECT id, as_of FROM run WHERE job = ? AND outcome = ? ORDER BY id DESC LIMIT 1",
            arguments: [job, RunOutcome.completed.rawValue]
        )
        guard let run else { return nil }
        let asOf = try run.instant("as_of")
        let id: Int64 = try run.integer("id")
        return try Row.fetchAll(
            database,
            sql: "SELECT subject, indicator, state, name, facts FROM assessment WHERE run = ? ORDER BY rowid",
            arguments: [id]
        ).map { row in
            LastVerdict(
                subject: try row.text("subject"),
                indicator: try row.text("indicator"),
                state: try row.parsed("state", Assessment.State.init(rawValue:)),
                name: try row.text("name"),
                facts: try row.text("facts"),
                asOf: asOf
            )
        }
    }

    /// The files that the last run of each job found still being handed in.
    static func awaited(in database: Database) throws -> [String: AwaitedFiles] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT run.job, run.finished, awaited.feed, awaited.name FROM awaited JOIN run ON run.id = awaited.run
                WHERE run.id IN (SELECT max(id) FROM run WHERE outcome = ? GROUP BY job)
                """,
            arguments: [RunOutcome.completed.rawValue]
        )
        return try rows.reduce(into: [:]) { result, row in
            let job = try row.text("job")
            let file = InboxFile(feed: try row.text("feed"), name: try row.text("name"))
            let known = result[job]?.files ?? []
            result[job] = AwaitedFiles(known.union([file]), since: try row.instant("finished"))
        }
    }

    private static func list(_ values: [some CustomStringConvertible]) -> String {
        JSONValue.array(values.map { .string($0.description) }).text(.line)
    }
}
