// The folder of calendars: which files make up one calendar, in whatever notation each is written.

package import Almanac
package import Diagnostics

/// The calendars of working days that the files below `calendars/` make up.
///
/// `calendars/NAME.csv`, `NAME.json`, `NAME.ics` and every such file in the folder `calendars/NAME/` together are the
/// calendar NAME.
package struct CalendarFolder: Sendable {
    /// By name.
    package private(set) var calendars: [String: WorkingDayCalendar] = [:]
    /// Calendars that have files and cannot be used, in order.
    package private(set) var unusable: [String] = []
    package private(set) var problems: [Diagnostic] = []

    /// What the names of calendar files end with.
    package static let endings = [".csv", ".json", ".ics"]
    /// So many complaints about one file are given.
    static let complaintsPerFile = 50
    /// So many days one file may list; a notice has fewer than fifty.
    static let daysPerFile = 20_000

    /// Reads the files; one missed holiday makes every later date wrong, so one wrong line costs its whole calendar.
    package init(_ files: [SettingsFile], words: CalendarWords = .standard) {
        let byName = Dictionary(grouping: files, by: Self.calendarName)
        for (name, files) in byName.sorted(by: { $0.key < $1.key }) {
            var days: [ListedDay] = []
            var complaints: [Complaints] = []
            for file in files.sorted(by: { $0.path < $1.path }) {
                let found = Complaints(file: file.displayName)
                let listed = Self.days(file, words: words, complaints: found)
                days += listed
                complaints.append(found)
                if listed.isEmpty, !found.hasErrors { problems.append(Self.emptiness(of: file)) }
            }
            problems += complaints.flatMap(\.all)
            guard !complaints.contains(where: \.hasErrors) else {
                unusable.append(name)
                continue
            }
            do throws(Diagnostic) {
                calendars[name] = try WorkingDayCalendar(name: name, days: days)
                problems += NoticeDoubts.about(days)
            } catch {
                problems.append(error)
                unusable.append(name)
            }
        }
    }

    /// That a file lists nothing; it costs nothing but the year that it is about.
    private static func emptiness(of file: SettingsFile) -> Diagnostic {
        Diagnostic(
            "the file lists no days, so its year is not known",
            at: Position(file: file.displayName),
            expected: "the rest days and make-up workdays of a notice",
            remedy: "replace it when the notice is out, and remove it until then"
        )
    }

    /// `CN` of `calendars/CN.csv` and of `calendars/CN/2027.json`.
    private static func calendarName(of file: SettingsFile) -> String {
        let parts = file.path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : file.stem
    }

    private static func days(_ file: SettingsFile, words: CalendarWords, complaints: Complaints) -> [ListedDay] {
        if file.path.hasSuffix(".json") { return HolidayNotice.days(file, complaints: complaints) }
        if file.path.hasSuffix(".ics") {
            return HolidayEvents.days(file, words: words, complaints: complaints)
        }
        return CalendarTable.days(file, complaints: complaints)
    }
}

extension ListedDay {
    /// Why a notice of that year cannot list that day; `nil` when it can.
    ///
    /// The last days of December stand in the next year's notice; anything else is a slip.
    static func implausible(_ date: CivilDate, inNoticeOf year: Int) -> Diagnostic? {
        guard year != date.year, year != date.year + 1 else { return nil }
        return Diagnostic(
            "the notice is about another year than the day",
            found: String(year),
            expected: "\(date.year) or \(date.year + 1)"
        )
    }
}
