// dutyd evaluate: judges tables offline, without state or notices.

import Almanac
import ArgumentParser
import Checks
import Diagnostics
import Engine
import Intake
import Jobs
import Linux

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Judge tables offline and print the verdicts, good ones too.",
        discussion: """
            Judges the period that the job states as of a time. What could not be used of the tables is named on
            standard error. The exit code is 0 when every table could be read, whatever the verdicts, and 1 otherwise.
            """
    )

    @Argument(help: "The job's name.")
    var job: String

    @Option(
        name: .customLong("feed"),
        help: ArgumentHelp("Read this feed from a file; may be given more than once.", valueName: "name=path")
    )
    var feeds: [String] = []

    @Option(help: ArgumentHelp("RFC 3339, or a date meaning the end of that day. Now, if left out.", valueName: "time"))
    var asOf: String?

    @Flag(help: "Judge every period that the tables have rows for.")
    var allPeriods = false

    @Flag(help: "Print one JSON object for each verdict.")
    var json = false

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let places = options.places
        let configuration = try SettingsTree(places).configuration(zones: ZoneDatabase())
        let job = try usableJob(in: configuration)
        let evidence = FolderEvidence(
            inbox: places.inbox,
            registers: places.registers,
            standards: places.standards,
            overrides: try overrides(for: job, in: configuration)
        )
        let evaluation = Evaluation(job: job, feeds: configuration.feeds, evidence: evidence)
        let date = try asOfDate(in: configuration.settings.zone)
        var rejects: [Diagnostic] = []
        var failure: Diagnostic?
        var isWhole = true
        for findings in findings(by: evaluation, of: job, asOf: date) {
            failure = failure ?? findings.failure
            isWhole = isWhole && findings.unread.isEmpty
            for reject in findings.rejects where !rejects.contains(reject) { rejects.append(reject) }
        }
        for reject in rejects { StandardError.write("\(reject)") }
        if let failure { throw failure }
        if !isWhole { throw ExitCode(1) }
    }

    /// What was found but the verdicts, which are shown as they come, so that tables of any size can be judged.
    private func findings(by evaluation: Evaluation, of job: Job, asOf date: CivilDate) -> [Findings] {
        let period = job.period(asOf: date)
        var printer = VerdictPrinter(job: job.name, isJSON: json)
        defer { printer.finish() }
        let show = { (assessment: Assessment) in printer.add(assessment) }
        if let ofRows = evaluation.judgeRows(of: allPeriods ? nil : period, asOf: date, show) { return [ofRows] }
        return allPeriods
            ? evaluation.findingsOfAllPeriods(show) : [evaluation.findings(period: period, asOf: date, show)]
    }

    private func usableJob(in configuration: Configuration) throws -> Job {
        if let usable = configuration.job(named: job) { return usable }
        for problem in configuration.brokenJobs[job] ?? [] { StandardError.write("\(problem)") }
        if configuration.brokenJobs[job] != nil {
            throw Diagnostic("the job's file cannot be used", found: job, remedy: "mend what is named above")
        }
        throw Diagnostic(
            "unknown job",
            found: job,
            remedy: suggestion(for: job, among: configuration.jobs.map(\.name)) ?? "name the folder of jobs with --jobs"
        )
    }

    private func overrides(for job: Job, in configuration: Configuration) throws -> [String: [String]] {
        // The registers by which rows are known may be no feeds of the job.
        let known = job.feeds.values.flatMap { name in
            [name]
                + (configuration.feeds[name]?.identities.flatMap { [$0.register] + [$0.aliases].compactMap(\.self) }
                    ?? [])
        }
        var overrides: [String: [String]] = [:]
        for option in feeds {
            let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("--feed takes NAME=PATH, not \"\(option)\".") }
            guard known.contains(parts[0]) else {
                throw Diagnostic(
                    "the job has no such feed",
                    found: parts[0],
                    remedy: suggestion(for: parts[0], among: Set(known))
                )
            }
            overrides[parts[0], default: []].append(parts[1])
        }
        guard !overrides.isEmpty else { return [:] }
        // Whoever names tables and leaves out one that the check can do without, has none.
        for role in job.check.roles where role.isOptional {
            guard let feed = job.feeds[role.name], configuration.feeds[feed]?.source == .inbox else { continue }
            overrides[feed] = overrides[feed] ?? []
        }
        return overrides
    }

    private func asOfDate(in zone: Zone) throws -> CivilDate {
        guard let asOf else { return zone.civil(at: WallClock().now()).date }
        if let date = CivilDate(iso8601: asOf) { return date }
        do throws(Diagnostic) {
            return zone.civil(at: try Instant(rfc3339: asOf)).date
        } catch {
            throw ValidationError("--as-of: \(error)")
        }
    }
}
