// Cold chain: excursions, alarms of single and of cumulated stretches, degree-minutes, mean kinetic temperature, silence.

import Almanac
import Checks
import Diagnostics
import Records
import Testing

@Suite struct ColdChainTests {
    private static let profileColumns: [(String, ColumnType)] = [
        ("profile", .text), ("low", .decimal), ("high", .decimal), ("alarm", .text), ("alarm_at", .decimal),
        ("alarm_minutes", .decimal), ("alarm_mode", .text), ("mkt_hours", .decimal), ("mkt_limit", .decimal),
    ]
    private static let readingColumns: [(String, ColumnType)] = [
        ("logger", .code), ("date", .date), ("time", .text), ("temperature", .decimal),
    ]

    /// Judges 5 March 2024 from the readings of a logger at that interval from midnight on; `nil` where one is missing.
    private static func judge(
        _ temperatures: [String?],
        interval: Int,
        profiles: [String],
        days: Int = 1
    ) throws -> Judgement {
        let last = try day("2024-03-05")
        let first = last.adding(days: 1 - days)
        let rows = temperatures.enumerated().compactMap { index, temperature -> String? in
            let minute = index * interval
            guard let temperature else { return nil }
            let (hour, rest) = (minute % 1440 / 60, minute % 60)
            return "L,\(first.adding(days: minute / 1440)),\(hour):\(rest < 10 ? "0" : "")\(rest),\(temperature)"
        }
        let tables = [
            "profiles": Table(
                "profiles.csv",
                profileColumns,
                (["profile,low,high,alarm,alarm_at,alarm_minutes,alarm_mode,mkt_hours,mkt_limit"] + profiles)
                    .joined(separator: "\n") + "\n"
            ),
            "loggers": Table(
                "loggers.csv",
                [("logger", .text), ("profile", .text), ("interval_minutes", .decimal)],
                "logger,profile,interval_minutes\nL,P,\(interval)\n"
            ),
            "readings": Table(
                "readings.csv",
                readingColumns,
                (["logger,date,time,temperature"] + rows).joined(separator: "\n") + "\n"
            ),
        ]
        return try CheckDefinition.coldChain(.init(windowDays: days, reportLag: 0))
            .judge(tables, period: .day(last), asOf: last)
    }

    private static func wholeDay(of temperatures: [Int: String], interval: Int, else usual: String = "5") -> [String?] {
        (0..<(1440 / interval)).map { temperatures[$0] ?? usual }
    }

    private static let fridge = ["P,2,8,above,8.1,600,single,24,8", "P,2,8,below,-0.5,60,single,,"]

    /// The mean kinetic temperature of 2, 2, 5, 8, 8, 8, 8 is 6.25 ℃.
    ///
    /// Source: the worked example of an open-source calculator with ΔH = 83.144 kJ/mol, as of USP <1079.2>.
    @Test func `the mean kinetic temperature is that of the published example`() throws {
        let verdict = try Self.judge(
            ["2", "2", "5", "8", "8", "8", "8"],
            interval: 205,
            profiles: ["P,2,8,,,,,24,8"]
        ).of("L", "temperature")
        #expect(verdict.facts.number("mkt") == "6.25")
        #expect(verdict.state == .ok)
    }

    @Test func `frozen goods have no mean kinetic temperature`() throws {
        let verdict = try Self.judge(
            Self.wholeDay(of: [:], interval: 60, else: "-20"),
            interval: 60,
            profiles: ["P,-50,-15,,,,,,"]
        )
        #expect(try verdict.of("L", "temperature").facts["mkt"] == nil)
        #expect(try verdict.of("L", "temperature").state == .ok)
    }

    @Test func `an excursion has a begin, an end and its worst reading, and the limits themselves are in order`() throws
    {
        let verdict = try Self.judge(
            Self.wholeDay(of: [0: "8", 1: "2", 10: "8.1", 11: "9.5", 12: "8.4", 20: "1.9"], interval: 30),
            interval: 30,
            profiles: Self.fridge
        ).of("L", "temperature")
        let excursions = verdict.facts.entries("excursions")
        #expect(excursions.map { $0.text("from") } == ["2024-03-05 05:00", "2024-03-05 10:00"])
        #expect(excursions.map { $0.text("until") } == ["2024-03-05 06:30", "2024-03-05 10:30"])
        #expect(excursions.map { $0.number("extreme") } == ["9.5", "1.9"])
        #expect(excursions.map { $0.text("side") } == ["above", "below"])
        // (0.1 + 1.5 + 0.4) × 30 above, 0.1 × 30 below.
        #expect(verdict.facts.number("degreeMinutes") == "60")
        #expect(verdict.facts.number("degreeMinutesBelow") == "3")
        #expect(verdict.facts.number("lowest") == "1.9")
        // Out of range, and not for long enough to be an alarm.
        #expect(verdict.state == .warning)
    }

