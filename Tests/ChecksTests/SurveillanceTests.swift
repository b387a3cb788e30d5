// Sentinel counts: what each method calls unusual, closed and missing days, late sites, and the budget of alarms.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct SurveillanceTests {
    private static let siteColumns: [(String, ColumnType)] = [
        ("site", .text), ("series", .text), ("rest_days_closed", .flag), ("weekday_split", .flag), ("since", .date),
    ]
    private static let countColumns: [(String, ColumnType)] = [
        ("site", .text), ("series", .text), ("date", .date), ("count", .decimal), ("total", .decimal),
        ("status", .text),
    ]

    private static func detector(_ method: Detector.Method, floor: Double = 1, long: Int = 28) -> Detector {
        var detector = Detector(method: method)
        detector.minimumDeviation = floor
        detector.longBaseline = long
        return detector
    }

    /// Rows of one site from 1 January 2024 (a Monday) on, one for each word: a count, `x` for closed, `-` for no row.
    private static func rows(_ days: String, totals: Int? = nil) throws -> [String] {
        let first = try day("2024-01-01")
        return days.split(separator: " ").enumerated().compactMap { index, word in
            let date = first.adding(days: index)
            switch word {
            case "-": return nil
            case "x": return "S,,\(date),,,closed"
            default: return "S,,\(date),\(word),\(totals.map(String.init) ?? ""),"
            }
        }
    }

    private static func judge(
        _ rows: [String],
        _ parameters: Surveillance.Parameters,
        site: String = "S,,,,",
        asOf: CivilDate
    ) throws -> Judgement {
        let tables = [
            "sites": Table("sites.csv", siteColumns, "site,series,rest_days_closed,weekday_split,since\n\(site)\n"),
            "counts": Table(
                "counts.csv",
                countColumns,
                (["site,series,date,count,total,status"] + rows).joined(separator: "\n") + "\n"
            ),
        ]
        return try CheckDefinition.surveillance(parameters).judge(tables, period: .day(asOf), asOf: asOf)
    }

    /// Judges the last day of a sequence.
    private static func last(_ days: String, _ detector: Detector, site: String = "S,,,,") throws -> Assessment {
        var parameters = Surveillance.Parameters(detector: detector)
        parameters.reportLag = 0
        let count = days.split(separator: " ").count
        let asOf = try day("2024-01-01").adding(days: count - 1)
        return try judge(try rows(days), parameters, site: site, asOf: asOf).of("S", "counts")
    }

    /// Each method's first day: with 7 days of baseline, and two days between for C2 and C3 (Fricker 2008).
    @Test(arguments: [(Detector.Method.c1, 8), (.c2, 10), (.c3, 12)])
    func `a method speaks from the first day on that its baseline is whole`(method: Detector.Method, first: Int) throws
    {
        for length in (first - 1)...first {
            let days = (0..<length).map { "\(3 + $0 % 3)" }.joined(separator: " ")
            let verdict = try Self.last(days, Self.detector(method))
            #expect((verdict.state == .unknown) == (length < first), "\(length) days")
            #expect((verdict.facts["statistic"] == nil) == (length < first))
        }
    }

    @Test func `C1 is the distance from the mean of the last seven days in standard deviations`() throws {
        // Mean 4, sample standard deviation √(28 ÷ 6) = 2.1602; (11 − 4) ÷ 2.1602 = 3.24.
        let verdict = try Self.last("1 2 3 4 5 6 7 11", Self.detector(.c1))
        #expect(verdict.facts.number("statistic") == "3.24")
        #expect(verdict.facts.number("expected") == "4")
        #expect(verdict.facts.number("threshold") == "3")
        #expect(verdict.facts.text("method") == "C1")
        #expect(verdict.state == .warning)
        #expect(try Self.last("1 2 3 4 5 6 7 10", Self.detector(.c1)).state == .ok)
    }

    @Test func `C2 leaves two days out, so that a rise does not hide in its own baseline`() throws {
        let days = "1 2 3 4 5 6 7 9 10 11"
        #expect(try Self.last(days, Self.detector(.c2)).facts.number("statistic") == "3.24")
        #expect(try Self.last(days, Self.detector(.c2)).state == .warning)
        #expect(try Self.last(days, Self.detector(.c1)).state == .ok)
    }

    @Test func `C3 adds up what three days are above one, by the definition`() throws {
        // C2 of the three days with a floor of 1 over a baseline of equal counts: 2, 2, 1.5 → 1 + 1 + 0.5.
        let verdict = try Self.last("4 4 4 4 4 4 4 4 4 6 6 5.5", Self.detector(.c3))
        #expect(verdict.facts.number("statistic") == "2.5")
        #expect(verdict.facts.number("threshold") == "2")
        #expect(verdict.state == .warning)
        // A day below what is usual takes nothing away.
        #expect(try Self.last("4 4 4 4 4 4 4 4 4 6 0 5.5", Self.detector(.c3)).facts.number("statistic") == "1.5")
    }

    @Test func `equal counts in the baseline make no other count infinitely unusual`() throws {
        let days = "3 3 3 3 3 3 3 3 3 6"
        #expect(try Self.last(days, Self.detector(.c2)).facts.number("statistic") == "3")
        #expect(try Self.last(days, Self.detector(.c2)).state == .ok)
        #expect(try Self.last(days, Self.detector(.c2, floor: 0.2)).facts.number("statistic") == "15")
    }

    @Test(arguments: [(37, "7"), (38, "28")])
    func `the baseline has four weeks as soon as there are as many`(length: Int, baseline: String) throws {
        let days = (0..<(length - 8)).map { _ in "3" }.joined(separator: " ")
        let verdict = try Self.last(days + " 3", Self.detector(.c2))
        #expect(verdict.facts.number("baseline") == (length - 7 - 3 >= 28 ? baseline : "7"))
    }

    @Test func `a cumulative sum grows with small rises and is set back by its alarm`() throws {
        var detector = Self.detector(.cusum)
        detector.threshold = 2.5
        let usual = "4 4 4 4 4 4 4 4 4"
        // Two above with a floor of 1 adds 2 − 1 = 1 a day.
        #expect(try Self.last(usual + " 6", detector).facts.number("statistic") == "1")
        #expect(try Self.last(usual + " 6 6", detector).facts.number("statistic") == "2")
        #expect(try Self.last(usual + " 6 6", detector).state == .ok)
        let alarm = try Self.last(usual + " 6 6 7", detector)
        #expect(alarm.state == .warning)
        #expect(try Self.last(usual + " 6 6 7 4", detector).facts.number("statistic") == "0")
    }

    @Test func `a closed day is no zero: it neither enters the baseline nor asks for a report`() throws {
        // Seven days of 4 around a closed week end are the baseline; with zeros in it the mean would be 3.1.
        let verdict = try Self.last("4 4 4 4 4 x x 4 4 4 4 4", Self.detector(.c2))
        #expect(verdict.facts.number("expected") == "4")
        #expect(verdict.facts.number("baseline") == "7")
        let closed = try Self.last("4 4 4 4 4 x", Self.detector(.c2))
        #expect(closed.state == .ok)
        #expect(closed.facts.text("standing") == "closed")
        #expect(closed.facts["count"] == nil)
    }

    @Test func `a day that nobody reported is unknown`() throws {
        let verdict = try Self.last("4 4 4 4 4 4 4 4 4 -", Self.detector(.c2))
        #expect(verdict.state == .unknown)
        #expect(verdict.gaps.map(\.description) == ["no-row 2024-01-10"])
    }

    @Test func `where the register says so, weekends are held against weekends`() throws {
        let week = "9 9 9 9 9 1 1 "
        let days = String(repeating: week, count: 6) + "9 9 9 9 9 5"
        #expect(try Self.last(days, Self.detector(.c2)).state == .ok)
        let split = try Self.last(days, Self.detector(.c2), site: "S,,,yes,")
        #expect(split.facts.number("expected") == "1")
        #expect(split.state == .warning)
    }

    @Test func `a share of all visits does not rise when everything rises`() throws {
        var parameters = Surveillance.Parameters(detector: Self.detector(.c2))
        parameters.reportLag = 0
        parameters.usesShare = true
        var rows = try Self.rows("4 4 4 4 4 4 4 4 4", totals: 40)
        let asOf = try day("2024-01-10")
        rows.append("S,,\(asOf),12,120,")
        let verdict = try Self.judge(rows, parameters, asOf: asOf).of("S", "counts")
        #expect(verdict.facts.number("share") == "0.1")
        #expect(verdict.facts.number("statistic") == "0")
        #expect(verdict.state == .ok)
        rows[9] = "S,,\(asOf),12,,"
        let without = try Self.judge(rows, parameters, asOf: asOf).of("S", "counts")
        #expect(without.state == .unknown)
        #expect(without.gaps.map(\.what) == ["total"])
    }

    @Test(arguments: [(34, Assessment.State.ok), (36, .warning)])
    func `the last week is held against the same weeks of earlier years`(count: Int, state: Assessment.State) throws {
        var parameters = Surveillance.Parameters(detector: Detector(method: .percentile))
        parameters.reportLag = 0
        let asOf = try day("2024-03-15")
        // Earlier years have five a day around the time, 35 a week, whatever the window.
        var rows: [String] = []
        for year in 1...3 {
            let middle = asOf.adding(months: -12 * year)
            for offset in -21...14 { rows.append("S,,\(middle.adding(days: offset)),5,,") }
        }
        for offset in 0..<7 {
            rows.append("S,,\(asOf.adding(days: -offset)),\(offset == 0 ? count - 24 : 4),,")
        }
        let verdict = try Self.judge(rows, parameters, asOf: asOf).of("S", "counts")
        #expect(verdict.facts.number("weekCount") == "\(count)")
        #expect(verdict.facts.number("threshold") == "35")
        #expect(verdict.facts.number("baseline") == "15")
        #expect(verdict.state == state)
        // Two years of history are too few.
        let recent = rows.filter { !$0.contains(",2021-") && !$0.contains(",2020-") }
        #expect(try Self.judge(recent, parameters, asOf: asOf).of("S", "counts").state == .unknown)
    }

    @Test(arguments: [("4 4 4 4 4", "1", Assessment.State.ok), ("4 4 4 - -", "3", .warning), ("4 4 x x x", "1", .ok)])
    func `a site is late by the days on which it was open`(days: String, late: String, state: Assessment.State) throws {
        var parameters = Surveillance.Parameters(detector: Self.detector(.c2))
        parameters.reportLag = 0
        let verdict = try Self.judge(try Self.rows(days), parameters, asOf: try day("2024-01-06")).of("S", "reporting")
        #expect(verdict.facts.number("daysLate") == late)
        #expect(verdict.state == state)
    }

    @Test func `a site that rests on rest days is not late after a weekend or a holiday`() throws {
        var parameters = Surveillance.Parameters(detector: Self.detector(.c2))
        parameters.reportLag = 0
        let rows = ["S,,2024-01-05,4,,"]
        let monday = try Self.judge(rows, parameters, site: "S,,yes,,", asOf: try day("2024-01-08")).of(
            "S",
            "reporting"
        )
        #expect(monday.facts.number("daysLate") == "1")
        #expect(
            try Self.judge(rows, parameters, asOf: try day("2024-01-08")).of("S", "reporting").facts.number("daysLate")
                == "3"
        )
    }

    @Test func `a site that never reported is late from the day on which it should have begun`() throws {
        let parameters = Surveillance.Parameters(detector: Self.detector(.c2))
        let asOf = try day("2024-01-10")
        #expect(try Self.judge([], parameters, asOf: asOf).of("S", "reporting").state == .unknown)
        let since = try Self.judge([], parameters, site: "S,,,,2024-01-02", asOf: asOf).of("S", "reporting")
        #expect(since.state == .warning)
        #expect(since.facts.number("daysLate") == "8")
    }

    @Test(arguments: [("0.25", Assessment.State.ok), ("0.2", .warning)])
    func `a job says how many alarms a week it may give, and is told when it gives more`(
        budget: String,
        state: Assessment.State
    ) throws {
        var parameters = Surveillance.Parameters(detector: Self.detector(.c2))
        parameters.reportLag = 0
        parameters.noiseBudget = try decimal(budget)
        let days = String(repeating: "3 ", count: 20) + "9 " + String(repeating: "3 ", count: 9)
        let verdict = try Self.judge(try Self.rows(days), parameters, asOf: try day("2024-01-30")).of(
            "signals",
            "noise"
        )
        #expect(verdict.facts.number("signals") == "1")
        #expect(verdict.facts.number("perWeek") == "0.25")
        #expect(verdict.state == state)
    }

    @Test func `two rows that differ about a day are not believed, and a stranger is named`() throws {
        var parameters = Surveillance.Parameters(detector: Self.detector(.c2))
        parameters.reportLag = 0
        let rows =
            try Self.rows("4 4 4 4 4 4 4 4 4") + ["S,,2024-01-10,4,,", "S,,2024-01-10,40,,", "T,,2024-01-10,4,,"]
        let judged = try Self.judge(rows, parameters, asOf: try day("2024-01-10"))
        #expect(try judged.of("S", "counts").state == .unknown)
        #expect(judged.complaints.map(\.position?.line) == [12, 13])
    }
}
