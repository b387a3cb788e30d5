// Calendar events against the machine's own systemd, and against a model that knows where systemd is wrong.

import Almanac
import Diagnostics
import TestKit
import Testing

@Suite struct CalendarEventOracleTests {
    private let oracle = Oracle(program: "calendar_oracle.py")

    @Test func everyRandomTextIsReadOrRefusedAsSystemdDoes() throws {
        var generator = SeededGenerator(seed: 1)
        let texts = (0..<20_000).map { _ in generator.calendarText() }
        let answers = try oracle.answers(to: texts.map { "\($0)\t-\t" })
        var accepted = 0
        for (text, answer) in zip(texts, answers) {
            let expected = answer.prefix { $0 != "\t" }
            let ours = try? CalendarEvent(text, isKnownZone: Zone.isOnMachine)
            #expect(ours?.description ?? "" == expected, "\(text)")
            guard let ours else { continue }
            accepted += 1
            let again = try CalendarEvent(ours.description, isKnownZone: Zone.isOnMachine)
            #expect(again.description == ours.description)
        }
        #expect((texts.count / 4...texts.count * 3 / 4).contains(accepted), "both outcomes must be common: \(accepted)")
    }

    @Test func nextOnRandomDatesIsSystemds() throws {
        var generator = SeededGenerator(seed: 2)
        let questions = (0..<6_000).map { _ in
            Question(event: generator.dateEvent(), zone: "UTC", after: generator.instant(years: 1970...2190))
        }
        try compare(questions, mostDefects: 10)
    }

    @Test func nextAroundClockChangesIsSystemds() throws {
        var generator = SeededGenerator(seed: 3)
        let names = [
            "Africa/Casablanca", "America/New_York", "America/Sao_Paulo", "America/St_Johns", "Asia/Beirut",
            "Asia/Shanghai", "Australia/Lord_Howe", "Europe/Berlin", "Europe/Dublin", "Pacific/Apia",
        ]
        var questions: [Question] = []
        for name in names {
            let zone = try Zone.machine(name)
            let changes = zone.changes(years: 1986...2060)
            for _ in 0..<600 {
                let distance = Int64.random(in: -90_000...90_000, using: &generator)
                let after = generator.pick(changes).adding(seconds: distance)
                questions.append(Question(event: generator.timeEvent(), zone: name, after: after))
            }
        }
        try compare(questions, mostDefects: questions.count / 100)
    }

    private struct Question {
        let event: String
        let zone: String
        let after: Instant
    }

    /// Ours must be the model's answer always, and systemd's too but for so many of its known defects.
    private func compare(_ questions: [Question], mostDefects: Int) throws {
        let answers = try oracle.answers(
            to: questions.map { "\($0.event)\t\($0.zone)\t\($0.after.microseconds)" }
        )
        var zones: [String: Zone] = [:]
        var defects: [String] = []
        for (question, answer) in zip(questions, answers) {
            let zone = try zones[question.zone] ?? Zone.machine(question.zone)
            zones[question.zone] = zone
            let columns = answer.split(separator: "\t", omittingEmptySubsequences: false)
            let event = try CalendarEvent(question.event, isKnownZone: Zone.isOnMachine)
            let next = event.next(after: question.after, in: zone)
            let ours = next.map { String($0.microseconds) } ?? "never"
            #expect(ours == columns[2], "\(question): \(event)")
            #expect(next ?? Instant(microseconds: .max) > question.after)
            if columns[1] != columns[2] { defects.append("\(question): systemd \(columns[1]), model \(columns[2])") }
        }
        print("systemd differs from the model in \(defects.count) of \(questions.count)")
        #expect(defects.count <= mostDefects, "\(defects.prefix(5))")
    }
}

extension Zone {
    /// The instants at which the offset changes, to the minute.
    func changes(years: ClosedRange<Int>) -> [Instant] {
        var changes: [Instant] = []
        var instant = Instant(seconds: Int64(CivilDate.days(year: years.lowerBound, month: 1, day: 1)) * 86_400)
        let end = Instant(seconds: Int64(CivilDate.days(year: years.upperBound, month: 12, day: 31)) * 86_400)
        while instant < end {
            let following = instant.adding(seconds: 7 * 86_400)
            if utcOffset(at: instant) != utcOffset(at: following) {
                var (low, high) = (instant, following)
                while high.seconds - low.seconds > 60 {
                    let middle = Instant(seconds: (low.seconds + high.seconds) / 2)
                    if utcOffset(at: middle) == utcOffset(at: instant) { low = middle } else { high = middle }
                }
                changes.append(high)
            }
            instant = following
        }
        return changes
    }
}

