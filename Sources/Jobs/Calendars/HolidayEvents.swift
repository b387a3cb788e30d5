// Holidays as an iCalendar (RFC 5545) publishes them: one event for each day, or for a row of days.

import Almanac
import Diagnostics

/// The listed days of `calendars/NAME.ics`.
enum HolidayEvents {
    /// Components within components; a calendar of holidays has three at most.
    private static let deepest = 8
    /// No holiday lasts that long.
    private static let longestEvent = 31

    /// What of an event matters, as far as it was read.
    private struct Event {
        let line: Int
        var properties: [String: ICalendarLine] = [:]
        var problem: Diagnostic?

        mutating func take(_ line: ICalendarLine) {
            switch line.name {
            case "DTSTART", "DTEND", "DURATION", "SUMMARY", "STATUS":
                if properties.updateValue(line, forKey: line.name) != nil {
                    problem = problem ?? Diagnostic("the event says \(line.name) twice")
                }
            case "CATEGORIES": properties[line.name] = properties[line.name] ?? line
            case "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID":
                problem = problem ?? Diagnostic("events that recur are not read", found: line.name)
            default: break
            }
        }
    }

    static func days(_ file: SettingsFile, words: CalendarWords, complaints: Complaints) -> [ListedDay] {
        func complain(_ diagnostic: Diagnostic, line: Int?) {
            complaints.add(
                diagnostic.located(at: Position(file: file.displayName, line: line)),
                at: nil,
                key: nil
            )
        }
        var days: [ListedDay] = []
        do {
            var lines = ICalendarLines(try file.bytes())
            var open: [(name: String, line: Int)] = []
            var event: Event?
            var isCalendar = false
            while let line = try lines.next(), complaints.all.count < CalendarFolder.complaintsPerFile {
                switch line.name {
                case "BEGIN":
                    open.append((line.value.uppercased(), line.number))
                    if open.count == 1 { isCalendar = isCalendar || open[0].name == "VCALENDAR" }
                    if open.map(\.name) == ["VCALENDAR", "VEVENT"] { event = Event(line: line.number) }
                    if open.count > deepest {
                        throw ICalendarLines.Malformed(
                            line: line.number,
                            diagnostic: Diagnostic("too many components within one another")
                        )
                    }
                case "END":
                    guard let last = open.popLast(), last.name == line.value.uppercased() else {
                        throw ICalendarLines.Malformed(
                            line: line.number,
                            diagnostic: Diagnostic("nothing of this name is open here", found: "END:\(line.value)")
                        )
                    }
                    if open.map(\.name) == ["VCALENDAR"], let ended = event {
                        do throws(Diagnostic) {
                            days += try listed(ended, in: file, words: words)
                        } catch {
                            complain(error, line: ended.line)
                        }
                        event = nil
                    }
                default:
                    if open.count == 2 { event?.take(line) }
                }
                guard days.count <= CalendarFolder.daysPerFile else {
                    throw ICalendarLines.Malformed(
                        line: line.number,
                        diagnostic: Diagnostic("more days than a calendar of holidays has")
                    )
                }
            }
            if let unfinished = open.last, complaints.all.isEmpty {
                complain(
                    Diagnostic(
                        "the file ends within a component, so its rest is missing",
                        found: "BEGIN:\(unfinished.name)",
                        expected: "END:\(unfinished.name)",
                        remedy: "fetch the whole file again"
                    ),
                    line: unfinished.line
                )
            } else if !isCalendar {
                complain(Diagnostic("this is no iCalendar", expected: "BEGIN:VCALENDAR"), line: nil)
            }
        } catch let malformed as ICalendarLines.Malformed {
            complain(malformed.diagnostic, line: malformed.line)
        } catch {
            complain(error as? Diagnostic ?? Diagnostic("\(error)"), line: nil)
        }
        return days
    }

    /// The days of one event.
    private static func listed(
        _ event: Event,
        in file: SettingsFile,
        words: CalendarWords
    ) throws(Diagnostic) -> [ListedDay] {
        if event.properties["STATUS"]?.value.uppercased() == "CANCELLED" { return [] }
        if let problem = event.problem { throw problem }
        guard let start = event.properties["DTSTART"] else { throw Diagnostic("the event has no DTSTART") }
        let summary = event.properties["SUMMARY"]?.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let texts = [summary, event.properties["CATEGORIES"]?.text].compactMap(\.self)
        guard let isOff = words.isOff(texts.joined(separator: " ")) else {
            throw Diagnostic(
                "nobody can tell whether this event is a rest day or a make-up workday",
                found: texts.joined(separator: " "),
                expected: "a word such as 假期, 放假 or 休, or 上班 or 补班",
                remedy: "correct or remove the event, or add its word to calendar-events in dutyd.yaml"
            )
        }
        let first = try day(start)
        let count = try length(event, from: first)
        guard (1...longestEvent).contains(count) else {
            throw Diagnostic(
                "an event of holidays has 1 to \(longestEvent) days, and DTEND is the day after its last",
                found: "\(count) days"
            )
        }
        let year = try noticeYear(file, first: first, last: first.adding(days: count - 1), text: texts.joined())
        let name = CalendarWords.holiday(in: summary.flatMap { $0.isEmpty ? nil : $0 } ?? texts.joined())
        let position = Position(file: file.displayName, line: event.line)
        return (0..<count).map {
            ListedDay(date: first.adding(days: $0), name: name, isOff: isOff, noticeYear: year, position: position)
        }
    }

    private static func length(_ event: Event, from first: CivilDate) throws(Diagnostic) -> Int {
        if let end = event.properties["DTEND"] { return first.days(to: try day(end)) }
        guard let duration = event.properties["DURATION"]?.value.uppercased() else { return 1 }
        let digits = duration.dropFirst().dropLast()
        guard duration.first == "P", let count = Int(digits), (1...longestEvent).contains(count) else {
            throw Diagnostic("this is no length of a holiday", found: duration, expected: "days such as P3D")
        }
        switch duration.last {
        case "D": return count
        case "W": return count * 7
        default: throw Diagnostic("this is no length of a holiday", found: duration, expected: "days such as P3D")
        }
    }

    private static func day(_ line: ICalendarLine) throws(Diagnostic) -> CivilDate {
        let digits = Array(line.value.utf8)
        let isDate = line.parameters["VALUE"].map { $0.uppercased() == "DATE" } ?? true
        guard isDate, digits.count == 8, digits.allSatisfy({ (48...57).contains($0) }),
            let number = Int(line.value),
            let date = CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
        else {
            throw Diagnostic(
                "\(line.name) is no whole day",
                found: line.value,
                expected: "\(line.name);VALUE=DATE: and a day such as 20261001"
            )
        }
        return date
    }

    /// The year that the event's notice is about, of which iCalendar knows nothing.
    ///
    /// A file called `2023.ics` says it. Otherwise it is the year of the event's last day, and the next one's where
    /// December days belong to New Year's Day.
    private static func noticeYear(
        _ file: SettingsFile,
        first: CivilDate,
        last: CivilDate,
        text: String
    ) throws(Diagnostic) -> Int {
        guard file.stem.utf8.count == 4, let year = Int(file.stem), (1949...2199).contains(year) else {
            return last.month == 12 && text.contains("元旦") ? last.year + 1 : last.year
        }
        for date in [first, last] {
            guard let problem = ListedDay.implausible(date, inNoticeOf: year) else { continue }
            throw Diagnostic(
                "the event lies outside the year in the file's name",
                found: date.description,
                expected: problem.expected,
                remedy: "give the file another name when it holds several years"
            )
        }
        return year
    }
}
