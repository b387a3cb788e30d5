// Time that passes on working days only, held against a count of hours.

import Almanac
import TestKit
import Testing

@Suite struct WorkingTimeTests {
    private let zone: Zone
    private let calendar: WorkingDayCalendar
    private let time: WorkingTime

    init() throws {
        zone = try SettingsFiles.zone(named: "Asia/Shanghai")
        calendar = try .shipped()
        time = WorkingTime(zone: zone, calendar: calendar)
    }

    @Test(arguments: [
        // Tomb-sweeping day: 4 to 6 April are off, Sunday 7 April is worked.
        ("2024-04-03T09:00:00+08:00", 1, "2024-04-07T09:00:00+08:00"),
        ("2024-04-03T09:00:00+08:00", 2, "2024-04-08T09:00:00+08:00"),
        ("2024-04-03T00:00:00+08:00", 1, "2024-04-04T00:00:00+08:00"),
        // What begins on a rest day begins with the next working day.
        ("2024-04-05T15:00:00+08:00", 1, "2024-04-08T00:00:00+08:00"),
        ("2024-03-29T18:00:00+08:00", 1, "2024-04-01T18:00:00+08:00"),
    ])
    func aWorkingDayHas24Hours(_ start: String, _ days: Int64, _ end: String) throws {
        #expect(time.instant(seconds: days * 86_400, after: try Instant(rfc3339: start)) == (try Instant(rfc3339: end)))
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func itIsTheSumOfTheHoursOfWorkingDays(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let origin = try Instant(rfc3339: "2024-01-01T00:00:00+08:00")
        for _ in 0..<100 {
            let start = origin.adding(seconds: Int64.random(in: 0..<300 * 24, using: &generator) * 3_600)
            let hours = Int64.random(in: 0..<40 * 24, using: &generator)
            let end = start.adding(seconds: hours * 3_600)
            let counted = (0..<hours).count { hour in
                calendar.isWorkingDay(zone.civil(at: start.adding(seconds: hour * 3_600)).date) == true
            }
            #expect(time.seconds(from: start, to: end) == Int64(counted) * 3_600)
            #expect(time.seconds(from: end, to: start) == 0)
        }
    }

    @Test(arguments: [("Asia/Shanghai", 7), ("America/New_York", 8)] as [(String, UInt64)])
    func theEndOfASpanIsWhereTheSpanHasPassed(_ name: String, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let time = WorkingTime(zone: try SettingsFiles.zone(named: name), calendar: .weekdays)
        let origin = try Instant(rfc3339: "2024-01-01T00:00:00Z")
        for _ in 0..<500 {
            let start = origin.adding(seconds: Int64.random(in: 0..<366 * 86_400, using: &generator))
            let seconds = Int64.random(in: 1..<15 * 86_400, using: &generator)
            let end = time.instant(seconds: seconds, after: start)
            #expect(time.seconds(from: start, to: end) >= seconds)
            #expect(time.seconds(from: start, to: end.adding(seconds: -1)) < seconds)
        }
    }
}
