// How a job file states what it asks of stocks.

import Checks
import Diagnostics
import Records
import Scheduling

extension Stock.Parameters {
    /// - Parameter calendars: By which the rest days of sentinels are told, by name.
    init?(_ settings: Section, calendars: WorkingDayRule.Calendars) {
        let horizon = settings.parsed("expiry-horizon", CheckDefinition.days)
        let stale = settings.parsed("stale-after", CheckDefinition.days)
        let clear = settings.optionallyParsed("clear-at", Self.clearPercent)
        let raiseAfter = settings.optionallyParsed("raise-after", Self.reports)
        let window = settings.optionallyParsed("consumption-window", Self.someDays)
        let month = settings.optionallyParsed("days-per-month", Self.monthLength)
        let cutoff = settings.optionallyParsed("give-out-until", CheckDefinition.days)
        let transit = settings.optionallyParsed("transit", CheckDefinition.days)
        let category = settings.optionalText("category")
        let district = settings.optionalText("district")
        var surge: Surveillance.Parameters?
        var surgeDays: Int?
        if let section = settings.optionalSection("surge") {
            surge = Surveillance.Parameters(section, calendars: calendars)
            surgeDays = section.optionallyParsed("lasts", CheckDefinition.days)
            section.close()
            guard surge != nil else { return nil }
        }
        guard let horizon, let stale else { return nil }
        self.init(expiryHorizonDays: horizon, staleAfterDays: stale, clearPercent: clear ?? 100)
        self.raiseAfter = raiseAfter ?? self.raiseAfter
        windowDays = window ?? windowDays
        daysPerMonth = month ?? daysPerMonth
        cutoffDays = cutoff ?? cutoffDays
        transitDays = transit ?? transitDays
        self.category = category
        self.district = district
        self.surge = surge
        self.surgeDays = surgeDays ?? self.surgeDays
    }

    private static func clearPercent(_ text: String) throws(Diagnostic) -> Int {
        guard text.hasSuffix("%"), let percent = Int(text.dropLast()), (100...1_000).contains(percent) else {
            throw Diagnostic(
                "this is no limit that ends an alert",
                found: text,
                expected: "at least 100% of the minimum and at most 1000%, such as \"120%\""
            )
        }
        return percent
    }

    private static func reports(_ text: String) throws(Diagnostic) -> Int {
        guard let count = text.split(separator: " ").first.flatMap({ Int($0) }), (1...12).contains(count) else {
            throw Diagnostic("this is no number of reports", found: text, expected: "1 to 12, such as \"2 reports\"")
        }
        return count
    }

    private static func someDays(_ text: String) throws(Diagnostic) -> Int {
        let days = try CheckDefinition.days(text)
        guard (7...1_830).contains(days) else {
            throw Diagnostic(
                "nothing can be seen in a window of that length",
                found: text,
                expected: "7 days to 5 years, such as \"180 days\""
            )
        }
        return days
    }

    private static func monthLength(_ text: String) throws(Diagnostic) -> ExactDecimal {
        guard let days = ExactDecimal(text), ExactDecimal(28) <= days, days <= ExactDecimal(31) else {
            throw Diagnostic("no month has that many days", found: text, expected: "28 to 31, such as 30.4375")
        }
        return days
    }
}
