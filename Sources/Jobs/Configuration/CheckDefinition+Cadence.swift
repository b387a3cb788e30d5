// How a job file states a check of recurring duties.

import Almanac
import Checks

extension Cadence.Parameters {
    private enum Flag: String, CaseIterable { case yes = "true", no = "false" }

    /// Reads `lead`, `due`, `last`, `calendar` and `compliance`; `nil` after a complaint.
    init?(_ settings: Section, in surroundings: Job.Surroundings) {
        let named = surroundings.calendars.named(in: settings)
        let leads = LeadTimes(settings)
        let tells = settings.has("compliance") ? settings.choice("compliance", of: Flag.self) : .no
        guard let leads, let tells else { return nil }
        let known = named ?? surroundings.calendars.standard
        let all = surroundings.calendars.all
        // Follow-ups and leads of working days go by weekdays where no calendar is named or the only one.
        let calendar = known.flatMap { all[$0] } ?? (all.count == 1 ? all.values.first : nil) ?? .weekdays
        self.init(leads: leads, calendar: calendar, tellsCompliance: tells == .yes)
    }
}
