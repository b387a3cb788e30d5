// How a job file states a check of targets.

import Checks
import Diagnostics

extension Target.Parameters {
    /// Reads `at-risk` and `off-track`, the required rate in percent of the recent one, and `calendar`; `nil` after a
    /// complaint.
    init?(_ settings: Section, in surroundings: Job.Surroundings) {
        func percent(_ text: String) throws(Diagnostic) -> Int {
            guard text.hasSuffix("%"), let percent = Int(text.dropLast()), (100...10_000).contains(percent) else {
                throw Diagnostic("this is no ratio of rates", found: text, expected: "at least 100%, such as \"125%\"")
            }
            return percent
        }
        let risk = settings.has("at-risk") ? settings.parsed("at-risk", percent) : 125
        let off = settings.has("off-track") ? settings.parsed("off-track", percent) : 200
        let calendar = surroundings.calendars.usual(in: settings)
        guard let risk, let off else { return nil }
        self.init(riskRatio: risk, offTrackRatio: off, calendar: calendar)
    }
}
