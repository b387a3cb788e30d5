// When nobody is to be told, as settings say it.

import Alerts
import Diagnostics

extension QuietTime {
    private enum Flag: String, CaseIterable { case yes = "true", no = "false" }

    /// Reads `daily: 20:00-07:00`, `rest-days: true`, `except: [critical]`; `nil` after a complaint.
    init?(_ section: Section) {
        let daily = section.optionallyParsed("daily") { text throws(Diagnostic) in try Daily(text) }
        let isDailyWrong = section.has("daily") && daily == nil
        let restDays = section.has("rest-days") ? section.choice("rest-days", of: Flag.self) == .yes : false
        let except = section.texts("except").compactMap { text, mark -> AlertMatcher.Severity? in
            if let severity = AlertMatcher.Severity(rawValue: text) { return severity }
            section.complain(
                Diagnostic("unknown severity", found: text, expected: "warning or critical"),
                key: "except",
                mark: mark
            )
            return nil
        }
        section.close()
        guard !isDailyWrong else { return nil }
        guard daily != nil || restDays else {
            section.complain(Diagnostic("no time is quiet", expected: "daily: 20:00-07:00, or rest-days: true"))
            return nil
        }
        self.init(daily: daily, restDays: restDays, except: Set(except.map(\.state)))
    }
}

extension QuietTime.Daily {
    /// Reads `20:00-07:00`.
    init(_ text: String) throws(Diagnostic) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.time)
        guard ends.count == 2, let start = ends[0], let end = ends[1] else {
            throw Diagnostic("these are no hours of a day", found: text, expected: "two times such as 20:00-07:00")
        }
        guard start != end else {
            throw Diagnostic(
                "the whole day would be quiet, and nobody ever told",
                found: text,
                expected: "two different times such as 20:00-07:00"
            )
        }
        self.init(start: start, end: end)
    }

    /// Microseconds since midnight of `20:00`.
    private static func time(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int64(parts[0]),
            let minute = Int64(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return (hour * 60 + minute) * 60_000_000
    }
}
