// How a job file states what is asked of beds and referrals.

import Checks
import Diagnostics
import Records

extension Occupancy.Parameters {
    init?(_ settings: Section) {
        let named = settings.neededTexts("judge")
        let indicators = named.compactMap { text, mark -> Occupancy.Indicator? in
            if let indicator = Occupancy.Indicator(rawValue: text) { return indicator }
            let known = Occupancy.Indicator.allCases.map(\.rawValue)
            settings.complain(
                Diagnostic(
                    "unknown value",
                    found: text,
                    expected: "one of " + known.joined(separator: ", "),
                    remedy: suggestion(for: text, among: known)
                ),
                key: "judge",
                mark: mark
            )
            return nil
        }
        let stale = settings.parsed("stale-after", CheckDefinition.days)
        let warn = settings.optionallyParsed("warn-at", CheckDefinition.percent)
        let critical = settings.optionallyParsed("critical-at", CheckDefinition.percent)
        let full = settings.optionallyParsed("full-within", CheckDefinition.days)
        let trend = settings.optionallyParsed("trend", CheckDefinition.days)
        let acceptance = settings.optionallyParsed("acceptance-at-least", CheckDefinition.percent)
        let wait = settings.optionallyParsed("wait-at-most-hours", CheckDefinition.number)
        guard let stale, !indicators.isEmpty, indicators.count == named.count else { return nil }
        self.init(indicators: indicators, staleAfterDays: stale)
        warnPercent = warn ?? warnPercent
        criticalPercent = critical ?? criticalPercent
        fullWithinDays = full ?? fullWithinDays
        trendDays = trend ?? trendDays
        acceptancePercent = acceptance
        waitHours = wait
    }
}

extension CheckDefinition {
    /// A share such as `85%`.
    static func percent(_ text: String) throws(Diagnostic) -> ExactDecimal {
        guard text.hasSuffix("%"), let percent = ExactDecimal(text.dropLast()), !percent.isNegative else {
            throw Diagnostic("this is no share", found: text, expected: "a percentage such as 85%")
        }
        return percent
    }

    /// A number that is not below zero.
    static func number(_ text: String) throws(Diagnostic) -> ExactDecimal {
        guard let number = ExactDecimal(text), !number.isNegative else {
            throw Diagnostic("this is no number", found: text, expected: "0 or more, such as 1.5")
        }
        return number
    }
}
