// dutyd simulate

import Almanac
import ArgumentParser
import Diagnostics
import Engine
import JSON
import Jobs
import Linux
import Scheduling

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "List every slot of a stretch of time with what becomes of it, without waiting for it.",
        discussion: """
            The jobs go through the same scheduler as in earnest, from a first start at --from; nothing is read, written or
            told. A slot that may still move, because its calendar of working days does not reach so far, says so.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: ArgumentHelp("After this RFC 3339 time, or from the beginning of this date.", valueName: "time"))
    var from: String

    @Option(help: ArgumentHelp("Up to this RFC 3339 time, or the end of this date.", valueName: "time"))
    var to: String

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        let configuration = try SettingsTree(options.places).configuration(zones: ZoneDatabase())
        let zone = configuration.settings.zone
        let start = try Self.moment(from) { Instant(microseconds: zone.startOfDay($0).microseconds - 1) }
        let end = try Self.moment(to) { zone.endOfDay($0) }
        guard start < end else { throw ValidationError("--from has to be before --to.") }
        for (job, problems) in configuration.brokenJobs.sorted(by: { $0.key < $1.key }) {
            for problem in problems { StandardError.write("\(job) is left out: \(problem)") }
        }
        var simulation = Simulation(configuration, after: start)
        var count = 0
        simulation.run(to: end) { outcome in
            count += 1
            print(json ? Self.object(outcome, zone).text(.line) : Self.line(outcome, zone))
        }
        if !json { print("\(count) slots of \(configuration.jobs.count) jobs") }
    }

    private static func moment(_ text: String, ofDate: (CivilDate) -> Instant) throws -> Instant {
        if let date = CivilDate(iso8601: text) { return ofDate(date) }
        return try Instant(rfc3339: text)
    }

    private static func line(_ outcome: Simulation.Outcome, _ zone: Zone) -> String {
        let judged = outcome.period.map { ", judges \($0.label)" } ?? ""
        let remark = outcome.remark.map { "; \($0)" } ?? ""
        return "\(zone.rfc3339(outcome.slot))  \(outcome.job.name)  \(outcome.reason.text)\(judged)\(remark)"
    }

    private static func object(_ outcome: Simulation.Outcome, _ zone: Zone) -> JSONValue {
        .object([
            "slot": .string(zone.rfc3339(outcome.slot)),
            "job": .string(outcome.job.name),
            "reason": .string(outcome.reason.text),
            "period": outcome.period.map { .string($0.label) } ?? .null,
            "remark": outcome.remark.map(JSONValue.string) ?? .null,
        ])
    }
}
