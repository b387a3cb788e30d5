// How a job file states over which days cold-chain records are judged.

import Checks
import Diagnostics

extension ColdChain.Parameters {
    init?(_ settings: Section) {
        let window = settings.parsed("window", Self.window)
        let lag = settings.optionallyParsed("report-lag", CheckDefinition.days)
        guard let window else { return nil }
        self.init(windowDays: window, reportLag: lag ?? 1)
    }

    private static func window(_ text: String) throws(Diagnostic) -> Int {
        let days = try CheckDefinition.days(text)
        guard (1...60).contains(days) else {
            throw Diagnostic("no record is judged over that time", found: text, expected: "1 to 60 days")
        }
        return days
    }
}