    /// WHO PQS E006: type I devices alarm at 45 ℃ for 1 h, at 30 ℃ for 10 h altogether, and at −0.5 ℃ for 1 h.
    private static let shipping = [
        "P,2,8,above,45,60,single,,", "P,2,8,above,30,600,cumulative,,", "P,2,8,below,-0.5,60,single,,",
    ]

    @Test(
        "alarm limits are reached by the reading that equals them, for as long as they say",
        arguments: [
            ("30.0", 10, Assessment.State.critical), ("29.9", 10, .warning), ("30.0", 9, .warning),
            ("45.0", 1, .critical), ("44.9", 1, .warning), ("-0.5", 1, .critical), ("-0.4", 1, .warning),
        ]
    )
    func limits(temperature: String, hours: Int, state: Assessment.State) throws {
        // Every other hour, so that the long one has to be added up.
        let hot = Dictionary(uniqueKeysWithValues: (0..<hours).map { ($0 * 2, temperature) })
        let verdict = try Self.judge(Self.wholeDay(of: hot, interval: 60), interval: 60, profiles: Self.shipping)
        #expect(try verdict.of("L", "temperature").state == state)
    }

    @Test func `many short dips do not add up to a single one`() throws {
        // Seven dips of half an hour are three and a half hours, and none of them is one hour long.
        let dips = Dictionary(uniqueKeysWithValues: (0..<7).map { ($0 * 3, "-1") })
        let verdict = try Self.judge(Self.wholeDay(of: dips, interval: 30), interval: 30, profiles: Self.fridge)
        #expect(try verdict.of("L", "temperature").state == .warning)
        #expect(try verdict.of("L", "temperature").facts.entries("alarms").isEmpty)
        let long = try Self.judge(
            Self.wholeDay(of: [4: "-1", 5: "-1"], interval: 30),
            interval: 30,
            profiles: Self.fridge
        )
        let alarm = try #require(long.of("L", "temperature").facts.entries("alarms").first)
        #expect(alarm.number("minutes") == "60")
        #expect(alarm.text("mode") == "single")
    }

    @Test func `a warm month is no better for a cool year, and a mean within its limit excuses no alarm`() throws {
        let warm = Self.wholeDay(of: [:], interval: 60, else: "9")
        let verdict = try Self.judge(warm, interval: 60, profiles: ["P,2,8,above,8.1,60000,single,24,8.5"])
        #expect(try verdict.of("L", "temperature").facts.number("mkt") == "9.00")
        #expect(try verdict.of("L", "temperature").state == .critical)
        let short = try Self.judge(
            Self.wholeDay(of: [3: "40", 4: "40"], interval: 30),
            interval: 30,
            profiles: ["P,2,25,above,40,60,single,24,25"]
        )
        #expect(try decimal(try #require(short.of("L", "temperature").facts.number("mkt"))) < decimal("25"))
        #expect(try short.of("L", "temperature").state == .critical)
    }

    @Test func `a silent logger is told of, and what it did not see is not called good`() throws {
        var readings = Self.wholeDay(of: [:], interval: 30)
        for index in 10...13 { readings[index] = nil }
        let judged = try Self.judge(readings, interval: 30, profiles: Self.fridge)
        let silence = try #require(judged.of("L", "logger").facts.entries("silences").first)
        #expect(silence.text("from") == "2024-03-05 05:00")
        #expect(silence.text("until") == "2024-03-05 07:00")
        #expect(try judged.of("L", "logger").state == .warning)
        #expect(try judged.of("L", "temperature").state == .unknown)
        // One reading left out is none.
        var single = Self.wholeDay(of: [:], interval: 30)
        single[10] = nil
        #expect(try Self.judge(single, interval: 30, profiles: Self.fridge).of("L", "logger").state == .ok)
    }

    @Test func `a silence divides an excursion, because nobody knows what was between`() throws {
        var readings = Self.wholeDay(of: [10: "9", 15: "9"], interval: 30)
        for index in 11...14 { readings[index] = nil }
        let verdict = try Self.judge(readings, interval: 30, profiles: Self.fridge).of("L", "temperature")
        #expect(verdict.facts.number("excursionCount") == "2")
        // What was seen and is bad stays bad.
        #expect(verdict.state == .warning)
    }

    @Test func `a logger without any reading is unknown, and silent all day`() throws {
        let judged = try Self.judge([], interval: 30, profiles: Self.fridge)
        #expect(try judged.of("L", "temperature").state == .unknown)
        #expect(try judged.of("L", "logger").facts.number("silentMinutes") == "1440")
    }

    @Test func `a missed reading stays blank`() throws {
        let verdict = try Self.judge(Self.wholeDay(of: [3: ""], interval: 60), interval: 60, profiles: Self.fridge)
        #expect(try verdict.of("L", "temperature").state == .unknown)
        #expect(try verdict.of("L", "temperature").gaps.map(\.reason) == [.blank])
    }
}
