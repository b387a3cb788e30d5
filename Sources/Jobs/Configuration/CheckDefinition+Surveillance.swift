// How a job file states by which method counts are judged.

import Almanac
import Checks
import Diagnostics
import Records
import Scheduling

extension Surveillance.Parameters {
    /// - Parameter calendars: By which a site's rest days are told, by name.
    init?(_ settings: Section, calendars: WorkingDayRule.Calendars) {
        let method = settings.choice("method", of: Detector.Method.self)
        let floor = settings.optionallyParsed("minimum-sd", CheckDefinition.number)
        let long = settings.optionallyParsed("baseline", CheckDefinition.days)
        let short = settings.optionallyParsed("short-baseline", CheckDefinition.days)
        let threshold = settings.optionallyParsed("threshold", CheckDefinition.number)
        let slack = settings.optionallyParsed("slack", CheckDefinition.number)
        let percentile = settings.optionallyParsed("percentile", Self.percentile)
        let years = settings.optionallyParsed("years", Self.years)
        let lag = settings.optionallyParsed("report-lag", CheckDefinition.days)
        let late = settings.optionallyParsed("late-after", CheckDefinition.days)
        let budget = settings.optionallyParsed("alarms-per-week", CheckDefinition.number)
        let measure = settings.has("judge") ? settings.choice("judge", of: Measure.self) : .count
        let calendar = settings.optionallyParsed("rest-days", calendars.calendar)
        let counted = settings.has("counted") ? settings.choice("counted", of: Surveillance.Counted.self) : .visits
        guard let method, let measure, let counted else { return nil }
        var detector = Detector(method: method)
        if let floor { detector.minimumDeviation = floor.doubleValue }
        detector.longBaseline = long ?? detector.longBaseline
        detector.shortBaseline = short ?? detector.shortBaseline
        detector.threshold = threshold?.doubleValue
        if let slack { detector.slack = slack.doubleValue }
        detector.percentile = percentile ?? detector.percentile
        detector.years = years ?? detector.years
        self.init(detector: detector)
        self.counted = counted
        reportLag = lag ?? reportLag
        lateAfter = late ?? lateAfter
        noiseBudget = budget
        usesShare = measure == .share
        self.calendar = calendar
    }

    private enum Measure: String, CaseIterable { case count, share }

    private static func percentile(_ text: String) throws(Diagnostic) -> Int {
        guard let number = Int(text), (1...99).contains(number) else {
            throw Diagnostic("this is no percentile", found: text, expected: "1 to 99, such as 80")
        }
        return number
    }

    private static func years(_ text: String) throws(Diagnostic) -> Int {
        guard let number = Int(text), (3...10).contains(number) else {
            throw Diagnostic("so many earlier years say nothing", found: text, expected: "3 to 10")
        }
        return number
    }
}

extension WorkingDayRule.Calendars {
    /// The calendar of that name.
    fileprivate func calendar(_ name: String) throws(Diagnostic) -> WorkingDayCalendar {
        guard let calendar = all[name] else {
            throw Diagnostic("unknown calendar", found: name, remedy: suggestion(for: name, among: all.keys))
        }
        return calendar
    }
}
