// Points in time and civil dates as RFC 3339 and ISO 8601 write them.

import Almanac
import Diagnostics
import Testing

@Suite struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0),
        ("2024-03-05T09:00:00+08:00", 1_709_600_400_000_000),
        ("2024-03-05 09:00:00+08:00", 1_709_600_400_000_000),
        ("2024-03-05t01:00:00z", 1_709_600_400_000_000),
        ("2024-03-05T01:00:00.5Z", 1_709_600_400_500_000),
        ("2024-03-05T01:00:00.000001-00:00", 1_709_600_400_000_001),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("0001-01-01T00:00:00+23:59", -62_135_683_140_000_000),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
    ])
    func rfc3339IsRead(text: String, microseconds: Int64) throws {
        #expect(try Instant(rfc3339: text).microseconds == microseconds)
    }

    @Test(arguments: [
        "", "2024-03-05", "2024-03-05T09:00:00", "2024-03-05T09:00Z", "2024-02-30T00:00:00Z", "2024-03-05T24:00:00Z",
        "2024-03-05T09:60:00Z", "2024-03-05T09:00:60Z", "2024-03-05T09:00:00.Z", "2024-03-05T09:00:00.1234567Z",
        "2024-03-05T09:00:00+8:00", "2024-03-05T09:00:00+0800", "2024-03-05T09:00:00+24:00", "2024-03-05T09:00:00Zx",
        "24-03-05T09:00:00Z", " 2024-03-05T09:00:00Z", "2024-03-05_09:00:00Z", "0000-01-01T00:00:00Z",
        "２024-03-05T09:00:00Z",
    ])
    func whatNamesNoInstantIsRefused(text: String) {
        let refusal = #expect(throws: Diagnostic.self) { try Instant(rfc3339: text) }
        #expect(refusal?.found == text)
    }

    @Test(arguments: [
        (0, 0, "1970-01-01T00:00:00+00:00"), (0, 28_800, "1970-01-01T08:00:00+08:00"),
        (-1, 0, "1969-12-31T23:59:59+00:00"), (0, -12_600, "1969-12-31T20:30:00-03:30"),
        // Shanghai's local mean time, +08:05:43: RFC 3339 has no seconds in offsets.
        (0, 29_143, "1970-01-01T08:05:00+08:05"),
    ])
    func rfc3339IsWritten(microseconds: Int64, offset: Int, expected: String) throws {
        let instant = Instant(microseconds: microseconds)
        #expect(instant.rfc3339(utcOffset: offset) == expected)
        #expect(try Instant(rfc3339: expected).seconds == instant.seconds)
    }
}

@Suite struct CivilDateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("2000-02-29", 11_016), ("2024-12-31", 20_088), ("0001-01-01", -719_162),
        ("1969-12-31", -1), ("9999-12-31", 2_932_896),
    ])
    func iso8601DaysAreRead(text: String, days: Int) throws {
        let date = try #require(CivilDate(iso8601: text))
        #expect(Int(date.daysSinceEpoch) == days)
        #expect(date.description == text)
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2024-04-31", "2024-00-01", "2024-13-01", "2024-1-01", "24-01-01", "20240101",
        "2024-01-01 ", "0000-01-01", "", "2024-01", "+024-01-01", "2024-01-1x",
    ])
    func otherDaysAreNot(text: String) {
        #expect(CivilDate(iso8601: text) == nil)
    }

    @Test(arguments: [("2024-03", true), ("2024-12", true), ("2024-13", false), ("2024-00", false), ("2024-3", false)])
    func iso8601MonthsAreReadExactly(text: String, isMonth: Bool) {
        #expect(CivilMonth(iso8601: text)?.description == (isMonth ? text : nil))
    }

    @Test func fourHundredYearsOfDaysFollowEachOther() throws {
        var date = try #require(CivilDate(year: 1900, month: 1, day: 1))
        #expect(date.weekday == .monday)
        for _ in 0..<146_097 {
            let (year, month, day) = date.components
            let next = date.adding(days: 1)
            let isLast = day == CivilMonth.length(year: year, month: month)
            let expected = isLast ? (month == 12 ? (year + 1, 1, 1) : (year, month + 1, 1)) : (year, month, day + 1)
            #expect(next.components == expected)
            #expect(next.weekday.rawValue == date.weekday.rawValue % 7 + 1)
            #expect(CivilDate(year: year, month: month, day: day) == date)
            date = next
        }
        #expect(date.components == (2300, 1, 1))
    }
}
