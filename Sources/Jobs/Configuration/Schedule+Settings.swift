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
        section.complaints.schedule = section.reference("on", "").position
        let weeks = section.optionalSection("every").flatMap(WeekCycle.init)
        var occurrences: [Occurrence] = []
        for (text, mark) in section.neededTexts("on") {
            do {
                let event = try CalendarEvent(text) { (try? surroundings.zone($0)) != nil }
                let zone = try event.zoneName.map(surroundings.zone) ?? surroundings.defaultZone
                occurrences.append(Occurrence(event: event, zone: zone, clockChanges: clockChanges, weeks: weeks))
            } catch let malformed as CalendarEvent.Malformed {
                section.complain(Self.diagnostic(of: malformed, in: surroundings), key: "on", mark: mark)
            } catch {
                section.complain(error as? Diagnostic ?? Diagnostic("\(error)"), key: "on", mark: mark)
            }
        }
        let workingDays = WorkingDayRule(section, calendars: surroundings.calendars)
        var catchUp: CatchUp? = CatchUp.none
        if let settings = section.optionalSection("catch-up") {
            catchUp = settings.parsed("latest") { text throws(Diagnostic) in
                .latest(within: try TimeSpan(text))
            }
            settings.close()
        }
        section.close()
        guard !occurrences.isEmpty, let catchUp else { return nil }
        self.init(occurrences: occurrences, catchUp: catchUp, workingDays: workingDays)
        // A run takes time, and each leaves a record.
        let most = Self.mostPerDay + 1
        let perDay = occurrences.reduce(0) { $0 + $1.event.elapsesPerDay(upTo: most) }
        if perDay > Self.mostPerDay {
            section.complain(
                Diagnostic(
                    "this schedule elapses too often",
                    found: fingerprint,
                    expected: "at most \(Self.mostPerDay) times a day, which is once a minute",
                    remedy: "name the seconds, as in *:*:00, or fewer minutes"
                ),
                key: "on"
            )
        }
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

extension Schedule {
    /// Once a minute.
    private static let mostPerDay = 1440

    /// Why a text is no event; where only its zone is unknown, with the name that was probably meant.
    private static func diagnostic(
        of malformed: CalendarEvent.Malformed,
        in surroundings: Job.Surroundings
    ) -> Diagnostic {
        var diagnostic = malformed.diagnostic
        guard malformed.isUnknownZone, let name = malformed.found else { return diagnostic }
        do throws(Diagnostic) {
            _ = try surroundings.zone(name)
        } catch {
            diagnostic.remedy = error.remedy ?? diagnostic.remedy
        }
        return diagnostic
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
