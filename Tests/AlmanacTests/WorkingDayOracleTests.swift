// China's working days against the Python library chinesecalendar, which its authors keep from the same notices.

import Almanac
import Foundation
import TestKit
import Testing

@Suite struct WorkingDayOracleTests {
    private let china: WorkingDayCalendar
    private let oracle: Oracle

    init() throws {
        china = try .shipped()
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let python = tests.appending(path: "../../.build/oracles/chinesecalendar/bin/python").path
        try #require(
            FileManager.default.isExecutableFile(atPath: python),
            "run Tests/AlmanacTests/Oracles/prepare first; Tests/run does"
        )
        oracle = Oracle(program: "working_day_oracle.py", python: python)
    }

    @Test func everyDayFrom2020To2026() throws {
        let first = try CivilDate("2020-01-01")
        let days = try (0...first.days(to: CivilDate("2026-12-31"))).map { first.adding(days: $0) }
        let answers = try oracle.answers(to: days.map { "day \($0)" })
        let settled = try CivilDate("2026-11-30")
        for (day, answer) in zip(days, answers) {
            // The last December is not known before the notice of 2027 is there.
            #expect(china.isWorkingDay(day) == (day <= settled ? answer == "1" : nil), "\(day)")
        }
        let naive = zip(days, answers).filter { day, answer in day.weekday.isWeekend == (answer == "1") }
        // So often who takes Monday to Friday for granted is wrong.
        #expect(naive.count > 150)
    }

    @Test func termsAndCounts() throws {
        var generator = SeededGenerator(seed: 203)
        let first = try CivilDate("2020-01-01")
        let length = first.days(to: try CivilDate("2026-11-30"))
        var questions: [String] = []
        var expected: [String] = []
        for _ in 0..<4_000 {
            let start = first.adding(days: Int.random(in: 0...length, using: &generator))
            let end = first.adding(days: Int.random(in: 0...length, using: &generator))
            let count = Int.random(in: -90...90, using: &generator)
            let reached = china.date(workingDays: count, after: start)
            if !reached.isProvisional {
                questions.append("after \(start) \(count)")
                expected.append("\(reached.value)")
            }
            questions.append("between \(min(start, end)) \(max(start, end))")
            expected.append("\(china.workingDays(after: min(start, end), through: max(start, end)).value)")
        }
        try #require(questions.count > 7_500)
        for (question, (ours, theirs)) in zip(questions, zip(expected, try oracle.answers(to: questions))) {
            #expect(ours == theirs, "\(question)")
        }
    }

    @Test func daysShiftedByWorkingDays() throws {
        let first = try CivilDate("2020-03-01")
        let days = try (0...first.days(to: CivilDate("2026-09-30"))).map { first.adding(days: $0) }
        var questions: [String] = []
        var expected: [String] = []
        for (name, adjustment) in [("next", .next), ("previous", .previous)] as [(String, WorkingDayAdjustment)] {
            for offset in -4...4 {
                for day in days {
                    let shifted = china.shifted(day, adjustment, by: offset)
                    #expect(!shifted.isProvisional)
                    questions.append("shift \(day) \(name) \(offset)")
                    expected.append("\(shifted.to)")
                }
            }
        }
        for (question, (ours, theirs)) in zip(questions, zip(expected, try oracle.answers(to: questions))) {
            #expect(ours == theirs, "\(question)")
        }
    }

    @Test func termsOfEachKind() throws {
        var generator = SeededGenerator(seed: 201)
        let first = try CivilDate("2020-06-01")
        let length = first.days(to: try CivilDate("2026-05-31"))
        var questions: [String] = []
        var expected: [String] = []
        for _ in 0..<3_000 {
            let day = first.adding(days: Int.random(in: 0...length, using: &generator))
            for (unit, name, longest) in [(.workingDays, "working", 90), (.days, "days", 120), (.months, "months", 4)]
                as [(Term.Unit, String, Int)]
            {
                let term = Term(Int.random(in: 0...longest, using: &generator), unit)
                let end = china.end(of: term, from: day)
                let latest = china.latestDay(term, before: day)
                #expect(!end.isProvisional && !latest.isProvisional)
                questions += ["term \(day) \(term.count) \(name)", "before \(day) \(term.count) \(name)"]
                expected += ["\(end.date)", "\(latest.date)"]
            }
        }
        for (question, (ours, theirs)) in zip(questions, zip(expected, try oracle.answers(to: questions))) {
            #expect(ours == theirs, "\(question)")
        }
    }

    @Test func workingDaysOfEachMonth() throws {
        var questions: [String] = []
        var expected: [String] = []
        var fewest = 31
        for index in 0..<83 {
            let month = CivilMonth(year: 2020, month: 1).adding(months: index)
            for number in Array(-24 ... -1) + Array(1...24) {
                let day = china.workingDay(number, of: month)
                if number > 0, day == nil { fewest = min(fewest, number - 1) }
                #expect(day?.isProvisional != true)
                questions.append("month \(month) \(number)")
                expected.append(day.map { "\($0.value)" } ?? "none")
            }
        }
        #expect(fewest >= 15, "schedules may ask for fifteen")
        for (question, (ours, theirs)) in zip(questions, zip(expected, try oracle.answers(to: questions))) {
            #expect(ours == theirs, "\(question)")
        }
    }
}
