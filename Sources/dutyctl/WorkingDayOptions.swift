// The options of dutyctl calendar that say which days are worked, and what that does to the elapses.

import Almanac
import ArgumentParser
import Diagnostics
import Scheduling

struct WorkingDayOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Say of each day whether it is worked: a file (.csv, .json, .ics) or a calendar in /etc/dutyd/calendars. "
                + "The only one that is installed, if left out.",
            valueName: "file-or-name"
        )
    )
    var calendar: String?

    @Option(
        help: ArgumentHelp(
            "What a schedule would do on rest days: any, only, next, previous or nearest; or which working day of the "
                + "month counts: 1 to 15, -1 to -15 or last.",
            valueName: "rule"
        )
    )
    var workingDay: String?

    @Option(help: ArgumentHelp("So many working days after that day; negative for before.", valueName: "n"))
    var offset: Int?

    var isEmpty: Bool { calendar == nil && workingDay == nil && offset == nil }

    /// What `--working-day` and `--offset` make of a calendar.
    enum Rule {
        case all
        case shifting(WorkingDayRule.Kind, offset: Int)
        case monthDay(Int)

        /// The schedule of one event under it.
        func schedule(_ event: CalendarEvent, in zone: Zone, by calendar: WorkingDayCalendar?) -> Schedule {
            let occurrence = Schedule.Occurrence(event: event, zone: zone)
            return switch (self, calendar) {
            case (.shifting(let kind, let offset), let calendar?):
                Schedule(
                    occurrences: [occurrence],
                    catchUp: .none,
                    workingDays: WorkingDayRule(kind, calendar, offset: offset)
                )
            case (.monthDay(let number), let calendar?):
                Schedule(
                    occurrences: [occurrence],
                    catchUp: .none,
                    monthDay: MonthlyWorkingDay(number, calendar)
                )
            default: Schedule(occurrences: [occurrence], catchUp: .none)
            }
        }
    }

    func rule() throws -> Rule {
        guard (-250...250).contains(offset ?? 0) else {
            throw ValidationError("--offset takes -250 to 250 working days.")
        }
        let text = workingDay ?? "any"
        if let kind = WorkingDayRule.Kind(rawValue: text) { return .shifting(kind, offset: offset ?? 0) }
        guard offset == nil else {
            throw ValidationError("--offset needs --working-day only, next, previous or nearest.")
        }
        if text == "any" { return .all }
        if text == "last" { return .monthDay(-1) }
        let most = MonthlyWorkingDay.most
        guard let number = Int(text), (1...most).contains(number) || (-most ... -1).contains(number) else {
            throw ValidationError(
                "--working-day takes any, only, next, previous, nearest, last, or a number from 1 to \(most) or -1 to -\(most)."
            )
        }
        return .monthDay(number)
    }

    /// The calendar, when there is one to go by.
    func workingDays() throws -> WorkingDayCalendar? {
        if let calendar { return try InstalledCalendars.calendar(calendar) }
        let only = InstalledCalendars.only()
        guard only != nil || workingDay ?? "any" == "any" else {
            throw ValidationError("--working-day needs a calendar of working days: name one with --calendar.")
        }
        return only
    }
}

extension WorkingDayCalendar.Day? {
    /// `make-up workday, 国庆节`.
    var words: String {
        switch self {
        case .workday: "workday"
        case .restDay(let name): name.map { "rest day, \($0)" } ?? "rest day"
        case .makeUpWorkday(let name): "make-up workday, \(name)"
        case nil: "not known yet"
        }
    }
}
