// dutyd simulate

import Alerts
import Almanac
import ArgumentParser
import Checks
import Control
import Diagnostics
import Dispatch
import Engine
import Glibc
import Intake
import JSON
import Jobs
import Ledger
import Linux
import Scheduling

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "List every slot of a stretch of time with what becomes of it, without waiting for it.",
        discussion: """
            The jobs go through the same scheduler as in earnest, from a first start at --from; nothing is read, written or
            told. A slot that may still move, because its calendar of working days does not reach so far, says so.

            With --judge each slot judges what lies in the inbox by then, a file from the time on at which it was last
            changed, and the changes of alerts are listed with the departments that would be told: in memory, to nobody.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: ArgumentHelp("After this RFC 3339 time, or from the beginning of this date.", valueName: "time"))
    var from: String

    @Option(help: ArgumentHelp("Up to this RFC 3339 time, or the end of this date.", valueName: "time"))
    var to: String

    @Flag(help: "Also judge what lies in the inbox, and list the changes of alerts.")
    var judge = false

    @Flag(help: "One JSON object a line.")
    var json = false

    func run() throws {
        let places = options.places
        let configuration = try SettingsTree(places).configuration(zones: ZoneDatabase())
        let zone = configuration.settings.zone
        let start = try Self.moment(from) { Instant(microseconds: zone.startOfDay($0).microseconds - 1) }
        let end = try Self.moment(to) { zone.endOfDay($0) }
        guard start < end else { throw ValidationError("--from has to be before --to.") }
        for (job, problems) in configuration.brokenJobs.sorted(by: { $0.key < $1.key }) {
            for problem in problems { StandardError.write("\(job) is left out: \(problem)") }
        }
        guard judge else {
            var listing = Listing(zone: zone, isJSON: json)
            var simulation = Simulation(configuration, after: start)
            simulation.run(to: end) { listing.show(.slot($0, summary: nil)) }
            listing.end(jobs: configuration.jobs.count)
            return
        }
        let evidence = FolderEvidence(inbox: places.inbox, registers: places.registers, standards: places.standards)
        // As in the daemon, nothing leaves the main queue that need not.
        Task { @MainActor in
            do {
                var listing = Listing(zone: zone, isJSON: json)
                var rehearsal = try Rehearsal(
                    configuration,
                    evidence: evidence,
                    ledger: try SQLiteLedger(),
                    generator: "dutyd \(Version.current)"
                )
                try await rehearsal.run(after: start, to: end) { listing.show($0) }
                listing.end(jobs: configuration.jobs.count)
                Glibc.exit(0)
            } catch {
                ProgramEnd.after(error, of: Self.self)
            }
        }
        dispatchMain()
    }

    private static func moment(_ text: String, ofDate: (CivilDate) -> Instant) throws -> Instant {
        if let date = CivilDate(iso8601: text) { return ofDate(date) }
        return try Instant(rfc3339: text)
    }
}

/// What is printed of each slot and change.
private struct Listing {
    let zone: Zone
    let isJSON: Bool
    private var slots = 0
    private var changes = 0

    init(zone: Zone, isJSON: Bool) {
        self.zone = zone
        self.isJSON = isJSON
    }

    mutating func show(_ event: Rehearsal.Event) {
        switch event {
        case .slot(let outcome, let summary):
            slots += 1
            print(isJSON ? object(outcome, summary).text(.line) : line(outcome, summary))
        case .changed(let change, let at):
            changes += 1
            print(isJSON ? object(change, at).text(.line) : line(change, at))
        }
    }

    func end(jobs: Int) {
        guard !isJSON else { return }
        print("\(slots) slots of \(jobs) jobs" + (changes > 0 ? ", \(changes) changes of alerts" : ""))
    }

    private func line(_ outcome: Simulation.Outcome, _ summary: String?) -> String {
        let judged = outcome.period.map { ", judges \($0.label)" } ?? ""
        let remark = [outcome.remark, summary].compactMap { $0.map { "; \($0)" } }.joined()
        return "\(zone.rfc3339(outcome.slot))  \(outcome.job.name)  \(outcome.reason.text)\(judged)\(remark)"
    }

    private func line(_ change: Change, _ at: Instant) -> String {
        let alert = change.alert
        let told = change.recipients.cc.isEmpty ? "" : "; cc \(change.recipients.cc.joined(separator: ", "))"
        return
            "\(zone.rfc3339(at))    \(alert.serial) \(change.kind.rawValue)  \(alert.key.subject) \(change.assessment.name): "
            + "\(alert.key.indicator) \(change.assessment.state.rawValue), to "
            + "\(change.recipients.to.joined(separator: ", "))\(told)"
    }

    private func object(_ change: Change, _ at: Instant) -> JSONValue {
        .object([
            "at": .string(zone.rfc3339(at)),
            "alert": .string(change.alert.serial),
            "change": .string(change.kind.rawValue),
            "job": .string(change.alert.key.job),
            "subject": .string(change.alert.key.subject),
            "indicator": .string(change.alert.key.indicator),
            "state": .string(change.assessment.state.rawValue),
            "to": .array(change.recipients.to.map(JSONValue.string)),
            "cc": .array(change.recipients.cc.map(JSONValue.string)),
        ])
    }

    private func object(_ outcome: Simulation.Outcome, _ summary: String?) -> JSONValue {
        .object([
            "slot": .string(zone.rfc3339(outcome.slot)),
            "job": .string(outcome.job.name),
            "reason": .string(outcome.reason.text),
            "period": outcome.period.map { .string($0.label) } ?? .null,
            "remark": outcome.remark.map(JSONValue.string) ?? .null,
            "summary": summary.map(JSONValue.string),
        ])
    }
}
