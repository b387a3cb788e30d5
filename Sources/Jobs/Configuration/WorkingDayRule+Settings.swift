// The keys of a schedule that say what becomes of slots on rest days.

import Almanac
import Diagnostics
import Scheduling

extension WorkingDayRule {
    /// The calendars that a schedule can name.
    struct Calendars {
        /// By name.
        let all: [String: WorkingDayCalendar]
        /// The one for schedules that name none.
        let standard: String?
    }

    /// `working-day` as people write it.
    private enum Choice: String, CaseIterable {
        case any, only, next, previous, nearest

        /// The rule's kind; `nil` when all days are alike.
        var kind: Kind? { Kind(rawValue: rawValue) }
    }

    /// Reads `working-day` and `calendar`; `nil` when the schedule takes all days alike, or after a complaint.
    init?(_ section: Section, calendars: Calendars) {
        let named = section.optionallyParsed("calendar") { text throws(Diagnostic) in
            try Self.known(text, among: calendars.all.keys)
        }
        guard section.has("working-day"), let kind = section.choice("working-day", of: Choice.self)?.kind else {
            return nil
        }
        let name = named ?? calendars.standard ?? (calendars.all.count == 1 ? calendars.all.keys.first : nil)
        guard let calendar = name.flatMap({ calendars.all[$0] }) else {
            // A calendar that was named and is not there has been complained about.
            if !section.has("calendar") {
                section.complain(
                    Diagnostic(
                        "it is not clear which calendar of working days is meant",
                        expected: "a key calendar here or in dutyd.yaml, or exactly one usable file in calendars/"
                    ),
                    key: "working-day"
                )
            }
            return nil
        }
        self.init(kind, calendar)
    }

    /// The name, when there is such a calendar.
    static func known(_ name: String, among calendars: some Collection<String>) throws(Diagnostic) -> String {
        guard !calendars.contains(name) else { return name }
        throw Diagnostic(
            "there is no such calendar, or its file cannot be used",
            found: name,
            remedy: suggestion(for: name, among: calendars) ?? "add calendars/\(name).csv"
        )
    }
}
