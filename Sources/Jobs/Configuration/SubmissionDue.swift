// The key `due` of a feed's file: by when its table is owed, for which period, and whom it has to speak of.

import Almanac
import Checks
import Diagnostics
import Records
import Scheduling

/// When a feed's table is owed, as its file says it.
struct SubmissionDue {
    /// What the names of the jobs begin with that are made from `due`; no job file may use it.
    static let jobPrefix = "submission-"

    let submission: Submission.Parameters
    /// The feed of the register that says whom the table has to speak of.
    private let register: String?

    /// Whether a feed's file has a section `due`, be the rest of it usable or not.
    static func stands(in file: SettingsFile) -> Bool {
        Section.root(of: file, complaints: Complaints(file: file.displayName))?.has("due") ?? false
    }

    /// Reads the section `due` of a feed; `nil` after a complaint.
    init?(_ section: Section, of feed: Feed, in surroundings: Job.Surroundings) {
        let days = section.parsed("on", Self.days)
        let period = section.choice("period", of: PeriodRule.self)
        let grace = section.has("grace") ? section.parsed("grace", Self.grace) : 0
        let named = surroundings.calendars.named(in: section)
        let calendar = surroundings.calendars.chosen(named, for: "on", in: section)
        let datedBy = section.parsed("dated-by") { name throws(Diagnostic) in try Self.datedBy(name, of: feed) }
        let basis = section.optionalText("basis")
        let every = section.optionalSection("every").flatMap { Self.every($0, of: feed, in: surroundings) }
        section.close()
        if surroundings.broken.areDepartmentsLost {
            section.complaints.lose([BrokenFiles.departments])
            return nil
        }
        guard feed.source == .inbox, let supplier = feed.supplier, surroundings.departments.contains(supplier) else {
            section.complain(
                Diagnostic(
                    "nobody can be told that the table is late",
                    expected: "source: inbox, and a department of departments.yaml under supplied-by"
                )
            )
            return nil
        }
        // What was written wrongly must not become a smaller duty.
        if let datedBy, datedBy.type == .month, let period, [.day, .week, .previousWeek].contains(period) {
            section.complain(
                Diagnostic(
                    "a column of months tells neither days nor weeks apart",
                    found: datedBy.name,
                    expected: "a column of dates"
                ),
                key: "dated-by"
            )
            return nil
        }
        guard let days, let period, let grace, let calendar, let datedBy, every != nil || !section.has("every")
        else { return nil }
        register = every?.register
        submission = Submission.Parameters(
            feed: feed.name,
            titleZh: feed.title.zh,
            titleEn: feed.title.en,
            term: SubmissionTerm(days: days, period: period, grace: grace, calendar: calendar),
            datedBy: datedBy.name,
            datedByType: datedBy.type,
            every: every?.keys,
            basis: basis
        )
        let problems = CheckDefinition.submission(submission).problems(with: schemas(surroundings.feeds))
        for problem in problems { section.complain(problem) }
        guard problems.isEmpty else { return nil }
    }

    /// The feed that plays each role, by role.
    var feeds: [String: String] {
        var feeds = ["table": submission.feed]
        feeds["register"] = register
        return feeds
    }

    private func schemas(_ feeds: [String: Feed]) -> [String: TableSchema] {
        self.feeds.compactMapValues { feeds[$0]?.schema }
    }

    /// Whole days: `*-*-03`.
    private static func days(_ text: String) throws(Diagnostic) -> CalendarEvent {
        let event: CalendarEvent
        do throws(CalendarEvent.Malformed) {
            event = try CalendarEvent(text) { _ in true }
        } catch {
            throw error.diagnostic
        }
        guard event.zoneName == nil, event.description.hasSuffix(" 00:00:00") else {
            throw Diagnostic(
                "a table is owed by the end of a day of the district",
                found: text,
                expected: "days without time and zone, such as \"*-*-03\""
            )
        }
        guard event.impossibility == nil else {
            throw Diagnostic(
                "this day never comes",
                found: text,
                remedy: "look for a day that its month does not have"
            )
        }
        return event
    }

    private static func grace(_ text: String) throws(Diagnostic) -> Int {
        let grace = try WorkingDayRule.workingDays(text)
        guard grace >= 0 else {
            throw Diagnostic("grace cannot end before the due day", found: text, expected: "0 working days or more")
        }
        return grace
    }

    private static func datedBy(_ name: String, of feed: Feed) throws(Diagnostic) -> Column {
        let column = try column(name, of: feed)
        guard column.type == .month || column.type == .date else {
            throw Diagnostic(
                "by this column no row belongs to a period",
                found: column.type.rawValue,
                expected: "month or date"
            )
        }
        return column
    }

    private static func column(_ name: String, of feed: Feed) throws(Diagnostic) -> Column {
        if let index = feed.schema.index(of: name), !feed.schema.columns[index].isIgnored {
            return feed.schema.columns[index]
        }
        let known = feed.schema.columns.filter { !$0.isIgnored }.map(\.name)
        throw Diagnostic(
            "the feed \"\(feed.name)\" has no such column",
            found: name,
            remedy: suggestion(for: name, among: known) ?? "declare it in the feed's file"
        )
    }

    /// Reads `every`; `nil` after a complaint.
    private static func every(
        _ section: Section,
        of feed: Feed,
        in surroundings: Job.Surroundings
    ) -> (register: String, keys: Submission.SubjectKeys)? {
        let register = section.parsed("register") { name throws(Diagnostic) -> Feed? in
            if let register = surroundings.feeds[name], register.source == .register { return register }
            if let causes = surroundings.broken.feeds[name] {
                section.complaints.lose(causes)
                return nil
            }
            let known = surroundings.feeds.values.filter { $0.source == .register }.map(\.name)
            throw Diagnostic(
                "unknown register",
                found: name,
                remedy: suggestion(for: name, among: known) ?? "declare it in feeds/\(name).yaml"
            )
        }.flatMap(\.self)
        let isLost = !section.complaints.lost.isEmpty
        func known(_ name: String, in feed: Feed?) throws(Diagnostic) -> String {
            guard let feed else { return name }
            return try column(name, of: feed).name
        }
        let key = section.parsed("column") { name throws(Diagnostic) in try known(name, in: feed) }
        let registerKey =
            section.has("register-column")
            ? section.parsed("register-column") { name throws(Diagnostic) in try known(name, in: register) } : key
        var isWhole = true
        let otherwise = section.texts("otherwise").map { name, mark in
            for owner in [feed, register] {
                do throws(Diagnostic) {
                    _ = try known(name, in: owner)
                } catch {
                    section.complain(error, key: "otherwise", mark: mark)
                    isWhole = false
                }
            }
            return name
        }
        let isNamed = section.has("named-by")
        let namedBy =
            isNamed ? section.parsed("named-by") { name throws(Diagnostic) in try known(name, in: register) } : nil
        let called = section.has("called") ? Title("called", of: section) : nil
        let isCalled = called != nil || !section.has("called")
        section.close()
        guard !isLost, let register, let key, let registerKey, isWhole, isCalled, namedBy != nil || !isNamed else {
            return nil
        }
        let keys = Submission.SubjectKeys(
            column: key,
            registerColumn: registerKey,
            otherwise: otherwise,
            namedBy: namedBy,
            calledZh: called?.zh,
            calledEn: called?.en
        )
        return (register.name, keys)
    }
}
