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
        /// Whether there are calendars that cannot be used, one of which may be meant.
        let isIncomplete: Bool
    }

    /// `working-day` as people write it.
    private enum Choice: String, CaseIterable {
        case any, only, next, previous, nearest

        /// The rule's kind; `nil` when all days are alike.
        var kind: Kind? { Kind(rawValue: rawValue) }
    }

    /// Reads `working-day`, `offset` and `calendar`; `nil` when the schedule takes all days alike, or after a complaint.
    init?(_ section: Section, calendars: Calendars) {
        let named = calendars.named(in: section)
        let offset = section.optionallyParsed("offset", Self.workingDays)
        guard section.has("working-day"), let kind = section.choice("working-day", of: Choice.self)?.kind else {
            if section.has("offset") {
                section.complain(
                    Diagnostic(
                        "an offset needs to know what becomes of rest days",
                        expected: "a key working-day: only, next, previous or nearest"
                    ),
                    key: "offset"
                )
            }
            return nil
        }
        guard let calendar = calendars.chosen(named, for: "working-day", in: section) else { return nil }
        self.init(kind, calendar, offset: offset ?? 0)
    }

    /// A number of working days: `2 working days`, `-1 working day`.
    static func workingDays(_ text: String) throws(Diagnostic) -> Int {
        let words = text.split(separator: " ")
        // Terms that are longer than a year are no matter of working days.
        guard words.count == 3, let count = Int(words[0]), (-250...250).contains(count), words[1] == "working",
            words[2] == "days" || words[2] == "day"
        else {
            throw Diagnostic(
                "this is no number of working days",
                found: text,
                expected: "a whole number of at most 250, such as \"2 working days\""
            )
        }
        return count
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

extension WorkingDayRule.Calendars {
    /// The name under `calendar`, when it is known; complains when it is not.
    func named(in section: Section) -> String? {
        section.optionallyParsed("calendar") { text throws(Diagnostic) in
            try WorkingDayRule.known(text, among: all.keys)
        }
    }

    /// The calendar of that name, else the standard one, else the only one; complains about the key that needs it.
    func chosen(_ named: String?, for key: String, in section: Section) -> WorkingDayCalendar? {
        let name = named ?? standard ?? (all.count == 1 && !isIncomplete ? all.keys.first : nil)
        if let calendar = name.flatMap({ all[$0] }) { return calendar }
        // A calendar that was named and is not there has been complained about.
        if !section.has("calendar") {
            section.complain(
                Diagnostic(
                    "it is not clear which calendar of working days is meant",
                    expected: "a key calendar here or in dutyd.yaml, or exactly one usable file in calendars/"
                ),
                key: key
            )
        }
        return nil
    }
}
