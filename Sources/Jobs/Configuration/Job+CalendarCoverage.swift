// The job that dutyd makes itself when schedules go by calendars of working days: it asks for next year's in time.

import Alerts
import Almanac
import Checks
import Diagnostics
import Scheduling

extension Job {
    /// The job's name; no job file may have it.
    static let calendarCoverage = "calendar-coverage"
    /// The department that looks after dutyd itself.
    static let operators = "operators"

    /// Makes the job that watches the calendars which the jobs go by, and those that cannot be used; `nil` when there
    /// are none.
    init?(
        watching folder: CalendarFolder,
        usedBy jobs: [Job],
        zone: Zone,
        title: (_ language: String) -> String?
    ) {
        var uses: [CalendarCoverage.Use] = folder.unusable.map { .init(name: $0, calendar: nil, jobs: []) }
        for (name, calendar) in folder.calendars {
            let users = jobs.filter { $0.schedule.calendar?.name == name }.map(\.name).sorted()
            if !users.isEmpty { uses.append(.init(name: name, calendar: calendar, jobs: users)) }
        }
        guard !uses.isEmpty, let daily = try? CalendarEvent("*-*-* 08:00", isKnownZone: { _ in false }) else {
            return nil
        }
        name = Self.calendarCoverage
        self.title = Title(zh: title("zh-CN") ?? name, en: title("en") ?? name)
        serial = "CAL"
        commitments = []
        schedule = Schedule(
            occurrences: [Schedule.Occurrence(event: daily, zone: zone)],
            catchUp: .latest(within: TimeSpan(seconds: 30 * 86_400))
        )
        runsOnData = false
        isExercise = false
        period = .year
        feeds = [:]
        check = .calendarCoverage(.init(uses: uses.sorted { $0.name < $1.name }))
        recipients = Recipients(to: [Self.operators])
        policy = AlertPolicy()
        formerly = nil
    }

    /// What is said when nobody is there to be told.
    static let nobodyWatchesCalendars = Diagnostic(
        "there is no department \"\(operators)\", so nobody is told when a calendar of working days ends",
        severity: .warning,
        at: Position(file: "departments.yaml"),
        remedy: "add it, and its folders with dutyd tmpfiles"
    )
}
