// What a schedule says besides its calendar events: which weeks count, and what clock changes do.

import Almanac
import Scheduling
import TestKit
import Testing

@Suite struct OccurrenceTests {
    private func days(_ text: String, weeks: Int, from anchor: String, count: Int, in name: String = "UTC") throws
        -> [String]
    {
        let zone = try SettingsFiles.zone(named: name)
        let occurrence = Schedule.Occurrence(
            event: try CalendarEvent(text) { _ in true },
            zone: zone,
            weeks: WeekCycle(interval: weeks, anchor: try #require(CivilDate(iso8601: anchor)))
        )
        var last = try Instant(rfc3339: "2024-01-01T00:00:00Z")
        return (0..<count).compactMap { _ in
            guard let next = occurrence.next(after: last) else { return nil }
            last = next
            return zone.civil(at: next).date.description
        }
    }

    @Test(arguments: [
        ("Mon 09:00", 2, "2024-01-01", ["2024-01-01", "2024-01-15", "2024-01-29"]),
        ("Mon 09:00", 2, "2024-01-10", ["2024-01-08", "2024-01-22", "2024-02-05"]),
        // Before the anchor the weeks are counted backwards.
        ("Sun 09:00", 3, "2030-01-06", ["2024-01-14", "2024-02-04", "2024-02-25"]),
        ("Mon,Sun 09:00", 2, "2024-01-03", ["2024-01-01", "2024-01-07", "2024-01-15", "2024-01-21"]),
        // A week is whole over the turn of the year.
        ("Thu 09:00", 2, "2024-12-30", ["2024-01-04", "2024-01-18"]),
    ])
    func `weeks that count are those from the anchor on and back`(
        event: String,
        weeks: Int,
        anchor: String,
        days: [String]
    ) throws {
        #expect(try self.days(event, weeks: weeks, from: anchor, count: days.count) == days)
    }

    @Test func `every day of twenty years lies in one of the cycle's weeks`() throws {
        let anchor = try #require(CivilDate(iso8601: "2024-02-29"))
        for interval in 2...5 {
            let cycle = WeekCycle(interval: interval, anchor: anchor)
            for step in -3650...3650 {
                let date = anchor.adding(days: step)
                let first = cycle.firstDay(after: date)
                #expect(cycle.contains(first) && first.weekday == .monday && date < first)
                #expect(!cycle.contains(first.adding(days: -1)) && date.days(to: first) <= interval * 7)
            }
        }
    }

    @Test func `an event that never meets its weeks ends`() throws {
        #expect(try days("Mon 2024-01-08 09:00", weeks: 2, from: "2024-01-01", count: 1) == [])
    }

    @Test func `a gap's slot runs after it when the job asks for it`() throws {
        let zone = try SettingsFiles.zone(named: "Europe/Berlin")
        let event = try CalendarEvent("02:30") { _ in true }
        let start = try Instant(rfc3339: "2024-03-30T12:00:00Z")
        let policies: [(ClockChanges, String)] = [
            (.systemd, "2024-04-01T02:30:00+02:00"),
            (ClockChanges(gap: .after, overlap: .first), "2024-03-31T03:00:00+02:00"),
        ]
        for (policy, expected) in policies {
            let occurrence = Schedule.Occurrence(event: event, zone: zone, clockChanges: policy)
            #expect(occurrence.next(after: start).map(zone.rfc3339) == expected)
        }
    }

    @Test func `what is unusual about a schedule is part of what tells it from an edited one`() throws {
        let event = try CalendarEvent("02:30") { _ in true }
        let anchor = try #require(CivilDate(iso8601: "2024-01-01"))
        let occurrences = [
            Schedule.Occurrence(event: event, zone: .utc),
            Schedule.Occurrence(event: event, zone: .utc, clockChanges: ClockChanges(gap: .after, overlap: .first)),
            Schedule.Occurrence(event: event, zone: .utc, clockChanges: ClockChanges(gap: .skip, overlap: .both)),
            Schedule.Occurrence(event: event, zone: .utc, weeks: WeekCycle(interval: 2, anchor: anchor)),
        ]
        let fingerprints = Set(occurrences.map { Schedule(occurrences: [$0], catchUp: .none).fingerprint })
        #expect(fingerprints.count == occurrences.count)
        #expect(fingerprints.contains("*-*-* 02:30:00 in UTC every 2 weeks from 2024-01-01"))
    }
}
