// Everything that the files of the configuration say, with everything that is wrong with them.

package import Alerts
package import Almanac
import Checks
package import Diagnostics
import Scheduling

/// A read configuration; a broken file costs what it describes and nothing else.
package struct Configuration: Sendable {
    package let settings: DaemonSettings
    package let departments: [Department]
    package let feeds: [String: Feed]
    /// The languages of a notice, in the order in which a text gives them.
    package let words: [Words]
    /// How messages of the Common Alerting Protocol are written; `nil` when no file says, or it cannot be used.
    package let cap: CAPProfile?
    /// By name.
    package let jobs: [Job]
    /// The working days that terms count which name no calendar; weekdays when there are several and none is chosen.
    package let workingDays: WorkingDayCalendar
    /// Who is told of which alerts, and when.
    package let routing: Routing
    private let places: [String: Int]
    /// Jobs whose file is there but cannot be used, by the file's name.
    package let brokenJobs: [String: [Diagnostic]]
    /// Where the schedules of job files stand, by job.
    let schedulePositions: [String: Position]
    /// What is wrong with any of the files.
    package let problems: [Diagnostic]

    /// The languages that notices are written in, first the one that departments read first.
    package static let languages = ["zh-CN", "en"]

    /// Reads the settings files and the job files.
    /// - Throws: The first complaint when `dutyd.yaml` itself cannot be used: without it nothing can run.
    package init(
        settings files: [SettingsFile],
        jobs jobFiles: [SettingsFile],
        zone: @escaping (String) throws(Diagnostic) -> Zone
    ) throws(Diagnostic) {
        var problems: [Diagnostic] = []
        func reading<Value>(_ file: SettingsFile, _ read: (Complaints) -> Value) -> Value {
            let complaints = Complaints(file: file.displayName)
            let value = read(complaints)
            problems += complaints.all
            return value
        }
        func content(of folder: String) -> [SettingsFile] { files.filter { $0.path.hasPrefix(folder + "/") } }

        guard let main = files.first(where: { $0.path == "dutyd.yaml" }) else {
            throw Diagnostic(
                "the daemon's settings are missing",
                expected: "a file dutyd.yaml in the settings folder",
                remedy: "name the right folder with --config"
            )
        }
        var broken = BrokenFiles()
        // Its words are asked for here, and complained about when the settings are read.
        let calendarWords = Section.root(of: main, complaints: Complaints(file: main.displayName)).map(
            CalendarWords.init
        )
        let calendarFolder = CalendarFolder(content(of: "calendars"), words: calendarWords ?? .standard)
        problems += calendarFolder.problems
        let calendars = calendarFolder.calendars
        let settings = reading(main) {
            DaemonSettings(main, calendars: calendars.keys, complaints: $0, zone: zone)
        }
        guard let settings else {
            throw problems.first { $0.position?.file == main.displayName }
                ?? Diagnostic("the daemon's settings cannot be used", at: Position(file: main.displayName))
        }
        self.settings = settings
        workingDays =
            settings.calendar.flatMap { calendars[$0] }
            ?? (calendars.count == 1 ? calendars.values.first : nil) ?? .weekdays
        departments =
            files.first { $0.path == "departments.yaml" }
            .map { file in reading(file) { Department.read(file, complaints: $0) } } ?? []
        broken.areDepartmentsLost =
            departments.isEmpty && files.contains { $0.path == BrokenFiles.departments }
        var feeds: [String: Feed] = [:]
        for file in content(of: "feeds") {
            let known = broken.areDepartmentsLost ? nil : departments.map(\.name)
            if let feed = reading(file, { Feed(file, departments: known, complaints: $0) }) {
                feeds[feed.name] = feed
            } else {
                broken.lose(feed: file.stem)
            }
        }
        problems += Feed.settle(&feeds, &broken)
        self.feeds = feeds
        var standards: [String: WaterQualityStandard] = [:]
        for file in content(of: "standards") {
            if let standard = reading(file, { WaterQualityStandard(file, complaints: $0) }) {
                standards[standard.name] = standard
            } else {
                broken.lose(standard: file.stem)
            }
        }
        let words = Self.languages.compactMap { language in
            let wordFiles = content(of: "words/\(language)")
            var all: [Complaints] = []
            let words = Words(language: language, files: wordFiles) { file in
                let complaints = Complaints(file: file.displayName)
                all.append(complaints)
                return complaints
            }
            problems += all.flatMap(\.all)
            return words
        }

        self.words = words
        cap = files.first { $0.path == CAPProfile.file }.flatMap { file in
            reading(file) { CAPProfile(file, settings, complaints: $0) }
        }
        if departments.contains(where: { $0.formats.contains(.cap) }) {
            problems += Self.missing(["cap.yaml"] + Self.languages.map { "words/\($0)/cap.yaml" }, among: files)
        }

        let surroundings = Job.Surroundings(
            feeds: feeds,
            broken: broken,
            departments: Set(departments.map(\.name)),
            standards: standards,
            calendars: WorkingDayRule.Calendars(
                all: calendars,
                standard: settings.calendar,
                isIncomplete: !calendarFolder.unusable.isEmpty
            ),
            defaultZone: settings.zone,
            zone: zone
        )
        var jobs: [Job] = []
        var schedulePositions: [String: Position] = [:]
        var ownFaults: [String: [Diagnostic]] = [:]
        var causes: [String: Set<String>] = [:]
        func enter(_ job: Job?, named name: String, from file: SettingsFile, _ complaints: Complaints) {
            let position = Position(file: file.displayName)
            let lacking = job.map { Self.languages(lackingWordsFor: $0.check.kind, words) } ?? []
            let brokenWords = lacking.compactMap { language in
                // Words that are there and cannot be read were complained of.
                ["\(job?.check.kind ?? "").yaml", "notice.txt"].map { "words/\(language)/\($0)" }.first { path in
                    files.contains { $0.path == path && !$0.isEmpty }
                        && problems.contains { $0.position?.file.hasSuffix(path) ?? false && $0.severity == .error }
                }
            }
            complaints.lose(Set(brokenWords))
            let unworded =
                brokenWords.isEmpty
                ? lacking.map { Self.unworded(job?.check.kind ?? "", in: $0).located(at: position) } : []
            if let job, lacking.isEmpty {
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
            let job = Job(file, in: surroundings, complaints: complaints)
            schedulePositions[file.stem] = complaints.schedule
            enter(job, named: file.stem, from: file, complaints)
        }
        for file in content(of: "feeds") {
            let complaints = Complaints(file: file.displayName)
            guard let feed = feeds[file.stem] else {
                if SubmissionDue.stands(in: file), let lost = broken.feeds[file.stem] {
                    complaints.lose(lost)
                    enter(nil, named: SubmissionDue.jobPrefix + file.stem, from: file, complaints)
                }
                continue
            }
            let job = Job(submissionOf: feed, file, in: surroundings, complaints: complaints) { language in
                words.first { $0.language == language }?.tables["titles"]?["submission"]
            }
            guard job != nil || !complaints.all.isEmpty || !complaints.lost.isEmpty else { continue }
            enter(job, named: SubmissionDue.jobPrefix + feed.name, from: file, complaints)
        }
        let coverage = Job(watching: calendarFolder, usedBy: jobs, zone: settings.zone) { language in
            words.first { $0.language == language }?.tables["titles"]?[Job.calendarCoverage]
        }
        if let coverage {
            if broken.areDepartmentsLost {
                let complaints = Complaints(file: main.displayName)
                complaints.lose([BrokenFiles.departments])
                enter(nil, named: coverage.name, from: main, complaints)
            } else if departments.contains(where: { $0.name == Job.operators }) {
                enter(coverage, named: coverage.name, from: main, Complaints(file: main.displayName))
            } else {
                problems.append(Job.nobodyWatchesCalendars)
            }
        }
        for job in jobs {
            guard let complaint = Self.complaint(aboutFormerNameOf: job, among: jobs, broken: ownFaults.keys),
                let file = jobFiles.first(where: { $0.stem == job.name })
            else { continue }
            problems.append(complaint.located(at: Position(file: file.displayName), key: "formerly"))
        }
        self.jobs = jobs.sorted { $0.name < $1.name }
        self.schedulePositions = schedulePositions
        let routesFile = files.first { $0.path == Routing.file }
        routing =
            routesFile.map { file in
                reading(file) {
                    Routing(file, jobs: jobs, broken: ownFaults.keys, in: surroundings, complaints: $0)
                }
            } ?? Routing(in: surroundings)
        if routing.routes.otherwise.isEmpty {
            for file in jobFiles where jobs.contains(where: { $0.name == file.stem && $0.recipients.to.isEmpty }) {
                problems.append(Self.told(toNobody: file))
            }
        }
        let paths = Dictionary(files.map { ($0.displayName, $0.path) }) { first, _ in first }
        broken.nameCosts(in: &problems) { paths[$0] }
        // Whoever asks why a job is not used is told the cause, too.
        brokenJobs = ownFaults.reduce(into: [:]) { result, entry in
            let causes = causes[entry.key] ?? []
            result[entry.key] =
                entry.value
                + problems.filter { problem in
                    guard problem.severity == .error, let file = problem.position?.file else { return false }
                    return paths[file].map(causes.contains) ?? false
                }
        }
        places = Dictionary(self.jobs.enumerated().map { ($1.name, $0) }) { first, _ in first }
        self.problems = problems
    }

    /// The time zones by which anything is due.
    package var zones: Set<Zone> {
        Set([settings.zone] + jobs.flatMap { $0.schedule.occurrences.map(\.zone) })
    }

    package func job(named name: String) -> Job? { places[name].map { jobs[$0] } }

    private static func told(toNobody file: SettingsFile) -> Diagnostic {
        Diagnostic(
            "what no route of routes.yaml matches is told to nobody",
            at: Position(file: file.displayName),
            key: "notify.to",
            expected: "at least one department",
            remedy: "name it, or name in routes.yaml who gets what is left, with \"otherwise\""
        )
    }

    /// The languages in which a kind of check could only send empty notices.
    private static func languages(lackingWordsFor kind: String, _ words: [Words]) -> [String] {
        languages.filter { language in words.first { $0.language == language }?.sentences[kind] == nil }
    }

    /// What a department's wish for messages of the Common Alerting Protocol needs and has not.
    private static func missing(_ paths: [String], among files: [SettingsFile]) -> [Diagnostic] {
        paths.filter { path in !files.contains { $0.path == path } }.map { path in
            Diagnostic(
                "a department wants the format \"cap\", and the file \(path) that words its messages is missing",
                at: Position(file: BrokenFiles.departments),
                remedy: "copy it from the Config folder of this version of dutyd"
            )
        }
    }

    private static func unworded(_ kind: String, in language: String) -> Diagnostic {
        Diagnostic(
            "there are no sentences for checks of the kind \"\(kind)\" in \(language), so the job is not used",
            expected: "a file words/\(language)/\(kind).yaml beside notice.txt"
        )
    }
}