extension SeededGenerator {
    mutating func instant(years: ClosedRange<Int>) -> Instant {
        let first = Int64(CivilDate.days(year: years.lowerBound, month: 1, day: 1)) * 86_400_000_000
        let last = Int64(CivilDate.days(year: years.upperBound, month: 12, day: 31)) * 86_400_000_000
        let moment = Int64.random(in: first...last, using: &self)
        return Instant(microseconds: Bool.random(using: &self) ? moment : moment / 60_000_000 * 60_000_000)
    }

    /// A component whose items lie in the field.
    mutating func component(_ range: ClosedRange<Int>, every: Int) -> String {
        if Int.random(in: 0..<100, using: &self) < every { return "*" }
        return (0..<pick([1, 1, 1, 2, 3])).map { _ in
            let first = Int.random(in: range, using: &self)
            let last = Int.random(in: first...range.upperBound, using: &self)
            let room = range.upperBound - first
            return switch Int.random(in: 0..<4, using: &self) {
            case 0 where room > 0: "\(first)/\(Int.random(in: 1...room, using: &self))"
            case 1: "\(first)..\(last)"
            case 2: "\(first)..\(last)/\(Int.random(in: 1...12, using: &self))"
            default: "\(first)"
            }
        }
        .joined(separator: ",")
    }

    mutating func weekdays() -> String {
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let first = Int.random(in: 0..<7, using: &self)
        let last = Int.random(in: first..<7, using: &self)
        return pick([names[first], "\(names[first])..\(names[last])", "\(names[last]),\(names[first])"])
    }

    mutating func dateEvent() -> String {
        let weekday = pick(["", "", "\(weekdays()) "])
        let year = component(1970...2199, every: 70)
        let month = component(1...12, every: 40)
        let fromEnd = Int.random(in: 0..<3, using: &self) == 0
        // Steps from the end count towards it, so that only short ones fit.
        let day =
            fromEnd
            ? pick(["\(Int.random(in: 1...28, using: &self))", "7/1", "9/3", "2..9", "1..28/5", "3,1"])
            : component(1...31, every: 20)
        let seconds = pick(["00", "00", "*", "15/20", "0.5,1.000001", "59.999999", "0/7.25"])
        let time = "\(component(0...23, every: 20)):\(component(0...59, every: 20)):\(seconds)"
        return "\(weekday)\(year)-\(month)\(fromEnd ? "~" : "-")\(day) \(time)"
    }

    mutating func timeEvent() -> String {
        let weekday = pick(["", "", "", "\(weekdays()) "])
        return "\(weekday)\(component(0...23, every: 30)):\(component(0...59, every: 10))"
    }

    /// A text that is nearly an event: about half of these are none.
    mutating func calendarText() -> String {
        var text = pick([
            dateEvent(), dateEvent(), timeEvent(),
            pick(["daily", "weekly", "Minutely", "bi-annually", "@86400", "hour"]),
            "\(component(0...31, every: 10))-\(component(0...31, every: 10))", "\(weekdays()),\(weekdays())",
            "\(component(0...99, every: 0))-\(component(1...12, every: 30))-\(component(1...31, every: 30))",
            "*:*:\(component(0...70, every: 5)).5",
        ])
        text += pick(["", "", "", " UTC", " utc", " Europe/Berlin", "  UTC", " "])
        var characters = Array(text)
        for _ in 0..<pick([0, 0, 0, 1, 2]) {
            let place = Int.random(in: 0...characters.count, using: &self)
            switch Int.random(in: 0..<3, using: &self) {
            case 0: characters.insert(pick(Array("0159.,-~/*: @MonFri")), at: place)
            case 1 where place < characters.count: characters.remove(at: place)
            case 2 where place < characters.count: characters[place] = pick(Array("0159.,-~/*: @a"))
            default: break
            }
        }
        return String(characters)
    }
}
