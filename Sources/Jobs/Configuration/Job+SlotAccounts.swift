// The job that dutyd makes itself to audit slots: one that was due and of which nothing is on record is an alert.

import Alerts
import Almanac
import Checks
import Diagnostics
import Scheduling

extension Job {
    /// The job's name; no job file may have it.
    package static let slotAccounts = "slot-accounts"

    /// Makes the job that audits the slots of all jobs; what there is to judge an audit says when it runs.
    init?(auditingSlotsIn zone: Zone, title: (_ language: String) -> String?) {
        guard let daily = try? CalendarEvent("*-*-* 08:10", isKnownZone: { _ in false }) else { return nil }
        name = Self.slotAccounts
        self.title = Title(zh: title("zh-CN") ?? name, en: title("en") ?? name)
        serial = "SLT"
        commitments = []
        schedule = Schedule(
            occurrences: [Schedule.Occurrence(event: daily, zone: zone)],
            catchUp: .latest(within: TimeSpan(seconds: 30 * 86_400))
        )
        runsOnData = false
        period = .day
        feeds = [:]
        check = .slotAccounts(.init(standings: []))
        isExercise = false
        recipients = Recipients(to: [Self.operators])
        policy = AlertPolicy()
        formerly = nil
    }
}
