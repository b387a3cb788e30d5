// What in a calendar of working days is unlike every notice so far: worth a look, and never refused.

import Almanac
import Diagnostics

/// Doubts about the days that files list.
///
/// The notices of 2007 to 2026 list 22 to 33 rest days and 5 to 12 make-up workdays a year, the latter on Saturdays
/// and Sundays.
enum NoticeDoubts {
    private static let usualRestDays = 20...36
    private static let usualMakeUpDays = 4...13
    /// The Monday on which the notice of 2020-01-27 ended a holiday that it moved.
    private static let exception = CivilDate(year: 2020, month: 2, day: 3)

    static func about(_ days: [ListedDay]) -> [Diagnostic] {
        let byYear = Dictionary(grouping: days, by: \.noticeYear)
        return byYear.sorted { $0.key < $1.key }.flatMap { year, days in
            doubts(about: year, days.sorted { ($0.date, $0.position) < ($1.date, $1.position) })
        }
    }

    private static func doubts(about year: Int, _ days: [ListedDay]) -> [Diagnostic] {
        var doubts: [Diagnostic] = []
        func doubt(_ problem: String, _ day: ListedDay, found: String, expected: String? = nil) {
            guard doubts.count < CalendarFolder.complaintsPerFile else { return }
            doubts.append(
                Diagnostic(
                    problem,
                    severity: .warning,
                    at: day.position,
                    found: found,
                    expected: expected,
                    remedy: "compare it with the notice of \(year)"
                )
            )
        }
        for (earlier, day) in zip(days, days.dropFirst())
        where earlier.date == day.date && earlier.position.file == day.position.file {
            doubt("the day stands in the file twice", day, found: day.date.description)
        }
        for day in days where !day.isOff && !day.date.weekday.isWeekend && day.date != exception {
            let found = "\(day.date.weekday.abbreviation) \(day.date)"
            doubt("a make-up workday is no Saturday or Sunday", day, found: found)
        }
        guard let first = days.first else { return doubts }
        let rest = Set(days.filter(\.isOff).map(\.date))
        let makeUp = Set(days.filter { !$0.isOff }.map(\.date))
        if rest.allSatisfy(\.weekday.isWeekend) {
            doubt("the notice of \(year) has no rest day but Saturdays and Sundays", first, found: "\(rest.count) days")
        }
        if !usualRestDays.contains(rest.count) {
            doubt(
                "the notice of \(year) has an unusual number of rest days",
                first,
                found: "\(rest.count)",
                expected: "\(usualRestDays.lowerBound) to \(usualRestDays.upperBound)"
            )
        }
        if !usualMakeUpDays.contains(makeUp.count) {
            doubt(
                "the notice of \(year) has an unusual number of make-up workdays",
                first,
                found: "\(makeUp.count)",
                expected: "\(usualMakeUpDays.lowerBound) to \(usualMakeUpDays.upperBound)"
            )
        }
        return doubts
    }
}
