// How a job file states a check of recurring duties.

import Almanac
import Checks
import Scheduling

extension Cadence.Parameters {
    private enum Flag: String, CaseIterable { case yes = "true", no = "false" }

    /// Reads `lead`, `due`, `last`, `calendar` and `compliance`; `nil` after a complaint.
    init?(_ settings: Section, in surroundings: Job.Surroundings) {
        let leads = LeadTimes(settings)
        let tells = settings.has("compliance") ? settings.choice("compliance", of: Flag.self) : .no
        let calendar = surroundings.calendars.usual(in: settings)
        guard let leads, let tells else { return nil }
        self.init(leads: leads, calendar: calendar, tellsCompliance: tells == .yes)
    }
}

extension WorkingDayRule.Calendars {
    /// The calendar of `calendar`, else the usual one; weekdays where none is named and it is not clear which is meant,
    /// since only reminders go by them.
    func usual(in settings: Section) -> WorkingDayCalendar {
        let name = named(in: settings) ?? standard ?? (all.count == 1 ? all.keys.first : nil)
        return name.flatMap { all[$0] } ?? .weekdays
    }
}
