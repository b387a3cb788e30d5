// Jobs: schedule + period + feeds + one check + whom to tell, one file each.

package import Alerts
package import Almanac
package import Checks
import Diagnostics
package import Scheduling
import Yams

/// A recurring duty.
package struct Job: Sendable, Hashable {
    package let name: String
    package let title: Title
    /// What the job's serials carry, such as `RIV`.
    package let serial: String
    /// The commitments of the yearly report that the job keeps, such as `C060`.
    package let commitments: [String]
    package let schedule: Schedule
    /// Whether the job also runs when a table of one of its inbox feeds was received.
    package let runsOnData: Bool
    /// Which period a run judges.
    package let period: PeriodRule
    /// The feed that plays each role of the check, by role.
    package let feeds: [String: String]
    package internal(set) var check: CheckDefinition
    /// Whether it is an exercise itself: what it finds calls for nothing.
    package let isExercise: Bool
    package let recipients: Recipients
    /// How the job's alerts live.
    package let policy: AlertPolicy
    /// The name that the job had before; alerts of that name go on under the present one.
    package let formerly: String?

    /// What a job's file may refer to.
    struct Surroundings {
        let feeds: [String: Feed]
        let broken: BrokenFiles
        let departments: Set<String>
        let standards: [String: WaterQualityStandard]
        let calendars: WorkingDayRule.Calendars
        let defaultZone: Zone
        let zone: (String) throws(Diagnostic) -> Zone
    }

    init?(_ file: SettingsFile, in surroundings: Surroundings, complaints: Complaints) {
        guard let root = Section.root(of: file, complaints: complaints) else { return nil }
        let name = root.parsed("job") { text throws(Diagnostic) in
            guard text == file.stem else {
                throw Diagnostic("the job's name and its file's name differ", found: text, expected: file.stem)
            }
            guard ![Job.calendarCoverage, Job.slotAccounts, Job.delivery].contains(text) else {
                throw Diagnostic(
                    "this name belongs to a job that dutyd makes by itself",
                    found: text,
                    remedy: "give the job another name"
                )
            }
            guard !text.hasPrefix(SubmissionDue.jobPrefix) else {
                throw Diagnostic(
                    "names of this form belong to the jobs that dutyd makes from what feeds say is due",
                    found: text,
                    remedy: "give the job another name, or set \"due\" in the feed's file"
                )
            }
            return text
        }
        let formerly = root.optionalText("formerly")
        let title = Title("title", of: root)
        let serial = root.parsed("serial", Self.serial)
        let commitments = root.texts("commitments").map(\.text)
        let scheduleSection = root.section("schedule")
        let runsOnData = scheduleSection.map(Self.runsOnData) ?? false
        let schedule = scheduleSection.flatMap { Schedule($0, in: surroundings) }
        let period = root.choice("period", of: PeriodRule.self)
        let check = root.section("check").flatMap { CheckDefinition($0, in: surroundings) }
        let feeds = root.section("feeds").map { Self.feeds($0, for: check, in: surroundings) }
        let notify = root.optionalSection("notify")
        let recipients = notify.map { Recipients($0, in: surroundings) } ?? Recipients(to: [])
        let policy = notify.map { AlertPolicy($0, in: surroundings) } ?? AlertPolicy()
        notify?.close()
        // What the job reads is known only when each role has a usable feed.
        if runsOnData, let check, let feeds, check.roles.allSatisfy({ $0.isOptional || feeds[$0.name] != nil }) {
            Self.warnIfDeaf(feeds, in: surroundings, of: scheduleSection)
        }
        let isExercise = root.has("exercise") && root.choice("exercise", of: Flag.self) == .yes
        root.close()
        guard let name, let title, let serial, let schedule, let period, let check, let feeds, let recipients,
            complaints.areHarmless
        else { return nil }
        self.name = name
        self.title = title
        self.serial = serial
        self.commitments = commitments
        self.schedule = schedule
        self.runsOnData = runsOnData
        self.period = period
        self.feeds = feeds
        self.check = check
        self.isExercise = isExercise
        self.recipients = recipients
        self.policy = policy
        self.formerly = formerly
    }

    /// The same job, to judge something else than its settings say.
    package func judging(_ check: CheckDefinition) -> Job {
        var job = self
        job.check = check
        return job
    }

    private static func serial(_ text: String) throws(Diagnostic) -> String {
        guard (2...6).contains(text.utf8.count), text.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw Diagnostic("this cannot stand in a serial number", found: text, expected: "2 to 6 letters A–Z")
        }
        return text
    }

    private enum Flag: String, CaseIterable { case yes = "true", no = "false" }

    private static func runsOnData(_ schedule: Section) -> Bool {
        schedule.has("on-data") && schedule.choice("on-data", of: Flag.self) == .yes
    }

    private static func warnIfDeaf(_ feeds: [String: String], in surroundings: Surroundings, of schedule: Section?) {
        guard !feeds.values.contains(where: { surroundings.feeds[$0]?.source == .inbox }) else { return }
        schedule?.complain(
            Diagnostic(
                "nothing that the job reads is handed in, so this never starts it",
                severity: .warning,
                remedy: "leave it out"
            ),
            key: "on-data"
        )
    }

    private static func feeds(
        _ section: Section,
        for check: CheckDefinition?,
        in surroundings: Surroundings
    ) -> [String: String] {
        guard let check else { return [:] }
        var feeds: [String: String] = [:]
        for role in check.roles {
            guard let name = role.isOptional ? section.optionalText(role.name) : section.text(role.name) else {
                continue
            }
            if let causes = surroundings.broken.feeds[name] {
                section.complaints.lose(causes)
                continue
            }
            guard surroundings.feeds[name] != nil else {
                section.complain(
                    Diagnostic(
                        "unknown feed",
                        found: name,
                        remedy: suggestion(for: name, among: surroundings.feeds.keys)
                            ?? "declare it in feeds/\(name).yaml"
                    ),
                    key: role.name
                )
                continue
            }
            feeds[role.name] = name
        }
        let schemas = feeds.compactMapValues { surroundings.feeds[$0]?.schema }
        for problem in check.problems(with: schemas) { section.complain(problem) }
        section.close()
        return feeds
    }
}

extension Recipients {
    /// Reads `to` and `cc`; `nil` when a department is named and none of those that have to act is known.
    fileprivate init?(_ section: Section, in surroundings: Job.Surroundings) {
        let to = section.departments("to", in: surroundings, mayBeEmpty: false)
        let cc = section.departments("cc", in: surroundings)
        guard !to.isEmpty || !section.has("to") else { return nil }
        self.init(to: to, cc: cc)
    }
}
