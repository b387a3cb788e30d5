// How a job file states a check of recurring duties.

import Almanac
import Checks
import Diagnostics
import Scheduling

extension Cadence.Parameters {
    private enum Flag: String, CaseIterable { case yes = "true", no = "false" }

    /// Reads `lead`, `due`, `last`, `calendar`, `compliance`, `escalated-after` and `red-slip-after`; `nil` after a
    /// complaint.
    init?(_ settings: Section, in surroundings: Job.Surroundings) {
        let leads = LeadTimes(settings)
        let tells = settings.has("compliance") ? settings.choice("compliance", of: Flag.self) : .no
        let calendar = surroundings.calendars.usual(in: settings)
        func term(_ text: String) throws(Diagnostic) -> Term { try Term(text) }
        let escalated = settings.optionallyParsed("escalated-after", term)
        let redSlip = settings.optionallyParsed("red-slip-after", term)
        guard let leads, let tells else { return nil }
        self.init(
            leads: leads,
            calendar: calendar,
            tellsCompliance: tells == .yes,
            escalatedAfter: escalated,
            redSlipAfter: redSlip
        )
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
