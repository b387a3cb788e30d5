// Notices as holiday-cn publishes them: JSON, one file a year.

import Almanac
import Diagnostics

/// A notice in JSON: `{"year": 2026, "papers": […], "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}]}`.
enum HolidayNotice {
    /// More days than a year has are no notice.
    private static let mostDays = 400

    /// The days that a notice lists; none when it is still empty.
    static func days(_ file: SettingsFile, complaints: Complaints) -> [ListedDay] {
        // JSON is YAML, so every complaint can name its line. Keys that nobody asks for may be there: it is not our
        // format.
        guard let root = Section.root(of: file, complaints: complaints) else { return [] }
        let year = root.parsed("year", Self.year)
        guard root.has("days") else {
            root.complain(Diagnostic("the key \"days\" is missing", expected: "a list of the notice's days"))
            return []
        }
        let entries = root.sections("days")
        guard let year, !complaints.hasErrors else { return [] }
        guard entries.count <= mostDays else {
            root.complain(
                Diagnostic("this is no notice of one year", found: "\(entries.count) days", expected: "a file a year"),
                key: "days"
            )
            return []
        }
        return entries.compactMap { entry in
            guard complaints.all.count < CalendarFolder.complaintsPerFile else { return nil }
            return day(entry, year: year)
        }
    }

    private enum Flag: String, CaseIterable { case yes = "true", no = "false" }

    private static func day(_ entry: Section, year: Int) -> ListedDay? {
        let name = entry.parsed("name") { text throws(Diagnostic) in
            guard !text.allSatisfy(\.isWhitespace) else { throw Diagnostic("the holiday has no name") }
            return text
        }
        let isOff = entry.choice("isOffDay", of: Flag.self)
        let date = entry.parsed("date") { text throws(Diagnostic) in
            guard let date = CivilDate(iso8601: text) else {
                throw Diagnostic("this is no date", found: text, expected: "a day such as 2026-10-01")
            }
            if let problem = ListedDay.implausible(date, inNoticeOf: year) { throw problem }
            return date
        }
        guard let name, let isOff, let date else { return nil }
        let position = entry.reference("date", date.description).position
        return ListedDay(date: date, name: name, isOff: isOff == .yes, noticeYear: year, position: position)
    }

    private static func year(_ text: String) throws(Diagnostic) -> Int {
        guard let year = Int(text), (1949...2199).contains(year) else {
            throw Diagnostic("this is no year of a notice", found: text, expected: "a year such as 2026")
        }
        return year
    }
}
