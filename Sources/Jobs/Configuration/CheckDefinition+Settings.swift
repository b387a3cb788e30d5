// How a job file states its check: the kind's name with its settings below it.

import Almanac
import Checks
import Diagnostics

extension CheckDefinition {
    /// Reads the one kind that stands under `check`.
    init?(_ section: Section, in surroundings: Job.Surroundings) {
        guard let kind = section.keys.first, section.keys.count == 1, CheckDefinition.kinds.contains(kind) else {
            let found = section.keys.first ?? ""
            section.complain(
                Diagnostic(
                    section.keys.count > 1 ? "a job has one kind of check" : "unknown kind of check",
                    found: section.keys.joined(separator: ", "),
                    expected: "one of " + CheckDefinition.kinds.joined(separator: ", "),
                    remedy: found == "submission"
                        ? "set \"due\" in the feed's file" : suggestion(for: found, among: CheckDefinition.kinds)
                )
            )
            return nil
        }
        guard let settings = section.section(kind) else { return nil }
        defer { settings.close() }
        switch kind {
        case "section-compliance":
            guard let parameters = SectionCompliance.Parameters(settings, in: surroundings) else { return nil }
            self = .sectionCompliance(parameters)
        case "stock":
            let horizon = settings.parsed("expiry-horizon", Self.days)
            let stale = settings.parsed("stale-after", Self.days)
            let clear = settings.optionallyParsed("clear-at", Self.clearPercent)
            guard let horizon, let stale else { return nil }
            self = .stock(.init(expiryHorizonDays: horizon, staleAfterDays: stale, clearPercent: clear ?? 100))
        case "deadline":
            guard let parameters = Deadline.Parameters(settings, in: surroundings) else { return nil }
            self = .deadline(parameters)
        case "target":
            guard let parameters = Target.Parameters(settings) else { return nil }
            self = .target(parameters)
        case "milestone":
            guard let leads = LeadTimes(settings) else { return nil }
            self = .milestone(.init(leads: leads, calendar: surroundings.calendars.usual(in: settings)))
        case "coverage":
            guard let leads = LeadTimes(settings) else { return nil }
            self = .coverage(.init(leads: leads, calendar: surroundings.calendars.usual(in: settings)))
        default:
            guard let parameters = Cadence.Parameters(settings, in: surroundings) else { return nil }
            self = .cadence(parameters)
        }
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

    private static func days(_ text: String) throws(Diagnostic) -> Int {
        let span = try TimeSpan(text)
        guard span.seconds % 86_400 == 0 else {
            throw Diagnostic("whole days are needed", found: text, expected: "a span such as \"30 days\"")
        }
        return Int(span.seconds / 86_400)
    }
}
