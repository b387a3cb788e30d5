// The key `schedule` of a job: when it is due.

import Almanac
import Diagnostics
import Scheduling
import Yams

extension Schedule {
    /// Reads `on` (one calendar event or a list), `every`, `dst-gap`, `dst-overlap`, `working-day`, `offset`, `calendar`
    /// and `catch-up`.
    init?(_ section: Section, in surroundings: Job.Surroundings) {
        let clockChanges = ClockChanges(section)
        let weeks = section.optionalSection("every").flatMap(WeekCycle.init)
        var occurrences: [Occurrence] = []
        for (text, mark) in section.neededTexts("on") {
            do {
                let event = try CalendarEvent(text) { (try? surroundings.zone($0)) != nil }
                let zone = try event.zoneName.map(surroundings.zone) ?? surroundings.defaultZone
                occurrences.append(Occurrence(event: event, zone: zone, clockChanges: clockChanges, weeks: weeks))
            } catch let malformed as CalendarEvent.Malformed {
                section.complain(malformed.diagnostic, key: "on", mark: mark)
            } catch {
                section.complain(error as? Diagnostic ?? Diagnostic("\(error)"), key: "on", mark: mark)
            }
        }
        let isMonthly = section.isSection("working-day")
        let monthDay = isMonthly ? MonthlyWorkingDay(section, calendars: surroundings.calendars) : nil
        if isMonthly { MonthlyWorkingDay.complainOfDays(in: section, occurrences) }
        let workingDays = isMonthly ? nil : WorkingDayRule(section, calendars: surroundings.calendars)
        var catchUp: CatchUp? = CatchUp.none
        if let settings = section.optionalSection("catch-up") {
            catchUp = settings.parsed("latest") { text throws(Diagnostic) in
                .latest(within: try TimeSpan(text))
            }
            settings.close()
        }
        section.close()
        guard !occurrences.isEmpty, let catchUp, (monthDay != nil) == isMonthly else { return nil }
        self.init(occurrences: occurrences, catchUp: catchUp, workingDays: workingDays, monthDay: monthDay)
        // The first of 1970 is before every slot there can be.
        if next(after: Instant(seconds: 0)) == nil {
            section.complain(
                Diagnostic(
                    "this schedule never elapses",
                    found: fingerprint,
                    remedy: "look for a day that its month does not have"
                ),
                key: "on"
            )
        }
    }
}

extension ClockChanges {
    /// Reads `dst-gap` and `dst-overlap`; without them, what systemd does.
    fileprivate init(_ section: Section) {
        let gap = section.has("dst-gap") ? section.choice("dst-gap", of: Gap.self) : nil
        let overlap = section.has("dst-overlap") ? section.choice("dst-overlap", of: Overlap.self) : nil
        self.init(gap: gap ?? .skip, overlap: overlap ?? .first)
    }
}

extension WeekCycle {
    /// Reads `weeks` and `anchor`.
    fileprivate init?(_ section: Section) {
        let interval = section.parsed("weeks") { text throws(Diagnostic) in
            guard let weeks = Int(text), (2...520).contains(weeks) else {
                throw Diagnostic("this is no number of weeks", found: text, expected: "a whole number from 2 to 520")
            }
            return weeks
        }
        let anchor = section.parsed("anchor") { text throws(Diagnostic) in
            guard let date = CivilDate(iso8601: text) else {
                throw Diagnostic("this is no date", found: text, expected: "a day of a week that counts: 2024-01-01")
            }
            return date
        }
        section.close()
        guard let interval, let anchor else { return nil }
        self.init(interval: interval, anchor: anchor)
    }
}
