// Everything that the files of the configuration say, with everything that is wrong with them.

package import Alerts
package import Almanac
import Checks
package import Diagnostics
import Records
import Scheduling

/// A read configuration; a broken file costs what it describes and nothing else.
package struct Configuration: Sendable {
    /// By name.
    package let jobs: [Job]
    /// Eight hexadecimal digits that tell one state of rules, calendars and words from another.
    package let fingerprint: String
    /// Who is told of which alerts, and when.
    package let routing: Routing
    /// The promises that jobs keep, in the order of their list; none when no file lists them.
    package let commitments: [Commitment]
    private let places: [String: Int]
    /// Jobs whose file is there but cannot be used, by the file's name.
    package let brokenJobs: [String: [Diagnostic]]
    /// What is wrong with any of the files.
    package let problems: [Diagnostic]
    private let common: CommonSettings
    /// The job files, by the names of the jobs.
    private let jobFiles: [String: JobFile]
    /// The zones that the files name.
    private let zonesRead: [Zone]

    /// A job's file as it was read.
    private struct JobFile {
        let fingerprint: ContentFingerprint.Value
        /// Where its schedule stands.
        let schedule: Position?
        /// Whether there was nothing to complain of.
        let isClean: Bool
    }

    /// The languages that notices are written in, first the one that departments read first.
    package static let languages = ["zh-CN", "en"]

    /// Reads the settings files and the job files.
    ///
    /// Of an earlier reading, job files are taken over that have not changed since and of which nothing was wrong, unless
    /// something else has changed that they may refer to.
    /// - Throws: The first complaint when `dutyd.yaml` itself cannot be used: without it nothing can run.
    package init(
        settings files: [SettingsFile],
        jobs jobFiles: [SettingsFile],
        earlier: Configuration? = nil,
        zone: @escaping (String) throws(Diagnostic) -> Zone
    ) throws(Diagnostic) {
        let zones = ZonesRead(zone)
        let known = earlier.flatMap { $0.rests(on: files, zones) ? $0 : nil }
        let common: CommonSettings
        if let known { common = known.common } else { common = try CommonSettings(files, zones: zones) }
        self.common = common
        fingerprint = String(SettingsFile.fingerprint(of: files + jobFiles).description.prefix(8))

        var problems = common.problems
        var broken = common.broken
        let surroundings = common.surroundings(zones: zones)
        var jobs: [Job] = []
        var readFiles: [String: JobFile] = [:]
        var ownFaults: [String: [Diagnostic]] = [:]
        var causes: [String: Set<String>] = [:]
        var lacking: [String: CommonSettings.LackingWords] = [:]
        func enter(_ job: Job?, named name: String, from file: String, _ complaints: Complaints) {
            var unworded: [Diagnostic] = []
            if let kind = job?.check.kind {
                let words = lacking[kind] ?? common.lackingWords(for: kind)
                lacking[kind] = words
                complaints.lose(words.broken)
                unworded = words.complaints.map { $0.located(at: Position(file: file)) }
            }
            if let job, unworded.isEmpty, complaints.lost.isEmpty {
                jobs.append(job)
            } else {
                ownFaults[name] = complaints.all + unworded
                causes[name] = complaints.lost
                broken.lose(job: name, because: complaints.lost)
            }
            problems += complaints.all + unworded
        }
        for file in jobFiles.sorted(by: { $0.stem < $1.stem }) {
            let complaints = Complaints(file: file.displayName)
            if let (job, read) = known?.reading(of: file) {
                readFiles[file.stem] = read
                enter(job, named: file.stem, from: file.displayName, complaints)
                continue
            }
            let job = Job(file, in: surroundings, complaints: complaints)
            enter(job, named: file.stem, from: file.displayName, complaints)
            readFiles[file.stem] = JobFile(
                fingerprint: file.fingerprint,
                schedule: complaints.schedule,
                isClean: complaints.all.isEmpty && complaints.lost.isEmpty
            )
        }
        for file in CommonSettings.files(of: "feeds", in: files) {
            let complaints = Complaints(file: file.displayName)
            guard let feed = common.feeds[file.stem] else {
                if SubmissionDue.stands(in: file), let lost = broken.feeds[file.stem] {
                    complaints.lose(lost)
                    enter(nil, named: SubmissionDue.jobPrefix + file.stem, from: file.displayName, complaints)
                }
                continue
            }
            let job = Job(submissionOf: feed, file, in: surroundings, complaints: complaints) { language in
                common.title(of: "submission", in: language)
            }
            guard job != nil || !complaints.all.isEmpty || !complaints.lost.isEmpty else { continue }
            enter(job, named: SubmissionDue.jobPrefix + feed.name, from: file.displayName, complaints)
        }
        let coverage = Job(watching: common.calendarFolder, usedBy: jobs, zone: common.daemon.zone) { language in
            common.title(of: Job.calendarCoverage, in: language)
        }
        let main = files.first { $0.path == CommonSettings.main }?.displayName ?? CommonSettings.main
        let isWatched = common.departments.contains { $0.name == Job.operators }
        if coverage != nil, !isWatched, !broken.areDepartmentsLost { problems.append(Job.nobodyWatchesCalendars) }
        let audit = Job(auditingSlotsIn: common.daemon.zone) { language in
            common.title(of: Job.slotAccounts, in: language)
        }
        for job in [coverage, audit].compactMap(\.self) {
            let complaints = Complaints(file: main)
            if broken.areDepartmentsLost {
                complaints.lose([BrokenFiles.departments])
                enter(nil, named: job.name, from: main, complaints)
            } else if isWatched {
                enter(job, named: job.name, from: main, complaints)
            }
        }
        let delivery = Job(watchingSpoolIn: common.daemon.zone) { language in
            common.title(of: Job.delivery, in: language)
        }
        // Where nobody looks after dutyd, or its words are missing, the journal and the status say the same.
        if let delivery, common.departments.contains(where: { $0.name == Job.operators }),
            common.lackingWords(for: delivery.check.kind).isEmpty
        {
            jobs.append(delivery)
        }
        for job in jobs {
            guard let complaint = Self.complaint(aboutFormerNameOf: job, among: jobs, broken: ownFaults.keys),
                let file = jobFiles.first(where: { $0.stem == job.name })
            else { continue }
            problems.append(complaint.located(at: Position(file: file.displayName), key: "formerly"))
        }
        var list = CommitmentList.none
        if let file = files.first(where: { $0.path == CommitmentList.file }) {
            let complaints = Complaints(file: file.displayName)
            list = CommitmentList(file, complaints: complaints)
            // A job that is broken has been complained of, and so has what it would say of its commitments.
            let paths = Dictionary(jobFiles.map { ($0.stem, $0.displayName) }) { first, _ in first }
            problems += complaints.all
            problems += list.complaints(
                about: jobs,
                broken: Set(ownFaults.keys),
                files: paths,
                in: file.displayName
            )
        }
        commitments = list.all
        self.jobs = jobs.sorted { $0.name < $1.name }
        self.jobFiles = readFiles
        if let file = files.first(where: { $0.path == Routing.file }) {
            let complaints = Complaints(file: file.displayName)
            routing = Routing(file, jobs: jobs, broken: ownFaults.keys, in: surroundings, complaints: complaints)
            problems += complaints.all
        } else {
            routing = Routing(in: surroundings)
        }
        if routing.routes.otherwise.isEmpty {
            let silent = Set(jobs.filter { $0.recipients.to.isEmpty }.map(\.name))
            problems += jobFiles.filter { silent.contains($0.stem) }.map(Self.told(toNobody:))
        }
        let paths = Dictionary(files.map { ($0.displayName, $0.path) }) { first, _ in first }
        broken.nameCosts(in: &problems) { paths[$0] }
        brokenJobs = Self.explained(ownFaults, causes: causes, problems, paths: paths)
        places = Dictionary(self.jobs.enumerated().map { ($1.name, $0) }) { first, _ in first }
        self.problems = problems
        zonesRead = zones.found
    }

    package var settings: DaemonSettings { common.daemon }
    package var departments: [Department] { common.departments }
    package var feeds: [String: Feed] { common.feeds }
    /// The languages of a notice, in the order in which a text gives them.
    package var words: [Words] { common.words }
    /// The working days that terms count which name no calendar; weekdays when there are several and none is chosen.
    package var workingDays: WorkingDayCalendar { common.workingDays }
    /// How messages of the Common Alerting Protocol are written; `nil` when no file says, or it cannot be used.
    package var cap: CAPProfile? { common.cap }

    /// The time zones by which anything is due.
    package var zones: Set<Zone> {
        Set([settings.zone] + jobs.flatMap { $0.schedule.occurrences.map(\.zone) })
    }

    package func job(named name: String) -> Job? { places[name].map { jobs[$0] } }

    /// Where the schedule of a job stands in its file.
    func schedulePosition(of job: String) -> Position? { jobFiles[job]?.schedule }

    /// Whether the files, and the zones that are named in them and in the jobs, are those of this reading.
    private func rests(on files: [SettingsFile], _ zones: ZonesRead) -> Bool {
        common.fingerprint == CommonSettings.fingerprint(of: files) && zones.agree(with: zonesRead)
    }

    /// What was read from a file, when it is as it was and nothing was wrong.
    private func reading(of file: SettingsFile) -> (Job, JobFile)? {
        guard let read = jobFiles[file.stem], read.isClean, read.fingerprint == file.fingerprint,
            read.schedule?.file == file.displayName, let job = job(named: file.stem)
        else { return nil }
        return (job, read)
    }

    private static func told(toNobody file: SettingsFile) -> Diagnostic {
        Diagnostic(
            "what no route of routes.yaml matches is told to nobody",
            at: Position(file: file.displayName),
            key: "notify.to",
            expected: "at least one department",
            remedy: "name it, or name in routes.yaml who gets what is left, with \"otherwise\""
        )
    }

    /// What keeps each job from being used: whoever asks for one is told the cause in other files, too.
    private static func explained(
        _ ownFaults: [String: [Diagnostic]],
        causes: [String: Set<String>],
        _ problems: [Diagnostic],
        paths: [String: String]
    ) -> [String: [Diagnostic]] {
        var errors: [String: [Int]] = [:]
        for (index, problem) in problems.enumerated() where problem.severity == .error {
            if let path = problem.position.flatMap({ paths[$0.file] }) { errors[path, default: []].append(index) }
        }
        return ownFaults.reduce(into: [:]) { result, entry in
            let others = (causes[entry.key] ?? []).flatMap { errors[$0] ?? [] }.sorted()
            result[entry.key] = entry.value + others.map { problems[$0] }
        }
    }
}
