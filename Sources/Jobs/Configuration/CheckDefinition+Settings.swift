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
            guard let parameters = Stock.Parameters(settings, calendars: surroundings.calendars) else { return nil }
            self = .stock(parameters)
        case "deadline":
            guard let parameters = Deadline.Parameters(settings, in: surroundings) else { return nil }
            self = .deadline(parameters)
        case "target":
            guard let parameters = Target.Parameters(settings, in: surroundings) else { return nil }
            self = .target(parameters)
        case "milestone":
            guard let leads = LeadTimes(settings) else { return nil }
            self = .milestone(.init(leads: leads, calendar: surroundings.calendars.usual(in: settings)))
        case "coverage":
            guard let leads = LeadTimes(settings) else { return nil }
            self = .coverage(.init(leads: leads, calendar: surroundings.calendars.usual(in: settings)))
        case "surveillance":
            guard let parameters = Surveillance.Parameters(settings, calendars: surroundings.calendars) else {
                return nil
            }
            self = .surveillance(parameters)
        case "cold-chain":
            guard let parameters = ColdChain.Parameters(settings) else { return nil }
            self = .coldChain(parameters)
        case "occupancy":
            guard let parameters = Occupancy.Parameters(settings) else { return nil }
            self = .occupancy(parameters)
        default:
            guard let parameters = Cadence.Parameters(settings, in: surroundings) else { return nil }
            self = .cadence(parameters)
        }
    }

    static func days(_ text: String) throws(Diagnostic) -> Int {
        let span = try TimeSpan(text)
        guard span.seconds % 86_400 == 0 else {
            throw Diagnostic("whole days are needed", found: text, expected: "a span such as \"30 days\"")
        }
        return Int(span.seconds / 86_400)
    }
}
