// The job that dutyd makes itself, to tell its operators when notices do not reach their departments.

import Alerts
import Almanac
import Checks
import Scheduling

extension Job {
    /// The job's name; no job file may have it.
    package static let delivery = "delivery"

    /// Makes the job that watches the spool; it also runs when the spool fills up or a department's folder breaks.
    init?(watchingSpoolIn zone: Zone, title: (_ language: String) -> String?) {
        guard let daily = try? CalendarEvent("*-*-* 08:00", isKnownZone: { _ in false }) else { return nil }
        self.init(
            name: Self.delivery,
            title: Title(zh: title("zh-CN") ?? Self.delivery, en: title("en") ?? Self.delivery),
            serial: "DLV",
            schedule: Schedule(
                occurrences: [Schedule.Occurrence(event: daily, zone: zone)],
                catchUp: .latest(within: TimeSpan(seconds: 86_400))
            ),
            check: .delivery(.init())
        )
    }

    private init(name: String, title: Title, serial: String, schedule: Schedule, check: CheckDefinition) {
        self.name = name
        self.title = title
        self.serial = serial
        commitments = []
        self.schedule = schedule
        runsOnData = false
        period = .day
        feeds = [:]
        self.check = check
        isExercise = false
        recipients = Recipients(to: [Self.operators])
        policy = AlertPolicy()
        formerly = nil
    }
}
