// How a job file states a check of deadlines.

import Almanac
import Checks
import Diagnostics

extension Deadline.Parameters {
    /// The day that reminders go by.
    private enum Watched: String, CaseIterable {
        /// The last day, which has given way to a working day.
        case due
        /// The day on which the counting ends: earlier, so that nobody relies on the difference.
        case rawDue = "raw-due"
    }

    /// Reads `lead`, `due`, `last`, `calendar` and `remind-by`; `nil` after a complaint.
    init?(_ settings: Section, in surroundings: Job.Surroundings) {
        let named = surroundings.calendars.named(in: settings)
        let calendar = surroundings.calendars.chosen(named, for: "calendar", in: settings)
        let leads = LeadTimes(settings)
        let watched = settings.has("remind-by") ? settings.choice("remind-by", of: Watched.self) : .due
        guard let leads, let calendar, let watched else { return nil }
        self.init(leads: leads, calendar: calendar, remindsByRawDay: watched == .rawDue)
    }
}

extension LeadTimes {
    /// Reads `lead`, `due` and `last`, each no longer than the one before; `nil` after a complaint.
    init?(_ settings: Section) {
        func term(_ text: String) throws(Diagnostic) -> Term { try Term(text) }
        let lead = settings.parsed("lead", term)
        let due = settings.parsed("due", term)
        let last = settings.has("last") ? settings.parsed("last", term) : Term(1, .days)
        guard let lead, let due, let last else { return nil }
        self.init(lead: lead, due: due, last: last)
    }
}
