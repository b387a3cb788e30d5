// The key `schedule` of a job: when it is due.

import Almanac
import Diagnostics
import Scheduling
import Yams

extension Schedule {
    /// So many slots in a row are looked at to see whether a splay fits between two of them.
    private static let sampledSlots = 100

    /// Reads `on` (one calendar event or a list), `every`, `dst-gap`, `dst-overlap`, `working-day`, `offset`,
    /// `calendar`, `catch-up` and `splay`.
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
        let isMonthly = section.isSection("working-day")
        let monthDay = isMonthly ? MonthlyWorkingDay(section, calendars: surroundings.calendars) : nil
        if isMonthly { MonthlyWorkingDay.complainOfDays(in: section, occurrences) }
        let workingDays = isMonthly ? nil : WorkingDayRule(section, calendars: surroundings.calendars)
        let catchUp = CatchUp(section)
        let splay = section.optionallyParsed("splay") { text throws(Diagnostic) in try TimeSpan(text) }
        section.close()
        guard !occurrences.isEmpty, let catchUp, (monthDay != nil) == isMonthly else { return nil }
        self.init(
            occurrences: occurrences,
            catchUp: catchUp,
            workingDays: workingDays,
            monthDay: monthDay,
            splay: splay ?? TimeSpan(seconds: 0)
        )
        if let shortest = shortestDistance, splay.map({ $0.seconds >= shortest.seconds }) ?? false {
            section.complain(
                Diagnostic(
                    "two slots are only \(shortest) apart, so one could start after the next",
                    found: splay?.description,
                    expected: "less than \(shortest)"
                ),
                key: "splay"
            )
        }
        let most = Self.mostPerDay + 1
        let perDay = occurrences.reduce(0) { $0 + $1.event.elapsesPerDay(upTo: most) }
        if perDay > Self.mostPerDay {
            section.complain(
                Diagnostic(
                    "this schedule elapses more than once a minute, and each run leaves a record",
                    severity: .warning,
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

extension Schedule {
    /// The shortest time between two slots that follow each other, among the first of them.
    fileprivate var shortestDistance: TimeSpan? {
        guard splay.seconds > 0 else { return nil }
        var shortest: TimeSpan?
        var last = next(after: Instant(seconds: 0))?.instant
        for _ in 0..<Self.sampledSlots {
            guard let earlier = last, let slot = next(after: earlier)?.instant else { break }
            let distance = TimeSpan(seconds: slot.seconds - earlier.seconds)
            shortest = shortest.map { $0.seconds < distance.seconds ? $0 : distance } ?? distance
            last = slot
        }
        return shortest
    }
}

extension Schedule.CatchUp {
    private static let forms = "none, {latest: 30 days} or {all: 30 days}"

    /// Reads `none`, `{latest: 30 days}` or `{all: 30 days}`; `nil` after a complaint.
    fileprivate init?(_ section: Section) {
        guard section.has("catch-up") else {
            self = .none
            return
        }
        guard section.isSection("catch-up") else {
            let isNone: Bool? = section.parsed("catch-up") { text throws(Diagnostic) in
                guard text == "none" else {
                    throw Diagnostic("this does not say what is caught up", found: text, expected: Self.forms)
                }
                return true
            }
            guard isNone != nil else { return nil }
            self = .none
            return
        }
        guard let settings = section.optionalSection("catch-up") else { return nil }
        let latest = settings.optionallyParsed("latest") { text throws(Diagnostic) in try TimeSpan(text) }
        let all = settings.optionallyParsed("all") { text throws(Diagnostic) in try TimeSpan(text) }
        let isOne = settings.has("latest") != settings.has("all")
        settings.close()
        guard isOne else {
            section.complain(
                Diagnostic(
                    "either the latest missed slot is caught up or all are",
                    expected: Self.forms
                ),
                key: "catch-up"
            )
            return nil
        }
        if let latest {
            self = .latest(within: latest)
        } else if let all {
            self = .all(within: all)
        } else {
            return nil
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
