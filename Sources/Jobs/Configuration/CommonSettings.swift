// What all jobs share: everything that the settings files say, and with it whatever a job's file may refer to.

import Alerts
import Almanac
import Checks
import Diagnostics
import Records
import Scheduling

/// The settings files, read once for all jobs.
struct CommonSettings: Sendable {
    let daemon: DaemonSettings
    let departments: [Department]
    let feeds: [String: Feed]
    let words: [Words]
    /// How messages of the Common Alerting Protocol are written; `nil` when no file says, or it cannot be used.
    let cap: CAPProfile?
    let calendarFolder: CalendarFolder
    let workingDays: WorkingDayCalendar
    /// The files that cannot be used, without the jobs that this costs.
    let broken: BrokenFiles
    let problems: [Diagnostic]
    /// Tells one state of the files from another.
    let fingerprint: [String: ContentFingerprint.Value]
    private let standards: [String: WaterQualityStandard]
    /// The paths of files in which something stands.
    private let filled: Set<String>

    /// Reads the settings files.
    /// - Throws: The first complaint when `dutyd.yaml` itself cannot be used: without it nothing can run.
    init(_ files: [SettingsFile], zones: ZonesRead) throws(Diagnostic) {
        var problems: [Diagnostic] = []
        func reading<Value>(_ file: SettingsFile, _ read: (Complaints) -> Value) -> Value {
            let complaints = Complaints(file: file.displayName)
            let value = read(complaints)
            problems += complaints.all
            return value
        }
        func content(of folder: String) -> [SettingsFile] { Self.files(of: folder, in: files) }

        guard let main = files.first(where: { $0.path == Self.main }) else {
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
        calendarFolder = CalendarFolder(content(of: "calendars"), words: calendarWords ?? .standard)
        problems += calendarFolder.problems
        let calendars = calendarFolder.calendars
        let daemon = reading(main) {
            DaemonSettings(main, calendars: calendars.keys, complaints: $0, zone: zones.zone(named:))
        }
        guard let daemon else {
            throw problems.first { $0.position?.file == main.displayName }
                ?? Diagnostic("the daemon's settings cannot be used", at: Position(file: main.displayName))
        }
        self.daemon = daemon
        workingDays =
            daemon.calendar.flatMap { calendars[$0] }
            ?? (calendars.count == 1 ? calendars.values.first : nil) ?? .weekdays
        departments =
            files.first { $0.path == BrokenFiles.departments }
            .map { file in reading(file) { Department.read(file, complaints: $0) } } ?? []
        broken.areDepartmentsLost = departments.isEmpty && files.contains { $0.path == BrokenFiles.departments }
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
        problems += Self.unread(content(of: "standards"), feeds, broken)
        var standards: [String: WaterQualityStandard] = [:]
        for file in content(of: "standards") where !file.isTable {
            if let standard = reading(file, { WaterQualityStandard(file, complaints: $0) }) {
                standards[standard.name] = standard
            } else {
                broken.lose(standard: file.stem)
            }
        }
        self.standards = standards
        words = Configuration.languages.compactMap { language in
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
        cap = files.first { $0.path == CAPProfile.file }.flatMap { file in
            reading(file) { CAPProfile(file, daemon, complaints: $0) }
        }
        if departments.contains(where: { $0.formats.contains(.cap) }) {
            let needed = [CAPProfile.file] + Configuration.languages.map { "words/\($0)/cap.yaml" }
            problems += Self.missing(needed, among: files)
        }
        self.broken = broken
        self.problems = problems
        fingerprint = Self.fingerprint(of: files)
        filled = Set(files.filter { !$0.isEmpty }.map(\.path))
    }

    /// The path of the daemon's own settings.
    static let main = "dutyd.yaml"

    /// The files below a folder.
    static func files(of folder: String, in files: [SettingsFile]) -> [SettingsFile] {
        files.filter { $0.path.hasPrefix(folder + "/") }
    }

    /// Tables of `standards/` that no feed reads, so that nobody takes a rule for one that counts.
    private static func unread(
        _ files: [SettingsFile],
        _ feeds: [String: Feed],
        _ broken: BrokenFiles
    ) -> [Diagnostic] {
        let known = feeds.values.filter { $0.source == .standard }.map(\.name)
        return files.filter { $0.isTable && !known.contains($0.stem) && broken.feeds[$0.stem] == nil }.map { file in
            Diagnostic(
                "no feed reads this table of rules",
                at: Position(file: file.displayName),
                found: file.stem,
                expected: "a feed of that name with source: standard",
                remedy: suggestion(for: file.stem, among: known) ?? "declare it in feeds/\(file.stem).yaml"
            )
        }
    }

    /// Tells one state of files from another, by the names under which messages speak of them.
    static func fingerprint(of files: [SettingsFile]) -> [String: ContentFingerprint.Value] {
        Dictionary(files.map { ($0.displayName, $0.fingerprint) }) { first, _ in first }
    }

    /// What a job's file may refer to.
    func surroundings(zones: ZonesRead) -> Job.Surroundings {
        Job.Surroundings(
            feeds: feeds,
            broken: broken,
            departments: Set(departments.map(\.name)),
            standards: standards,
            calendars: WorkingDayRule.Calendars(
                all: calendarFolder.calendars,
                standard: daemon.calendar,
                isIncomplete: !calendarFolder.unusable.isEmpty
            ),
            defaultZone: daemon.zone,
            zone: zones.zone(named:)
        )
    }

    /// How a table of terms calls the jobs of a kind that dutyd makes itself, in a language.
    func title(of kind: String, in language: String) -> String? {
        words.first { $0.language == language }?.tables["titles"]?[kind]
    }

    /// Why no notice of a kind of check could be written; empty when each language has the words.
    func lackingWords(for kind: String) -> LackingWords {
        let languages = Configuration.languages.filter { language in
            words.first { $0.language == language }?.sentences[kind] == nil
        }
        let broken = languages.compactMap { language in
            // Words that are there and cannot be read were complained of.
            ["\(kind).yaml", "notice.txt"].map { "words/\(language)/\($0)" }.first { path in
                filled.contains(path)
                    && problems.contains { $0.position?.file.hasSuffix(path) ?? false && $0.severity == .error }
            }
        }
        return LackingWords(
            broken: Set(broken),
            complaints: broken.isEmpty ? languages.map { Self.unworded(kind, in: $0) } : []
        )
    }

    /// Why a kind of check cannot be told of.
    struct LackingWords {
        /// The files, by path, that are there and cannot be used.
        let broken: Set<String>
        /// One for each language in which there is no file.
        let complaints: [Diagnostic]

        var isEmpty: Bool { broken.isEmpty && complaints.isEmpty }
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
